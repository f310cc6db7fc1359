"""Signs everybody in and prints their sessions: `python -m tests.journeys.arriving` in the office's environment."""

from __future__ import annotations

import json
import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_app.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402

from workflow_app.models import Account  # noqa: E402

BACKEND = "django.contrib.auth.backends.ModelBackend"


def arrive(account: Account) -> str:
    """The key of a fresh session of `account`, as signing in makes it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session.update({SESSION_KEY: str(account.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: account.get_session_auth_hash()})
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    print(json.dumps({one.username: arrive(one) for one in Account.objects.filter(is_active=True, seats__isnull=False).distinct()}))
