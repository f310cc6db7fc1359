#!/usr/bin/env bash
# Measure. Results as JSON in var/bench/ and as a table.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/services.sh
DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres PYTHONPATH=. .venv/bin/python tests/benchmarks/bench_acts.py
