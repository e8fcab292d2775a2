.DEFAULT_GOAL := help
.PHONY: help build dev test test-all lint docs check publish answers bench mutations example report superset engine-spark screenshots clean

PYTHON ?= python3.11
BIN := .venv/bin
READY := .venv/.ready
BUILT := target/built

help: ## Lists the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 17

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --compile-bytecode --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

build: $(READY) ## Installs the environment and builds the warehouse, seeds to marts
	$(BIN)/dbt build
	mkdir -p $(BUILT) && cp target/manifest.json $(BUILT)

dev: $(READY) ## Judges all rows and builds what has changed since make build, what depends on it, and their unit tests
	$(BIN)/dbt build $(if $(wildcard $(BUILT)/manifest.json),--select state:modified+ path:models/staging/rejects --state $(BUILT))
	mkdir -p $(BUILT) && cp target/manifest.json $(BUILT)

test: lint build ## Everything that CI runs
	$(BIN)/dbt --no-write-json test --select test_type:unit
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow"

test-all: test ## make test and the slow proofs
	$(BIN)/pytest -m slow

lint: $(READY)
	$(BIN)/ruff check scripts tools tests
	$(BIN)/ruff format --check scripts tools tests
	$(BIN)/sqlfluff lint --processes 2 models analyses tests/data

docs: $(READY) ## Writes the dbt docs as one page, target/static_index.html
	$(BIN)/dbt docs generate --static

check: $(READY) ## Checks seeds and landing files before a build
	$(BIN)/contracts check

publish: $(READY) ## Builds, verifies and publishes: published/territorial_contracts.duckdb, Parquet, CSV, XLSX
	$(BIN)/contracts publish

answers: $(READY) ## Prints the answers to the questions in analyses/
	$(BIN)/contracts answers

bench: $(READY) ## Measures builds, increments and queries on made-up data of up to 10 million lines: docs/benchmark.md
	$(BIN)/python -m tools.bench

mutations: $(READY) ## Plants errors of every kind in copies of the seeds and says what catches each
	$(BIN)/python -m tools.mutations

example: $(READY) ## Builds the fictitious contract of examples/ in its own file
	$(BIN)/python -m tools.example

report: $(READY) ## Writes the report as one page, report/index.html, from the published file
	$(BIN)/contracts report

screenshots: report ## Takes the pictures of the report in docs/images/ (needs Chromium)
	$(BIN)/python -m tools.screenshots

engine-spark: $(READY) ## Builds the shipped data on Spark (Java 17) and compares every table with DuckDB's, to the cent
	$(BIN)/python -m tools.spark

superset: $(READY) ## Serves a dashboard in Apache Superset, in an environment of its own (900 MB)
	$(BIN)/python -m tools.superset

clean: ## Removes everything that is built
	rm -rf .venv .venv-superset .venv-spark .superset target logs report warehouse.duckdb examples/example.duckdb
