"""Answering: what a link opens, and the ballot that comes of it. Nothing here knows or asks who answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from workflow_app.assessment.campaigns.links import digest_of, expired
from workflow_app.assessment.campaigns.sealed import Answered, ballot
from workflow_app.models import Ballot, Campaign, IndicatorVersion, SchemeIndicator, Subject, Ticket
from workflow_app.refusing import Refused

RULE = "评价"
SCALE = 10  # points of the form, 1 to 10
# What a served person may tick beside the points (P); words of their own are not taken, they could give the writer away.
TAGS = ("态度热情", "业务熟练", "一次办好", "耐心解释", "等候过久", "反复补件", "解释不清", "态度生硬")
QUALITATIVE = IndicatorVersion.Measure.QUALITATIVE


@dataclass(frozen=True)
class Question:
    """One score that the form asks for; `key` is None for a service as a whole."""

    key: int | None
    name: str
    definition: str

    @property
    def field(self) -> str:
        """Name of the field in the form."""
        return f"score-{self.key or 'all'}"


@dataclass(frozen=True)
class Sheet:
    """An unused link, opened: about whom, in which group, and what is asked."""

    ticket: Ticket
    subject: Subject
    questions: tuple[Question, ...]

    @property
    def campaign(self) -> Campaign:
        """The campaign."""
        return self.subject.campaign


def sheet_of(token: str, at: datetime) -> Sheet | None:
    """What the link opens; None when it is unknown, used, too old, or its campaign over: which of these is not said."""
    found = (
        Ticket.objects.filter(digest=digest_of(token), used=False)
        .select_related("subject__campaign__organ", "subject__cadre", "subject__unit")
        .first()
    )
    if found is None or expired(token, at) or not found.subject.campaign.is_open or at >= found.subject.campaign.closes_at:
        return None
    return Sheet(found, found.subject, tuple(_questions(found)))


def _questions(ticket: Ticket) -> list[Question]:
    campaign = ticket.subject.campaign
    if campaign.version_id is None:
        return [Question(None, "对这次服务的总体评价", "1分为很不满意，10分为非常满意。")]
    rows = SchemeIndicator.objects.filter(version=campaign.version_id, indicator__measure=QUALITATIVE).select_related("indicator")
    return [Question(one.pk, one.indicator.name, one.indicator.definition) for one in rows if not one.groups or ticket.group in one.groups]


def faults(sheet: Sheet, given: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is missing or wrong, each with its field."""
    good = {str(n) for n in range(1, SCALE + 1)}
    return [(one.field, f"“{one.name}”还没有评分：请选1至{SCALE}分。") for one in sheet.questions if given.get(one.field, "") not in good]


@transaction.atomic
def cast(token: str, given: Mapping[str, str], tags: tuple[str, ...], *, at: datetime) -> None:
    """Turn an answered form into a sealed ballot and use the link up. Raises Refused; then the link is as it was."""
    found = Ticket.objects.filter(digest=digest_of(token)).values_list("subject__campaign_id", flat=True).first()
    # The campaign's row is locked, so that no ballot slips in behind its closing.
    campaign = Campaign.objects.select_for_update(of=("self",)).filter(pk=found or 0).first()
    sheet = sheet_of(token, at) if campaign else None
    if sheet is None or campaign is None:
        raise Refused("这个评价链接已经使用、过期，或者测评已经结束。", way_out="一个链接只能提交一次；提交以后不能修改。", rule=RULE)
    wrong = faults(sheet, given)
    if wrong:
        raise Refused(wrong[0][1], way_out="评完所有项目再提交。", rule=RULE, field=wrong[0][0])
    if set(tags) - set(TAGS):
        raise Refused("有不认识的标签。", way_out="在列出的标签中选择。", rule=RULE, field="tags")
    scores = tuple((one.key, Decimal(given[one.field])) for one in sheet.questions)
    said = Answered(scores, Decimal(SCALE), tuple(dict.fromkeys(tags)), bytes(sheet.ticket.envelope).hex())
    Ballot.objects.create(subject=sheet.subject, group=sheet.ticket.group, sealed=ballot(said, campaign.pk))
    if not Ticket.objects.filter(pk=sheet.ticket.pk, used=False).update(used=True):
        raise Refused("这个评价链接已经使用。", way_out="一个链接只能提交一次。", rule=RULE)
