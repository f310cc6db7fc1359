"""Visits to 市交通运输局, where 王建国 serves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.story import Town
from workflow_app import visiting
from workflow_app.models import Cadre, Unit, Visit, VisitFinding
from workflow_app.visits.planning import Member, Plan
from workflow_app.visits.reporting import Told


def member(town: Town, name: str, field: str = "工程管理") -> Member:
    return Member(Cadre.objects.select_related("unit").get(account=town.people[name]), field)


def plan(town: Town, **changes: Any) -> Plan:
    """Two of the examination team, today, not announced."""
    team = [member(town, "examination_team1"), member(town, "examination_team2", "财务审计")]
    first = changes.pop("first", town.today)
    made = Plan(
        town.wang.unit, "FLIGHT", "核查2025年度重点工程进度数据。", "云考核办〔2026〕5号", first, changes.pop("last", first), False, team
    )
    return replace(made, **changes)


def planned(town: Town, *, by: str = "case_handler1", organ: Unit | None = None, **changes: Any) -> Visit:
    return visiting.plan(organ or town.city, plan(town, **changes), by=town.people[by], at=town.at)


def told(town: Town, visit: Visit, **changes: Any) -> Told:
    made = Told(visit.first, visit.last, 6, "查阅台账三本，个别谈话六人，数据来源清楚。", (("工程进度台账缺两个月记录", "进度台账第3册"),))
    return replace(made, **changes)


def reported(town: Town, visit: Visit | None = None, *, by: str = "examination_team1", **changes: Any) -> VisitFinding | None:
    """Reported on the last day; the first finding."""
    found = visit or planned(town)
    town.at += timedelta(days=max(0, (found.last - town.today).days))
    made = visiting.report(found, told(town, found, **changes), by=town.people[by], at=town.at)
    return made.findings.first()
