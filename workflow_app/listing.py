"""Acts about the three lists: printed, signed, received, answered, proved, looked back at; each leaves a line in the organ's journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger, unfiled
from workflow_app.assessment.feedback import lists, wording
from workflow_app.assessment.triggers.entering import Entry
from workflow_app.clock import TZ
from workflow_app.models import Account, Feedback, Finding, LookBack, MendingProof, Point, PointAnswer, Unit, Upload
from workflow_app.telling import assessed
from workflow_app.telling.messages import Told, tell

TEMPLATE = "documents/feedback.html"


def _record(organ: Unit, what: str, *, by: Account, at: datetime, facts: dict[str, Any]) -> None:
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


def printed(feedback: Feedback, by: Account | None, at: datetime, which: Iterable[str] = Point.List.values) -> list[lists.Printed]:
    """The papers of the lists, rendered. Without a signer: a preview. Raises documents.RenderingFailed."""
    return [_paper(feedback, one, by, at) for one in which]


def _paper(feedback: Feedback, which: str, by: Account | None, at: datetime) -> lists.Printed:
    number = f"考反〔{at.astimezone(TZ).year}〕{feedback.pk}-{1 + Point.List.values.index(which)}号"
    words = wording.content_of(feedback, which)
    slip = unfiled.Slip(wording.title_of(which), number, "三单", feedback.organ, feedback.subject.name, words, TEMPLATE)
    return lists.Printed(which, number, **vars(unfiled.printed(slip, by, at)))


def sign_lists(feedback: Feedback, *, by: Account, at: datetime) -> None:
    """Print, sign and serve the three lists: the person is told and finds them in the portal. Raises Refused or RenderingFailed."""
    lists.check_signer(feedback, by)
    papers = printed(feedback, by, at)
    with transaction.atomic():
        found = lists.sign(feedback, papers, by=by, at=at)
        facts = {
            "feedback": found.pk,
            "papers": {one.number: one.sha256 for one in papers},
            "content": {one.list: one.content_hash for one in papers},
        }
        _record(found.organ, "lists", by=by, at=at, facts=facts)
        whose = f"{found.subject.name}" if found.subject.unit_id else "您"
        title, url = f"{whose}的考核反馈（成绩、问题、整改清单）已经签发", reverse("my_feedback", args=[found.pk])
        tell([Told(one, f"lists:{found.pk}", "PAPER", title, url) for one in _readers(found)], at)


def _readers(feedback: Feedback) -> list[int]:
    """Accounts of those for whom the lists are: the person, or the leading members of the unit."""
    if feedback.subject.unit_id:
        return assessed.leading(feedback.subject.unit_id)
    return list(Account.objects.filter(cadre=feedback.cadre_id, is_active=True).values_list("pk", flat=True))


@transaction.atomic
def receive(feedback: Feedback, *, by: Account, at: datetime) -> None:
    """The person has the lists. Raises Refused."""
    lists.receive(feedback, by=by, at=at)
    _record(feedback.organ, "received", by=by, at=at, facts={"feedback": feedback.pk})


@transaction.atomic
def answer(point: Point, stance: str, text: str, *, by: Account, at: datetime) -> PointAnswer:
    """What the person says to a point; who drafted the lists is told where it is more than agreement. Raises Refused."""
    made = lists.answer(point, stance, text, by=by, at=at)
    feedback = point.feedback
    _record(feedback.organ, "answered", by=by, at=at, facts={"point": point.pk, "stance": made.stance, "text": made.text})
    if made.stance != PointAnswer.Stance.AGREE:
        title = f"{feedback.subject.name}对{point}{made.get_stance_display()}"
        tell([Told(feedback.drafted_by_id, f"answer:{made.pk}", "ITEM", title, reverse("three_lists", args=[feedback.subject_id]))], at)
    return made


@transaction.atomic
def prove(point: Point, text: str, upload: Upload | None, *, by: Account, at: datetime) -> MendingProof:
    """What was done about a point that was to be mended. Raises Refused."""
    made = lists.prove(point, text, upload, by=by, at=at)
    facts = {"point": point.pk, "text": made.text, "file": upload.pk if upload else None}
    _record(point.feedback.organ, "proved", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def look_back(point: Point, result: str, findings: str, next_on: date | None, *, by: Account, at: datetime) -> LookBack:
    """Note a check of something that was to be mended. Raises Refused."""
    made = lists.look_back(point, result, findings, next_on, by=by, at=at)
    facts = {"point": point.pk, "result": made.result, "findings": made.findings, "next_on": str(next_on or "")}
    _record(point.feedback.organ, "look_back", by=by, at=at, facts=facts)
    if made.result == LookBack.Result.NOT_MENDED and point.feedback.subject.unit_id:
        _tell_unmended(made, at)
    raise_unmended(at)
    return made


def _tell_unmended(made: LookBack, at: datetime) -> None:
    """A unit that has not mended: the leaders of the department are reminded. About nobody a lead follows by itself."""
    feedback = made.point.feedback
    title = f"{feedback.subject.name}：{made.point}回头看“{made.get_result_display()}”，请研究督促"
    seats = Account.objects.filter(seats__desk__role="org_leader", seats__desk__unit=feedback.organ, is_active=True)
    told = [Told(one, f"unmended:{made.pk}", "WARN", title, reverse("mending")) for one in set(seats.values_list("pk", flat=True))]
    tell(told, at)


@transaction.atomic
def raise_unmended(at: datetime) -> int:
    """T-09 from every check that found nothing mended and was not judged yet; how many findings. Its guards decide whether a lead follows."""
    judged = {f"T-09:P{key}" for key in Finding.objects.filter(rule_id="T-09").values_list("facts__look_back", flat=True) if key}
    found = [one for one in lists.not_mended() if f"T-09:P{one.pk}" not in judged]
    for one in found:
        feedback = one.point.feedback
        told = {**lists.unmended(one), "look_back": one.pk}
        entry = Entry("T-09", feedback.subject.person, told, f"整改清单第{one.point.number}项回头看", told["checked_on"], f"T-09:P{one.pk}")
        assessed.enter_finding(entry, unit=feedback.organ, by=one.by, at=at)
    return len(found)
