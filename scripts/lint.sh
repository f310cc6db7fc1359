#!/usr/bin/env bash
# Style, types, import contracts, start-up checks, and migrations that match the models.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/mypy workflow_app flows
PYTHONPATH=. .venv/bin/lint-imports
.venv/bin/python manage.py check
.venv/bin/python manage.py makemigrations --check --dry-run
