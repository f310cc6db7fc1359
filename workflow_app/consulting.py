"""Acts about experts that leave a record: each is one transaction of what the room does and a line in the organ's journal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger
from workflow_app.models import (
    Account,
    Assessor,
    AssessorEnd,
    AssessorField,
    AssessorRecusal,
    Cadre,
    Consultation,
    ExpertDraw,
    ExpertDrawn,
    ExpertInvitation,
    ExpertOpinion,
    ExpertWord,
    Unit,
    Upload,
)
from workflow_app.revising import consultations, experts
from workflow_app.telling.messages import Told, tell


def record(organ: Unit, what: str, *, by: Account | None, at: datetime, facts: dict[str, Any]) -> None:
    """A line in the organ's journal."""
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


@transaction.atomic
def add_field(organ: Unit, name: str, *, by: Account, at: datetime) -> AssessorField:
    """A field on the organ's list. Raises Refused."""
    made = experts.add_field(organ, name, by=by, at=at)
    record(organ, "field", by=by, at=at, facts={"field": made.pk, "name": made.name})
    return made


@transaction.atomic
def enter(organ: Unit, entry: experts.Entry, fields: Collection[AssessorField], *, by: Account, at: datetime) -> Assessor:
    """Somebody is put into the register. Raises Refused."""
    made = experts.enter(organ, entry, fields, by=by, at=at)
    facts = {
        "assessor": made.pk, "kind": made.kind, "name": made.name, "why": made.why, "first": str(made.first), "last": str(made.last),
        "fields": [one.name for one in fields],
    }  # fmt: skip
    record(organ, "assessor", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def recuse(one: Assessor, cadre: Cadre, reason: str, *, by: Account, at: datetime) -> AssessorRecusal:
    """Somebody stays out of what a person drafted. Raises Refused."""
    made = experts.recuse(one, cadre, reason, by=by, at=at)
    record(one.organ, "assessor_recused", by=by, at=at, facts={"assessor": one.pk, "cadre": cadre.number, "reason": made.reason})
    return made


@transaction.atomic
def leave(one: Assessor, reason: str, *, by: Account, at: datetime) -> AssessorEnd:
    """Somebody leaves the register. Raises Refused."""
    made = experts.leave(one, reason, by=by, at=at)
    record(one.organ, "assessor_left", by=by, at=at, facts={"assessor": one.pk, "reason": made.reason})
    return made


@transaction.atomic
def ask(organ: Unit, asking: consultations.Asking, *, by: Account, at: datetime) -> Consultation:
    """A question to experts. Raises Refused."""
    made = consultations.ask(organ, asking, by=by, at=at)
    facts = {"consultation": made.pk, "about": str(made.matter), "question": made.question, "due_on": str(made.due_on)}
    record(organ, "consultation", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def announce(asked: Consultation, count: int, *, by: Account, at: datetime) -> ExpertDraw:
    """A draw is announced; the hash of its seed stands in the journal from now on. Raises Refused."""
    made = consultations.announce(asked, count, by=by, at=at)
    facts = {"draw": made.pk, "consultation": asked.pk, "count": count, "among": made.among, "commitment": made.commitment}
    record(asked.organ, "draw_announced", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def draw(announced: ExpertDraw, *, by: Account, at: datetime) -> ExpertDrawn:
    """The seed is opened, and whom it chooses is invited and told. Raises Refused."""
    made = consultations.draw(announced, by=by, at=at)
    organ = announced.consultation.organ
    record(organ, "drawn", by=by, at=at, facts={"draw": announced.pk, "seed": made.seed, "chosen": made.chosen})
    _tell(list(ExpertInvitation.objects.filter(draw=announced).select_related("assessor", "consultation")), at)
    return made


@transaction.atomic
def name(asked: Consultation, one: Assessor, reason: str, *, by: Account, at: datetime) -> ExpertInvitation:
    """Somebody is invited by name and told. Raises Refused."""
    made = consultations.name(asked, one, reason, by=by, at=at)
    record(asked.organ, "named", by=by, at=at, facts={"invitation": made.pk, "assessor": one.pk, "reason": made.reason})
    _tell([made], at)
    return made


def _tell(invited: list[ExpertInvitation], at: datetime) -> None:
    tell(
        [
            Told(one.assessor.account_id, f"expert:{one.pk}", "ITEM", f"请您提出意见：{one.consultation}", reverse("my_opinion", args=[one.pk]))
            for one in invited if one.assessor.account_id is not None
        ],
        at,
    )  # fmt: skip


@transaction.atomic
def answer(invitation: ExpertInvitation, word: str, reason: str, letter: Upload | None, *, by: Account, at: datetime) -> ExpertWord:
    """An invitation is taken or not; who asked is told when it is not. Raises Refused."""
    made = consultations.answer(invitation, word, reason, letter, by=by, at=at)
    asked = invitation.consultation
    facts = {"invitation": invitation.pk, "word": made.word, "reason": made.reason, "letter": letter.sha256 if letter else ""}
    record(asked.organ, "expert_answered", by=by, at=at, facts=facts)
    if made.word != ExpertWord.Word.ACCEPTED:
        title = f"{invitation.assessor.name}没有接受邀请：{asked}"
        tell([Told(asked.by_id, f"expert:{invitation.pk}:word", "ITEM", title, reverse("consultation", args=[asked.pk]))], at)
    return made


@transaction.atomic
def give(invitation: ExpertInvitation, view: str, text: str, letter: Upload | None, *, by: Account, at: datetime) -> ExpertOpinion:
    """An opinion; who asked is told. It changes nothing. Raises Refused."""
    made = consultations.give(invitation, view, text, letter, by=by, at=at)
    asked = invitation.consultation
    facts = {"invitation": invitation.pk, "view": made.view, "text": made.text, "letter": letter.sha256 if letter else ""}
    record(asked.organ, "opinion", by=by, at=at, facts=facts)
    title = f"{invitation.assessor.name}提出了意见：{asked}"
    tell([Told(asked.by_id, f"expert:{invitation.pk}:opinion", "ITEM", title, reverse("consultation", args=[asked.pk]))], at)
    return made


@transaction.atomic
def by_letter(invitation: ExpertInvitation, said: Mapping[str, str], letter: Upload | None, *, by: Account, at: datetime) -> None:
    """What the letter of an expert without an account says: whether the invitation is taken, the opinion, or both. Raises Refused."""
    if said.get("word"):
        answer(invitation, said["word"], said.get("reason", ""), letter, by=by, at=at)
    if said.get("view"):
        give(invitation, said["view"], said.get("text", ""), letter, by=by, at=at)
