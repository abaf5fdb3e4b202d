# Two commands do all set-up on a fresh machine: `make run` and `make test`.
.PHONY: run voices test check house bench demo package wheel fresh lock format clean
SHELL := /bin/bash
PYTHON ?= python3
export PYTHON
BIN := .venv/bin

run:
	packaging/setup.sh app x11 speech
	packaging/run.sh

voices:
	packaging/setup.sh app voices
	$(BIN)/python packaging/voices.py

# TESTS="tests/unit …" runs some; FULL=0 leaves out what is only wanted.
test:
	packaging/setup.sh dev x11 speech test $(if $(filter 0,$(FULL)),,full)
	$(BIN)/python packaging/voices.py --if-possible
	status=0; \
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not sound" $(TESTS) || status=$$?; \
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "sound and not exact_sound" $(TESTS) || { code=$$?; [ $$code -eq 5 ] || status=$$code; }; \
	$(BIN)/python -m pytest -m exact_sound $(TESTS) || { code=$$?; [ $$code -eq 5 ] || status=$$code; }; \
	exit $$status

check:
	packaging/setup.sh dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/python -c "from importlinter.cli import lint_imports_command as lint; lint()"

house:
	$(PYTHON) -m tests.house

bench:
	packaging/setup.sh dev
	$(BIN)/python -m tests.benchmarks

demo:
	packaging/setup.sh dev
	$(BIN)/python -m tests.demo

package:
	packaging/setup.sh package build x11 speech voices
	$(BIN)/python packaging/build.py

wheel:
	packaging/setup.sh app
	$(BIN)/python -m pip --disable-pip-version-check wheel -q --no-deps --no-build-isolation -w dist .

fresh:
	packaging/fresh.sh

lock:
	packaging/setup.sh dev
	requirements/lock.sh

format:
	packaging/setup.sh dev
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache
