"""Entering a finding: judged by its rule, kept with its source, and followed by a lead, a bar or nothing. One transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from workflow_app.assessment.triggers import entered
from workflow_app.assessment.triggers.desks import Draft, raise_all
from workflow_app.clock import add_months
from workflow_app.models import Account, Bar, Cadre, Finding, Lead
from workflow_app.plain import plain


@dataclass(frozen=True)
class Entry:
    """What was entered: rule, facts of that rule, where it comes from, and the day on which it was established."""

    rule_id: str
    cadre: Cadre
    facts: dict[str, Any]
    source: str
    found_on: date
    # Stable name of the row behind it, where there is one; empty for what was typed in.
    origin: str = ""


@transaction.atomic
def enter(entry: Entry, *, by: Account, at: datetime, due_on: date) -> Finding:
    """Keep the finding with what follows from it."""
    outcome = entered.RULES[entry.rule_id](entry.facts, entry.found_on)
    lead = _lead(entry, outcome, at, due_on) if outcome.suggests else None
    finding = Finding.objects.create(
        cadre=entry.cadre, rule_id=entry.rule_id, facts=plain(entry.facts), source=entry.source, found_on=entry.found_on, entered_by=by,
        entered_at=at, lead=lead, outcome=outcome.words[:300],
    )  # fmt: skip
    if outcome.bar_months:
        last = add_months(entry.found_on, outcome.bar_months) - timedelta(days=1)
        Bar.objects.create(
            cadre=entry.cadre, unit=entry.cadre.unit, rule_id=entry.rule_id, reason=outcome.words, first_day=entry.found_on, last_day=last,
            finding=finding,
        )  # fmt: skip
    return finding


def _lead(entry: Entry, outcome: entered.Outcome, at: datetime, due_on: date) -> Lead | None:
    number = Finding.objects.filter(cadre=entry.cadre, rule_id=entry.rule_id).count() + 1
    origin = entry.origin or f"{entry.rule_id}:{entry.cadre.pk}:F{number}"
    evidence = {**plain(entry.facts), "source": entry.source, "found_on": entry.found_on.isoformat()}
    raise_all([Draft(entry.cadre.pk, entry.rule_id, outcome.suggests, origin, outcome.words, (evidence,))], at=at, due_on=due_on)
    return Lead.objects.filter(origin=origin).first()
