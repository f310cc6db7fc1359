"""What comes in from assessment: statements and findings are recorded in the unit's journal, followed by leads, and told to people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.urls import reverse

from workflow_app import absences, clock, ledger
from workflow_app.assessment.results import computing
from workflow_app.assessment.triggers import desks, entering, monthly, political, retrospect
from workflow_app.assessment.warnings import statements
from workflow_app.law import known_rules
from workflow_app.models import Account, Bar, Cadre, Campaign, Colour, Desk, Finding, Post, Retrospect, Scheme, Score, Unit
from workflow_app.steps import Refused
from workflow_app.telling.messages import Told, tell

LEVELS = [level for level, _ in Post.Level.choices]  # from the highest


@dataclass(frozen=True)
class Taken:
    """What became of a file: lines, months of which the colour changed, leads raised, messages sent."""

    rows: int
    changed: int
    leads: int
    told: int


def due_on(at: datetime) -> date:
    """Until when a lead raised now is looked at (DN-TRIAGE)."""
    start = at.astimezone(clock.TZ).date()
    return clock.last_day(rule=known_rules()["DN-TRIAGE"], start=start, calendar=clock.calendar_from_db()).last_day


@transaction.atomic
def take_in_statements(path: Path, name: str, *, unit: Unit, by: Account | None, at: datetime) -> Taken:
    """A file of monthly statements of the cadres whom `unit` manages. Raises BadSheet or AlreadyImported; then nothing is stored."""
    people = Cadre.objects.filter(unit__path__startswith=unit.path, active=True).select_related("unit")
    batch, changed = statements.take_in(path, name, cadres=people, latest=f"{at.astimezone(clock.TZ):%Y-%m}", by=by, at=at)
    facts = {"file": batch.file_name, "digest": batch.digest, "rows": batch.rows, "changed": len(changed)}
    ledger.journal(unit, ledger.Entry(kind="IMPORT", at=at, actor=by, outcome="statements", parts={"facts": facts}))
    raised = desks.raise_all(monthly.drafts(changed), at=at, due_on=due_on(at))
    return Taken(batch.rows, len(changed), raised, tell(list(_reminders(changed, at)), at))


def _reminders(changed: Iterable[Colour], at: datetime) -> Iterator[Told]:
    """Yellow: the supervisor is reminded to help."""
    yellow = [one for one in changed if one.shade == Colour.Shade.YELLOW]
    people = Cadre.objects.select_related("unit", "post").in_bulk({one.cadre_id for one in yellow})
    above = supervisors(people.values(), at)
    for one in yellow:
        cadre = people[one.cadre_id]
        title = f"黄色预警：{cadre.name}（{cadre.unit.name}）{one.month}岗位对账单{one.score}分，请提醒和帮助"
        for account in above[cadre.pk]:
            yield Told(account, f"yellow:{cadre.pk}:{one.month}:{one.pk}", "WARN", title, reverse("warning", args=[cadre.pk]))


def supervisors(people: Iterable[Cadre], at: datetime) -> dict[int, list[int]]:
    """Who is reminded about whom: accounts of the heads of the unit, else of the leaders of the department that manages the cadre."""
    cadres = list(people)
    heads: dict[int, list[Account]] = {}
    known = Account.objects.filter(is_active=True, cadre__post__is_leading_member=True, cadre__unit__in={one.unit_id for one in cadres})
    for account in known.select_related("cadre__post"):
        if account.cadre is not None:
            heads.setdefault(account.cadre.unit_id, []).append(account)
    return {one.pk: [head.pk for head in heads.get(one.unit_id, []) if supervises(head, one)] or _leaders(one, at) for one in cadres}


def leading(unit: int) -> list[int]:
    """Accounts of the leading members of a unit: who answers for it."""
    found = Account.objects.filter(is_active=True, cadre__active=True, cadre__post__is_leading_member=True, cadre__unit=unit)
    return list(found.order_by("id").values_list("pk", flat=True))


def supervises(account: Account, cadre: Cadre) -> bool:
    """Whether the account's person heads the cadre's unit: a leading member of a higher level there."""
    head = account.cadre
    if head is None or head.post is None or head.unit_id != cadre.unit_id or not head.post.is_leading_member or not head.active:
        return False
    return cadre.post is None or LEVELS.index(head.post.level) < LEVELS.index(cadre.post.level)


def _leaders(cadre: Cadre, at: datetime) -> list[int]:
    found = Desk.objects.filter(role=desks.LEADER, unit__in=cadre.unit.ancestor_ids, unit__manages_cadres=True).select_related("unit")
    nearest = max(found, key=lambda desk: len(desk.unit.path), default=None)
    there = absences.present_at(nearest, at.astimezone(clock.TZ).date()) if nearest else []
    return [one.pk for one in there if one.cadre_id != cadre.pk]


@transaction.atomic
def enter_finding(entry: entering.Entry, *, unit: Unit, by: Account, at: datetime) -> Finding:
    """A finding at the desk of a unit: kept, judged by its rule, recorded. The person is told where an explanation is asked for (T-06)."""
    finding = entering.enter(entry, by=by, at=at, due_on=due_on(at))
    facts = {"finding": finding.pk, "cadre": entry.cadre.number, "rule": entry.rule_id, "outcome": finding.outcome}
    ledger.journal(unit, ledger.Entry(kind="FINDING", at=at, actor=by, outcome=entry.rule_id, parts={"facts": facts}))
    person = Account.objects.filter(cadre=entry.cadre, is_active=True).first()
    if entry.rule_id == retrospect.RULE and retrospect.ASKING in finding.outcome and person is not None:
        tell([Told(person.pk, f"finding:{finding.pk}", "WARN", finding.outcome[:200], reverse("my_retrospect", args=[finding.pk]))], at)
    return finding


@transaction.atomic
def write_retrospect(finding: Finding, causes: str, measures: str, wants: str, *, by: Account, at: datetime) -> Retrospect:
    """What the person writes about a bad quarter: kept, recorded, and told to who entered the quarter. Raises Refused."""
    made = retrospect.write(finding, causes, measures, wants, by=by, at=at)
    managing = Unit.objects.filter(pk__in=finding.cadre.unit.ancestor_ids, manages_cadres=True)
    unit = max(managing, key=lambda one: len(one.path), default=finding.cadre.unit)
    facts = {"finding": finding.pk, "cadre": finding.cadre.number, "causes": made.causes, "measures": made.measures, "wants": made.wants}
    ledger.journal(unit, ledger.Entry(kind="FINDING", at=at, actor=by, outcome="retrospect", parts={"facts": facts}))
    title = f"{finding.cadre.name}提交了复盘说明"
    tell([Told(finding.entered_by_id, f"retrospect:{made.pk}", "ITEM", title, reverse("findings"))], at)
    return made


@transaction.atomic
def compute_scores(campaign: Campaign, *, by: Account | None, at: datetime, groups: Collection[str] | None = None) -> tuple[int, int]:
    """Scores of a closed round (of some like groups): how many are new or changed, and the leads that follow (T-08, annual only)."""
    return _followed(campaign, computing.compute(campaign, at=at, groups=groups), by=by, at=at)


@transaction.atomic
def recompute_scores(campaign: Campaign, subjects: Collection[int], *, by: Account | None, at: datetime) -> tuple[int, int]:
    """The same after raw rows of some rated persons have changed: only what depends on them is computed."""
    if campaign.closed_at is None:
        return 0, 0
    rows, _counted = computing.recompute(campaign, subjects, at=at)
    return _followed(campaign, rows, by=by, at=at)


def _followed(campaign: Campaign, rows: list[Score], *, by: Account | None, at: datetime) -> tuple[int, int]:
    facts = {"campaign": campaign.pk, "changed": len(rows)}
    ledger.journal(campaign.organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome="scored", parts={"facts": facts}))
    if campaign.version is None or campaign.version.scheme.kind != Scheme.Kind.ANNUAL:
        return len(rows), 0
    scores = [(one.subject.cadre_id, one.political) for one in rows if one.subject.cadre_id]  # T-08 is about people
    return len(rows), desks.raise_all(political.drafts(scores, year=campaign.year), at=at, due_on=due_on(at))


@transaction.atomic
def lift_bar(bar: Bar, *, unit: Unit, reason: str, by: Account, at: datetime) -> None:
    """A bar ends before its last day. Raises Refused when it is over already."""
    today = at.astimezone(clock.TZ).date()
    running = Bar.objects.filter(pk=bar.pk, lifted_on__isnull=True, last_day__gte=today)
    if not running.update(lifted_on=today, lifted_by=by, lifting_reason=reason):
        raise Refused("这一限制已经解除或者届满。", way_out="刷新页面。", rule=bar.rule_id)
    facts = {"bar": bar.pk, "cadre": bar.cadre.number, "reason": reason}
    ledger.journal(unit, ledger.Entry(kind="FINDING", at=at, actor=by, outcome="lifted", parts={"facts": facts}))
