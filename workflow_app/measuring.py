"""Acts about figures and established matters: each is kept, recorded in the organ's journal, and computed into scores that exist already."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, Any

from django.db import transaction

from workflow_app import clock, ledger
from workflow_app.assessment.measuring import facts, figures, lines, workbook
from workflow_app.assessment.schemes.reading import key_of
from workflow_app.assessment.triggers.entering import Entry
from workflow_app.models import Account, Bar, Campaign, Established, Measured
from workflow_app.telling import assessed

FRAUD, VETO = "B-FRAUD", "B-VETO"


def _record(campaign: Campaign, what: str, said: dict[str, Any], *, by: Account, at: datetime) -> None:
    told = {"campaign": campaign.pk, **said}
    ledger.journal(campaign.organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": told}))


def _today(at: datetime) -> date:
    return at.astimezone(clock.TZ).date()


@transaction.atomic
def enter_figure(one: figures.Figure, *, by: Account, at: datetime) -> Measured | None:
    """Keep a measured figure; None when it says what stands already. Raises Refused."""
    made = figures.enter(one, by=by, at=at)
    if made is not None:
        said = {"cadre": one.subject.number, "indicator": key_of(one.indicator), "value": str(one.value), "scale": str(one.scale)}
        _record(one.subject.campaign, "figure", {**said, "source": made.source, "reason": made.reason}, by=by, at=at)
        assessed.recompute_scores(one.subject.campaign, [one.subject.pk], by=by, at=at)
    return made


@transaction.atomic
def establish(one: facts.Fact, *, by: Account, at: datetime) -> Established:
    """Keep an established matter; a veto bars promotion for a year, a false report of a key figure for two. Raises Refused."""
    made = facts.enter(one, _today(at), by=by, at=at)
    _established(one.subject.campaign, made, by=by, at=at)
    assessed.recompute_scores(one.subject.campaign, [one.subject.pk], by=by, at=at)
    return made


def _established(campaign: Campaign, made: Established, *, by: Account, at: datetime) -> None:
    said = {"matter": made.pk, "cadre": made.subject.number, "kind": made.kind, "amount": str(made.amount or ""), "why": made.why}
    _record(campaign, "established", {**said, "organ": made.organ, "document": made.document}, by=by, at=at)
    rule, told = _barring(made)
    if rule and made.established_on is not None and made.subject.cadre_id:  # of a unit nobody is barred by it
        told |= {"organ": made.organ, "letter": made.document, "matter_id": made.pk}
        entry = Entry(rule, made.subject.person, told, f"{campaign.name}认定事项", made.established_on)
        assessed.enter_finding(entry, unit=campaign.organ, by=by, at=at)


def _barring(made: Established) -> tuple[str, dict[str, Any]]:
    """The rule by which a matter bars promotion, and what it is told; empty for the other kinds."""
    if made.kind == Established.Kind.VETO:
        return VETO, {"fact": made.why}
    if made.kind == Established.Kind.FALSIFIED and made.indicator is not None:
        return FRAUD, {"indicator": made.indicator.indicator.name, "core": made.indicator.indicator.core}
    return "", {}


@transaction.atomic
def take_back(one: Established, why: str, *, by: Account, at: datetime) -> None:
    """A matter no longer counts; a bar that followed from it ends. Raises Refused."""
    facts.take_back(one, why, by=by, at=at)
    campaign = one.subject.campaign
    _record(campaign, "taken_back", {"matter": one.pk, "cadre": one.subject.number, "why": why.strip()}, by=by, at=at)
    running = Bar.objects.filter(
        cadre=one.subject.cadre_id, rule_id__in=(FRAUD, VETO), finding__facts__matter_id=one.pk, lifted_on__isnull=True
    )
    for bar in running.filter(last_day__gte=_today(at)).select_related("cadre"):
        assessed.lift_bar(bar, unit=campaign.organ, reason=f"认定事项撤回：{why.strip()}"[:300], by=by, at=at)
    assessed.recompute_scores(campaign, [one.subject_id], by=by, at=at)


@transaction.atomic
def take_over(line: Campaign, into: Campaign, *, by: Account, at: datetime) -> int:
    """Scores of a line's round become a part of the joint round's totals; how many. Raises Refused."""
    made = facts.keep(lines.taken(line, into, by=by), by=by, at=at)
    said = {"line": line.pk, "scores": {one.subject.number: str(one.amount) for one in made}}
    _record(into, "taken_over", said, by=by, at=at)
    assessed.recompute_scores(into, {one.subject_id for one in made}, by=by, at=at)
    return len(made)


@transaction.atomic
def take_in(campaign: Campaign, name: str, source: IO[bytes], *, by: Account, at: datetime) -> workbook.Taken:
    """A workbook of figures and matters. Raises BadSheet; then nothing is kept."""
    taken = workbook.take_in(campaign, name, source, _today(at), by=by, at=at)
    counts = {"file": name, "figures": len(taken.figures), "matters": len(taken.facts)}
    _record(campaign, "figures", counts, by=by, at=at)
    for one in taken.facts:
        _established(campaign, one, by=by, at=at)
    if taken.subjects:
        assessed.recompute_scores(campaign, taken.subjects, by=by, at=at)
    return taken
