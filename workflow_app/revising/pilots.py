"""Pilots: a published version tried in named units, watched month by month; its colour is computed from its milestones' days alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflow_app.models import Account, Colour, Milestone, MilestoneDone, Pilot, PilotEnd, PilotNote, PilotUnit, SchemeVersion, Unit
from workflow_app.refusing import Refused
from workflow_app.revising.rules import PILOTS as RULE
from workflow_app.revising.rules import by_today, day, in_order, one_of, said

RED = timedelta(days=30)  # a milestone so long overdue makes the pilot red (P)
Kind = PilotNote.Kind


@dataclass(frozen=True)
class Trial:
    """What is tried, where, from when to when, and what is to be done by which day."""

    name: str
    purpose: str
    first: date
    last: date
    milestones: Sequence[tuple[date, str]]


def pilots(organ: Unit) -> QuerySet[Pilot]:
    """The organ's, with everything that is shown of them."""
    rows = Pilot.objects.filter(organ=organ).select_related("version__scheme", "by__cadre", "end__by__cadre")
    return rows.prefetch_related("places__unit", "milestones__done__by__cadre", "notes__by__cadre")


def shade(pilot: Pilot, today: date) -> str:
    """Red with a milestone more than 30 days overdue, yellow with one overdue, else green. Empty when it has ended: nothing is late then."""
    if hasattr(pilot, "end"):
        return ""
    late = [today - one.due_on for one in pilot.milestones.all() if not hasattr(one, "done") and one.due_on < today]
    if any(one > RED for one in late):
        return Colour.Shade.RED
    return Colour.Shade.YELLOW if late else Colour.Shade.GREEN


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield n // 12, n % 12 + 1


