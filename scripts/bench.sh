#!/usr/bin/env bash
# Measure: all of it, or the ones named (acts inbox memory verify sockets papers scoring). Results as tables and as JSON in var/bench/.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/services.sh
export DATABASE_URL=${BENCH_DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} PYTHONPATH=.
short=0
for bench in ${*:-acts inbox memory verify sockets papers scoring}; do
  echo "== bench_$bench"
  .venv/bin/python "tests/benchmarks/bench_$bench.py" || short=1
done
exit $short
