# `make` explains itself. The two commands that matter: `make run` and `make test`.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
JOBS ?= 2
export DJANGO_SETTINGS_MODULE ?= fener.settings
# Some machines forbid Python to keep what it compiled; a hundred processes of the tests would compile it all anew.
unexport PYTHONDONTWRITEBYTECODE

# What runs on PostgreSQL, and why: docs/decisions/0015-two-engines.md.
ON_POSTGRES = DJANGO_SETTINGS_MODULE=fener.settings.test $(BIN)/python -m tools.postgres --fast \
  $(BIN)/pytest -q -n $(JOBS) --dist worksteal -k "not browser" @tests/on_postgres.txt

# What each proof counted goes into a file: docs/proofs.md says what was seen.
LONG = FENER_PROOF=long FENER_PROOF_FIGURES=$(CURDIR)/var/proofs.jsonl DJANGO_SETTINGS_MODULE=fener.settings.test

.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgres prove check bench format messages css locks browser postgresql clean

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(STAMP) ## The environment alone, from the hashed lock

$(STAMP): requirements/tools.lock requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' \
	  || { echo "Fener needs Python 3.11 or 3.12; say which with: make PYTHON=python3.11 setup"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make environments here; on Debian: apt-get install python3-venv"; exit 2; }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/tools.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## Set up, load the demonstration node, serve on http://127.0.0.1:8000
	FENER_DEMO=1 $(BIN)/fener demo --if-empty
	FENER_DEMO=1 $(BIN)/fener serve

browser:
	@command -v chromium >/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "The browser tests need Chromium: installing Debian's package"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	  else echo "The browser tests need Chromium; on Debian: apt-get install chromium"; exit 2; fi; }

postgresql: setup
	@$(BIN)/python -m tools.postgres --there || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "The tests of the second engine need PostgreSQL: installing Debian's package"; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; \
	  else echo "The tests of the second engine need PostgreSQL 15 or later; on Debian: apt-get install postgresql"; exit 2; fi; }

test: setup browser postgresql ## Set up and run every test, then those of the database on the second engine
	DJANGO_SETTINGS_MODULE=fener.settings.test $(BIN)/pytest -q -n $(JOBS) --dist worksteal
	$(ON_POSTGRES)

test-postgres: setup postgresql # The second engine's part alone
	$(ON_POSTGRES)

prove: setup postgresql ## The proofs in their long form, on both engines (some hours); figures in var/proofs.jsonl
	@mkdir -p var && rm -f var/proofs.jsonl
	$(LONG) $(BIN)/pytest -q -n $(JOBS) tests/proofs tests/access/test_api_contract.py
	$(LONG) $(BIN)/python -m tools.postgres $(BIN)/pytest -q -n $(JOBS) tests/proofs/test_4_kill9.py \
	  tests/proofs/test_1_a_thousand_identities.py tests/proofs/test_1_on_postgres.py tests/proofs/test_7_admin.py
	@cat var/proofs.jsonl

check: setup ## Linters, types, import contract, templates, missing migrations
	$(BIN)/ruff check src tests bench tools
	$(BIN)/ruff format --check src tests bench tools
	DJANGO_SETTINGS_MODULE=fener.settings.test $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src
	DJANGO_SETTINGS_MODULE=fener.settings.test $(BIN)/python -m django makemigrations --check --dry-run

bench: setup ## Measure list, case, search and create over 5,000 cases (some minutes)
	$(BIN)/python bench/cases_5000.py --json var/bench.json

format: setup ## Let the formatter write
	$(BIN)/ruff check --fix src tests bench tools
	$(BIN)/ruff format src tests bench tools

messages: setup ## Write new strings into the catalogues, make the Cyrillic ones, compile
	PYTHONPATH=src $(BIN)/python -m tools.messages update
	PYTHONPATH=src $(BIN)/python -m tools.messages build

css: ## Compile the style sheet (needs Node.js; the result is committed, so nobody else does)
	cd src/fener/web/scss && npm install --no-package-lock --silent && npm run --silent build

locks: setup ## Resolve the dependencies anew and write the hashed locks
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements/run.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group dev -o requirements/dev.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --no-annotate --python-version 3.11 requirements/tools.in -o requirements/tools.lock

clean: ## Remove the environment and caches; the node's data in var/ stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
