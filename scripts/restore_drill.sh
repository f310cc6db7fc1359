#!/usr/bin/env bash
# Back up under load, restore into an empty database, verify the record: on SQLite and on PostgreSQL.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/services.sh
DATABASE_URL= .venv/bin/python -m tests.drills.restore
DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres .venv/bin/python -m tests.drills.restore
