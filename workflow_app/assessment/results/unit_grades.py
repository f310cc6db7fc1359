"""Grades of units proposed after an annual round: 优秀 within the share, low ones with their reason, settled by another.

The four grades of a leading team are those of 党政领导干部考核工作条例; its share of 优秀 (30 %) is a project default of low certainty.
A grade of a unit is no grade of its people: what follows for their share of 优秀 stands in a scheme (`linked`), T-15 is entered by people.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from workflow_app.assessment.results import grades
from workflow_app.assessment.results.computing import newest
from workflow_app.assessment.results.grades import SHORTEST, BadGrades, Wish, check_open, checked_document, places_of, share_of
from workflow_app.models import Account, Campaign, ImportBatch, Score, UnitGrade, UnitGradeProposal, UnitResult

LOW = (UnitGrade.FAIR, UnitGrade.POOR)


def proposed(campaign: Campaign) -> dict[int, UnitGradeProposal]:
    """The proposal that counts, by subject."""
    rows = UnitGradeProposal.objects.filter(subject__campaign=campaign).select_related("by__cadre").order_by("id")
    return {one.subject_id: one for one in rows}


def propose(campaign: Campaign, wishes: Iterable[Wish], *, by: Account, at: datetime) -> list[UnitGradeProposal]:
    """Keep proposals; what says the same as before is not kept again. Raises Refused, or BadGrades with every fault."""
    check_open(campaign)
    known, scores = proposed(campaign), newest(campaign)
    fresh = [one for one in wishes if grades.differs(one, known.get(one.subject.pk))]
    wrong = [fault for one in fresh for fault in _faults(one, scores.get(one.subject.pk), by)]
    after = {**{pk: one.grade for pk, one in known.items()}, **{one.subject.pk: one.grade for one in fresh}}
    wrong += _too_many(campaign, after)
    if wrong:
        raise BadGrades(wrong)
    return UnitGradeProposal.objects.bulk_create(
        UnitGradeProposal(subject=one.subject, grade=one.grade, reason=one.reason.strip(), by=by, at=at) for one in fresh
    )


def _faults(one: Wish, score: Score | None, by: Account) -> list[str]:
    name, flags, found = one.subject.name, score.flags if score else [], []
    if one.subject.concerns(by):
        found.append(f"{name}：本单位的等次由其他单位的人员提出")
    if one.grade not in UnitGrade.values:
        found.append(f"{name}：没有这个等次；应为优秀、良好、一般或者较差")
    if one.grade == UnitGrade.EXCELLENT and "VETO" in flags:
        found.append(f"{name}：有一票否决事项，当年不评优秀；应为其他等次")
    if one.grade in LOW and len(one.reason.strip()) < SHORTEST:
        found.append(f"{name}：一般、较差须写明理由（不少于{SHORTEST}个字）")
    if one.grade in LOW and "REHEAR" in flags and "复议" not in one.reason:
        found.append(f"{name}：得分低而群众评价高，须先一票复议；理由中应写明复议情况")
    return found


def _too_many(campaign: Campaign, after: dict[int, str]) -> list[str]:
    count, places = sum(grade == UnitGrade.EXCELLENT for grade in after.values()), places_of(campaign)
    if count <= places:
        return []
    said = f"参加考核{campaign.subjects.count()}个单位×{share_of(campaign).normalize():f}%，向下取整"
    return [f"优秀{count}个，超过{places}个（{said}）；超出的应为其他等次"]


def check_settling(campaign: Campaign, document: str, by: Account) -> dict[int, UnitGradeProposal]:
    """Whether grades can be settled: all proposed, by others, within the share, and no result of the year yet. Raises Refused or BadGrades."""
    check_open(campaign)
    known = proposed(campaign)
    checked_document(document, known.values(), by)
    subjects = list(campaign.subjects.select_related("unit"))
    wrong = [f"{one.name}：还没有等次建议" for one in subjects if one.pk not in known]
    rated = UnitResult.objects.filter(unit__in=[one.unit_id for one in subjects], year=campaign.year).select_related("unit")
    wrong += [f"{one.unit.name}：已有{one.year}年度考核结果" for one in rated]
    wrong += [f"{one.name}：负责人不得审定本单位的等次" for one in subjects if one.concerns(by)]
    wrong += _too_many(campaign, {pk: one.grade for pk, one in known.items()})
    if wrong:
        raise BadGrades(wrong)
    return known


def keep(campaign: Campaign, known: dict[int, UnitGradeProposal], batch: ImportBatch) -> list[UnitResult]:
    """Store the proposals as results of the year."""
    scores = newest(campaign)
    rows = []
    for one in campaign.subjects.select_related("unit"):
        score = scores.get(one.pk)
        assert one.unit is not None
        rows.append(UnitResult(
            unit=one.unit, year=campaign.year, grade=known[one.pk].grade, score=score.value if score else None, subject=one, batch=batch,
            comparison_group=one.comparison_group, rank=score.rank if score else None, group_size=score.group_size if score and score.rank else None,
        ))  # fmt: skip
    return UnitResult.objects.bulk_create(rows)
