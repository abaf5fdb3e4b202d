#!/usr/bin/env bash
# Makes the lock files again from pyproject.toml; run it after changing a dependency (make lock).
set -euo pipefail
cd "$(dirname "$0")/.."
compile() { .venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"; }
# An extra by itself: without what the application needs, which app.lock has.
extra() { .venv/bin/python -c 'import sys, tomllib
print(*tomllib.load(sys.stdin.buffer)["project"]["optional-dependencies"][sys.argv[1]], sep="\n")' "$1" <pyproject.toml |
  compile --no-deps --no-annotate - -o "requirements/$1.lock"; }
compile pyproject.toml --group build -o requirements/app.lock
compile pyproject.toml --group build --group dev -c requirements/app.lock -o requirements/dev.lock
compile --group pyproject.toml:package -c requirements/dev.lock -o requirements/package.lock
extra models
extra voices
# Every pip reads them, whatever the kernel is called.
.venv/bin/python requirements/portable.py requirements/*.lock
.venv/bin/python requirements/wheels.py requirements/*.lock
