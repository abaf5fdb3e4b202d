#!/usr/bin/env bash
# Makes the virtual environment, or mends it: packaging/setup.sh app|dev|package [GROUP…]
# GROUP: system packages that are needed besides, so that all are asked for at once.
set -euo pipefail
cd "$(dirname "$0")/.."
kind=$1
shift
packaging/system-packages.sh run "$@"
exec "${PYTHON:-python3}" packaging/set_up.py "$kind"
