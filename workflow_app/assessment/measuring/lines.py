"""分线作战、集团攻坚 (003): what a line's own round found is taken into the joint round as a part of its total, by the share of its scheme.

Each taken score is an established matter of the joint round, so that its explanation names the round it came from. A line's later correction
does not change the joint round by itself: the matter is taken back with a reason and taken over again.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import QuerySet

from workflow_app.assessment.measuring.facts import KIND, RULE, Fact, known
from workflow_app.assessment.measuring.figures import hindrance, signed
from workflow_app.assessment.results.computing import newest
from workflow_app.clock import TZ
from workflow_app.models import Account, Campaign
from workflow_app.refusing import Refused

MOST = Decimal(100)


def offered(campaign: Campaign) -> QuerySet[Campaign]:
    """Closed rounds of the same organ, year and kind of rated whose scores can be taken over; none where the scheme has no share for them."""
    rows = Campaign.objects.filter(organ=campaign.organ_id, year=campaign.year, kind=Campaign.Kind.ROUND, closed_at__isnull=False)
    if campaign.version is None or campaign.version.routine is None:
        return rows.none()
    return rows.filter(version__scheme__about=campaign.version.scheme.about).exclude(pk=campaign.pk).order_by("-closed_at")


def taken(line: Campaign, into: Campaign, *, by: Account) -> list[Fact]:
    """The scores of a line's round as matters of the joint round; who is already there, signed or without a score is passed over. Raises Refused."""
    if into.version is None or into.version.routine is None:
        raise Refused(
            "本次测评的方案没有写平时考核（分线考核）的占比，不能转入。", way_out="另拟方案版本，写明占比。", rule=RULE, field="line"
        )
    if not offered(into).filter(pk=line.pk).exists() or line.closed_at is None:
        raise Refused("只能转入本机关同一年度、同类对象、已经结束的测评。", way_out="在列出的测评中选择。", rule=RULE, field="line")
    scores = {one.subject.key: one for one in newest(line).values() if one.value is not None}
    fixed, day, found = signed(into), line.closed_at.astimezone(TZ).date(), []
    for subject in into.subjects.select_related("cadre", "unit", "campaign"):
        score = scores.get(subject.key)
        if score is None or score.value is None or hindrance(subject, fixed, by):
            continue
        fact = Fact(subject, KIND.ROUTINE, min(score.value, MOST), None, f"{line.name}得分", line.organ.name, line.name, day)
        if not known(fact):
            found.append(fact)
    if not found:
        raise Refused("没有可以转入的得分。", way_out="先计算那次测评的得分；已经转入的不重复转入。", rule=RULE, field="line")
    return found
