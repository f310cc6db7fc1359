"""C-TERM: an annual grade 不称职 within the term of an appointed civil servant. It names the contract; ending one is people's, outside of here."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F

from workflow_app.assessment.triggers.desks import Draft
from workflow_app.models import AppointmentContract, AssessmentResult, Lead

RULE = "C-TERM"


def drafts(year: int) -> Iterator[Draft]:
    """Leads of a year about those whose contract held in it, was not ended before it, and is the newest entry."""
    failed = AssessmentResult.objects.filter(year=year, grade=AssessmentResult.Grade.INCOMPETENT).select_related("batch")
    graded = {one.cadre_id: one for one in failed}
    rows = AppointmentContract.objects.filter(
        cadre__in=graded, corrected__isnull=True, first__year__lte=year, last__year__gte=year
    ).annotate(ended_on=F("ending__ended_on"))
    for one in rows.order_by("id"):
        if one.ended_on is not None and one.ended_on.year < year:
            continue
        result = graded[one.cadre_id]
        evidence = {
            "file": result.batch_id, "row": result.row, "year": year, "grade": result.get_grade_display(), "contract": one.number,
            "rule": f"聘任合同{one.number}，合同期{one.first}至{one.last}",
        }  # fmt: skip
        words = f"聘任期内{year}年度考核不称职：聘任合同{one.number}（{one.first}至{one.last}）"
        yield Draft(one.cadre_id, RULE, Lead.Suggests.STUDY, f"{RULE}:{one.pk}:{year}", words, (evidence,))
