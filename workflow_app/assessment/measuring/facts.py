"""Established matters: penalties, bonuses, vetoes, false reports, coefficients, routine results. Established by an organ, entered by a person.

A veto rules 优秀 and promotion out and is by itself no decision about anybody (assessment §5). A matter entered wrongly is taken back
with a reason; it stays to be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflow_app.assessment.measuring.figures import hindrance, signed
from workflow_app.models import Account, Campaign, Established, SchemeIndicator, SchemeVersion, Subject, TakenBack
from workflow_app.refusing import Refused

RULE = "认定事项"
KIND = Established.Kind
WITH_AMOUNT = (KIND.DEBT, KIND.BONUS, KIND.DEDUCTION, KIND.COEFFICIENT, KIND.ROUTINE)


@dataclass(frozen=True)
class Fact:
    """A matter as it is entered. `amount`: percentage points for DEBT, points for the others; None for a veto or a false report."""

    subject: Subject
    kind: str
    amount: Decimal | None
    indicator: SchemeIndicator | None
    why: str
    organ: str
    document: str
    established_on: date | None


def kinds_of(version: SchemeVersion) -> list[str]:
    """The kinds that a scheme has a place for."""
    asked = {KIND.VETO: version.veto, KIND.COEFFICIENT: version.multiplier_base is not None, KIND.ROUTINE: version.routine is not None}
    return [kind for kind in KIND.values if asked.get(KIND(kind), True)]


def faults(one: Fact, version: SchemeVersion, today: date) -> list[tuple[str, str]]:
    """What is wrong with a matter: field, and what is expected."""
    found = []
    if one.kind not in kinds_of(version):
        found.append(("kind", "本方案规定的种类：" + "、".join(str(KIND(kind).label) for kind in kinds_of(version))))
    elif one.kind in WITH_AMOUNT and (one.amount is None or not (0 if one.kind == KIND.ROUTINE else Decimal("0.01")) <= one.amount <= 100):
        found.append(("amount", "大于0、不超过100的数值"))
    elif one.kind not in WITH_AMOUNT and one.amount is not None:
        found.append(("amount", "空白（一票否决和数据不实没有数值）"))
    if (one.kind == KIND.FALSIFIED) != (one.indicator is not None):
        found.append(("indicator", "数据不实的指标；其他种类空白"))
    for field, text, expected in (
        ("why", one.why, "事实"),
        ("organ", one.organ, "认定机关"),
        ("document", one.document, "依据文件的名称和文号"),
    ):
        if len(text.strip()) < (5 if field == "why" else 2):
            found.append((field, f"{expected}，不能空白或者过短"))
    if one.established_on is None or one.established_on > today:
        found.append(("established_on", "认定日期，不晚于今天"))
    return found


def enter(one: Fact, today: date, *, by: Account, at: datetime) -> Established:
    """Keep a matter. Raises Refused."""
    campaign = one.subject.campaign
    assert campaign.version is not None
    hindered = hindrance(one.subject, signed(campaign), by)
    if hindered:
        raise Refused(f"{hindered}。", way_out="签发以后认定的，在“情况登记”中登记。", rule=RULE)
    for field, expected in faults(one, campaign.version, today):
        raise Refused(f"登记不全或者不对：应为{expected}。", way_out="更正后再登记。", rule=RULE, field=field)
    if known(one):
        raise Refused("同一文件认定的同一事项已经登记。", way_out="写错的先撤回，再另行登记。", rule=RULE, field="document")
    return keep([one], by=by, at=at)[0]


def known(one: Fact) -> bool:
    """Whether the same matter of the same document stands already."""
    rows = Established.objects.filter(subject=one.subject, kind=one.kind, document=one.document.strip(), amount=one.amount)
    return rows.filter(indicator=one.indicator, taken_back__isnull=True).exists()


def keep(rows: list[Fact], *, by: Account, at: datetime) -> list[Established]:
    """Store matters."""
    return Established.objects.bulk_create(
        Established(subject=one.subject, kind=one.kind, amount=one.amount, indicator=one.indicator, why=one.why.strip(),
                    organ=one.organ.strip(), document=one.document.strip(), established_on=one.established_on, by=by, at=at)
        for one in rows
    )  # fmt: skip


def take_back(one: Established, why: str, *, by: Account, at: datetime) -> TakenBack:
    """A matter no longer counts. Raises Refused."""
    hindered = hindrance(one.subject, signed(one.subject.campaign), by)
    if hindered:
        raise Refused(f"{hindered}。", way_out="经复核更正的，按复核决定办理。", rule=RULE)
    if len(why.strip()) < 5:
        raise Refused("撤回须写明理由（不少于5个字）。", way_out="补写理由。", rule=RULE, field="why")
    if TakenBack.objects.filter(established=one).exists():
        raise Refused("这一事项已经撤回。", way_out="刷新页面。", rule=RULE)
    return TakenBack.objects.create(established=one, why=why.strip(), by=by, at=at)


def of(campaign: Campaign) -> list[Established]:
    """All matters of a round, the ones taken back among them, in the order in which they were entered."""
    rows = Established.objects.filter(subject__campaign=campaign).select_related(
        "subject__cadre", "subject__unit", "indicator__indicator", "by__cadre", "taken_back__by__cadre"
    )
    return list(rows.order_by("id"))
