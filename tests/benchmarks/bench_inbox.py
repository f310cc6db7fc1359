"""The desk page at one thousand and at one million open items, for a busy and an idle person.

Each database has a process of its own; a request to the small one and a request to the large one take turns, so that
whatever else the machine does falls on both. The page goes through every middleware and template, with its statements.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
django.setup()

from django.test import Client  # noqa: E402

from tests.benchmarks.arena import FORK, close, database, goal, keep, say, settle, use  # noqa: E402
from tests.benchmarks.copies import copy  # noqa: E402
from tests.conftest import build_town  # noqa: E402
from tests.story import Town, item_of, open_case  # noqa: E402
from workflow_app.models import Account, Cadre, Case, Deadline, Desk, Seat, Unit, WorkItem  # noqa: E402

SMALL, LARGE = 1_000, int(os.environ.get("BENCH_ITEMS", "1000000"))
TURNS = int(os.environ.get("BENCH_TURNS", "300"))
WARM = 15
OFFICES = 200
PAGES = {"first page": {}, "overdue": {"due": "over"}, "mine": {"mine": "1"}, "one step": {"step": "approve_opening"}}
type_shown = tuple[str, str]  # the person and the page


@dataclass(frozen=True)
class Desks:
    """Three desks of the busy person, the one of the idle person, and everybody else's."""

    busy: list[int]
    idle: int
    others: list[int]

    @property
    def of_item(self) -> str:
        """The desk of item `n`: three of ten at the busy person's desks, twenty in all at the idle one's, others spread."""
        busy = f"(ARRAY{self.busy})[1 + n % {len(self.busy)}]"
        others = f"(ARRAY{self.others})[1 + n % {len(self.others)}]"
        return f"CASE WHEN n <= 20 THEN {self.idle} WHEN n % 10 < 3 THEN {busy} ELSE {others} END"


def furnish(town: Town) -> Desks:
    """Offices with a desk each; a busy and an idle person."""
    units = Unit.objects.bulk_create(Unit(code=f"K{n:03}", name=f"第{n}单位", kind="DEPARTMENT", parent=town.city) for n in range(OFFICES))
    desks = Desk.objects.bulk_create(Desk(role="org_leader", unit=unit, name=f"{unit.name}领导岗位") for unit in units)
    busy, idle, *others = [desk.pk for desk in desks]
    busy_desks = [busy, others.pop(), others.pop()]
    for name, places in (("busy", busy_desks), ("idle", [idle])):
        cadre = Cadre.objects.create(number=f"B-{name}", name="何志远", sex="男", unit=town.city)
        account = Account.objects.create(username=name, cadre=cadre, password="!")
        Seat.objects.bulk_create(Seat(desk_id=desk, account=account, valid_from="2020-01-01", granted_at=town.at) for desk in places)
    return Desks(busy_desks, idle, others)


def fill(count: int) -> None:
    """`count` open cases after the pattern of one; each has a finished and an open item, most of them dated."""
    town = build_town()
    case, desks = open_case(town), furnish(town)
    item = item_of(case, "approve_opening")
    done, dated = WorkItem.objects.get(process=case, status="DONE"), Deadline.objects.filter(item=item)
    start, shift = case.pk, "((n::bigint * 7919) % 150 - 20) * interval '1 day'"
    key, busy = f"({start} + n)", Account.objects.get(username="busy").pk
    copy(town.wang, count, id=f"{town.wang.pk} + 100000 + n", number="'N' || n", name="'何' || (n % 997)")
    copy(Case.objects.get(pk=case.pk), count, id=key, number="'云组降〔2025〕' || n || '号'", cadre_id=f"{town.wang.pk} + 100000 + n")
    copy(done, count, id=f"({key}::bigint << 20) + 1", process_id=key)
    due = f"CASE WHEN n % 11 = 0 THEN NULL ELSE now() + {shift} END"
    mine = "n < 200 AND n % 10 < 3"  # as many in both databases: nobody holds thousands of items
    copy(item, count, id=f"({key}::bigint << 20) + 2", process_id=key, desk_id=desks.of_item, due_at=due, due_on=f"({due})::date",
         owner_id=f"CASE WHEN {mine} THEN {busy} END", status=f"CASE WHEN {mine} THEN 'ASSIGNED' ELSE 'NEW' END")  # fmt: skip
    for number, one in enumerate(dated, 1):
        copy(
            one,
            count,
            id=f"({key}::bigint << 20) + {number}",
            case_id=key,
            item_id=f"({key}::bigint << 20) + 2",
            fires_at=f"now() + {shift}",
        )


