"""What waits at desks, in the order of its due date: one statement, however long the queue is.

Every desk gives at most a page from the partial index of open items; the pages are merged. Undated items
come after dated ones. A filter and the place to go on from are part of the same statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, dumps, loads
from django.db import connection
from django.utils.dateparse import parse_datetime

from workflow_app.models.case import CaseQuerySet

PAGE = 50
CAP = 1000
# Written out, not passed as values: only then is the partial index used.
OPEN = "status IN ('NEW', 'ASSIGNED')"


@dataclass(frozen=True)
class Filter:
    """What of the queue is wanted."""

    step: str = ""
    overdue: bool = False
    mine: int | None = None
    at: datetime | None = None

    def clause(self) -> tuple[str, list[Any]]:
        """As SQL, but for `mine`."""
        parts = ""
        values: list[Any] = []
        if self.step:
            parts, values = parts + " AND step = %s", [*values, self.step]
        if self.overdue:
            parts, values = parts + " AND due_at <= %s", [*values, moment(self.at)]
        return parts, values


@dataclass(frozen=True)
class After:
    """The last item of the page before."""

    due_at: datetime | None
    item: int

    def token(self) -> str:
        """For a link."""
        return dumps([self.due_at.isoformat() if self.due_at else None, self.item], salt="queue", compress=True)

    @classmethod
    def read(cls, token: str) -> After | None:
        """From a link; anything else starts from the front."""
        try:
            due_at, item = loads(token, salt="queue")
        except (BadSignature, ValueError):
            return None
        return cls(parse_datetime(due_at) if due_at else None, int(item))


def moment(value: datetime | None) -> Any:
    """A moment as the database driver wants it."""
    return connection.ops.adapt_datetimefield_value(value)


def keys(
    desks: Sequence[int], wanted: Filter, after: After | None = None, size: int = PAGE, *, hidden: CaseQuerySet | None = None
) -> list[int]:
    """Keys of the next items, one more than a page when there are more; nothing of the cases in `hidden`."""
    if not desks:
        return []
    parts: list[str] = []
    head, but, bound = _but(hidden)
    for which, its in _sources(desks, wanted):
        for dated in (True, False):
            part, values = _part(which + but, dated, wanted, after, size)
            if part:
                parts.append(part)
                bound += [*its, *values]
    if not parts:
        return []
    text = f"{head}SELECT id FROM ({' UNION ALL '.join(parts)}) AS queue ORDER BY late, due_at, id LIMIT {size + 1}"
    with connection.cursor() as cursor:
        cursor.execute(text, bound)
        return [row[0] for row in cursor.fetchall()]


def _but(hidden: CaseQuerySet | None) -> tuple[str, str, list[Any]]:
    """Not of these cases: found once, at the head of the statement, and left out in every part, so that hiding costs no round trip."""
    if hidden is None or hidden.query.is_empty():
        return "", "", []
    text, values = hidden.values("pk").query.sql_with_params()
    return f"WITH kept_out(pk) AS MATERIALIZED ({text}) ", " AND process_id NOT IN (SELECT pk FROM kept_out)", list(values)


def _sources(desks: Sequence[int], wanted: Filter) -> list[tuple[str, list[Any]]]:
    if wanted.mine:
        return [_mine(desks, wanted.mine)]
    return [(f"desk_id = %s AND {OPEN}", [desk]) for desk in desks]


def _mine(desks: Sequence[int], account: int) -> tuple[str, list[Any]]:
    # The plus keeps the planner from walking a whole busy desk for the few items of one person.
    marks = ", ".join(["%s"] * len(desks))
    return f"owner_id = %s AND status = 'ASSIGNED' AND +desk_id IN ({marks})", [account, *desks]


def _part(which: str, dated: bool, wanted: Filter, after: After | None, size: int) -> tuple[str, list[Any]]:
    clause, values = wanted.clause()
    more, place = _from(after, dated)
    if more is None or (wanted.overdue and not dated):
        return "", []
    # Undated ones too in the order of the index: by their key alone a whole desk would be read and sorted for a page.
    text = (
        f"SELECT * FROM (SELECT {0 if dated else 1} AS late, due_at, id FROM workflow_app_workitem WHERE {which}"
        f" AND due_at IS {'NOT NULL' if dated else 'NULL'}{clause}{more} ORDER BY due_at, id LIMIT {size + 1}) AS part"
    )
    return text, [*values, *place]


def _from(after: After | None, dated: bool) -> tuple[str | None, list[Any]]:
    if after is None:
        return "", []
    if dated:
        return (" AND (due_at, id) > (%s, %s)", [moment(after.due_at), after.item]) if after.due_at else (None, [])
    return ("", []) if after.due_at else (" AND id > %s", [after.item])


def counts(
    desks: Sequence[int], *, account: int, now: datetime, today_ends: datetime, hidden: CaseQuerySet | None = None
) -> dict[str, int]:
    """Capped counts for the head of the desk page, in one statement; what the list hides is not counted."""
    found = {"open": 0, "overdue": 0, "today": 0, "mine": 0}
    if not desks:
        return found
    (mine, its), (head, but, bound) = _mine(desks, account), _but(hidden)
    wanted: list[tuple[str, str, list[Any]]] = [("mine", mine + but, its)]
    for desk in desks:
        for name, clause, values in (
            # Dated and undated apart, and in order, so that the index of open items answers: finished ones are never looked at.
            ("open", "due_at IS NOT NULL", []),
            ("open", "due_at IS NULL", []),
            ("overdue", "due_at <= %s", [moment(now)]),
            ("today", "due_at > %s AND due_at <= %s", [moment(now), moment(today_ends)]),
        ):
            wanted.append((name, f"desk_id = %s AND {OPEN}{but} AND {clause} ORDER BY due_at, id", [desk, *values]))
    parts = [
        f"SELECT '{n}' AS what, COUNT(*) AS n FROM (SELECT 1 FROM workflow_app_workitem WHERE {w} LIMIT {CAP}) AS part"
        for n, w, _ in wanted
    ]
    with connection.cursor() as cursor:
        cursor.execute(head + " UNION ALL ".join(parts), [*bound, *(value for _, _, values in wanted for value in values)])
        for what, number in cursor.fetchall():
            found[what] += number
    return found
