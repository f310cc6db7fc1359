"""A database of its own for every race: append-only tables cannot be emptied, and triggers are never switched off."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.fixture
def arena(django_db_blocker: Any, tmp_path: Path) -> Iterator[None]:
    """A migrated, empty database with the law loaded; dropped afterwards."""
    with django_db_blocker.unblock():
        settings, kept = connection.settings_dict, connection.settings_dict["NAME"]
        connection.close()
        postgres = connection.vendor == "postgresql"
        name = f"race_{uuid.uuid4().hex[:12]}" if postgres else str(tmp_path / "race.sqlite3")
        if postgres:
            _admin(f'CREATE DATABASE "{name}"')
        connection.settings_dict["NAME"] = name
        try:
            call_command("migrate", verbosity=0)
            call_command("load_law", verbosity=0)
            yield
        finally:
            connection.close()
            settings["NAME"] = kept
            if postgres:
                _admin(f'DROP DATABASE "{name}" WITH (FORCE)')


def _admin(text: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(text)
