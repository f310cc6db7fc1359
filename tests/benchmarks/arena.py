"""A database of its own for a benchmark, and worker processes that start together."""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import sys
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from django.core.management import call_command
from django.db import connection

from workflow_app import clock, hands

# Statements that a connection has prepared for `first`.
READY: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
FORK = multiprocessing.get_context("fork")


@contextmanager
def database() -> Iterator[str]:
    """A migrated, empty PostgreSQL database with the law loaded, in use; dropped afterwards. Gives its name."""
    name, kept = f"bench_{uuid.uuid4().hex[:10]}", connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    use(name)
    try:
        call_command("migrate", verbosity=0)
        call_command("load_law", verbosity=0, stdout=StringIO())
        yield name
    finally:
        use(kept)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def use(name: str) -> None:
    """Turn to a database by name; what was kept in memory of another one is forgotten."""
    connection.close()
    connection.settings_dict["NAME"] = name
    hands.forget_desks()
    clock.forget_calendar()


def apart(work: Callable[..., Any], shares: Sequence[Sequence[Any]]) -> list[Any]:
    """`work(*share)` in one process a share; the answers, in the order of the shares. A fault in one ends them all."""
    connection.close()
    out = FORK.Queue()
    people = [FORK.Process(target=_apart, args=(work, n, share, out)) for n, share in enumerate(shares)]
    for one in people:
        one.start()
    answers: list[Any] = [None] * len(people)
    for _ in people:
        number, answer, fault = out.get()
        if fault:
            for one in people:
                one.terminate()
            raise RuntimeError(fault)
        answers[number] = answer
    for one in people:
        one.join()
    return answers


def _apart(work: Callable[..., Any], number: int, share: Sequence[Any], out: Any) -> None:
    connection.close()
    try:
        out.put((number, work(*share), ""))
    except BaseException:
        out.put((number, None, traceback.format_exc()))
    connection.close()


def rate(act: Callable[[Any, int], int], warm: Sequence[Sequence[Any]], jobs: Sequence[Sequence[Any]]) -> tuple[float, float]:
    """Acts a second of all workers together, from the first start to the last end, and milliseconds of CPU an act.

    `warm` is done before and not counted. CPU is that of the worker and of its PostgreSQL process: what else the machine does
    hardly changes it.
    """
    gate = FORK.Barrier(len(jobs))

    def work(number: int) -> tuple[float, float, int, float]:
        for job in warm[number]:
            act(job, number)
        server = _server()
        gate.wait(60)
        begun, busy = time.monotonic(), _busy(server)
        done = sum(act(job, number) for job in jobs[number])
        return begun, time.monotonic(), done, _busy(server) - busy

    seen = apart(work, [(n,) for n in range(len(jobs))])
    acts = sum(done for _, _, done, _ in seen)
    spent = max(end for _, end, _, _ in seen) - min(begun for begun, _, _, _ in seen)
    return acts / spent, 1000 * sum(busy for *_, busy in seen) / acts


def _server() -> Path:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/schedstat")


def _busy(server: Path) -> float:
    """Seconds of CPU that this process and its PostgreSQL process have used; the server is on this machine."""
    return time.process_time() + int(server.read_text().split()[0]) / 1e9


def first(name: str, text: str, *values: Any) -> tuple[Any, ...]:
    """The first row of a plain statement, prepared as `name`: how a contender learns the key of its next item, as a page brings it."""
    connection.ensure_connection()
    known: set[str] = READY.setdefault(connection.connection, set())
    with connection.connection.cursor() as cursor:
        if name not in known:
            cursor.execute(f"PREPARE {name} AS {text}")
            known.add(name)
        cursor.execute(f"EXECUTE {name} ({', '.join(['%s'] * len(values))})", values)
        found: tuple[Any, ...] = cursor.fetchone()
    return found


def machine() -> dict[str, Any]:
    """What a reader must know of the machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit')")
        version, fsync, commit = cursor.fetchone()
    return {
        "cores": os.cpu_count(), "python": platform.python_version(), "postgresql": version, "fsync": fsync,
        "synchronous_commit": commit, "load_before": [round(x, 2) for x in os.getloadavg()],
    }  # fmt: skip


def run(*statements: str) -> None:
    """Plain statements, one after the other."""
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)


def settle(name: str) -> None:
    """Vacuum and analyze what was loaded, and write it out, so that no measurement pays for the loading."""
    use(name)
    run("VACUUM ANALYZE", "CHECKPOINT")


def keep(name: str, figures: dict[str, Any]) -> None:
    """The figures as JSON in var/bench/, with what they were measured on."""
    folder = Path("var/bench")
    folder.mkdir(parents=True, exist_ok=True)
    told = {"date": datetime.now(UTC).isoformat(timespec="minutes"), "machine": machine(), **figures}
    (folder / f"{name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def goal(what: str, found: float, bound: float, *, at_least: bool = False, must: bool = True) -> dict[str, Any]:
    """Say whether a figure is reached. `close` fails when one that must be reached is not."""
    good = found >= bound if at_least else found <= bound
    say(f"{'must' if must else 'aim '} {what} {'>=' if at_least else '<='} {bound:g}: {found:.2f} {'reached' if good else 'FALLS SHORT'}")
    return {"what": what, "found": round(found, 3), "bound": bound, "at_least": at_least, "must": must, "reached": good}


def close(goals: Sequence[dict[str, Any]]) -> None:
    """End with code 1 when a goal that must be reached is not."""
    sys.exit(any(one["must"] and not one["reached"] for one in goals))


def say(line: str = "") -> None:
    """One line of the table."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
