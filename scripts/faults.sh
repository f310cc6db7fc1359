#!/usr/bin/env bash
# Kill, crash, fill and cut off, in full size (FAULTS=1); the figures are printed. PostgreSQL drills run on clusters of their own.
set -euo pipefail
cd "$(dirname "$0")/.."
FAULTS=${FAULTS:-1} .venv/bin/python -m pytest -q -s -m fault tests/faults
