"""Bars to becoming a candidate (SEL 24) that the system checks from its own data: the third and the sixth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow_app.models import AssessmentResult, Bar, Deadline

LOW = (AssessmentResult.Grade.BASIC, AssessmentResult.Grade.INCOMPETENT)
RESTRICTIONS = {"DN-BAR-REMOVE": "调整影响期", "DN-BAR-DEMOTE": "降职影响期", "DN-ADM-BAR": "诫勉影响期"}

# The bars that a person ticks, each with a reason.
BY_HAND = (
    ("discipline", "违反政治纪律和政治规矩"),
    ("recognition", "群众公认度不高"),
    ("canvassing", "跑官、拉票等非组织行为"),
    ("family_abroad", "配偶已移居国（境）外，或者没有配偶、子女均已移居国（境）外，且岗位不允许"),
    ("other", "其他原因不宜提拔"),
)
GRADE, RESTRICTION = "上一年度考核结果为基本称职以下等次", "受诫勉、组织处理或者处分等影响期未满，或者期满影响使用"


@dataclass(frozen=True)
class Finding:
    """What the system's own data say about one bar; `known` is False where there are none."""

    barred: bool
    words: str
    known: bool = True


def annual_grade(cadre: int, today: date) -> Finding:
    """The third bar: last year's grade."""
    result = AssessmentResult.objects.filter(cadre=cadre, year=today.year - 1).first()
    if result is None or not result.grade:
        return Finding(False, f"系统中没有{today.year - 1}年度考核等次", known=False)
    return Finding(result.grade in LOW, f"{result.year}年度考核{result.get_grade_display()}")


def restriction(cadre: int, today: date) -> Finding:
    """The sixth bar: restriction periods of earlier cases and bars of their own (T-15), to 24:00 of their last day."""
    rows = Deadline.objects.filter(case__cadre=cadre, rule_id__in=RESTRICTIONS, last_day__gte=today, closed_at__isnull=True)
    found = [f"{RESTRICTIONS[row.rule_id]}至{row.last_day}届满（{row.case.number}）" for row in rows.select_related("case").order_by("id")]
    own = Bar.objects.filter(cadre=cadre, first_day__lte=today, last_day__gte=today, lifted_on__isnull=True).order_by("id")
    found += [f"{bar.reason}，至{bar.last_day}届满（{bar.rule_id}）" for bar in own]
    return Finding(bool(found), "；".join(found) or "没有未满的影响期")
