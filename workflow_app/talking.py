"""Acts about talks that leave a record: what the room does, a line in the organ's journal, and who is told. Pages come through here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app.caring import person, record
from workflow_app.learning import groups, talks
from workflow_app.models import Account, Cadre, Talk, TalkDropped, TalkGroup, TalkGroupEnded, TalkHeld, TalkSet, TalkWish, TalkWord, Unit
from workflow_app.telling.messages import Told, tell


def _note(talk: Talk, what: str, by: Account, at: datetime, **facts: Any) -> None:
    record(talk.organ, what, by=by, at=at, facts={"talk": talk.pk, "cadre": talk.cadre.number, **facts})


def _tell(cadre: Cadre, key: str, title: str, at: datetime) -> None:
    account = person(cadre)
    if account is not None:
        tell([Told(account.pk, key, "ITEM", title, reverse("portal_talks"))], at)


def _asked(talk: Talk, made: TalkSet, at: datetime) -> None:
    title = f"请您与{talk.cadre.name}谈话（{talk.get_kind_display()}），{made.due_on}前"
    _tell(made.talker, f"talk:{talk.pk}:set:{made.pk}", title, at)


@transaction.atomic
def plan(organ: Unit, what: talks.Plan, *, by: Account, at: datetime) -> Talk:
    """Plan a talk; the talker is told, and the person where they asked for it. Raises Refused."""
    made = talks.plan(organ, what, by=by, at=at)
    arranged = talks.set_of(made)
    facts = {"kind": made.kind, "reason": made.reason, "talker": arranged.talker.number, "due_on": str(arranged.due_on)}
    _note(made, "talk", by, at, **facts, group=made.group_id, campaign=made.campaign_id, feedback=made.feedback_id)
    _asked(made, arranged, at)
    if made.wish_id is not None:
        _tell(made.cadre, f"talk:{made.pk}:planned", f"您要求的谈话已经安排，由{arranged.talker.name}与您谈话", at)
    return made


@transaction.atomic
def arrange(talk: Talk, talker: Cadre, due_on: date, why: str, *, by: Account, at: datetime) -> TalkSet:
    """Another talker or day; the talker is told. Raises Refused."""
    made = talks.arrange(talk, talker, due_on, why, by=by, at=at)
    _note(talk, "talk_set", by, at, talker=talker.number, due_on=str(due_on), why=made.why)
    _asked(talk, made, at)
    return made


@transaction.atomic
def drop(talk: Talk, reason: str, *, by: Account, at: datetime) -> TalkDropped:
    """It is not held; the talker is told. Raises Refused."""
    made = talks.drop(talk, reason, by=by, at=at)
    _note(talk, "talk_dropped", by, at, reason=made.reason)
    _tell(talks.set_of(talk).talker, f"talk:{talk.pk}:dropped", f"与{talk.cadre.name}的谈话已经取消", at)
    if talk.wish_id is not None:
        _tell(talk.cadre, f"talk:{talk.pk}:off", f"您要求的谈话没有安排：{made.reason}", at)
    return made


@transaction.atomic
def hold(talk: Talk, held_on: date, agreed: str, *, by: Account, at: datetime, why: str = "") -> TalkHeld:
    """It was held; the person is asked for their word. Raises Refused."""
    made = talks.hold(talk, held_on, agreed, by=by, at=at, why=why)
    _note(talk, "talk_held", by, at, held=made.pk, held_on=str(held_on), talker=made.talker.number, agreed=made.agreed, why=made.why)
    _tell(talk.cadre, f"talk:{talk.pk}:held:{made.pk}", "谈话情况已经登记，请您核对并表示意见", at)
    return made


@transaction.atomic
def say(talk: Talk, word: str, text: str, *, by: Account, at: datetime) -> TalkWord:
    """The person's own word; the talker and who planned the talk are told of a correction. Raises Refused."""
    made = talks.say(talk, word, text, by=by, at=at)
    _note(talk, "talk_word", by, at, held=made.held_id, word=made.word, text=made.text)
    if made.word == TalkWord.Word.CORRECT:
        title = f"{talk.cadre.name}对谈话情况有不同意见"
        _tell(made.held.talker, f"talk:word:{made.pk}", title, at)
        tell([Told(talk.by_id, f"talk:word:{made.pk}:office", "ITEM", title, reverse("talk", args=[talk.pk]))], at)
    return made


@transaction.atomic
def ask(cadre: Cadre, *, by: Account, at: datetime) -> TalkWish:
    """Somebody asks for a talk: recorded at the organ that manages them. Raises Refused."""
    made = talks.ask(cadre, by=by, at=at)
    above = Unit.objects.filter(pk__in=cadre.unit.ancestor_ids, manages_cadres=True)
    organ = max(above, key=lambda one: len(one.path), default=cadre.unit)
    record(organ, "talk_asked", by=by, at=at, facts={"wish": made.pk, "cadre": cadre.number})
    return made


@transaction.atomic
def add_group(organ: Unit, name: str, basis: str, *, by: Account, at: datetime) -> TalkGroup:
    """Another group of people who must be talked to. Raises Refused."""
    made = groups.add(organ, name, basis, by=by, at=at)
    record(organ, "talk_group", by=by, at=at, facts={"group": made.pk, "name": made.name, "basis": made.basis})
    return made


@transaction.atomic
def end_group(group: TalkGroup, reason: str, *, by: Account, at: datetime) -> TalkGroupEnded:
    """A group is no longer used. Raises Refused."""
    made = groups.end(group, reason, by=by, at=at)
    record(group.organ, "talk_group_ended", by=by, at=at, facts={"group": group.pk, "reason": made.reason})
    return made