def periods(pilot: Pilot, today: date) -> dict[str, list[str]]:
    """Months, quarters and years of the pilot that are over by today (the last ones end with the pilot), by kind of note."""
    months = list(_months(pilot.first, min(pilot.last, today)))
    finished = today > pilot.last

    def over(year: int, month: int) -> bool:
        return finished or (year, month) < (today.year, today.month)

    return {
        Kind.MONTH: [f"{y}-{m:02}" for y, m in months if over(y, m)],
        Kind.QUARTER: list(dict.fromkeys(f"{y}-Q{(m + 2) // 3}" for y, m in months if over(y, (m + 2) // 3 * 3))),
        Kind.YEAR: list(dict.fromkeys(str(y) for y, _month in months if over(y, 12))),
    }


def missing(pilot: Pilot, today: date) -> dict[str, list[str]]:
    """Periods that are over and have no note."""
    known = {(one.kind, one.period) for one in pilot.notes.all()}
    return {kind: [one for one in rows if (kind, one) not in known] for kind, rows in periods(pilot, today).items()}


@transaction.atomic
def start(organ: Unit, version: SchemeVersion, trial: Trial, units: Collection[Unit], *, by: Account, at: datetime) -> Pilot:
    """Begin a pilot. Raises Refused."""
    name, purpose = said(trial.name, _("名称"), "name", 4, rule=RULE), said(trial.purpose, _("试什么"), "purpose", 10, rule=RULE)
    if version.published_at is None or version.scheme.organ_id != organ.pk:
        raise Refused(_("只能试行本机关已经发布的方案版本。"), way_out=_("先发布方案。"), rule=RULE, field="version")
    if Pilot.objects.filter(organ=organ, name=name).exists():
        raise Refused(_("已经有同名的试点。"), way_out=_("换一个名称。"), rule=RULE, field="name")
    if not units or any(not one.path.startswith(organ.path) for one in units):
        raise Refused(_("没有选择试点单位，或者单位不在本机关管理范围内。"), way_out=_("至少选择一个下级单位。"), rule=RULE, field="units")
    if trial.last <= trial.first:
        raise Refused(_("结束日期须晚于开始日期。"), way_out=_("更正日期。"), rule=RULE, field="last")
    if not trial.milestones or any(not trial.first <= due <= trial.last for due, _title in trial.milestones):
        raise Refused(_("至少写一个节点，完成期限须在试点期间以内。"), way_out=_("补写或者更正节点。"), rule=RULE, field="milestones")
    made = Pilot.objects.create(organ=organ, version=version, name=name, purpose=purpose, first=trial.first, last=trial.last, by=by, at=at)
    PilotUnit.objects.bulk_create(PilotUnit(pilot=made, unit=one) for one in units)
    Milestone.objects.bulk_create(Milestone(pilot=made, title=title, due_on=due) for due, title in trial.milestones)
    return made


def _running(pilot: Pilot) -> Pilot:
    """The pilot, held until the end of the transaction. Raises Refused when it has ended."""
    found = Pilot.objects.select_for_update(of=("self",)).get(pk=pilot.pk)
    if PilotEnd.objects.filter(pilot=found).exists():
        raise Refused(_("试点已经有结论。"), way_out=_("需要继续试的，另立试点。"), rule=RULE)
    return found


@transaction.atomic
def reach(one: Milestone, done_on: date, proof: str, *, by: Account, at: datetime) -> MilestoneDone:
    """A milestone was reached. Raises Refused."""
    _running(one.pilot)
    if MilestoneDone.objects.filter(milestone=one).exists():
        raise Refused(_("这个节点已经完成。"), way_out=_("不用再登记。"), rule=RULE, field="milestone")
    by_today(done_on, day(at), "done_on", rule=RULE)
    in_order(one.pilot.first, done_on, "done_on", rule=RULE)
    return MilestoneDone.objects.create(milestone=one, done_on=done_on, proof=said(proof, _("完成情况"), "proof", rule=RULE), by=by, at=at)


@dataclass(frozen=True)
class Noted:
    """What a note says."""

    kind: str
    period: str
    text: str
    lessons: str = ""
    warnings: str = ""


@transaction.atomic
def note(pilot: Pilot, what: Noted, *, by: Account, at: datetime) -> PilotNote:
    """Monthly watch, quarterly evaluation, yearly summary of a period that is over, or a 复盘会 of a day. Raises Refused."""
    found = _running(pilot)
    one_of(what.kind, Kind.values, "kind", rule=RULE)
    period = what.period.strip()
    if what.kind == Kind.RETRO:
        _retro(found, what, period, day(at))
    elif period not in periods(found, day(at))[what.kind]:
        raise Refused(
            _("时期不对：须是试点期间内已经过去的时期。"),
            way_out=_("月写作2026-03，季写作2026-Q1，年写作2026。"),
            rule=RULE,
            field="period",
        )
    if PilotNote.objects.filter(pilot=found, kind=what.kind, period=period).exists():
        raise Refused(_("这个时期已经登记过。"), way_out=_("选择另一个时期。"), rule=RULE, field="period")
    return PilotNote.objects.create(
        pilot=found, kind=what.kind, period=period, text=said(what.text, _("情况"), "text", 10, rule=RULE), lessons=what.lessons.strip(),
        warnings=what.warnings.strip(), by=by, at=at,
    )  # fmt: skip


def _retro(pilot: Pilot, what: Noted, period: str, today: date) -> None:
    """A 复盘会 was held on a day, and something was learnt. Raises Refused."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", period) or not f"{pilot.first}" <= period <= f"{today}":
        raise Refused(_("复盘会须写召开日期，在试点开始以后、今天以前。"), way_out=_("写作2026-03-15。"), rule=RULE, field="period")
    if not what.lessons.strip() and not what.warnings.strip():
        raise Refused(_("复盘会须写经验或者警示。"), way_out=_("至少写一条。"), rule=RULE, field="lessons")


@transaction.atomic
def finish(pilot: Pilot, outcome: str, reason: str, *, by: Account, at: datetime) -> PilotEnd:
    """Adopt, change or drop, with the reason, after people have looked back together. Changes nothing by itself. Raises Refused."""
    found = _running(pilot)
    one_of(outcome, PilotEnd.Outcome.values, "outcome", rule=RULE)
    if not PilotNote.objects.filter(pilot=found, kind=Kind.RETRO).exists():
        raise Refused(_("还没有开过复盘会。"), way_out=_("先开复盘会并登记经验和警示。"), rule=RULE, field="outcome")
    return PilotEnd.objects.create(pilot=found, outcome=outcome, reason=said(reason, _("理由"), "reason", 10, rule=RULE), by=by, at=at)
