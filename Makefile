# What Parlor can be told to do. `make run` and `make play` need Python 3.11 or newer and make, nothing else.
.DEFAULT_GOAL := help
.PHONY: help setup run play test lint messages bench bench-articles redis

PYTHON ?= $(firstword $(foreach python,python3 python3.11 python3.12 python3.13 python3.14,$(shell \
	$(python) -c 'import sys; print("$(python)" if sys.version_info >= (3, 11) else "")' 2>/dev/null)))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# A stamp's name holds the checksum of what it stands for: a changed list is installed again, an unchanged one never.
RUNNING := $(VENV)/.running-$(shell cat requirements.txt | cksum | cut -d' ' -f1)
TESTING := $(VENV)/.testing-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)
# The runner sets lock_timeout; a migration is short or says so itself; small counters are small.
SQUAWK := $(BIN)/squawk --assume-in-transaction --pg-version=15.0 \
	--exclude=require-lock-timeout,require-statement-timeout,prefer-bigint-over-smallint
# More arguments, as in `make test ARGS="tests/ops -x"`.
ARGS ?=

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNNING) ## Start everything on 127.0.0.1:8080 (PORT=9000 changes it); Ctrl-C stops it
	@exec $(BIN)/python server.py $(ARGS)

play: $(RUNNING) ## Play a round here in the terminal
	@exec $(BIN)/python server.py play $(ARGS)

test: $(TESTING) redis ## Run all tests, with a real PostgreSQL, Redis and HTTP
	$(BIN)/python -m pytest $(ARGS)

lint: $(TESTING) ## Check style, types, the rooms' borders and the SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(SQUAWK) sql/migrations/*.sql sql/functions/*.sql

messages: $(RUNNING) ## Bring the catalogs of translations up to date with the code
	$(BIN)/python -m languages.messages $(ARGS)

bench: $(TESTING) redis ## Measure Parlor beside other bots
	$(BIN)/python -m ops.bench $(ARGS)

bench-articles: $(TESTING) redis ## Measure articles, clues, judge, store and reader against their targets
	$(BIN)/python -m ops.bench.articles $(ARGS)

setup: $(TESTING) ## Make .venv with all that running and testing need

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Parlor needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python"; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python cannot make environments: install its venv package (Debian, Ubuntu: apt-get install python3-venv)"; \
		exit 1; }

$(RUNNING): | $(BIN)/python
	@echo "Installing requirements.txt (once; about a minute)"
	@$(PIP) install --requirement requirements.txt
	@rm -f $(VENV)/.running-*
	@touch $@

$(TESTING): | $(BIN)/python
	@echo "Installing requirements-dev.txt (once; about a minute)"
	@$(PIP) install --requirement requirements-dev.txt
	@rm -f $(VENV)/.testing-*
	@touch $@

redis:
	@if command -v redis-server >/dev/null; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
		echo "The tests need redis-server: install Redis with your system's packages (macOS: brew install redis)"; exit 1; fi; \
	if [ "$$(id -u)" = 0 ]; then sudo=; elif command -v sudo >/dev/null; then sudo=sudo; else \
		echo "The tests need redis-server: as root, run apt-get install redis-server"; exit 1; fi; \
	echo "There is no redis-server here. Installing the system's package: $$sudo apt-get install redis-server"; \
	$$sudo apt-get update -qq && $$sudo env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq -y --no-install-recommends redis-server >/dev/null
