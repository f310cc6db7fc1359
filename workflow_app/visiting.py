"""Acts of visits that leave a record: what the room does, a line in the organ's journal (kind VISIT), and who is told.

The room (workflow_app/visits/) stands below the ledger and cannot write there; pages come through here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger, unfiled
from workflow_app.models import (
    Account,
    Disposal,
    Record,
    Unit,
    UnitChoice,
    UnitProposal,
    Visit,
    VisitCancelled,
    VisitFinding,
    VisitLeave,
    VisitLimit,
    VisitPaper,
    VisitReport,
)
from workflow_app.refusing import Refused
from workflow_app.telling.messages import Told, tell
from workflow_app.visits import disposing, limits, picking, planning, reporting, wording
from workflow_app.visits.rules import VISITS, day

REMINDED = timedelta(days=60)  # nobody is reminded of what ended longer ago


def record(organ: Unit, what: str, *, by: Account, at: datetime, **facts: Any) -> Record:
    """A line in the organ's journal."""
    return ledger.journal(organ, ledger.Entry(kind="VISIT", at=at, actor=by, outcome=what, parts={"facts": facts}))


def heads_of(unit: Unit) -> list[int]:
    """Accounts of the leading members of a unit, who speak for it."""
    rows = Account.objects.filter(is_active=True, cadre__active=True, cadre__unit=unit, cadre__post__is_leading_member=True)
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def plan(organ: Unit, one: planning.Plan, *, by: Account, at: datetime) -> Visit:
    """Plan a visit: the team is told, and the unit when it is announced. Raises Refused."""
    made = planning.plan(organ, one, by=by, at=at)
    team = list(made.team.select_related("cadre"))
    record(
        organ, "planned", by=by, at=at, visit=made.pk, unit=made.unit.code, kind=made.kind, purpose=made.purpose, basis=made.basis,
        first=str(made.first), last=str(made.last), announced=made.announced, joins=made.joins_id, leave=made.leave_id,
        team=[{"cadre": member.cadre.number, "field": member.field} for member in team],
    )  # fmt: skip
    members = Account.objects.filter(cadre__in=[member.cadre_id for member in team], is_active=True).values_list("pk", flat=True)
    words = f"您参加{made.unit.name}的{wording.kind_of(made)}，{made.first:%-m月%-d日}至{made.last:%-m月%-d日}"
    told = [Told(key, f"visit:{made.pk}", "ITEM", words, reverse("visit", args=[made.pk])) for key in members]
    if made.announced:
        words = f"{organ.name}将于{made.first:%-m月%-d日}至{made.last:%-m月%-d日}到{made.unit.name}：{wording.kind_of(made)}"
        told += [Told(key, f"visit:{made.pk}:unit", "ITEM", words, reverse("portal_visits")) for key in heads_of(made.unit)]
    tell(told, at)
    return made


@transaction.atomic
def cancel(visit: Visit, reason: str, *, by: Account, at: datetime) -> VisitCancelled:
    """Cancel a visit; whoever was told of it is told. Raises Refused."""
    made = planning.cancel(visit, reason, by=by, at=at)
    record(visit.organ, "cancelled", by=by, at=at, visit=visit.pk, reason=made.reason)
    members = list(Account.objects.filter(cadre__visits_made__visit=visit, is_active=True).values_list("pk", flat=True))
    words = f"{visit.unit.name}的{wording.kind_of(visit)}（{visit.first:%-m月%-d日}）已经取消"
    told = [Told(key, f"visit:{visit.pk}:off", "ITEM", words, reverse("visit", args=[visit.pk])) for key in members]
    if visit.announced:
        told += [Told(key, f"visit:{visit.pk}:off:unit", "ITEM", words, reverse("portal_visits")) for key in heads_of(visit.unit)]
    tell(told, at)
    return made


@transaction.atomic
def report(visit: Visit, one: reporting.Told, *, by: Account, at: datetime) -> VisitReport:
    """Report a visit; who planned it is told. Raises Refused."""
    made = reporting.report(visit, one, by=by, at=at)
    found = [{"what": row.what, "papers": row.papers} for row in made.findings.all()]
    record(
        visit.organ, "reported", by=by, at=at, visit=visit.pk, first=str(made.first), last=str(made.last), talks=made.talks,
        short_why=made.short_why, late_why=made.late_why, findings=found,
    )  # fmt: skip
    words = f"{visit.unit.name}的{wording.kind_of(visit)}已有报告" + (f"，发现{len(found)}项待处理" if found else "，没有发现问题")
    tell([Told(visit.by_id, f"visit:{visit.pk}:report", "ITEM", words, reverse("visit", args=[visit.pk]))], at)
    return made


