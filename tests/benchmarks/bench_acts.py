"""Completed acts per second (claim + complete, with record, paper row, deadline and next items) on a database of its own,
beside bare psycopg2 writing the same number of rows in as many round trips; 1 and 4 workers."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_app.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from tests.conftest import build_town  # noqa: E402
from tests.story import facts_for, item_of, key, open_case  # noqa: E402
from workflow_app import conduct  # noqa: E402
from workflow_app.models import Account, Cadre, WorkItem  # noqa: E402

CASES = int(os.environ.get("BENCH_CASES", "200"))
ROWS = 12  # rows that one claim and one completion write


def door(items: list[int], facts: dict[str, Any], seen: dict[int, str], at: Any, number: int, out: Any) -> None:
    """Claim and complete, one after the other."""
    connection.close()
    by = Account.objects.select_related("cadre").get(username=f"case_handler{number + 1}")
    begun = time.perf_counter()
    for pk in items:
        item = WorkItem.objects.get(pk=pk)
        conduct.claim(item, by=by, at=at, key=f"c{pk}")
        conduct.complete(item, facts=facts, seen=seen[pk], by=by, at=at, key=f"d{pk}")
    out.put(time.perf_counter() - begun)
    connection.close()


def bare(count: int, number: int, out: Any) -> None:
    """The same rows as text, two transactions an act, no checks."""
    connection.close()
    with connection.cursor() as cursor:
        begun = time.perf_counter()
        for n in range(count):
            for rows in (4, ROWS - 4):
                cursor.execute("BEGIN")
                cursor.execute("SELECT 1 FROM bare WHERE id = %s FOR UPDATE", [number])
                cursor.execute(";".join(["INSERT INTO bare (body) VALUES (%s)"] * rows), [json.dumps({"n": n}) * 40] * rows)
                cursor.execute("COMMIT")
        out.put(time.perf_counter() - begun)
    connection.close()


def crowd(work: Any, shares: list[tuple[Any, ...]]) -> float:
    """Seconds of the slowest worker."""
    connection.close()
    context = multiprocessing.get_context("fork")
    out = context.Queue()
    people = [context.Process(target=work, args=(*share, out)) for share in shares]
    for person in people:
        person.start()
    taken = max(out.get() for _ in people)
    for person in people:
        person.join()
    return float(taken)


def prepare() -> tuple[list[int], dict[str, Any], dict[int, str], Any]:
    """Cases whose clue waits for its handler again: returned by the approver."""
    town = build_town()
    one, two, handler = (town.people[name] for name in ("org_leader1", "org_leader2", "case_handler1"))
    facts = facts_for(town, "register_clue")
    items, seen = [], {}
    for n in range(CASES):
        town.wang = Cadre.objects.create(number=f"B{n:05}", name="何志远", sex="男", unit=town.wang.unit, post=town.wang.post)
        case = open_case(town)
        item, stated = item_of(case, "approve_opening"), facts_for(town, "approve_opening", outcome="return")
        shown = conduct.preview(item, facts=stated, by=one, at=town.at).content_hash
        conduct.complete(item, facts=stated, seen=shown, by=one, at=town.at, key=key())
        conduct.sign(item, seen=shown, by=two, at=town.at, key=key())
        clue = item_of(case, "register_clue")
        items.append(clue.pk)
        seen[clue.pk] = conduct.preview(clue, facts=facts, by=handler, at=town.at).content_hash
    return items, facts, seen, town.at


def main() -> None:
    """One run on one database."""
    name, kept = f"bench_{uuid.uuid4().hex[:10]}", connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        call_command("load_law", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, body text)")
        items, facts, seen, at = prepare()
        half = len(items) // 2
        groups = [items[half + n :: 4] for n in range(4)]
        table = {
            "door, 1 worker": half / crowd(door, [(items[:half], facts, seen, at, 0)]),
            "bare SQL, 1 worker": half / crowd(bare, [(half, 0)]),
            "door, 4 workers": (len(items) - half) / crowd(door, [(g, facts, seen, at, n) for n, g in enumerate(groups)]),
            "bare SQL, 4 workers": half / crowd(bare, [(half // 4, n) for n in range(4)]),
        }
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    folder = Path("var/bench")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "acts.json").write_text(json.dumps(table, ensure_ascii=False, indent=1))
    for title, rate in table.items():
        sys.stdout.write(f"{title:24} {rate:8.1f} acts/s\n")
    for workers in ("1 worker", "4 workers"):
        sys.stdout.write(f"door : bare SQL, {workers:10} {table[f'door, {workers}'] / table[f'bare SQL, {workers}']:.2f}\n")


if __name__ == "__main__":
    main()
