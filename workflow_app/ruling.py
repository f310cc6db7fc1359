"""Acts about the organ's rules that leave a record: each is one transaction of what the room does and a line in the organ's journal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger
from workflow_app.models import Account, RuleLesson, RuleLessonWord, Ruling, RulingEnd, RulingLink, RulingLinkEnd, RulingReview, Unit
from workflow_app.revising import rulings
from workflow_app.revising.rules import day
from workflow_app.telling.messages import Told, tell


def record(organ: Unit, what: str, *, by: Account | None, at: datetime, facts: dict[str, Any]) -> None:
    """A line in the organ's journal."""
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


@transaction.atomic
def enter(organ: Unit, text: rulings.Text, *, by: Account, at: datetime) -> Ruling:
    """A rule is entered. Raises Refused."""
    made = rulings.enter(organ, text, by=by, at=at)
    facts = {"ruling": made.pk, "title": made.title, "issuer": made.issuer, "number": made.number, "first": str(made.first)}
    record(organ, "ruling", by=by, at=at, facts=facts | {"document": text.document.sha256 if text.document else ""})
    return made


@transaction.atomic
def end(one: Ruling, last: date, reason: str, *, by: Account, at: datetime) -> RulingEnd:
    """A rule is repealed. Raises Refused."""
    made = rulings.end(one, last, reason, by=by, at=at)
    record(one.organ, "ruling_ended", by=by, at=at, facts={"ruling": one.pk, "last": str(last), "reason": made.reason})
    return made


@transaction.atomic
def link(one: Ruling, other: Ruling | None, product_rule: str, kind: str, note: str, *, by: Account, at: datetime) -> RulingLink:
    """How a rule stands to another. Raises Refused."""
    made = rulings.link(one, other, product_rule, kind, note, by=by, at=at)
    facts = {
        "link": made.pk,
        "ruling": one.pk,
        "other": made.other_id,
        "product_rule": made.product_rule,
        "kind": made.kind,
        "note": made.note,
    }
    record(one.organ, "ruling_linked", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def unlink(one: RulingLink, reason: str, *, by: Account, at: datetime) -> RulingLinkEnd:
    """A link no longer holds. Raises Refused."""
    made = rulings.unlink(one, reason, by=by, at=at)
    record(one.ruling.organ, "ruling_unlinked", by=by, at=at, facts={"link": one.pk, "reason": made.reason})
    return made


@transaction.atomic
def review(one: Ruling, held_on: date, finding: str, text: str, *, by: Account, at: datetime) -> RulingReview:
    """A review was held. Raises Refused."""
    made = rulings.review(one, held_on, finding, text, by=by, at=at)
    record(
        one.organ, "ruling_reviewed", by=by, at=at, facts={"ruling": one.pk, "held_on": str(held_on), "finding": finding, "text": made.text}
    )
    return made


@transaction.atomic
def learn(organ: Unit, what: rulings.Lesson, *, by: Account, at: datetime) -> RuleLesson:
    """A lesson is proposed for the rules; others of the office are told. Raises Refused."""
    made = rulings.learn(organ, what, by=by, at=at)
    source = {"case": what.case.number if what.case else "", "campaign": what.campaign.pk if what.campaign else None}
    record(organ, "lesson", by=by, at=at, facts={"lesson": made.pk, "text": made.lesson, "proposal": made.proposal, **source})
    told = [one for one in office(organ) if one != by.pk]
    tell([Told(one, f"lesson:{made.pk}", "ITEM", f"有一项制度建议等待处理：{made.proposal[:40]}", reverse("lessons")) for one in told], at)
    return made


@transaction.atomic
def decide(one: RuleLesson, outcome: str, reason: str, *, by: Account, at: datetime) -> RuleLessonWord:
    """A proposal is taken or not; who made it is told. Raises Refused."""
    made = rulings.decide(one, outcome, reason, by=by, at=at)
    record(one.organ, "lesson_decided", by=by, at=at, facts={"lesson": one.pk, "outcome": outcome, "reason": made.reason})
    title = f"您的制度建议{made.get_outcome_display()}：{one.proposal[:40]}"
    tell([Told(one.by_id, f"lesson:{one.pk}:word", "ITEM", title, reverse("lessons"))], at)
    return made


def office(organ: Unit) -> list[int]:
    """Accounts of the assessment office and of the department's leaders."""
    seats = Account.objects.filter(seats__desk__role__in=("assessment_office", "org_leader"), seats__desk__unit=organ, is_active=True)
    return sorted(set(seats.values_list("pk", flat=True)))


def remind_due(at: datetime) -> int:
    """What the worker does: the office is reminded, once, of every review that is due; how many messages that made."""
    told = []
    for organ in Unit.objects.filter(rulings__isnull=False).distinct():
        people = office(organ)
        for one in rulings.overdue(organ, day(at)):
            due, url = rulings.next_review(one), reverse("ruling", args=[one.pk])
            told += [Told(who, f"ruling:{one.pk}:{due}", "WARN", f"“{one.title}”应于{due}前评估", url) for who in people]
    return tell(told, at)
