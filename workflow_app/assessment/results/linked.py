"""挂钩 (003 江苏): the grade of a unit changes the share of 优秀 among its people, by a table of the organ's own scheme with its source.

The table divides; the share of the whole round still holds, so that linking never gives more places than the rules of grading do.
Who gets a place is decided by people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from workflow_app.assessment.scoring import compare
from workflow_app.models import Campaign, LinkedShare, Subject, UnitGrade, UnitResult

EXCELLENT = UnitGrade.EXCELLENT.value


@dataclass(frozen=True)
class Class:
    """The people of a round whose units have one grade (empty: none of this year), and the share that holds for them."""

    grade: str
    share: Decimal
    source: str
    subjects: frozenset[int]
    units: tuple[str, ...]

    @property
    def places(self) -> int:
        """How many of them may be 优秀, rounded down."""
        return compare.places_for(len(self.subjects), self.share)

    @property
    def label(self) -> str:
        """The grade in words."""
        return str(UnitGrade(self.grade).label) if self.grade else "本年度没有等次"


def classes(campaign: Campaign, usual: Decimal) -> list[Class]:
    """The round's people by the grade of their units, the best first; empty where its scheme links nothing. `usual` holds without a grade."""
    table = {one.grade: one for one in LinkedShare.objects.filter(version=campaign.version_id)}
    if not table:
        return []
    people = list(campaign.subjects.filter(cadre__isnull=False).select_related("cadre__unit"))
    grades = _grades(people, campaign.year)
    members: dict[str, list[Subject]] = defaultdict(list)
    for one in people:
        members[grades[one.pk]].append(one)
    return [_class(grade, members[grade], table.get(grade), usual) for grade in (*UnitGrade.values, "") if members[grade]]


def _class(grade: str, people: list[Subject], row: LinkedShare | None, usual: Decimal) -> Class:
    share, source = (row.share, row.source) if row else (usual, "")
    units = tuple(sorted({one.person.unit.name for one in people}))
    return Class(grade, share, source, frozenset(one.pk for one in people), units)


def _grades(people: list[Subject], year: int) -> dict[int, str]:
    """The settled grade of the unit of everybody: their own, or the nearest unit above that has one; empty without."""
    above = {key for one in people for key in one.person.unit.ancestor_ids}
    known = dict(UnitResult.objects.filter(year=year, unit__in=above).values_list("unit_id", "grade"))
    return {one.pk: next((known[key] for key in reversed(one.person.unit.ancestor_ids) if key in known), "") for one in people}


def too_many(found: list[Class], grades: Mapping[int, str]) -> list[str]:
    """Where more are proposed than the grade of the units gives places for."""
    faults = []
    for one in found:
        count = sum(grades.get(key) == EXCELLENT for key in one.subjects)
        if count > one.places:
            said = f"{len(one.subjects)}人×{one.share.normalize():f}%，向下取整" + (f"，依据：{one.source}" if one.source else "")
            faults.append(f"单位等次为“{one.label}”的人员中优秀{count}名，超过{one.places}名（{said}）；超出的应为其他等次")
    return faults


def faults_of(rows: list[LinkedShare], *, of_units: bool, annual: bool, highest: Decimal) -> list[str]:
    """What stands in the way of publishing a table: one row a grade, none above the highest share, a better grade never less."""
    if not rows:
        return []
    if of_units or not annual:
        return ["等次挂钩：只有考核干部的年度方案可以写；应为空白"]
    found = []
    shares = {one.grade: one.share for one in rows}
    missing = [str(label) for value, label in UnitGrade.choices if value not in shares]
    if missing:
        found.append(f"等次挂钩：没有写{'、'.join(missing)}单位的比例；四个等次都应写")
    found += [f"等次挂钩：{one.get_grade_display()}单位的比例{one.share}%；应不超过{highest}%" for one in rows if one.share > highest]
    order = [shares[value] for value in UnitGrade.values if value in shares]
    if any(better < worse for better, worse in zip(order, order[1:], strict=False)):
        found.append("等次挂钩：等次较好的单位比例反而较低；应依次不增加")
    return found
