# détente: every step that a person or a CI machine takes. The environment is .venv, so .venv/bin/detente is the command.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASE ?= drafts-and-replies-2021-22
OUT ?= out
PYTEST_ARGS ?=

# What was inherited from another environment must not leak into this one.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup brief test lint docs bench lock chromium clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## Make .venv from the lock file, with every extra

$(VENV)/.locked: requirements.lock
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh scripts/make_venv.sh
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

brief: setup ## Print the worked example's brief (CASE=… for another, OUT=… for the folder)
	$(BIN)/detente brief $(CASE) -o $(OUT)
	@echo "The brief is in $(OUT)/: open $(OUT)/brief.html in a browser (also brief.md and brief.json)."

chromium: # The browser tests use the system's Chromium; it is installed where that is possible without a question.
	@sh scripts/need_chromium.sh

test: setup chromium ## Run every test
	$(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

lint: setup ## Check style, types, layers, documentation pages and committed files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/check_files.py
	$(BIN)/sphinx-build -W --keep-going -q -E -a -b html docs build/docs-check

docs: setup ## Build the documentation into build/docs
	$(BIN)/sphinx-build -W --keep-going -q -b html docs build/docs
	@echo "The documentation is in build/docs: open build/docs/index.html."

bench: setup ## Time the commands against their limits, and fuzz the readers (NEGMAS_PYTHON=…, GMCR_FOLDER=… to time NegMAS, GMCR+ beside)
	$(BIN)/python scripts/bench.py
	$(BIN)/python benchmarks/settlement.py
	$(BIN)/python benchmarks/coding_speed.py
	$(BIN)/python benchmarks/coding_quality.py
	$(BIN)/python benchmarks/fuzz_coding.py
	$(BIN)/python benchmarks/stability.py
	$(BIN)/python benchmarks/beside_gmcr.py
	$(BIN)/python benchmarks/inverse.py
	$(BIN)/python benchmarks/ladder.py
	$(BIN)/python benchmarks/crisis_offers.py
	$(BIN)/python benchmarks/beside_negmas.py
	$(BIN)/python benchmarks/fuzz_readers.py

lock: ## Renew requirements.lock with the oldest supported Python (UPGRADE=--upgrade lifts every pin)
	@PYTHON="$(PYTHON)" sh scripts/lock.sh $(UPGRADE)

clean: ## Remove what was built, the environment included
	rm -rf $(VENV) build dist $(OUT) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
