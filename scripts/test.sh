#!/usr/bin/env bash
# Everything: lint, types, contracts, then the suite on SQLite and again on PostgreSQL, then journeys in a browser.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/lint.sh
. scripts/services.sh
cores=$(nproc)
echo "== SQLite"
DATABASE_URL= .venv/bin/python -m pytest -q -n "$cores" --dist worksteal -m "not journey and not race and not fault"
DATABASE_URL= .venv/bin/python -m pytest -q -m race
echo "== PostgreSQL: what a database has a part in"
DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres .venv/bin/python -m pytest -q -n "$cores" --dist worksteal -m "not journey and not race and not fault and not once"
DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres .venv/bin/python -m pytest -q -m race
echo "== Faults, a tenth of make faults"
DATABASE_URL= .venv/bin/python -m pytest -q -n "$cores" -m fault
echo "== Browser"
DATABASE_URL= .venv/bin/python -m pytest -q -n "$cores" --dist worksteal -m journey --durations=15
