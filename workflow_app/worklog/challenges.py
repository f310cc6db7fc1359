"""揭榜破难: a task is posted with criteria and points, people bid, a leader chooses, another verifies; points go the way of all special points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, said
from workflow_app.models import Account, Cadre, Challenge, ChallengeBid, ChallengeChoice, ChallengeResult, Unit
from workflow_app.refusing import Refused
from workflow_app.worklog.rules import BOARD as RULE
from workflow_app.worklog.rules import about_self, past

HIGHEST = Decimal(10)


@dataclass(frozen=True)
class Task:
    """A task as it is posted."""

    title: str
    criteria: str
    points: Decimal
    bids_until: date
    due_on: date


@transaction.atomic
def post(organ: Unit, one: Task, *, by: Account, at: datetime) -> Challenge:
    """Post a task. It is never changed: who bids knows for what. Raises Refused."""
    if not 0 < one.points <= HIGHEST:
        raise Refused(_("专项加分应大于0、不超过%(n)s分。") % {"n": HIGHEST}, way_out=_("更正分值。"), rule=RULE, field="points")
    if one.bids_until < day(at):
        raise Refused(_("揭榜截止日期已经过去。"), way_out=_("选择今天或者以后的日期。"), rule=RULE, field="bids_until")
    if one.due_on < one.bids_until:
        raise Refused(_("完成期限早于揭榜截止。"), way_out=_("更正日期。"), rule=RULE, field="due_on")
    words = {
        "title": said(one.title, _("榜题"), "title", 4, rule=RULE),
        "criteria": said(one.criteria, _("完成标准"), "criteria", 10, rule=RULE),
    }
    return Challenge.objects.create(organ=organ, points=one.points, bids_until=one.bids_until, due_on=one.due_on, by=by, at=at, **words)


@transaction.atomic
def bid(challenge: Challenge, cadre: Cadre, plan: str, *, for_unit: bool, by: Account, at: datetime) -> ChallengeBid:
    """The person bids, once; for the unit only who is a leading member of it. Raises Refused."""
    Challenge.objects.select_for_update().get(pk=challenge.pk)
    about_self(cadre, by, RULE)
    if not cadre.active or not cadre.unit.path.startswith(challenge.organ.path):
        raise Refused(_("这张榜不在您所在单位的范围内。"), way_out=_("揭本机关管理范围内的榜。"), rule=RULE)
    if day(at) > challenge.bids_until or ChallengeChoice.objects.filter(challenge=challenge).exists():
        raise Refused(_("揭榜已经截止。"), way_out=_("看其他还在揭榜的任务。"), rule=RULE)
    if for_unit and not (cadre.post and cadre.post.is_leading_member):
        raise Refused(_("只有领导成员可以代表本单位揭榜。"), way_out=_("以个人名义揭榜，或者请领导成员揭榜。"), rule=RULE, field="for_unit")
    if ChallengeBid.objects.filter(challenge=challenge, cadre=cadre).exists():
        raise Refused(_("您已经揭过这张榜。"), way_out=_("等待选定。"), rule=RULE)
    words = said(plan, _("办法和步骤"), "plan", 10, rule=RULE)
    return ChallengeBid.objects.create(challenge=challenge, cadre=cadre, for_unit=for_unit, plan=words, by=by, at=at)


@transaction.atomic
def choose(one: ChallengeBid, reason: str, *, by: Account, at: datetime) -> ChallengeChoice:
    """Choose a bid, with the reason, once the bids are over. Raises Refused."""
    Challenge.objects.select_for_update().get(pk=one.challenge_id)
    disinterested(one.cadre, by)
    if ChallengeBid.objects.filter(challenge=one.challenge_id, by=by).exists():
        raise Refused(_("揭榜人不得选定这张榜。"), way_out=_("由没有揭榜的负责人选定。"), rule="SD-19")
    if day(at) <= one.challenge.bids_until:
        raise Refused(_("揭榜还没有截止。"), way_out=_("截止的次日起选定。"), rule=RULE)
    if ChallengeChoice.objects.filter(challenge=one.challenge_id).exists():
        raise Refused(_("这张榜已经选定。"), way_out=_("刷新页面。"), rule=RULE)
    return ChallengeChoice.objects.create(
        challenge=one.challenge, bid=one, reason=said(reason, _("理由"), "reason", rule=RULE), by=by, at=at
    )


@transaction.atomic
def verify(
    challenge: Challenge, outcome: str, found: str, document: str, verified_on: date, *, by: Account, at: datetime
) -> ChallengeResult:
    """Whether the criteria were met: by another than who chose, with the document. Raises Refused."""
    Challenge.objects.select_for_update().get(pk=challenge.pk)
    choice = ChallengeChoice.objects.filter(challenge=challenge).select_related("bid__cadre").first()
    if choice is None:
        raise Refused(_("这张榜还没有选定揭榜人。"), way_out=_("选定以后再核验。"), rule=RULE)
    disinterested(choice.bid.cadre, by)
    if choice.by_id == by.pk:
        raise Refused(_("选定人不得核验结果。"), way_out=_("由另一人核验。"), rule="SD-19")
    if ChallengeResult.objects.filter(challenge=challenge).exists():
        raise Refused(_("这张榜已经核验。"), way_out=_("刷新页面。"), rule=RULE)
    if outcome not in ChallengeResult.Outcome.values:
        raise Refused(_("没有选择核验结论。"), way_out=_("选择一项。"), rule=RULE, field="outcome")
    past(verified_on, day(at), "verified_on", RULE)
    words = {
        "found": said(found, _("核验情况"), "found", 10, rule=RULE),
        "document": said(document, _("依据文件"), "document", 4, rule=RULE),
    }
    return ChallengeResult.objects.create(challenge=challenge, outcome=outcome, verified_on=verified_on, by=by, at=at, **words)
