# Every target sets up .venv by itself; PYTHON=python3.13 make test chooses the interpreter.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
TYPED := $(wildcard src tests bench examples tools conftest.py docs/conf.py)

define SUITABLE
import sqlite3, sys
if sys.version_info < (3, 11):
    sys.exit("altocore needs Python 3.11 or newer, found " + sys.version.split()[0])
if sqlite3.sqlite_version_info < (3, 37):
    sys.exit("altocore needs SQLite 3.37 or newer, this Python has " + sqlite3.sqlite_version)
endef
export SUITABLE

.PHONY: help demo test soak lint types contracts docs bench constraints clean

help:
	@echo 'make demo | test | soak | lint | types | contracts | docs | bench | constraints | clean'

.venv/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c "$$SUITABLE"
	$(PYTHON) -m venv .venv
	$(PIP) -e '.[dev]'
	@touch $@

.venv/.ci-ready: .venv/.ready
	$(PIP) -e '.[dev,docs,ci]'
	@touch $@

.venv/.docs-ready: .venv/.ready
	$(PIP) -e '.[docs]'
	@touch $@

.venv/.bench-ready: .venv/.ready
	$(PIP) -e '.[bench]'
	@touch $@

demo: .venv/.ready
	@$(BIN)/python -m altocore demo

test: .venv/.ready
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

# SOAK_SEED=n repeats a run.
soak: .venv/.ready
	@$(BIN)/python tools/soak.py

lint: .venv/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/.ready
	@$(BIN)/python -m mypy $(TYPED)

contracts: .venv/.ready
	@$(BIN)/lint-imports

docs: .venv/.docs-ready
	@$(BIN)/python -m sphinx -q -W --keep-going -b html docs build/docs
	@echo 'build/docs/index.html'

bench: .venv/.bench-ready
	@$(BIN)/python bench/values.py
	@$(BIN)/python bench/billing.py
	@if [ -n "$$ALTOCORE_POSTGRES_DSN" ]; then $(BIN)/python bench/postgres.py; fi

# Needs uv; the file must name no host, so nothing about indexes is written.
constraints:
	uv pip compile --quiet --universal -p 3.11 --all-extras --no-header --no-annotate --no-emit-index-url --upgrade pyproject.toml -o constraints.txt

clean:
	rm -rf .venv build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache mutants
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
