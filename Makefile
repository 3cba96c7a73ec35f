# make run    set up, then run the plan as written
# make test   set up, then run every check
# make bench  set up, then measure speed
# make screenshots   take the web lab's pictures anew
# make lock   write requirements.lock anew from pyproject.toml

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PACKAGES := $(VENV)/.packages-installed
PROJECT := $(VENV)/.project-installed

.PHONY: run test bench screenshots lock

run: $(PROJECT)
	$(BIN)/sim run scenarios/as-written.toml

test: $(PROJECT)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses=auto --maxprocesses=4 --dist=loadgroup

bench: $(PROJECT)
	$(BIN)/python -m benchmarks

screenshots: $(PROJECT)
	$(BIN)/python docs/make_screenshots.py

lock: $(PROJECT)
	$(PIP) install 'uv==0.13.*'
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-emit-index-url --no-annotate --upgrade \
		--quiet --custom-compile-command 'make lock' --output-file requirements.lock

$(PROJECT): pyproject.toml $(PACKAGES)
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(PACKAGES): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' || { \
		echo 'Python 3.11 to 3.14 is needed: make PYTHON=python3.12 ...' \
			'| 需要 Python 3.11 至 3.14：make PYTHON=python3.12 ...' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@
