#!/usr/bin/env bash
# Migrate, load law figures and the demo organization, start web and worker together.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
$python manage.py migrate -v 0
if [ -n "${MIGRATE_DATABASE_URL:-}" ]; then $python manage.py grant; fi
$python manage.py load_law
$python manage.py collectstatic --no-input -v 0
if [ "${DEMO:-1}" != 0 ]; then $python manage.py load_demo; fi
$python manage.py run_worker & worker=$!
trap 'kill $worker 2>/dev/null || true' EXIT
echo
echo "干部职务调整办理系统：http://127.0.0.1:8000"
if [ "${DEMO:-1}" != 0 ]; then $python manage.py load_demo --logins; fi
$python -m uvicorn workflow_app.asgi:application --host 127.0.0.1 --port 8000 --ws websockets-sansio --ws-per-message-deflate false --log-level warning
