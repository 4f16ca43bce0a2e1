#!/bin/sh
# Compile every lock from its short source: exact versions with hashes, for Python 3.11 to 3.13 on any platform.
# The images have the same versions as everything else.
set -eu

cd "$(dirname "$0")/.."
lock() { .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-strip-extras "$@"; }

PYTHONPATH=.venv/bootstrap
export PYTHONPATH
lock requirements.in -o requirements.txt
lock images/worker/requirements.in -c requirements.txt -o images/worker/requirements.txt
lock images/airflow/requirements.in -c requirements.txt -o images/airflow/requirements.txt
lock --no-annotate scripts/bootstrap.in -o scripts/bootstrap.txt
lock --no-annotate scripts/checkov.in -o scripts/checkov.txt
lock --no-annotate scripts/scrapy.in -o scripts/scrapy.txt
