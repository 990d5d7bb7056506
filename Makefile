# `make dashboard` shows the article as a dashboard; `make test` checks everything.
# Needs: make, and Python 3.11 or newer. All the rest is put into .venv.

PYTHON ?= python3
PORT ?= 8866
CASE ?=
BIN := .venv/bin

# Jupyter finds these in the environment, not in the checkout: changed ones are installed again.
SHARED := $(wildcard src/geodash/voila/template/*) src/geodash/static/plotly-basic.min.js
# Editable: a change to the code or the tables is there at once, for the page and for every test.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable

.PHONY: dashboard test bench

dashboard: .venv/app
	@$(BIN)/geodash serve --port $(PORT) $(if $(CASE),"$(CASE)")

test: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python tests/chromium.py
	$(BIN)/python tests/office.py
	$(BIN)/pytest

bench: .venv/test
	$(BIN)/python tests/chromium.py
	PYTHONPATH=tests $(BIN)/python benchmarks/bench.py

.venv/app: pyproject.toml $(SHARED) | $(BIN)/python
	@echo "Installing into .venv; the first time takes a minute or two."
	@$(INSTALL) .
	@touch $@

.venv/test: .venv/app
	@echo "Installing what the tests need."
	@$(INSTALL) '.[test]'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "geodash needs Python 3.11 or newer, and \"$(PYTHON)\" is not. If you have one under"; \
	  echo "another name, give it: make dashboard PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo "This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv"; \
	  exit 1; }
	@$(PYTHON) -m venv .venv
