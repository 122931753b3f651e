# Every target installs what it needs: system packages by apt where missing, the rest into .venv.
# The tests need PostgreSQL beside it.
# A stamp in .stamps/ says that a step is done; it is done again when a file it depends on is newer.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The first Python from 3.11 to 3.13; `make demo PYTHON=/path/to/python` chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo "$$p" && break; done)
FITS = "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || { \
	echo "Python 3.11, 3.12 or 3.13 is needed, and $$python is $$("$$python" -V 2>&1 | head -1). Install one of them beside it," \
	"with its venv, and name it: make install PYTHON=/path/to/python" >&2; exit 1; }
BIN := .venv/bin
OUT ?= tidewaiter-demo

# Reading is spread over processes; a thread pool inside each one would only get in its own way.
export OMP_THREAD_LIMIT := 1
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PREFECT_SERVER_ALLOW_EPHEMERAL_MODE := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

.PHONY: help install demo test test-all test-wheel soak check format reference docs train calibrate scorecard clean

help:
	@echo "make install   the program and what it needs, into .venv"
	@echo "make demo      clear the sample shipments, in some minutes"
	@echo "make test      of every kind a few tests, in some ten minutes"
	@echo "make test-all  every test but the soak, with coverage, in half an hour"
	@echo "make test-wheel what needs no server, against the installed wheel"
	@echo "make soak      a thousand broken papers and new examples of properties, in about an hour"
	@echo "make check     format, lint, types, import contracts"
	@echo "make docs      the documentation as a site, in site/"
	@echo "make reference write docs/reference/ anew from the code"
	@echo "make train     fit the trained parts anew, with their figures"
	@echo "make calibrate fit the confidences anew on generated papers, in about half an hour"
	@echo "make scorecard the public benchmark, in an hour or two; COUNT=1 LEVELS=digital is short"
	@echo "make format    put the code into form"

install: .stamps/installed

demo: .stamps/installed
	@$(BIN)/python -m desk.demo --out "$(OUT)"

test: .stamps/installed-dev
	$(BIN)/python -m pytest -m "not slow and not soak"

test-all: .stamps/installed-dev
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -m "not soak"
	$(BIN)/coverage report

# In a place of its own, where no source of the rooms lies.
test-wheel: .stamps/installed-dev
	@.ci/test-wheel

# Properties of what is pure are tried on new examples too; `make test` repeats the same ones.
PROPERTIES = $(addprefix tests/,calibration declarations layout rereading schemas structured tables validators values)
soak: .stamps/installed-dev
	$(BIN)/python -m pytest -m soak -s
	$(BIN)/python -m pytest -m "not slow and not soak" --hypothesis-profile=soak $(PROPERTIES)

check: .stamps/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .stamps/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

reference: .stamps/installed-dev
	$(BIN)/python -m docs.writing

# Without the variable the theme says at every build which program its makers write next.
docs: .stamps/installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

train: .stamps/installed-dev
	$(BIN)/python -m extractors.learned.training

calibrate: .stamps/installed-dev
	$(BIN)/python -m benchmarks.calibration

# What was drawn and read is kept in .scorecard/: a run that was stopped goes on.
scorecard: .stamps/installed-dev
	$(BIN)/python -m benchmarks.scorecard $(if $(COUNT),--count $(COUNT)) $(if $(LEVELS),--levels $(LEVELS)) \
		$(if $(READERS),--readers $(READERS)) $(if $(SEED),--seed $(SEED)) $(if $(OUT_DIR),--out $(OUT_DIR))

clean:
	rm -rf site .venv .stamps .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage

.stamps/system: .ci/system-packages
	@mkdir -p .stamps
	@python="$(or $(PYTHON),python3)"; ! command -v "$$python" >/dev/null || $(FITS)
	@.ci/system-packages "$(or $(PYTHON),python3)"
	@touch $@

.stamps/venv: .stamps/system
	@python="$(or $(PYTHON),python3)"; $(FITS); "$$python" -m venv .venv
	@touch $@

# The project itself is installed as it stands in this folder (editable): the clone is the program.
.stamps/installed: .stamps/venv requirements.txt pyproject.toml
	@echo "Installing the pinned packages into .venv, which takes some minutes"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.stamps/installed-dev: .stamps/installed requirements-dev.txt .ci/postgresql .ci/chromium
	@.ci/postgresql
	@.ci/chromium
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@
