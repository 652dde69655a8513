# Two commands do everything on a fresh machine: make demo, make test. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := $(VENV)/demo.stemma
PORT ?= 8742
SERVE ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench soak golden screenshots clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

$(VENV)/core: requirements/core.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Stemma needs Python 3.11 or later; try: make PYTHON=python3.12 demo"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/core.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	@touch $@

demo: $(VENV)/core ## add the example pages, print a dossier, serve it on 127.0.0.1:8742 (SERVE=0: do not serve)
	@rm -rf $(DEMO)
	@$(BIN)/stemma add --archive $(DEMO) examples/pages; test $$? -le 1
	@$(BIN)/stemma dossier --archive $(DEMO)
	@if [ "$(SERVE)" = 1 ]; then exec $(BIN)/stemma serve --archive $(DEMO) --port $(PORT); fi

test: $(VENV)/dev ## floor plan, types, style, sizes, all tests
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 2 -q

lint: $(VENV)/dev ## floor plan, types, style, sizes
	$(BIN)/ruff check src tests bench tools examples training
	$(BIN)/ruff format --check --quiet src tests bench tools examples training
	$(BIN)/mypy && $(BIN)/mypy -p training
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/limits.py src

bench: $(VENV)/core ## measure against the gold in ../shared/bench; fails below a floor
	$(BIN)/python -m bench.gate

soak: $(VENV)/dev ## long runs: cost at 10,000 pages, hostile input, ten minutes of fuzzing
	$(BIN)/python -m bench.cost 1000 10000
	$(BIN)/python -m pytest -q -m soak

golden: $(VENV)/dev ## rewrite the golden records of the example pages
	$(BIN)/python -m pytest -q tests/test_examples.py --rewrite

screenshots: $(VENV)/dev ## pictures of every screen of the reader in .venv/screenshots, those of README in docs/images
	$(BIN)/python -m tools.screenshots $(VENV)/screenshots

clean: ## remove what make made
	rm -rf $(VENV)
