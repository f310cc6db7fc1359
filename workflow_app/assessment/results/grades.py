"""Grades proposed after an annual round: within the share of 优秀, with reasons, by people. There is no share for low grades.

20 % of those due for assessment may be 优秀, up to 25 % with approval (考核规定 2020, a/secondary); town cadres up to 30 % (local practice).
Rounded down, so that the cap is never exceeded (P).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workflow_app.assessment.results import linked
from workflow_app.assessment.results.computing import newest
from workflow_app.assessment.scoring import compare
from workflow_app.models import (
    Account,
    AssessmentResult,
    Campaign,
    ExcellentShare,
    GradeProposal,
    GradesSettled,
    Post,
    Scheme,
    Score,
    Subject,
    UnitGradeProposal,
)
from workflow_app.refusing import Refused

RULE = "年度考核等次"
GRADE = AssessmentResult.Grade
USUAL, APPROVED, TOWN = Decimal(20), Decimal(25), Decimal(30)  # per cent of those due for assessment
TEAMS = Decimal(30)  # per cent of the units (b, low certainty; project default)
LOW = (GRADE.BASIC, GRADE.INCOMPETENT)
SHORTEST = 5  # characters of a reason


@dataclass(frozen=True)
class Wish:
    """A grade that somebody proposes; empty is no grade."""

    subject: Subject
    grade: str
    reason: str = ""


class BadGrades(Refused):
    """Proposals that cannot stand; nothing was kept."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"等次建议有{len(faults)}处错误。", way_out="逐项更正后再保存。", rule=RULE)
        self.faults = faults


def highest(campaign: Campaign) -> Decimal:
    """The highest share that can be approved."""
    assert campaign.version is not None
    return highest_share(campaign.version.scheme)


def highest_share(scheme: Scheme) -> Decimal:
    """The same of a scheme: town cadres up to 30 %, units 30 %."""
    towns = (Post.Level.TOWN_HEAD, Post.Level.TOWN_DEPUTY)
    return TEAMS if scheme.of_units else TOWN if scheme.level in towns else APPROVED


def usual_share(campaign: Campaign) -> Decimal:
    """The share that holds without approval."""
    return TEAMS if campaign.of_units else USUAL


def share_of(campaign: Campaign) -> Decimal:
    """The share of 优秀 that holds: the one approved last, else the usual one."""
    last = ExcellentShare.objects.filter(campaign=campaign).order_by("-id").first()
    return last.share if last else usual_share(campaign)


def places_of(campaign: Campaign) -> int:
    """How many may be 优秀."""
    return compare.places_for(campaign.subjects.count(), share_of(campaign))


def proposed(campaign: Campaign) -> dict[int, GradeProposal]:
    """The proposal that counts, by subject."""
    rows = GradeProposal.objects.filter(subject__campaign=campaign).select_related("by__cadre").order_by("id")
    return {one.subject_id: one for one in rows}


def within(campaign: Campaign, scores: dict[int, Score]) -> set[int]:
    """Subjects whose score stands within the share in their like group, and within that of their unit's grade where the scheme links them.

    Equals who would exceed it stay out together. A view for people.
    """
    usual = share_of(campaign)
    found = linked.classes(campaign, usual)
    shares = {key: (one.grade, one.share) for one in found for key in one.subjects}
    groups: dict[tuple[str, str, Decimal], dict[str, Decimal | None]] = {}
    for key, one in scores.items():
        groups.setdefault((one.subject.comparison_group, *shares.get(key, ("", usual))), {})[str(key)] = one.value
    return {int(key) for (_group, _grade, share), members in groups.items() for key in compare.within(members, share)}


def check_open(campaign: Campaign) -> None:
    """Grades are proposed after an annual round has closed, until they are settled. Raises Refused."""
    if campaign.version is None or campaign.version.scheme.kind != Scheme.Kind.ANNUAL or campaign.closed_at is None:
        raise Refused("年度考核的测评结束以后才能提出等次建议。", way_out="等待测评结束；其他考核不定年度等次。", rule=RULE)
    if GradesSettled.objects.filter(campaign=campaign).exists():
        raise Refused("等次已经审定，不能再改。", way_out="经复核更正的，按复核决定办理。", rule=RULE)


def approve_share(campaign: Campaign, share: Decimal, document: str, *, by: Account, at: datetime) -> ExcellentShare:
    """Another share than the usual one, on a document. Raises Refused."""
    check_open(campaign)
    most = highest(campaign)
    if not 0 < share <= most:
        raise Refused(f"优秀比例不超过{most}%。", way_out=f"填写不超过{most}的数。", rule=RULE, field="share")
    if share > usual_share(campaign) and len(document.strip()) < SHORTEST:
        raise Refused(f"超过{usual_share(campaign)}%须有批准文件。", way_out="填写批准文件的名称和文号。", rule=RULE, field="document")
    return ExcellentShare.objects.create(campaign=campaign, share=share, document=document.strip(), by=by, at=at)


