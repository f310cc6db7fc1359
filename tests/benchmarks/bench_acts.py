"""Completed acts per second (claim + complete), 1 and 4 workers, beside three others on the same PostgreSQL, in one run.

The contenders take turns round by round, so that whatever else the machine does falls on all of them; medians of the rounds.
"""

from __future__ import annotations

import os
from statistics import median
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
django.setup()

from django.db import connection  # noqa: E402

from tests.benchmarks.arena import close, database, goal, keep, rate, say  # noqa: E402
from tests.benchmarks.door import Door  # noqa: E402
from tests.benchmarks.routing import STRETCHES, stretches  # noqa: E402
from tests.benchmarks.spiff import Spiff  # noqa: E402
from tests.benchmarks.stock import Stock  # noqa: E402
from tests.benchmarks.twin import Twin  # noqa: E402
from tests.conftest import build_town  # noqa: E402
from workflow_app import ledger  # noqa: E402

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))
CASES = int(os.environ.get("BENCH_CASES", "24"))  # stretches of five acts a worker and round
WORKERS = (1, 4)
WARM = 4
COLUMNS = ("1", "4", "cpu")


def contenders() -> tuple[Door, list[Any]]:
    """The door and the others, on the database in use. Keys of cases lie far from any other key."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER SEQUENCE workflow_app_case_id_seq RESTART WITH 5000011")
    town = build_town()
    door = Door(town)
    twin = Twin(door)
    twin.listen()
    return door, [door, twin, Stock(town.people["org_leader1"]), Spiff()]


def measure(one: Any, workers: int) -> tuple[float, float]:
    """One round of one contender."""
    each = CASES if workers == 1 else CASES * 2 // 3
    jobs = one.prepare(stretches((each + WARM) * workers))
    warm = [jobs[n * WARM : (n + 1) * WARM] for n in range(workers)]
    shares = [jobs[WARM * workers + n * each : WARM * workers + (n + 1) * each] for n in range(workers)]
    found = rate(one.act, warm, shares)
    for job in jobs[-2:]:
        one.arrived(job)
    return found


def verify(one: Any) -> None:
    """What the twin wrote is a record like any other: its chains verify."""
    for stretch, case in one.prepare(list(STRETCHES)):
        one.act((stretch, case), 0)
        ledger.verify(f"C{case}")


def main() -> None:
    """One run on one database."""
    with database():
        door, all_of_them = contenders()
        verify(all_of_them[1])
        rounds: dict[str, dict[str, list[float]]] = {one.title: {column: [] for column in COLUMNS} for one in all_of_them}
        for number in range(ROUNDS):
            for workers in WORKERS:
                for one in all_of_them[number % 4 :] + all_of_them[: number % 4]:
                    acts, busy = measure(one, workers)
                    rounds[one.title][str(workers)].append(acts)
                    rounds[one.title]["cpu"].append(busy)
            say(f"round {number + 1} of {ROUNDS}")
    report(rounds, door.title)


def report(rounds: dict[str, dict[str, list[float]]], own: str) -> None:
    """The table and the file. Ratios are medians of the ratios within each round; more is better in each."""
    seen: dict[str, Any] = {
        title: {c: {"median": round(median(v), 2), "rounds": [round(x, 2) for x in v]} for c, v in by.items()}
        for title, by in rounds.items()
    }
    found: dict[str, dict[str, float]] = {}
    for title, by in rounds.items():
        if title != own:
            pairs = {c: list(zip(rounds[own][c], v, strict=True)) for c, v in by.items()}
            found[title] = {c: round(median(b / a if c == "cpu" else a / b for a, b in both), 2) for c, both in pairs.items()}
    table(seen, found)
    goals = [
        *(goal(f"door : stock viewflow, {w} at work", found[Stock.title][str(w)], 1.5, at_least=True) for w in WORKERS),
        goal("door : stock viewflow, 4 at work", found[Stock.title]["4"], 2.4, at_least=True, must=False),
        goal("door : bare SQL, 4 at work", found[Twin.title]["4"], 0.7, at_least=True, must=False),
    ]
    keep("acts", {"rounds": ROUNDS, "stretches": CASES, "seen": seen, "ratio_of_door_to": found, "goals": goals})
    close(goals)


def table(seen: dict[str, Any], found: dict[str, dict[str, float]]) -> None:
    """Medians, then ratios."""
    say(f"{'medians':32}{'1 worker':>12}{'4 workers':>12}{'CPU':>14}")
    for title, by in seen.items():
        say(f"{title:32}" + "".join(f"{by[str(w)]['median']:10.1f}/s" for w in WORKERS) + f"{by['cpu']['median']:8.2f} ms/act")
    for title, by in found.items():
        say(f"{'door : ' + title:32}" + "".join(f"{by[c]:11.2f}x" for c in COLUMNS))


if __name__ == "__main__":
    main()
