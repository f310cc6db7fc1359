#!/usr/bin/env bash
# Style, types, import contracts, start-up checks, and migrations that match the models.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy workflow_app flows
PYTHONPATH=. .venv/bin/lint-imports
.venv/bin/python manage.py check
# As in production: no warning may be left.
DEMO=false HTTPS=true SECRET_KEY="$(head -c 48 /dev/urandom | base64)" .venv/bin/python manage.py check --deploy --fail-level WARNING
.venv/bin/bandit -q -c pyproject.toml -ll -r workflow_app flows
.venv/bin/python manage.py makemigrations --check --dry-run
