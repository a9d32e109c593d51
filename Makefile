# Every target sets itself up: Python 3.11 or newer, pip and make are all that a machine needs.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The newest Python that is at least 3.11; "make PYTHON=python3.12 test" takes another one.
PYTHON ?= $(shell for each in python3.13 python3.12 python3.11 python3 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test browsers check format bench fuzz fuzz-api conformance messages lock lowest matrix clean

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "dpg-l10n needs Python 3.11 or newer, and found none." >&2; exit 4; }
	@echo "Setting up $(VENV) with $(PYTHON); this happens once." >&2
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY) ## See everything on a small example, or: make demo PROJECT=path/to/a/checkout
	@$(BIN)/dpg-l10n demo $(if $(PROJECT),"$(PROJECT)")

test: $(READY) ## Run all tests
	@$(BIN)/python -m pytest -q -n 2 $(ARGS)

browsers: ## Install the Chromium that drives the pages in tests, where it is missing
	@for each in chromium chromium-browser google-chrome; do \
		command -v $$each >/dev/null && { echo "$$each is here"; exit 0; }; done; \
	command -v apt-get >/dev/null || { echo "Install Chromium: its tests are left out without it." >&2; exit 4; }; \
	if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; fi; \
	$$as apt-get update -qq && $$as apt-get install -qq -y --no-install-recommends chromium fonts-noto-core

check: $(READY) ## Lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(READY) ## Format the code and sort its imports
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

bench: $(READY) ## Measure against the peers (a few minutes)
	@benchmarks/run $(ARGS)

fuzz: $(READY) ## Try the parsers with made inputs: make fuzz FORMAT=json SECONDS=600; all formats without
	@$(BIN)/python -c "import atheris" 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check "atheris>=3"
	@$(BIN)/python tools/fuzz.py $(if $(FORMAT),--format $(FORMAT)) --seconds $(or $(SECONDS),90)

fuzz-api: $(READY) ## Try the HTTP API with what nobody thought of, ten minutes: make fuzz-api ARGS="--seconds 60"
	@$(BIN)/python tools/fuzz_api.py $(ARGS)

conformance: $(READY) ## Try a corpus of real catalogues: make conformance CORPUS=path
	@$(BIN)/python tools/conformance.py $(if $(CORPUS),"$(CORPUS)")

messages: $(READY) ## Collect our own messages into locales/dpg-l10n.pot
	@$(BIN)/python tools/messages.py

lock: $(READY) ## Bring requirements.lock to the newest versions
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra mt --extra postgresql --extra oidc --group dev \
		--generate-hashes --no-header pyproject.toml -o requirements.lock

lowest: ## Run the tests with the oldest versions that pyproject.toml allows
	@$(PYTHON) -m venv --clear .venv-lowest
	@.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check uv
	@.venv-lowest/bin/uv pip install --quiet --python .venv-lowest/bin/python \
		--resolution lowest-direct --group dev -e '.[mt,postgresql]'
	@.venv-lowest/bin/python -m pytest -q -n 2

matrix: ## Run the tests on every Python that is here, of 3.11, 3.12 and 3.13
	@for each in python3.11 python3.12 python3.13; do \
		$$each --version >/dev/null 2>&1 || { echo "$$each is not here" >&2; continue; }; \
		$(MAKE) PYTHON=$$each VENV=.venv-$$each test || exit 1; done

clean: ## Remove what the targets made
	@rm -rf .venv .venv-* demo-output build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
