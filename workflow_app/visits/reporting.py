"""The report of a visit by somebody of the team: in the kind's time, against the kind's measure, with findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.clock import calendar_from_db
from workflow_app.models import Account, Visit, VisitFinding, VisitReport
from workflow_app.refusing import Refused
from workflow_app.visits.kinds import report_due, shortfall
from workflow_app.visits.rules import VISITS, day, said


@dataclass(frozen=True)
class Told:
    """What a team reports. `findings`: what was found, and the paper that shows it; empty when nothing was."""

    first: date
    last: date
    talks: int
    summary: str
    findings: Sequence[tuple[str, str]] = ()
    short_why: str = ""
    late_why: str = ""


def due_on(visit: Visit) -> date:
    """The last day of the report, counted from the planned last day."""
    return report_due(visit.kind, visit.last, calendar_from_db())


def _check_days(visit: Visit, one: Told, today: date) -> None:
    if not visit.first <= one.first <= one.last <= visit.last:
        raise Refused(
            _("到达、离开的日期不在安排的期间之内。"), way_out=_("更正日期；改期的，取消后重新安排。"), rule=VISITS, field="first"
        )
    if one.last > today:
        raise Refused(_("走访还没有结束。"), way_out=_("离开以后报告。"), rule=VISITS, field="last")


def _reasons(visit: Visit, one: Told, today: date) -> dict[str, str]:
    """The reasons that a report must give for what it lacks. Raises Refused."""
    short = shortfall(visit.kind, visit.unit, one.first, one.last, one.talks)
    if short and len(one.short_why.strip()) < 5:
        raise Refused(_("%(short)s，须写明理由。") % {"short": short}, way_out=_("在“不足的理由”中写明。"), rule=VISITS, field="short_why")
    due = report_due(visit.kind, one.last, calendar_from_db())
    if today > due and len(one.late_why.strip()) < 5:
        raise Refused(
            _("报告应当在%(d)s以前提交，须写明迟报理由。") % {"d": due}, way_out=_("在“迟报理由”中写明。"), rule=VISITS, field="late_why"
        )
    return {"short_why": one.short_why.strip() if short else "", "late_why": one.late_why.strip() if today > due else ""}


@transaction.atomic
def report(visit: Visit, one: Told, *, by: Account, at: datetime) -> VisitReport:
    """Keep a report with its findings. Raises Refused."""
    found = Visit.objects.select_for_update(of=("self",)).select_related("unit").get(pk=visit.pk)
    if by.cadre_id is None or not found.team.filter(cadre=by.cadre_id).exists():
        raise Refused(_("由检查组成员报告。"), way_out=_("请检查组的一名成员提交。"), rule=VISITS)
    if hasattr(found, "cancelled") or hasattr(found, "report"):
        raise Refused(_("已经取消，或者已有报告。"), way_out=_("刷新页面。"), rule=VISITS)
    _check_days(found, one, day(at))
    words = {"summary": said(one.summary, _("检查情况"), "summary", 10), **_reasons(found, one, day(at))}
    seen = [(said(what, _("发现的问题"), "findings"), said(paper, _("佐证材料"), "findings", 2)) for what, paper in one.findings]
    made = VisitReport.objects.create(visit=found, first=one.first, last=one.last, talks=one.talks, by=by, at=at, **words)
    VisitFinding.objects.bulk_create(VisitFinding(report=made, what=what, papers=paper) for what, paper in seen)
    return made
