"""What the report of a visit says on paper: Chinese only, in the shape of the template."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import override

from workflow_app.models import Disposal, Visit, VisitReport
from workflow_app.visits.kinds import shortfall

TITLE, NONE = "走访检查报告", "没有"


def kind_of(visit: Visit) -> str:
    """The kind as papers and messages name it, whatever language the page of who acts is in."""
    with override(settings.LANGUAGE_CODE):
        return str(visit.get_kind_display())


@override(settings.LANGUAGE_CODE)
def report_content(report: VisitReport) -> dict[str, Any]:
    """The plan, the team, what was looked at, and every finding with what became of it."""
    visit = report.visit
    team = "\n".join(f"{one.cadre.name}（{one.field}）{'，组长' if one.leads else ''}" for one in visit.team.select_related("cadre"))
    days = (report.last - report.first).days + 1
    rows = [
        ("到访单位", visit.unit.name), ("种类", str(visit.get_kind_display())), ("工作事由", visit.purpose), ("依据", visit.basis),
        ("是否通知", "事先通知" if visit.announced else "没有事先通知"), ("检查组", team),
        ("实际期间", f"{report.first:%Y年%-m月%-d日}至{report.last:%Y年%-m月%-d日}，共{days}天"), ("个别谈话", f"{report.talks}人"),
        ("检查情况", report.summary),
    ]  # fmt: skip
    short = shortfall(visit.kind, visit.unit, report.first, report.last, report.talks)
    if short:
        rows.append(("不足", f"{short}。理由：{report.short_why}"))
    if report.late_why:
        rows.append(("迟报理由", report.late_why))
    found = [[one.what, one.papers, _word(getattr(one, "disposal", None))] for one in report.findings.select_related("disposal__finding")]
    rows.append(("发现的问题", f"{len(found)}项，见下表" if found else NONE))
    head, widths = ["发现的问题", "佐证材料", "处理"], [40, 25, 35]
    tables = [{"title": "发现的问题和处理", "head": head, "widths": widths, "rows": found}] if found else []
    return {"to": "", "paragraphs": [], "rows": rows, "sections": [], "tables": tables, "rights": []}


def _word(one: Disposal | None) -> str:
    if one is None:
        return "尚未处理"
    return f"{one.get_outcome_display()}。{one.reason}" if one.reason else str(one.get_outcome_display())
