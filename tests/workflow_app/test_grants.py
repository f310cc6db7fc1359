"""The owner migrates, the application only reads and appends: tried under a second role of the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from tests.story import TO_MEETING, Town, fresh, open_case, run
from workflow_app import conduct, grants
from workflow_app.append_only import TABLES
from workflow_app.models import Deadline

pytestmark = pytest.mark.django_db
ROLE = f"shangxia_test_{os.getpid()}"  # roles belong to the server: one for each worker of the test run
ON_POSTGRESQL = connection.vendor == "postgresql"


@contextmanager
def as_application() -> Iterator[None]:
    """Under a real role with what `grant` gives it; the test's own transaction takes the role back."""
    if not ON_POSTGRESQL:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
        call_command("grant", ROLE, verbosity=0)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (ROLE,)
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def refusal(text: str) -> str:
    """The database's own words."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text)
    return str(refused.value)


# On SQLite the triggers stand alone, and speak only where there are rows.
GUARDED = sorted(TABLES) if ON_POSTGRESQL else ["record", "recordpart", "document", "hand"]


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("what", ['UPDATE workflow_app_{table} SET "{key}" = "{key}"', "DELETE FROM workflow_app_{table}"])
def test_the_application_neither_changes_nor_deletes_a_row_of_the_record(town: Town, table: str, what: str) -> None:
    run(town, open_case(town), "approve_opening")
    with as_application():
        said = refusal(what.format(table=table, key=TABLES[table]))
    assert ("permission denied" if ON_POSTGRESQL else "append-only") in said


def test_every_table_of_the_record_has_all_its_guards(db: None) -> None:
    """Also where no row is in these tests, on SQLite."""
    kinds = ("append_only", "append_only_all") if ON_POSTGRESQL else ("no_update", "no_delete", "no_replace")
    with connection.cursor() as cursor:
        if ON_POSTGRESQL:
            cursor.execute("SELECT tgrelid::regclass::text || '_' || tgname FROM pg_trigger WHERE tgenabled = 'A'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'")
        found = {name for (name,) in cursor.fetchall()}
    assert not {f"workflow_app_{table}_{kind}" for table in TABLES for kind in kinds} - found


def test_it_cannot_switch_the_guards_off(town: Town) -> None:
    with as_application():
        for text in (
            "ALTER TABLE workflow_app_record DISABLE TRIGGER append_only", "DROP TRIGGER append_only ON workflow_app_record",
            "TRUNCATE workflow_app_record", "DROP TABLE workflow_app_record", "DELETE FROM django_migrations",
        ):  # fmt: skip
            if ON_POSTGRESQL:
                assert "must be owner" in (said := refusal(text)) or "permission denied" in said


def test_it_can_do_all_its_work(town: Town) -> None:
    with as_application():
        case = run(town, open_case(town), *TO_MEETING, "record_meeting", "decide")
        assert fresh(case).state == "decided"
        bar = Deadline.objects.get(case=case, rule_id="DN-BAR-REMOVE")
        assert conduct.expire(bar.pk, at=bar.fires_at) == "end_bar"


def test_the_guarded_tables_are_asked_of_the_database() -> None:
    if ON_POSTGRESQL:
        assert grants.append_only_tables() >= {f"workflow_app_{table}" for table in TABLES}
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    texts = grants.statements("app", tables, {"workflow_app_record"})
    assert 'GRANT SELECT, INSERT ON "workflow_app_record" TO "app"' in texts
    assert 'GRANT SELECT, INSERT, UPDATE, DELETE ON "workflow_app_case" TO "app"' in texts
    assert 'GRANT SELECT ON "django_migrations" TO "app"' in texts


def test_a_role_that_owns_the_tables_or_does_not_exist_is_refused() -> None:
    names = ("nobody_of_that_name", "postgres") if ON_POSTGRESQL else ("nobody_of_that_name",)
    said = []
    for name in names:
        with pytest.raises(CommandError) as refused:
            call_command("grant", name)
        said.append(str(refused.value))
    assert ["没有角色" in said[0], *("超级用户或者表的所有者" in one for one in said[1:])] == [True] * len(names)


def test_without_a_role_in_the_url_one_is_named(settings: pytest.FixtureRequest) -> None:
    settings.APPLICATION_ROLE = ""  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="没有写明角色"):
        call_command("grant")
