"""催办: once a day, before, on and after a due date; and the daily digest by mail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count
from django.urls import reverse

from workflow_app import absences
from workflow_app.clock import TZ
from workflow_app.models import Deadline, Desk, Mark, Message, Outgoing, Wish, WorkItem
from workflow_app.telling import upcoming
from workflow_app.telling.messages import Told, tell
from workflow_app.telling.talks_due import talks_due
from workflow_app.telling.watching import OPEN, concerned, nobody

HOUR = 8  # of the local day, from which people are chased
AHEAD = timedelta(days=14)  # no target day lies further before its last day
EVERY = 3  # days between two chasers of something that is late
PORTION = 500


def chase(at: datetime) -> int:
    """Once a local day; how many messages that made."""
    local = at.astimezone(TZ)
    if local.hour < HOUR:
        return 0
    with transaction.atomic():
        Mark.objects.get_or_create(name="chase")
        marks = Mark.objects.select_for_update(skip_locked=True) if connection.vendor == "postgresql" else Mark.objects
        mark = marks.filter(name="chase").first()
        if mark is None or (mark.day is not None and mark.day >= local.date()):
            return 0
        told = tell([*_due(local.date(), at), *talks_due(local.date()), *upcoming.upcoming(local.date(), at)], at)
        _digest(local.date(), at)
        mark.day = local.date()
        mark.save()
    return told


def _due(today: date, at: datetime) -> Iterator[Told]:
    items = WorkItem.objects.filter(status__in=OPEN, due_on__isnull=False, due_on__lte=today + AHEAD)
    there: dict[int, list[int]] = {}
    for item in items.select_related("desk__unit", "process__cadre", "process__organ").iterator(PORTION):
        stage, words = _stage(item, today)
        if not stage:
            continue
        if item.desk_id not in there:
            there[item.desk_id] = [one.pk for one in absences.present_at(item.desk, today)]
        yield from _chased(item, stage, words, there[item.desk_id], at)


def _stage(item: WorkItem, today: date) -> tuple[str, str]:
    """Which chaser is due, named so that it is sent once, and in words."""
    assert item.due_on is not None
    left = (item.due_on - today).days
    if item.process.suspended_on and not Deadline.objects.filter(item=item, fires_at__isnull=False).exists():
        return "", ""  # its clock stands still
    if left == 0:
        return f"today:{item.due_on}", "今天到期"
    if left < 0:
        return f"over:{item.due_on}:{-left // EVERY}", f"已逾期{-left}天"
    told = Deadline.objects.filter(item=item, closed_at=None).order_by("id").values_list("explanation__target", flat=True).first()
    return (f"before:{item.due_on}", f"还剩{left}天") if told and date.fromisoformat(told) <= today else ("", "")


def _chased(item: WorkItem, stage: str, words: str, there: list[int], at: datetime) -> Iterator[Told]:
    case: WorkItem = item.process
    own = item.desk.role == "subject"
    people = concerned(case, at) if own else [item.owner_id] if item.owner_id in there else there
    url = reverse("portal_answer" if own else "task", args=[item.pk])
    name = item.flow_task.step.title if own else f"{case.number} {item.flow_task.step.title}"
    for person in people:
        yield Told(person, f"chase:{item.pk}:{stage}", "CHASE", f"催办：{name}，{words}", url, case.pk)
    if not people and not own:
        yield from nobody(case, item, Desk.objects.get(pk=item.desk_id), at)


def _digest(today: date, at: datetime) -> None:
    """One mail a day to those who asked for it and have something unread."""
    wishes = Wish.objects.filter(mail=Wish.Mail.DAILY).exclude(address="").values_list("account_id", flat=True)
    unread = Message.objects.filter(account__in=wishes, read_at__isnull=True).order_by().values("account").annotate(n=Count("id"))
    Outgoing.objects.bulk_create(
        [Outgoing(kind="MAIL", target=row["account"], payload={"n": row["n"]}, created_at=at, next_at=at, key=f"digest:{row['account']}:{today}") for row in unread],
        ignore_conflicts=True,
    )  # fmt: skip
