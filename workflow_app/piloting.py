"""Acts about pilots and spreads that leave a record: each is one transaction of what the room does and a line in the organ's journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger
from workflow_app.models import (
    Account,
    Campaign,
    Milestone,
    MilestoneDone,
    Pilot,
    PilotEnd,
    PilotNote,
    SchemeVersion,
    SpreadWord,
    Unit,
)
from workflow_app.revising import pilots, spreads
from workflow_app.revising.rules import day
from workflow_app.telling.messages import Told, tell


def record(organ: Unit, what: str, *, by: Account | None, at: datetime, facts: dict[str, Any]) -> None:
    """A line in the organ's journal."""
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


@transaction.atomic
def start(organ: Unit, version: SchemeVersion, trial: pilots.Trial, units: Collection[Unit], *, by: Account, at: datetime) -> Pilot:
    """A pilot begins. Raises Refused."""
    made = pilots.start(organ, version, trial, units, by=by, at=at)
    facts = {
        "pilot": made.pk, "name": made.name, "version": version.pk, "units": [one.name for one in units], "first": str(made.first),
        "last": str(made.last), "milestones": [f"{due} {title}" for due, title in trial.milestones],
    }  # fmt: skip
    record(organ, "pilot", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def reach(one: Milestone, done_on: date, proof: str, *, by: Account, at: datetime) -> MilestoneDone:
    """A milestone was reached. Raises Refused."""
    made = pilots.reach(one, done_on, proof, by=by, at=at)
    record(one.pilot.organ, "milestone", by=by, at=at, facts={"milestone": one.pk, "done_on": str(done_on), "proof": made.proof})
    return made


@transaction.atomic
def note(pilot: Pilot, what: pilots.Noted, *, by: Account, at: datetime) -> PilotNote:
    """A watch, an evaluation, a summary or a 复盘会. Raises Refused."""
    made = pilots.note(pilot, what, by=by, at=at)
    record(pilot.organ, "pilot_note", by=by, at=at, facts={"pilot": pilot.pk, **vars(what)})
    return made


@transaction.atomic
def finish(pilot: Pilot, outcome: str, reason: str, *, by: Account, at: datetime) -> PilotEnd:
    """Adopt, change or drop. Raises Refused."""
    made = pilots.finish(pilot, outcome, reason, by=by, at=at)
    record(pilot.organ, "pilot_end", by=by, at=at, facts={"pilot": pilot.pk, "outcome": outcome, "reason": made.reason})
    return made


@transaction.atomic
def decide_spread(campaign: Campaign, part: str, key: str, outcome: str, reason: str, *, by: Account, at: datetime) -> SpreadWord:
    """Whether a weight is halved next year. Raises Refused."""
    made = spreads.decide(campaign, part, key, outcome, reason, by=by, at=at)
    facts = {"campaign": campaign.pk, "part": part, "key": key, "spread": str(made.spread), "outcome": outcome, "reason": made.reason}
    record(campaign.organ, "spread", by=by, at=at, facts=facts)
    return made


def remind_late(at: datetime) -> int:
    """What the worker does: who began a running pilot is reminded, once, of every milestone that is overdue; how many messages that made."""
    late = Milestone.objects.filter(done__isnull=True, pilot__end__isnull=True, due_on__lt=day(at)).select_related("pilot")
    told = [
        Told(one.pilot.by_id, f"milestone:{one.pk}", "WARN", f"试点“{one.pilot.name}”的节点“{one.title}”已过{one.due_on}期限", reverse("pilot", args=[one.pilot_id]))
        for one in late
    ]  # fmt: skip
    return tell(told, at)
