# Two commands do all set-up on a fresh machine: `make run` and `make test`.
.PHONY: run voices test check house bench demo package lock format clean
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin

run: .venv/app.stamp
	packaging/run.sh

voices: .venv/app.stamp
	$(BIN)/python packaging/voices.py

test: .venv/dev.stamp
	$(BIN)/python packaging/voices.py --if-possible
	packaging/system-packages.sh run x11 speech test
	status=0; \
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not sound" || status=$$?; \
	$(BIN)/python -m pytest -n 2 --dist worksteal -m sound || status=$$?; \
	exit $$status

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

house:
	$(PYTHON) -m tests.house

bench: .venv/dev.stamp
	$(BIN)/python -m tests.benchmarks

demo: .venv/dev.stamp
	$(BIN)/python -m tests.demo

package: .venv/package.stamp
	packaging/system-packages.sh build x11 speech
	$(BIN)/python packaging/build.py

lock: .venv/dev.stamp
	requirements/lock.sh

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/app.stamp: requirements/app.lock requirements/models.lock pyproject.toml
	packaging/setup.sh app

.venv/dev.stamp: requirements/app.lock requirements/dev.lock requirements/models.lock pyproject.toml
	packaging/setup.sh dev

.venv/package.stamp: .venv/app.stamp requirements/package.lock
	packaging/setup.sh package

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache
