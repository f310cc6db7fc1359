"""Acts about classes that leave a record: what the room does, a line in the organ's journal, and who is told. Pages come through here."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from django.db import transaction
from django.urls import reverse

from workflow_app.caring import record
from workflow_app.learning import classes, participants, workbook
from workflow_app.models import (
    Account,
    ClassCalledOff,
    ClassResult,
    ClassTerms,
    ExcuseDecision,
    Participant,
    ParticipantWord,
    TrainingClass,
    Unit,
)
from workflow_app.telling.messages import Told, tell


def _note(found: TrainingClass, what: str, by: Account, at: datetime, **facts: Any) -> None:
    record(found.organ, what, by=by, at=at, facts={"class": found.pk, **facts})


def _said(terms: ClassTerms) -> dict[str, Any]:
    return {
        "topic": terms.topic, "purpose": terms.purpose, "organizer": terms.organizer, "place": terms.place, "first": str(terms.first),
        "last": str(terms.last), "hours": str(terms.hours),
    }  # fmt: skip


def _tell(rows: list[Participant], key: str, title: str, at: datetime) -> None:
    accounts = dict(Account.objects.filter(cadre__in=[one.cadre_id for one in rows], is_active=True).values_list("cadre_id", "pk"))
    url = reverse("portal_training")
    tell([Told(accounts[one.cadre_id], f"{key}:{one.pk}", "ITEM", title, url) for one in rows if one.cadre_id in accounts], at)


@transaction.atomic
def open_class(organ: Unit, kind: str, terms: classes.Terms, *, by: Account, at: datetime) -> TrainingClass:
    """A new class. Raises Refused."""
    made = classes.open_class(organ, kind, terms, by=by, at=at)
    _note(made, "class", by, at, kind=made.kind, **_said(classes.terms_of(made)))
    return made


@transaction.atomic
def change(found: TrainingClass, terms: classes.Terms, why: str, *, by: Account, at: datetime) -> ClassTerms:
    """Other terms; everybody who is called is told. Raises Refused."""
    made = classes.change(found, terms, why, by=by, at=at)
    _note(found, "class_changed", by, at, why=made.why, **_said(made))
    _tell(list(found.participants.all()), f"class:changed:{made.pk}", f"培训班次有变动：{made.topic}", at)
    return made


@transaction.atomic
def call_off(found: TrainingClass, reason: str, *, by: Account, at: datetime) -> ClassCalledOff:
    """The class does not take place; everybody who is called is told. Raises Refused."""
    made = classes.call_off(found, reason, by=by, at=at)
    _note(found, "class_off", by, at, reason=made.reason)
    _tell(list(found.participants.all()), f"class:off:{found.pk}", f"培训班次取消：{classes.terms_of(found).topic}", at)
    return made


@transaction.atomic
def call(found: TrainingClass, rows: list[participants.Call], *, by: Account, at: datetime) -> list[Participant]:
    """Call people by name; they are told. Raises Refused; then nobody is called."""
    made = participants.call(found, rows, by=by, at=at)
    _called(found, made, by, at)
    return made


def _called(found: TrainingClass, made: list[Participant], by: Account, at: datetime) -> None:
    people = {
        one.cadre.number: {"reason": one.reason, "gap": one.gap, "source": one.score_id or one.point_id or one.training_id} for one in made
    }
    _note(found, "called", by, at, people=people)
    terms = classes.terms_of(found)
    _tell(made, "class", f"请您参加培训：{terms.topic}（{terms.first}起，{terms.organizer}）", at)


@transaction.atomic
def say(one: Participant, word: str, reason: str, *, by: Account, at: datetime) -> ParticipantWord:
    """The person's own word; who called them is told of an asked excuse. Raises Refused."""
    made = participants.say(one, word, reason, by=by, at=at)
    _note(one.training_class, "class_word", by, at, participant=one.pk, word=made.word, reason=made.reason)
    if made.word == ParticipantWord.Word.EXCUSE:
        url = reverse("participant", args=[one.training_class_id, one.pk])
        tell([Told(one.by_id, f"class:excuse:{made.pk}", "ITEM", f"{one.cadre.name}申请培训请假", url)], at)
    return made


@transaction.atomic
def decide(one: Participant, granted: bool, reason: str, *, by: Account, at: datetime) -> ExcuseDecision:
    """Whether somebody is excused; the person is told. Raises Refused."""
    made = participants.decide(one, granted, reason, by=by, at=at)
    _note(one.training_class, "excused", by, at, participant=one.pk, granted=granted, reason=made.reason)
    _tell([one], f"class:excused:{made.pk}", "您的培训请假已经同意" if granted else "您的培训请假没有同意", at)
    return made


@transaction.atomic
def enter_result(came: participants.Came, *, by: Account, at: datetime) -> ClassResult:
    """What came of it for somebody. Raises Refused."""
    made = participants.enter_result(came, by=by, at=at)
    facts = {
        "participant": made.participant_id,
        "outcome": made.outcome,
        "hours": str(Decimal(made.hours)),
        "text": made.text,
        "why": made.why,
    }
    _note(made.participant.training_class, "class_result", by, at, **facts)
    return made


@transaction.atomic
def take_in(found: TrainingClass, name: str, source: IO[bytes], kinds: tuple[str, ...], *, by: Account, at: datetime) -> workbook.Taken:
    """A workbook of participants and results: all of it or nothing. Raises BadSheet or Refused."""
    taken = workbook.take_in(found, name, source, kinds, by=by, at=at)
    _note(found, "class_sheet", by, at, file=name, called=len(taken.called), results=len(taken.results))
    if taken.called:
        _called(found, taken.called, by, at)
    if taken.results:
        said = {str(one.participant_id): [one.outcome, str(one.hours), one.text, one.why] for one in taken.results}
        _note(found, "class_results", by, at, results=said)
    return taken
