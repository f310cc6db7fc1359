"""Counting the running periods of a case again under the calendar in force: one record, when a date or its standing changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflow_app import clock, periods
from workflow_app.conduct import carry
from workflow_app.conduct.noting import note
from workflow_app.conduct.timely import locked
from workflow_app.models import Deadline, WorkItem


@dataclass(frozen=True)
class Moved:
    """A period that was counted again."""

    deadline: int
    item: WorkItem | None
    rule: str
    before: date
    after: date


def redate(case_id: int, *, at: datetime, source: str) -> list[Moved]:
    """Count again; what moved, or lost its provisional mark. Recorded with the notice as its ground."""
    with locked(case_id, at=at, by=None, key=None) as turn:
        running = Deadline.objects.filter(case_id=case_id, closed_at__isnull=True, fired_at__isnull=True).select_related("item__desk")
        moved, told = [], []
        for one in running.order_by("id"):
            answer = clock.again(one.explanation, clock.calendar_from_db())
            if (answer.last_day, answer.provisional) == (one.last_day, one.provisional):
                continue
            moved.append(Moved(one.pk, one.item, one.rule_id, one.last_day, answer.last_day))
            told.append({"id": one.pk, "rule": one.rule_id, "before": one.last_day.isoformat(), "after": answer.last_day.isoformat()})
            periods.put(turn.batch, turn.case, one, answer)
        if moved:
            turn.item = WorkItem(pk=0, step="", desk_id=None)
            facts = {"source": source, "calendar": clock.calendar_from_db().version, "periods": told}
            note(turn, "DATES", {"facts": facts}, outcome="recounted")
            carry.announce(turn, *{one.item.desk_id for one in moved if one.item is not None})
            carry.announce_case(turn)
            carry.settle(turn)
    return moved
