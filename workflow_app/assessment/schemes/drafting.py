"""Drafting a scheme, bringing its weights to 100 % by a recorded choice, and publishing it by another person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from workflow_app.assessment.library.keeping import core_limit, in_force
from workflow_app.assessment.results.grades import highest_share
from workflow_app.assessment.results.linked import faults_of
from workflow_app.assessment.schemes.reading import value_of
from workflow_app.assessment.scoring import weights
from workflow_app.assessment.scoring.inputs import HUNDRED
from workflow_app.models import Account, IndicatorVersion, LinkedShare, Scheme, SchemeGroup, SchemeIndicator, SchemeVersion
from workflow_app.refusing import Refused

RULE = "考核方案"
QUALITATIVE = IndicatorVersion.Measure.QUALITATIVE


@dataclass(frozen=True)
class GroupRow:
    """A rater group of a draft; weight in per cent."""

    key: str
    weight: Decimal
    trimmed: bool = False
    least: int = 1


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of a draft, by its code; weight in per cent."""

    code: str
    weight: Decimal
    floor: Decimal | None = None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkedRow:
    """The share (%) of 优秀 among the people of units with a grade, and where it stands."""

    grade: str
    share: Decimal
    source: str


@dataclass(frozen=True)
class Draft:
    """Everything a version says."""

    groups: tuple[GroupRow, ...]
    indicators: tuple[IndicatorRow, ...]
    quantitative: Decimal | None = None
    routine: Decimal | None = None
    multiplier_base: Decimal | None = None
    veto: bool = True
    sources: tuple[tuple[str, str], ...] = ()
    linked: tuple[LinkedRow, ...] = ()


class BadScheme(Refused):
    """The scheme has faults; each says its place and what is expected. Nothing was changed."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"方案有{len(faults)}处错误。", way_out="逐项更正后再发布；草稿已经保留。", rule=RULE)
        self.faults = faults


@transaction.atomic
def draft(scheme: Scheme, said: Draft, *, by: Account, at: datetime) -> SchemeVersion:
    """Keep a draft: the scheme's open version is replaced, or the next one begun. A draft may be faulty; publishing is not.

    Raises BadScheme for an indicator that the library does not have in force.
    """
    known, day = in_force(scheme.library, at.date()), at.date()
    unknown = [f"指标“{one.code}”：指标库中{day}没有有效版本；应为库中在用的编号" for one in said.indicators if one.code not in known]
    if unknown:
        raise BadScheme(unknown)
    last = SchemeVersion.objects.select_for_update().filter(scheme=scheme).order_by("-number").first()
    if last is not None and last.published_at is None:
        last.groups.all().delete()
        last.indicators.all().delete()
        last.linked.all().delete()
        last.delete()
        number = last.number
    else:
        number = last.number + 1 if last else 1
    made = SchemeVersion.objects.create(
        scheme=scheme, number=number, quantitative=said.quantitative, routine=said.routine, multiplier_base=said.multiplier_base, veto=said.veto,
        sources=[list(one) for one in said.sources], drafted_by=by, drafted_at=at,
    )  # fmt: skip
    LinkedShare.objects.bulk_create(LinkedShare(version=made, **vars(one)) for one in said.linked)
    SchemeGroup.objects.bulk_create(SchemeGroup(version=made, **vars(one)) for one in said.groups)
    SchemeIndicator.objects.bulk_create(
        SchemeIndicator(version=made, indicator=known[one.code], weight=one.weight, floor=one.floor, groups=list(one.groups))
        for one in said.indicators
    )
    return made


def faults(version: SchemeVersion, on: date) -> list[str]:
    """Everything that stands in the way of publishing, each with its place and what is expected; empty: it is good."""
    value = value_of(version)
    found = weights.faults(value)
    rows = list(version.indicators.select_related("indicator__indicator"))
    core, limit = sum(one.indicator.core for one in rows), core_limit(version.scheme.kind)
    if core > limit:
        found.append(f"核心指标{core}项；{version.scheme.get_kind_display()}每个岗位不超过{limit}项")
    current = in_force(version.scheme.library, on)
    for one in rows:
        code = one.indicator.indicator.code
        if code not in current:
            found.append(f"指标“{one.indicator.name}”（{code}）已经停用；应为库中在用的指标")
        elif current[code].pk != one.indicator_id:
            found.append(
                f"指标“{one.indicator.name}”（{code}）用的是第{one.indicator.number}版；现行为第{current[code].number}版，请重新保存草稿"
            )
    if not any(one.indicator.measure == QUALITATIVE for one in rows):
        found.append("没有定性指标；由评价主体评分的指标至少一项")
    annual = version.scheme.kind == Scheme.Kind.ANNUAL
    found += faults_of(list(version.linked.all()), of_units=version.scheme.of_units, annual=annual, highest=highest_share(version.scheme))
    return found + [f"评价主体“{one.name}”的最少有效评价为{one.least}；应不少于1" for one in value.groups if one.least < 1]


@transaction.atomic
def normalise(version: SchemeVersion, *, why: str, by: Account, at: datetime) -> SchemeVersion:
    """Bring weights that do not make 100 % to it, in proportion: a choice of somebody, kept with the reason and the weights before.

    Raises Refused when nothing needs it, when there is no reason, or when the version is published.
    """
    found = _unpublished(version)
    if len(why.strip()) < 5:
        raise Refused("折算须写明理由（不少于5个字）。", way_out="补写理由；不折算的，改正各项权重使合计为100%。", rule=RULE, field="why")
    before: dict[str, list[list[str]]] = {}
    for name, rows in (
        ("groups", list[SchemeGroup | SchemeIndicator](found.groups.all())),
        ("indicators", list[SchemeGroup | SchemeIndicator](found.indicators.all())),
    ):
        if rows and sum(one.weight for one in rows) != HUNDRED:
            before[name] = [[str(one.pk), str(one.weight)] for one in rows]
            for one, weight in zip(rows, weights.normalised(one.weight for one in rows), strict=True):
                one.weight = weight
                one.save(update_fields=["weight"])
    if not before:
        raise Refused("权重合计已经是100%，不需要折算。", way_out="直接发布。", rule=RULE)
    found.normalised_by, found.normalised_at, found.normalised_why, found.weights_before = by, at, why.strip(), before
    found.save(update_fields=["normalised_by", "normalised_at", "normalised_why", "weights_before"])
    return found


@transaction.atomic
def publish(version: SchemeVersion, *, by: Account, at: datetime) -> SchemeVersion:
    """Publish a version; from now on nothing of it changes. By another person than who drafted it. Raises Refused or BadScheme."""
    found = _unpublished(version)
    if found.drafted_by_id == by.pk:
        raise Refused("拟订人不得自己发布方案。", way_out="由考核办公室的另一名人员核对后发布。", rule=RULE)
    wrong = faults(found, at.date())
    if wrong:
        raise BadScheme(wrong)
    found.published_by, found.published_at = by, at
    found.save(update_fields=["published_by", "published_at"])
    return found


def _unpublished(version: SchemeVersion) -> SchemeVersion:
    found = SchemeVersion.objects.select_for_update(of=("self",)).select_related("scheme__library").get(pk=version.pk)
    if found.published_at is not None:
        raise Refused("这个版本已经发布，不能再改。", way_out="另拟新版本；用旧版本的考核不受影响。", rule=RULE)
    return found
