"""Figures of quantitative indicators. A correction is a later row with its reason; after the lists are signed nothing changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from workflow_app.models import Account, Campaign, Feedback, IndicatorVersion, Measured, SchemeIndicator, Subject
from workflow_app.refusing import Refused

RULE = "定量得分"
QUANTITATIVE = IndicatorVersion.Measure.QUANTITATIVE


@dataclass(frozen=True)
class Figure:
    """A figure as it is entered: points of a full score, the document it stands in, and the reason where it corrects an earlier one."""

    subject: Subject
    indicator: SchemeIndicator
    value: Decimal
    scale: Decimal
    source: str
    reason: str = ""


def indicators_of(campaign: Campaign) -> list[SchemeIndicator]:
    """The indicators of a round that are measured."""
    if campaign.version_id is None:
        return []
    rows = SchemeIndicator.objects.filter(version=campaign.version_id, indicator__measure=QUANTITATIVE)
    return list(rows.select_related("indicator__indicator"))


def newest(campaign: Campaign) -> dict[tuple[int, int], Measured]:
    """The figure that counts, by subject and indicator."""
    rows = Measured.objects.filter(subject__campaign=campaign).select_related("by__cadre", "indicator__indicator").order_by("id")
    return {(one.subject_id, one.indicator_id): one for one in rows}


def signed(campaign: Campaign) -> set[int]:
    """Subjects whose three lists are signed: their figures stand."""
    return set(Feedback.objects.filter(subject__campaign=campaign, signed_at__isnull=False).values_list("subject_id", flat=True))


def hindrance(subject: Subject, fixed: set[int], by: Account) -> str:
    """Why nothing can be entered about somebody; empty when it can. `fixed`: subjects whose lists are signed."""
    if subject.concerns(by):
        return "本单位的数据由其他单位的人员登记" if subject.unit_id else "本人的数据由其他人员登记"
    return "三单已经签发，数据不再改动" if subject.pk in fixed else ""


def faults(one: Figure, before: Measured | None) -> list[tuple[str, str]]:
    """What is wrong with a figure: field, and what is expected."""
    found = []
    if not 0 < one.scale <= 100:
        found.append(("scale", "大于0、不超过100的满分"))
    if not 0 <= one.value <= one.scale:
        found.append(("value", f"0至满分{one.scale}的得分"))
    if len(one.source.strip()) < 2:
        found.append(("source", "依据文件的名称和文号"))
    if before is not None and changes(one, before) and len(one.reason.strip()) < 5:
        found.append(("reason", f"已登记{before.value}／{before.scale}，更正须写明理由（不少于5个字）"))
    return found


def changes(one: Figure, before: Measured | None) -> bool:
    """Whether it says something else than what counts now."""
    return before is None or (one.value, one.scale, one.source.strip()) != (before.value, before.scale, before.source)


def enter(one: Figure, *, by: Account, at: datetime) -> Measured | None:
    """Keep a figure; None when it says what stands already. Raises Refused."""
    campaign = one.subject.campaign
    hindered = hindrance(one.subject, signed(campaign), by)
    if hindered:
        raise Refused(f"{hindered}。", way_out="签发以后发现不实的，在“情况登记”中登记。", rule=RULE)
    before = newest(campaign).get((one.subject.pk, one.indicator.pk))
    for field, expected in faults(one, before):
        raise Refused(f"登记不全或者不对：应为{expected}。", way_out="更正后再登记。", rule=RULE, field=field)
    made = keep([one], {(one.subject.pk, one.indicator.pk): before} if before else {}, by=by, at=at)
    return made[0] if made else None


def keep(rows: Iterable[Figure], before: dict[tuple[int, int], Measured], *, by: Account, at: datetime) -> list[Measured]:
    """Store what is new or corrected."""
    fresh = [one for one in rows if changes(one, before.get((one.subject.pk, one.indicator.pk)))]
    return Measured.objects.bulk_create(
        Measured(subject=one.subject, indicator=one.indicator, value=one.value, scale=one.scale, source=one.source.strip(),
                 reason=one.reason.strip(), by=by, at=at)
        for one in fresh
    )  # fmt: skip
