"""Who is to be told of what acts have done: the event rows are read in the order of their commits, each once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import Error, connection, transaction
from django.urls import reverse

from workflow_app import absences, conduct, events
from workflow_app.clock import TZ
from workflow_app.events import Happened
from workflow_app.hands import desk_for
from workflow_app.models import Account, Case, Desk, Document, Mark, Record, WorkItem
from workflow_app.telling.messages import Told, tell

log = logging.getLogger(__name__)
PORTION = 200
OPEN = ("NEW", "ASSIGNED")


def follow(at: datetime) -> int:
    """Read the next events and tell the people; how many events that were. One worker at a time does it."""
    with transaction.atomic():
        marks = Mark.objects.select_for_update(skip_locked=True) if connection.vendor == "postgresql" else Mark.objects
        Mark.objects.get_or_create(name="follow")
        mark = marks.filter(name="follow").first()
        if mark is None:
            return 0  # another worker is at it
        found = events.after((mark.xid, mark.event), PORTION)
        if found:
            for topic, ref in dict.fromkeys((one.topic, one.ref) for one in found):
                _one(topic, ref, [one for one in found if (one.topic, one.ref) == (topic, ref)], at)
            (mark.xid, mark.event) = found[-1].mark
            mark.save()
    return len(found)


def _one(topic: str, ref: int, happened: list[Happened], at: datetime) -> None:
    what, _, name = topic.partition(":")
    try:
        with transaction.atomic():
            if what == "desk":
                tell(_at_desk(int(name), ref, happened, at), at)
            elif what == "case":
                tell(list(_papers(ref)), at)
    except Error:
        raise
    except Exception:  # one odd event must not silence all that come after it
        log.exception("nobody was told of %s %s", topic, ref)


def _at_desk(desk_id: int, case_id: int, happened: list[Happened], at: datetime) -> Iterator[Told]:
    case = Case.objects.select_related("cadre", "organ").filter(pk=case_id).first()
    desk = Desk.objects.select_related("unit").filter(pk=desk_id).first()
    if case is None or desk is None:
        return
    moments = {one.at for one in happened}
    for item in WorkItem.objects.filter(process=case, status__in=OPEN).select_related("desk"):
        if item.desk_id == desk_id:
            yield from _new_item(case, item, desk, moments, at)
        elif item.escalated_at in moments and item.due_at is not None and item.escalated_at >= item.due_at:
            for person in absences.present_at(desk, at.astimezone(TZ).date()):
                title = f"逾期上报：{case.number} {item.flow_task.step.title}"
                yield Told(person.pk, f"late:{item.pk}:{item.escalated_at:%Y%m%d}", "LATE", title, reverse("case", args=[case.pk]), case.pk)


def _new_item(case: Case, item: WorkItem, desk: Desk, moments: set[datetime], at: datetime) -> Iterator[Told]:
    step = item.flow_task.step
    if item.status == "ASSIGNED":
        given = Record.objects.filter(case=case, kind="ASSIGN", at__in=moments, step=item.step)
        if item.owner_id and given.exclude(actor=item.owner_id).exists():
            title = f"指派给您：{case.number} {step.title}"
            yield Told(item.owner_id, f"given:{item.pk}:{item.version}", "ITEM", title, reverse("task", args=[item.pk]), case.pk)
        return
    if desk.role == "subject":
        for person in concerned(case, at):
            yield Told(person, f"item:{item.pk}", "ITEM", f"请您办理：{step.title}", reverse("portal_answer", args=[item.pk]), case.pk)
        return
    people = absences.present_at(desk, at.astimezone(TZ).date())
    for one in people:
        yield Told(
            one.pk, f"item:{item.pk}:{desk.pk}", "ITEM", f"新的待办：{case.number} {step.title}", reverse("task", args=[item.pk]), case.pk
        )
    if not people:
        yield from nobody(case, item, desk, at)


def nobody(case: Case, item: WorkItem, desk: Desk, at: datetime) -> Iterator[Told]:
    """Nobody works at the desk today: the desk's lead is told, and it stands on record."""
    conduct.report_nobody(item.pk, at=at)
    lead = Desk.objects.get(pk=desk_for("org_leader", list(reversed(case.organ.ancestor_ids))))
    for one in absences.present_at(lead, at.astimezone(TZ).date()):
        title = f"岗位无人在岗：{desk.name}，{case.number} {item.flow_task.step.title}"
        yield Told(one.pk, f"nobody:{item.pk}:{desk.pk}", "NOBODY", title, reverse("case", args=[case.pk]), case.pk)


def concerned(case: Case, at: datetime) -> list[int]:
    """Accounts of the person concerned and of those who stand for them today."""
    today = at.astimezone(TZ).date()
    own = list(Account.objects.filter(cadre=case.cadre_id, is_active=True).values_list("pk", flat=True))
    stands = Account.objects.filter(
        is_active=True, represents__principal=case.cadre_id, represents__standing="VALID", represents__valid_from__lte=today
    ).exclude(represents__valid_to__lt=today)
    return [*own, *stands.values_list("pk", flat=True)]


def _papers(case_id: int) -> Iterator[Told]:
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return
    made = Document.objects.filter(case=case, open_to_subject=True, rendering__isnull=False).values_list(
        "pk", "title", "rendering__rendered_at"
    )
    for pk, title, at in made:
        for person in concerned(case, at):
            yield Told(person, f"paper:{pk}", "PAPER", f"发给您的文书：《{title}》", reverse("paper", args=[pk]), case.pk)
