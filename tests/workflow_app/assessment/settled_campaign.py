"""A settled round whose people are to be notified in writing."""

from __future__ import annotations

from typing import Any

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from workflow_app import grading
from workflow_app.assessment.results.computing import compute
from workflow_app.assessment.results.grades import Wish
from workflow_app.models import AssessmentResult, Campaign, GradeNotice
from workflow_app.notified.notices import Mended, Served

REASON = "分管工作长期落后，经核实"


def settled(town: Town) -> Campaign:
    """A settled round: 王建国 不称职, 何晓晨 without a grade, 吕志远 基本称职, 华清 优秀, the others 称职."""
    made = closed(town)
    compute(made, at=town.at)
    people = list(made.subjects.select_related("cadre").order_by("id"))
    given = ["INCOMPETENT", "", "BASIC", "COMPETENT", "COMPETENT", "EXCELLENT"]
    wishes = [Wish(one, grade, "" if grade in ("EXCELLENT", "COMPETENT") else REASON) for one, grade in zip(people, given, strict=True)]
    grading.propose(made, wishes, by=town.people["assessment_office1"], at=town.at)
    grading.settle(made, "部务会2026年第2次", by=town.people["org_leader1"], at=town.at)
    return Campaign.objects.get(pk=made.pk)


def by(town: Town, name: str = "assessment_office1") -> dict[str, Any]:
    return {"by": town.people[name], "at": town.at}


def result(name: str = "王建国") -> AssessmentResult:
    return AssessmentResult.objects.select_related("cadre").get(cadre__name=name)


def text_of(notice: GradeNotice) -> str:
    words = notice.content["content"]
    return "\n".join([*words["paragraphs"], *words["rights"]])


def in_person(town: Town, receiver: str = "王建国", **changes: Any) -> Served:
    return Served(**{"mode": "in_person", "served_on": town.today, "receiver": receiver, **changes})


def mended(grade: str = "BASIC", reason: str = "复核认定事实有误", document: str = "复核决定书云组〔2026〕9号") -> Mended:
    return Mended(grade, reason, document)
