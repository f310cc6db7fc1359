"""Settled results for the organ above: a workbook in the columns that `import_results` reads, and the words of the list that is signed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.utils.translation import override
from openpyxl import Workbook

from workflow_app.assessment.sheets import COLUMNS
from workflow_app.models import AssessmentResult, Campaign, GradesSettled, Post, UnitResult
from workflow_app.refusing import Refused

RULE = "考核结果报送"
UNIT_COLUMNS = ("年度", "单位编号", "单位", "比较组", "等次", "得分", "名次", "组内单位数")
LEVELS = {value: str(label) for value, label in Post.Level.choices}


def settled(campaign: Campaign) -> GradesSettled:
    """That the round's grades were settled. Raises Refused: nothing else is reported."""
    found = GradesSettled.objects.filter(campaign=campaign).select_related("batch").first()
    if found is None:
        raise Refused("等次还没有审定，不能报送。", way_out="由负责人审定以后再报送。", rule=RULE)
    return found


def people(campaign: Campaign) -> list[AssessmentResult]:
    """Results of a round about people, by number."""
    rows = AssessmentResult.objects.filter(batch=settled(campaign).batch_id)
    return list(rows.select_related("cadre", "unit").order_by("cadre__number"))


def units(campaign: Campaign) -> list[UnitResult]:
    """Results of a round about units, by code."""
    return list(UnitResult.objects.filter(batch=settled(campaign).batch_id).select_related("unit").order_by("unit__code"))


def written(campaign: Campaign) -> bytes:
    """The workbook. Of people it has the columns of an import, so that the organ above takes it in as it is. Raises Refused."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("考核结果")
    with override("zh-hans"):
        for row in (
            [list(UNIT_COLUMNS), *map(_unit, units(campaign))] if campaign.of_units else [list(COLUMNS), *map(_person, people(campaign))]
        ):
            sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _person(one: AssessmentResult) -> list[Any]:
    grade = str(one.get_grade_display()) if one.grade else ""
    return [
        one.year, one.cadre.number, one.cadre.name, one.unit.name, one.post_title, LEVELS.get(one.post_level, ""), one.comparison_group, grade,
        one.score, one.satisfaction, one.valid_answers, one.rank, one.group_size,
    ]  # fmt: skip


def _unit(one: UnitResult) -> list[Any]:
    grade = str(one.get_grade_display())
    return [one.year, one.unit.code, one.unit.name, one.comparison_group, grade, one.score, one.rank, one.group_size]


def content(campaign: Campaign, to: str) -> dict[str, Any]:
    """The list on paper: number, name, unit or kind, grade; counts by grade. Raises Refused."""
    done = settled(campaign)
    with override("zh-hans"):
        if campaign.of_units:
            head, widths = ["编号", "单位", "比较组", "等次"], [15, 30, 40, 15]
            rows = [[one.unit.code, one.unit.name, one.comparison_group, str(one.get_grade_display())] for one in units(campaign)]
        else:
            head, widths = ["编号", "姓名", "单位和职务", "等次"], [18, 16, 48, 18]
            rows = [
                [one.cadre.number, one.cadre.name, one.post_title, str(one.get_grade_display()) or "不定等次"] for one in people(campaign)
            ]
    when = f"{campaign.year}{campaign.period}" if campaign.period.startswith("年") else f"{campaign.year}年{campaign.period}"
    counts = {grade: sum(row[-1] == grade for row in rows) for grade in dict.fromkeys(row[-1] for row in rows)}
    return {
        "to": to, "paragraphs": [f"现将{when}考核已经审定的结果报送如下。"], "sections": [], "rights": [],
        "tables": [{"title": "考核结果", "head": head, "widths": widths, "rows": rows}],
        "rows": [
            ("考核", campaign.name), ("审定", done.document), ("合计", f"{len(rows)}{'个单位' if campaign.of_units else '人'}"),
            ("等次", "，".join(f"{grade}{count}" for grade, count in counts.items())),
        ],
    }  # fmt: skip