class Clerk:
    """A process that asks for pages of one database."""

    def __init__(self, name: str) -> None:
        self.line, theirs = FORK.Pipe()
        self.process = FORK.Process(target=self._serve, args=(name, theirs), daemon=True)
        self.process.start()

    def _serve(self, name: str, line: Any) -> None:
        use(name)
        clients = {who: Client(HTTP_HOST="localhost") for who in ("busy", "idle")}
        for who, client in clients.items():
            client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
        while wanted := line.recv():
            begun = time.perf_counter()
            answer = clients[wanted[0]].get("/desk/", PAGES[wanted[1]])
            line.send((1000 * (time.perf_counter() - begun), answer.status_code, answer.content.count(b"<tr")))

    def ask(self, wanted: type_shown) -> tuple[float, int, int]:
        """Milliseconds, status and rows of one page."""
        self.line.send(wanted)
        found: tuple[float, int, int] = self.line.recv()
        return found


def p95(values: list[float]) -> float:
    """The slowest but for one in twenty."""
    return quantiles(values, n=20)[-1]


def measure(small: Clerk, large: Clerk) -> dict[type_shown, tuple[list[float], list[float], int]]:
    """Milliseconds of every kind of page in both databases, in turns; and the rows that the large one showed."""
    found: dict[type_shown, tuple[list[float], list[float], int]] = {}
    for who in ("busy", "idle"):
        for page in PAGES:
            took: tuple[list[float], list[float]] = ([], [])
            for turn in range(WARM + TURNS):
                for clerk, times in zip((small, large) if turn % 2 else (large, small), took if turn % 2 else took[::-1], strict=True):
                    spent, status, rows = clerk.ask((who, page))
                    if status != 200:
                        raise RuntimeError(f"{who}, {page}: {status}")
                    times.append(spent)
            found[who, page] = took[0][WARM:], took[1][WARM:], rows
    return found


def report(found: dict[type_shown, tuple[list[float], list[float], int]]) -> None:
    """The table, the file, the goals."""
    figures: dict[str, Any] = {"items": [SMALL, LARGE], "turns": TURNS, "pages": {}}
    say(f"{'desk page, ms':22}{'p50':>9}{'p95':>9}{'p50':>11}{'p95':>9}{'ratio of p95':>15}")
    goals = []
    for (who, page), (small, large, _) in found.items():
        row = {"small": [median(small), p95(small)], "large": [median(large), p95(large)], "ratio_of_p95": p95(large) / p95(small)}
        figures["pages"][f"{who}, {page}"] = {
            name: [round(x, 2) for x in v] if isinstance(v, list) else round(v, 3) for name, v in row.items()
        }
        say(
            f"{who + ', ' + page:22}{median(small):9.1f}{p95(small):9.1f}{median(large):11.1f}{p95(large):9.1f}{row['ratio_of_p95']:14.2f}x"
        )
    for who in ("busy", "idle"):
        goals.append(
            goal(f"desk page p95 at {LARGE:,} : at {SMALL:,} items, {who}", figures["pages"][f"{who}, first page"]["ratio_of_p95"], 1.5)
        )
    keep("inbox", {**figures, "goals": goals})
    close(goals)


def main() -> None:
    """Two databases at a time."""
    with database() as small, database() as large:
        for name, count in ((small, SMALL), (large, LARGE)):
            use(name)
            begun = time.monotonic()
            fill(count)
            settle(name)
            say(f"{count:,} open items loaded in {time.monotonic() - begun:.0f} s")
        found = measure(Clerk(small), Clerk(large))
    report(found)


if __name__ == "__main__":
    main()
