# make run    set up, then run the plan as written
# make test   set up, then run every check
# make test-long  the same with all that takes many minutes: every hand, larger cities, whole runs
# make bench  set up, then measure speed
# make evidence   set up, then calibrate, check and analyse the model anew (an hour or more)
# make docs   set up, then build the documentation as a site: build/site/index.html
# make screenshots   take the web lab's pictures anew
# make wheel  set up, then build the package into dist/
# make lock   write requirements.lock anew from pyproject.toml

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PACKAGES := $(VENV)/.packages-installed
PROJECT := $(VENV)/.project-installed

.PHONY: run test test-long style types tests bench docs evidence screenshots wheel lock

run: $(PROJECT)
	$(BIN)/sim run scenarios/as-written.toml

test: style types tests

test-long: export SIM_TEST_LONG = 1
test-long: test

style: $(PROJECT)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(PROJECT)
	$(BIN)/mypy

tests: $(PROJECT)
	$(BIN)/pytest --numprocesses=auto --maxprocesses=4 --dist=loadscope --no-loadscope-reorder

bench: $(PROJECT)
	$(BIN)/python -m benchmarks

docs: $(PROJECT)
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --fresh-env \
		--conf-dir docs/site --doctree-dir build/doctrees . build/site

EVIDENCE := results/evidence
PACKAGES_COMPARED := as-written business-as-usual without-zhuji without-lingpao without-xieshou \
	without-kaiyuan without-yanzhen without-yulin

evidence: $(PROJECT)
	rm -rf $(EVIDENCE)
	$(BIN)/sim calibrate --forms 1000 --use --yes --out $(EVIDENCE)/calibration
	$(BIN)/sim baseline --no-figures --out $(EVIDENCE)/baseline
	cp $(EVIDENCE)/baseline/baseline.json sim/cities/shanghai/evidence/
	$(BIN)/sim hindcast --out $(EVIDENCE)/hindcast
	$(BIN)/sim patterns --replicates 64 --out $(EVIDENCE)/patterns
	$(BIN)/sim replicate --replicates 128 --out $(EVIDENCE)/replicate
	$(BIN)/sim sensitivity --trajectories 4 --base 128 --replicates 64 --histories 1024 --yes --out $(EVIDENCE)/sensitivity
	$(BIN)/sim facts as-written --replicates 256 --out $(EVIDENCE)/facts
	$(BIN)/sim run as-written --draws prior --no-figures --out $(EVIDENCE)/prior/as-written
	$(BIN)/sim run $(PACKAGES_COMPARED) --no-figures --out $(EVIDENCE)/posterior
	$(BIN)/sim compare as-written business-as-usual --replicates 256 --no-figures --out $(EVIDENCE)/compare
	$(BIN)/sim influence as-written --replicates 256 --no-figures --out $(EVIDENCE)/influence
	cp $(EVIDENCE)/influence/influence.csv sim/cities/shanghai/evidence/
	$(BIN)/python docs/make_validation.py --write
	$(BIN)/sim instruments --yes --out $(EVIDENCE)/instruments
	cp $(EVIDENCE)/instruments/instruments.csv sim/cities/shanghai/evidence/
	$(BIN)/python docs/make_instruments.py --write

screenshots: $(PROJECT)
	$(BIN)/python docs/make_screenshots.py

wheel: $(PROJECT)
	rm -rf build dist
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

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
