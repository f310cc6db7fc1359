"""Back up under load, restore into an empty database, verify the record, compare the counts. `make restore-drill`."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_app.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from tests.conftest import build_town  # noqa: E402
from tests.story import TO_MEETING, Town, open_case, run  # noqa: E402
from workflow_app import clock, hands, heads, seals, verification  # noqa: E402
from workflow_app.models import Cadre, Seal  # noqa: E402

FORK = multiprocessing.get_context("fork")


@dataclass
class Outcome:
    """What the drill saw."""

    tables: int = 0
    rows: int = 0
    acts_meanwhile: int = 0
    findings: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Verified, and every table counts the same."""
        return not self.findings and not self.differing and self.acts_meanwhile > 0


def drill(folder: Path, *, cases: int) -> Outcome:
    """The whole drill on databases of its own, beside the one in use."""
    kept = connection.settings_dict["NAME"]
    source, restored = _fresh(folder, "source"), _fresh(folder, "restored")
    try:
        _use(source)
        town = _office()
        _some_work(town, cases)
        seals.seal(town.at)
        witness = Seal.objects.order_by("-size").values_list("note", flat=True)[0]
        busy = _load(town)
        begun = time.perf_counter()
        try:
            counts, copy = _back_up(folder, source)
        finally:
            acts = busy()
        _restore(copy, restored)
        return _judge(counts, witness, restored, acts, begun)
    finally:
        _use(kept)
        _drop(source, restored)


def _judge(counts: dict[str, int], witness: str, restored: str, acts: int, begun: float) -> Outcome:
    _use(restored)
    found = _counts()
    differing = [
        f"{name}: {counts.get(name)} / {found.get(name)}" for name in sorted({*counts, *found}) if counts.get(name) != found.get(name)
    ]
    report = verification.verify_all([witness], public=heads.public_hex())
    return Outcome(len(counts), sum(counts.values()), acts, report.findings, differing, time.perf_counter() - begun)


def _fresh(folder: Path, what: str) -> str:
    if connection.vendor == "sqlite":
        return str(folder / f"{what}.sqlite3")
    name = f"drill_{what}_{uuid.uuid4().hex[:8]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    return name


def _drop(*names: str) -> None:
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            for name in names:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
    hands.forget_desks()
    clock.forget_calendar()


def _office() -> Town:
    call_command("migrate", verbosity=0)
    call_command("load_law", verbosity=0)
    return build_town()


def _some_work(town: Town, cases: int, start: int = 0) -> None:
    for n in range(start, start + cases):
        person = Cadre.objects.create(number=f"D{n:05}", name="赵明", sex="女", unit=town.wang.unit, post=town.wang.post)
        town.wang = person
        town.people["wang"].__class__.objects.filter(pk=town.people["wang"].pk).update(cadre=person)
        town.people["wang"].refresh_from_db()
        run(town, open_case(town), *TO_MEETING[:4])


def _load(town: Town) -> Any:
    """Acts go on in another process; the answer stops them and tells how many cases were worked."""
    stop, count = FORK.Event(), FORK.Value("i", 0)

    def work() -> None:
        connection.close()
        while not stop.is_set():
            with suppress(django.db.OperationalError):  # a database that is being copied may be busy for a moment
                _some_work(town, 1, start=10_000 + count.value)
            count.value += 1
        connection.close()

    connection.close()
    process = FORK.Process(target=work)
    process.start()
    while count.value < 1 and process.is_alive():
        process.join(0.05)

    def finish() -> int:
        stop.set()
        process.join()
        return int(count.value)

    return finish


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        names = [
            name for name in connection.introspection.table_names(cursor) if name.startswith("workflow_app_") and "casewords_" not in name
        ]
        found = {}
        for name in names:
            cursor.execute(f"SELECT count(*) FROM {name}")
            found[name] = int(cursor.fetchone()[0])
    return found


def _back_up(folder: Path, source: str) -> tuple[dict[str, int], Path]:
    """A copy of one moment, and what every table counted at that moment."""
    if connection.vendor == "sqlite":
        copy = folder / "copy.sqlite3"
        with sqlite3.connect(source, timeout=60) as from_, sqlite3.connect(copy) as to:
            from_.backup(to, pages=200)
        from_.close()
        to.close()
        _use(str(copy))
        counts = _counts()
        connection.close()
        return counts, copy
    copy, settings = folder / "copy.dump", connection.settings_dict
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        counts = _counts()
        _postgres("pg_dump", "-Fc", f"--snapshot={snapshot}", "-f", str(copy), source, settings=settings)
    return counts, copy


def _restore(copy: Path, restored: str) -> None:
    if connection.vendor == "sqlite":
        shutil.copy(copy, restored)
    else:
        _postgres("pg_restore", "--exit-on-error", "-d", restored, str(copy), settings=connection.settings_dict)


def _postgres(program: str, *arguments: str, settings: dict[str, Any]) -> None:
    environment = {**os.environ, "PGHOST": settings["HOST"], "PGPORT": str(settings["PORT"] or 5432), "PGUSER": settings["USER"]}
    subprocess.run([program, *arguments], check=True, env={**environment, "PGPASSWORD": settings["PASSWORD"]})


def main() -> int:
    """Run and tell."""
    with TemporaryDirectory() as folder:
        seen = drill(Path(folder), cases=int(os.environ.get("DRILL_CASES", "20")))
    print(
        f"{connection.vendor}: {seen.tables} tables, {seen.rows} rows, {seen.acts_meanwhile} cases worked meanwhile, {seen.seconds:.1f} s"
    )
    for line in [*seen.findings, *seen.differing]:
        print("  ", line)
    print("restore drill passed" if seen.good else "restore drill FAILED")
    return 0 if seen.good else 1


if __name__ == "__main__":
    sys.exit(main())
