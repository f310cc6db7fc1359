"""A case is counted again after a change of the calendar, and the people concerned are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from workflow_app import absences, calendars, clock, conduct, outbox
from workflow_app.conduct.redating import Moved
from workflow_app.models import CalendarYear, Case, Outgoing
from workflow_app.telling.messages import Told, tell
from workflow_app.telling.watching import concerned


def redate(row: Outgoing, at: datetime) -> None:
    """One case; or, a little after the change, once more all that other processes counted meanwhile."""
    if row.case_id is None:
        calendars.order(row.target, f"{row.key}", at)
        return
    clock.forget_calendar()
    source = CalendarYear.objects.get(year=row.target).source
    moved = conduct.redate(row.case_id, at=at, source=source)
    case = Case.objects.select_related("cadre").get(pk=row.case_id)
    tell([one for what in moved for one in _told(case, what, source, at)], at)


def _told(case: Case, moved: Moved, source: str, at: datetime) -> Iterator[Told]:
    item = moved.item
    own = item is None or item.desk.role == "subject"
    name = item.flow_task.step.title if item is not None else moved.rule
    how = f"届满日由{moved.before}改为{moved.after}" if moved.before != moved.after else f"届满日{moved.after}确定"
    people = (
        concerned(case, at) if own else [one.pk for one in absences.present_at(item.desk, at.astimezone(clock.TZ).date())] if item else []
    )
    url = reverse("portal_case" if own else "case", args=[case.pk])
    for person in people:
        title = f"期限重新计算：{'' if own else case.number + ' '}{name}，{how}（{source}）"
        yield Told(person, f"dates:{moved.deadline}:{clock.calendar_from_db().version}", "DATES", title, url, case.pk)


outbox.HANDLERS[Outgoing.Kind.DATES] = redate
