"""Units to look at closer (重点考核): rules propose with evidence, people pick or close with a reason. All thresholds are project defaults.

A share or a mean of fewer than five people is neither computed nor shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, Max, QuerySet
from django.utils.translation import gettext as _

from workflow_app.clock import add_months
from workflow_app.models import Account, AssessmentResult, Colour, Finding, Unit, UnitChoice, UnitProposal
from workflow_app.refusing import Refused
from workflow_app.suppression import K
from workflow_app.visits.rules import CLOSER, day, said

MANY, MONTHS = 3, 12  # findings with a lead within twelve months
RED_SHARE = 30  # per cent of those with a colour in the newest month
Outcome = UnitChoice.Outcome


@dataclass(frozen=True)
class Draft:
    """A proposal before it is kept."""

    unit_id: int
    rule_id: str
    key: str
    summary: str
    evidence: dict[str, Any]

    @property
    def origin(self) -> str:
        """Stable name of the fact behind it."""
        return f"{self.rule_id}:{self.unit_id}:{self.key}"


def units_of(organ: Unit) -> QuerySet[Unit]:
    """The units that an organ looks at: all below itself."""
    return Unit.objects.filter(path__startswith=organ.path).exclude(pk=organ.pk).order_by("code")


def many_findings(organ: Unit, today: date) -> list[Draft]:
    """K-FIND: three findings of twelve months at least that raised a lead, about people of the unit."""
    since = add_months(today, -MONTHS)
    rows = Finding.objects.filter(found_on__gte=since, lead__isnull=False, cadre__unit__in=units_of(organ))
    found = Counter(rows.values_list("cadre__unit", flat=True))
    return [
        Draft(unit, "K-FIND", f"{today.year}H{1 if today.month < 7 else 2}", f"近{MONTHS}个月登记并产生线索的情况{n}件", {"since": str(since), "findings": n})
        for unit, n in sorted(found.items()) if n >= MANY
    ]  # fmt: skip


def many_red(organ: Unit, today: date) -> list[Draft]:
    """K-RED: of five people at least with a colour in the newest month, three in ten are red."""
    rows = Colour.objects.filter(cadre__unit__in=units_of(organ), cadre__active=True)
    month = rows.aggregate(m=Max("month"))["m"]
    newest = {one.cadre_id: one for one in rows.filter(month=month or "").select_related("cadre").order_by("id")}
    of_unit: dict[int, list[str]] = {}
    for one in newest.values():
        of_unit.setdefault(one.cadre.unit_id, []).append(one.shade)
    drafts = []
    for unit, shades in sorted(of_unit.items()):
        share = 100 * shades.count(Colour.Shade.RED) // len(shades)
        if len(shades) >= K and share >= RED_SHARE:
            words = f"{month}岗位预警红色占{share}%（有颜色的不少于{K}人）"
            drafts.append(Draft(unit, "K-RED", str(month), words, {"month": month, "share": share}))
    return drafts


def fell_twice(organ: Unit, today: date) -> list[Draft]:
    """K-FELL: the unit's mean score fell two years running, each year of five people at least."""
    scored = AssessmentResult.objects.filter(unit__in=units_of(organ), score__isnull=False, year__gte=today.year - 4)
    means: dict[int, dict[int, Decimal]] = {}
    for row in scored.values("unit", "year").annotate(mean=Avg("score"), people=Count("pk")):
        if row["people"] >= K:
            means.setdefault(row["unit"], {})[row["year"]] = Decimal(row["mean"]).quantize(Decimal("0.01"))
    drafts = []
    for unit, years in sorted(means.items()):
        last = max(years)
        three = [years.get(last - 2), years.get(last - 1), years[last]]
        if three[0] is not None and three[1] is not None and three[0] > three[1] > years[last]:
            told = {str(last - 2 + n): str(one) for n, one in enumerate(three)}
            words = "平均得分连续两年下降：" + "、".join(f"{year}年{mean}" for year, mean in told.items())
            drafts.append(Draft(unit, "K-FELL", str(last), words, told))
    return drafts


RULES = {"K-FIND": many_findings, "K-RED": many_red, "K-FELL": fell_twice}


@transaction.atomic
def propose(organ: Unit, *, by: Account, at: datetime) -> list[UnitProposal]:
    """Ask every rule and keep what is new."""
    Unit.objects.select_for_update().get(pk=organ.pk)
    drafts = [one for rule in RULES.values() for one in rule(organ, day(at))]
    prefix = f"{organ.pk}:"
    known = set(UnitProposal.objects.filter(organ=organ).values_list("origin", flat=True))
    return UnitProposal.objects.bulk_create(
        UnitProposal(organ=organ, unit_id=one.unit_id, rule_id=one.rule_id, origin=prefix + one.origin, summary=one.summary[:300],
                     evidence=one.evidence, by=by, at=at)
        for one in drafts if prefix + one.origin not in known
    )  # fmt: skip


@transaction.atomic
def choose(proposal: UnitProposal, outcome: str, reason: str, *, by: Account, at: datetime) -> UnitChoice:
    """Pick the unit, or close the proposal. Raises Refused."""
    UnitProposal.objects.select_for_update().get(pk=proposal.pk)
    if by.cadre is not None and by.cadre.unit.path.startswith(proposal.unit.path):
        raise Refused(_("本单位的人员不得决定本单位的事项。"), way_out=_("由其他人员决定。"), rule="SD-9")
    if UnitChoice.objects.filter(proposal=proposal).exists():
        raise Refused(_("这一建议已经决定。"), way_out=_("刷新页面。"), rule=CLOSER)
    if outcome not in Outcome.values:
        raise Refused(_("没有选择意见。"), way_out=_("选择一项。"), rule=CLOSER, field="outcome")
    words = said(reason, _("理由"), "reason", 10, rule=CLOSER)
    return UnitChoice.objects.create(proposal=proposal, outcome=outcome, reason=words, by=by, at=at)
