# Each target makes what it needs. `make` alone says what there is.
PYTHON_ENV := .venv/bin/python
WEB ?= sample
PORT ?= 8080
DIOCESES ?=
KEEP ?=
SECONDS ?= 60
PARTS ?=
FORCE ?=
FAILING ?=
SEED ?=
ENGINE ?=
REGISTRY ?=
TAG ?=
BASE ?=
AIRFLOW_BASE ?=
CA ?=
PIP_CONF ?=
SAVE ?=
ENVIRONMENT ?= production
CHECKOV ?= .venv/checkov/bin/checkov
VITALITY_CORPUS ?= ../shared/corpus
export VITALITY_CORPUS

.PHONY: help env run test test-cluster chaos lint format bench scores fuzz report-cost airflow-cost year lock images pools secrets check-cluster measure page-times export-times scan screenshots docs clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do printf '  make %-14s %s\n' "$$name" "$$what"; done
	@printf '\n  make run WEB=live DIOCESES=2          two dioceses of the real web\n'
	@printf '  make run DIOCESES="Name; Name" KEEP=1 these, and leave the UI up\n'
	@printf '  make run FAILING=30 SEED=7            30 %% of the sample web fail; without SEED others each time\n'

env: ## the environment in .venv, with a browser
	@sh scripts/setup.sh

run: env ## all five stages in Airflow: WEB=sample|live DIOCESES=N|"Name; Name" KEEP=1 PORT=8080 FORCE=0 FAILING=30
	@exec $(PYTHON_ENV) scripts/run.py --web "$(WEB)" --port "$(PORT)" --dioceses "$(DIOCESES)" --keep "$(KEEP)" --force "$(FORCE)" \
		--failing "$(FAILING)" --seed "$(SEED)"

test: env lint ## everything that must hold
	@rm -f .coverage .coverage.*
	@$(PYTHON_ENV) -m pytest -q -m alone
	@$(PYTHON_ENV) -m pytest -q -m "many_inputs and not chaos and not cluster" -n 2 --dist loadfile
	@$(PYTHON_ENV) -m pytest -q -m "not chaos and not cluster and not alone and not many_inputs" -n 2 --dist loadfile \
		--no-loadscope-reorder --cov --cov-report=term

test-cluster: env ## the stages as pods of the cluster that KUBECONFIG names: VITALITY_WORKER_IMAGE= VITALITY_IMAGE_PULL_POLICY= KEEP=1
	@test -n "$$KUBECONFIG" || { echo "make test-cluster: KUBECONFIG names no cluster: make test-cluster KUBECONFIG=/path/to/kubeconfig" >&2; exit 2; }
	@KEEP="$(KEEP)" $(PYTHON_ENV) -m pytest -q -m airflow -o timeout=900 tests/cluster

chaos: env ## kill what works, at random, again and again: what is published must not differ (SEED=N)
	@$(PYTHON_ENV) -m pytest -q -s -m chaos -o timeout=3600 tests/chaos tests/hostile tests/work

lint: env ## ruff and mypy
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet . || { .venv/bin/ruff format --check .; exit 1; }
	@.venv/bin/mypy

format: env ## put the code into its form
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

scores: env ## scores of the readers on the corpus that VITALITY_CORPUS names
	@$(PYTHON_ENV) scripts/scores.py

bench: env ## what a nation costs: efficiency, CPU beside Scrapy, memory, growth; writes docs/benchmarks.md (PARTS=)
	@test -x .venv/scrapy/bin/scrapy || { $(PYTHON_ENV) -m venv .venv/scrapy && \
		.venv/scrapy/bin/pip install --quiet --require-hashes --requirement scripts/scrapy.txt; }
	@AIRFLOW_HOME=$(CURDIR)/.vitality/airflow AIRFLOW__LOGGING__LOGGING_LEVEL=WARNING $(PYTHON_ENV) scripts/bench.py --parts "$(PARTS)"

fuzz: env ## every parser of foreign bytes for SECONDS each, from what earlier runs learned
	@$(PYTHON_ENV) scripts/fuzz.py --seconds "$(SECONDS)"

report-cost: env ## seconds and memory of the report of a country of national size; fails above 60 s or 512 MiB
	@$(PYTHON_ENV) scripts/report_cost.py

airflow-cost: env ## what Airflow itself takes for each of 196 mapped tasks, and its parse times: PORT=8080 (10 minutes)
	@$(PYTHON_ENV) scripts/airflow_cost.py --port "$(PORT)"

year: env ## a year of weekly passes as rows: what the database takes, and whether the forecast had said so
	@$(PYTHON_ENV) scripts/year_of_storage.py

lock: env ## compile requirements.txt, images/*/requirements.txt and those in scripts/ anew
	@sh scripts/lock.sh

images: ## both images, with docker, podman or buildah: ENGINE= REGISTRY= TAG= BASE= AIRFLOW_BASE= CA= PIP_CONF= SAVE=1
	@python3 scripts/build_images.py --engine "$(ENGINE)" --registry "$(REGISTRY)" --tag "$(TAG)" --base "$(BASE)" \
		--airflow-base "$(AIRFLOW_BASE)" --ca "$(CA)" --pip-conf "$(PIP_CONF)" $(if $(SAVE),--save)

pools: env ## create the pools in the Airflow that AIRFLOW_HOME names
	@.venv/bin/airflow pools import plugins/pools.json

secrets: env ## print the commands that make the Secrets of a cluster: ENVIRONMENT=development|staging|production
	@$(PYTHON_ENV) scripts/cluster_secrets.py "$(ENVIRONMENT)"

check-cluster: env ## what a cluster lacks before an install, a line each with the command that mends it (ENVIRONMENT=...)
	@$(PYTHON_ENV) scripts/check_cluster.py "$(ENVIRONMENT)"

measure: env ## what each stage takes over the sample web, browser included, beside what its pod asks for (ENVIRONMENT=...)
	@AIRFLOW_HOME=$(CURDIR)/.vitality/airflow AIRFLOW__LOGGING__LOGGING_LEVEL=WARNING $(PYTHON_ENV) scripts/measure.py \
		--environment "$(ENVIRONMENT)"

page-times: env ## how long each page of the dashboard takes over a database of national size
	@$(PYTHON_ENV) scripts/page_times.py

export-times: env ## what each export takes over a database of national size: seconds, peak memory, bytes
	@$(PYTHON_ENV) scripts/export_times.py

scan: env ## checkov over all that stands in a cluster: ENVIRONMENT=development|staging|production
	@test -x "$(CHECKOV)" || { $(PYTHON_ENV) -m venv .venv/checkov && \
		.venv/checkov/bin/pip install --quiet --require-hashes --requirement scripts/checkov.txt; }
	@CHECKOV="$(CHECKOV)" AIRFLOW__LOGGING__LOGGING_LEVEL=WARNING $(PYTHON_ENV) scripts/scan_cluster.py "$(ENVIRONMENT)"

screenshots: env ## docs/images from a run of the sample web
	@$(PYTHON_ENV) scripts/screenshots.py --port "$(PORT)"

docs: env ## the generated pages of docs/
	@$(PYTHON_ENV) scripts/docs.py

clean: ## the kept state: databases, reports, logs (.venv stays)
	@rm -rf .vitality .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