@transaction.atomic
def dispose_seen(seen: VisitFinding, one: disposing.Word, *, by: Account, at: datetime) -> Disposal:
    """Say what became of something found. Raises Refused."""
    made = disposing.dispose_seen(seen, one, by=by, at=at)
    visit = seen.report.visit
    record(
        visit.organ, "disposed", by=by, at=at, visit=visit.pk, seen=seen.pk, outcome=made.outcome, reason=made.reason,
        finding=made.finding_id, established=made.established_id,
    )  # fmt: skip
    return made


@transaction.atomic
def set_limit(organ: Unit, year: int, most: int, source: str, *, by: Account, at: datetime) -> VisitLimit:
    """Set the limit of a year. Raises Refused."""
    made = limits.set_limit(organ, year, most, source, by=by, at=at)
    record(organ, "limit", by=by, at=at, year=year, most=most, source=made.source)
    return made


@transaction.atomic
def approve(organ: Unit, unit: Unit, year: int, reason: str, *, by: Account, at: datetime) -> VisitLeave:
    """Approve one visit more than the limit. Raises Refused."""
    made = limits.approve(organ, unit, year, reason, by=by, at=at)
    record(organ, "leave", by=by, at=at, leave=made.pk, unit=unit.code, year=year, reason=made.reason)
    return made


@transaction.atomic
def propose_units(organ: Unit, *, by: Account, at: datetime) -> int:
    """Ask the rules for units to look at closer; how many are new."""
    made = picking.propose(organ, by=by, at=at)
    rows = UnitProposal.objects.filter(origin__in=[one.origin for one in made]).select_related("unit")
    record(organ, "proposed", by=by, at=at, units=[{"unit": one.unit.code, "rule": one.rule_id, "evidence": one.evidence} for one in rows])
    return len(made)


@transaction.atomic
def choose_unit(proposal: UnitProposal, outcome: str, reason: str, *, by: Account, at: datetime) -> UnitChoice:
    """Pick a proposed unit, or close the proposal. Raises Refused."""
    made = picking.choose(proposal, outcome, reason, by=by, at=at)
    record(proposal.organ, "chosen", by=by, at=at, proposal=proposal.pk, unit=proposal.unit.code, outcome=made.outcome, reason=made.reason)
    return made


def remind_reports(at: datetime) -> int:
    """Remind teams, once, of reports that are due today or overdue; how many messages."""
    today, told = day(at), list[Told]()
    ended = Visit.objects.filter(report__isnull=True, cancelled__isnull=True, last__lte=today, last__gte=today - REMINDED)
    for one in ended.select_related("unit"):
        if reporting.due_on(one) <= today:
            people = Account.objects.filter(cadre__visits_made__visit=one, is_active=True).values_list("pk", flat=True)
            words = f"{one.unit.name}的{wording.kind_of(one)}应当在{reporting.due_on(one):%-m月%-d日}以前报告"
            told += [Told(key, f"visit:{one.pk}:due", "WARN", words, reverse("visit", args=[one.pk])) for key in people]
    return tell(told, at)


def _slip(report: VisitReport, number: str) -> unfiled.Slip:
    visit = report.visit
    return unfiled.Slip(wording.TITLE, number, "走访", visit.organ, visit.unit.name, wording.report_content(report), "documents/visit.html")


def preview(report: VisitReport, at: datetime) -> bytes:
    """The paper of a report as it would be now. Raises documents.RenderingFailed."""
    return unfiled.printed(_slip(report, "—"), None, at).pdf


def issue(report: VisitReport, *, by: Account, at: datetime) -> VisitPaper:
    """Print and freeze the paper of a report, once every finding has its word. Raises Refused or documents.RenderingFailed."""
    if report.findings.filter(disposal__isnull=True).exists():
        raise Refused("还有发现没有处理。", way_out="逐项处理以后签发。", rule=VISITS)
    if VisitPaper.objects.filter(report=report).exists():
        raise Refused("报告已经签发。", way_out="刷新页面。", rule=VISITS)
    number = f"走访〔{day(at).year}〕{report.visit_id}号"
    made = unfiled.printed(_slip(report, number), by, at)
    with transaction.atomic():
        paper = VisitPaper.objects.create(report=report, number=number, issued_on=day(at), issued_by=by, **vars(made))
        record(
            report.visit.organ, "paper", by=by, at=at, visit=report.visit_id, number=number, sha256=made.sha256, content=made.content_hash
        )
    return paper