def propose(campaign: Campaign, wishes: Iterable[Wish], *, by: Account, at: datetime) -> list[GradeProposal]:
    """Keep proposals; what says the same as before is not kept again. Raises Refused, or BadGrades with every fault."""
    check_open(campaign)
    known, scores = proposed(campaign), newest(campaign)
    fresh = [one for one in wishes if differs(one, known.get(one.subject.pk))]
    wrong = [fault for one in fresh for fault in _faults(one, scores.get(one.subject.pk), by)]
    after = {**{pk: one.grade for pk, one in known.items()}, **{one.subject.pk: one.grade for one in fresh}}
    wrong += too_many(campaign, after)
    if wrong:
        raise BadGrades(wrong)
    return GradeProposal.objects.bulk_create(
        GradeProposal(subject=one.subject, grade=one.grade, reason=one.reason.strip(), by=by, at=at) for one in fresh
    )


def differs(one: Wish, before: GradeProposal | UnitGradeProposal | None) -> bool:
    """Whether it says something else than what was proposed before."""
    return before is None or (one.grade, one.reason.strip()) != (before.grade, before.reason)


def too_low(score: Score | None) -> bool:
    """Whether political quality rules 优秀 out this year."""
    return score is not None and score.political is not None and compare.political(score.political) != "EXCELLENT"


def _faults(one: Wish, score: Score | None, by: Account) -> list[str]:
    name, flags, found = one.subject.name, score.flags if score else [], []
    if one.subject.concerns(by):
        found.append(f"{name}：本人的等次由其他人员提出")
    if one.grade == GRADE.EXCELLENT and "VETO" in flags:
        found.append(f"{name}：有一票否决事项，当年不评优秀；应为其他等次")
    if one.grade == GRADE.EXCELLENT and score is not None and too_low(score):
        found.append(f"{name}：政治素质得分{score.political}，低于90.00，当年不评优秀；应为其他等次")
    if one.grade in (*LOW, "") and len(one.reason.strip()) < SHORTEST:
        found.append(f"{name}：基本称职、不称职或者不定等次须写明理由（不少于{SHORTEST}个字）")
    if one.grade in LOW and "REHEAR" in flags and "复议" not in one.reason:
        found.append(f"{name}：得分低而群众评价高，须先一票复议；理由中应写明复议情况")
    return found


def faults(one: Wish, by: Account) -> list[str]:
    """What rules a grade out for somebody, whoever proposes it."""
    return _faults(one, newest(one.subject.campaign).get(one.subject.pk), by)


def too_many(campaign: Campaign, grades: dict[int, str]) -> list[str]:
    """What is wrong with so many 优秀 among the grades, by key of the subject."""
    count, places = Counter(grades.values())[GRADE.EXCELLENT], places_of(campaign)
    more = linked.too_many(linked.classes(campaign, share_of(campaign)), grades)
    if count <= places:
        return more
    said = f"应参加考核{campaign.subjects.count()}人×{share_of(campaign).normalize():f}%，向下取整"
    return [f"优秀{count}名，超过{places}名（{said}）；超出的应为其他等次，或者先登记批准的比例", *more]


def checked_document(document: str, known: Iterable[GradeProposal | UnitGradeProposal], by: Account) -> None:
    """Settled by another than who proposed, on a document. Raises Refused."""
    if any(one.by_id == by.pk for one in known):
        raise Refused("提出等次建议的人不得自己审定。", way_out="由另一名负责人审定。", rule=RULE)
    if len(document.strip()) < SHORTEST:
        raise Refused("须填写审定文件或者会议。", way_out="填写名称和文号、日期。", rule=RULE, field="document")


def check_settling(campaign: Campaign, document: str, by: Account) -> dict[int, GradeProposal]:
    """Whether grades can be settled: all proposed, by others, within the share, and no result of the year yet. Raises Refused or BadGrades."""
    check_open(campaign)
    known = proposed(campaign)
    checked_document(document, known.values(), by)
    subjects = list(campaign.subjects.select_related("cadre"))
    wrong = [f"{one.name}：还没有等次建议" for one in subjects if one.pk not in known]
    rated = AssessmentResult.objects.filter(cadre__in=[one.cadre_id for one in subjects], year=campaign.year).select_related("cadre")
    wrong += [f"{one.cadre.name}：已有{one.year}年度考核结果" for one in rated]
    wrong += [f"{one.name}：负责人不得审定本人的等次" for one in subjects if one.concerns(by)]
    wrong += too_many(campaign, {pk: one.grade for pk, one in known.items()})
    if wrong:
        raise BadGrades(wrong)
    return known
