"""Talks: planned with a reason, a talker and a day; held; confirmed or corrected by the person. What was said is not collected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, not_ahead, said
from workflow_app.clock import TZ
from workflow_app.models import (
    Account,
    Cadre,
    Campaign,
    Feedback,
    Talk,
    TalkDropped,
    TalkGroup,
    TalkHeld,
    TalkSet,
    TalkWish,
    TalkWord,
    Unit,
)
from workflow_app.refusing import Refused
from workflow_app.ties import tied

RULE = "谈心谈话"
Kind, Word = Talk.Kind, TalkWord.Word


@dataclass(frozen=True)
class Plan:
    """A talk to be planned: with whom, of which class of person, why, by whom, until when; and what it stands on."""

    cadre: Cadre
    kind: str
    reason: str
    talker: Cadre
    due_on: date
    campaign: Campaign | None = None
    group: TalkGroup | None = None
    feedback: Feedback | None = None
    wish: TalkWish | None = None


def talks(organs: list[Unit]) -> QuerySet[Talk]:
    """Talks of organs with everything that their standing is worked out from."""
    rows = Talk.objects.filter(organ__in=organs).select_related(
        "organ",
        "cadre__unit",
        "cadre__post__unit",
        "campaign",
        "group",
        "by__cadre",
        "dropped__by__cadre",
        "feedback__subject__campaign",
        "wish",
    )
    return rows.prefetch_related(
        "arrangements__talker__unit", "arrangements__by__cadre", "held__talker", "held__words__by__cadre", "held__by__cadre"
    )


def set_of(talk: Talk) -> TalkSet:
    """Who talks and until when, as it is now."""
    return max(talk.arrangements.all(), key=lambda one: one.pk)


def held_of(talk: Talk) -> TalkHeld | None:
    """That it was held: the newest entry."""
    return max(talk.held.all(), key=lambda one: one.pk, default=None)


def word_of(held: TalkHeld | None) -> TalkWord | None:
    """The person's last word to an entry."""
    return max(held.words.all(), key=lambda one: one.pk, default=None) if held is not None else None


def is_open(talk: Talk) -> bool:
    """Whether it is still to be held."""
    return held_of(talk) is None and not hasattr(talk, "dropped")


def stand_of(talk: Talk, today: date) -> str:
    """How it stands, in words."""
    if hasattr(talk, "dropped"):
        return _("已取消")
    held = held_of(talk)
    if held is None:
        due = set_of(talk).due_on
        return _("已过期限，还没有谈") if due < today else _("已安排，还没有谈")
    word = word_of(held)
    return _("已谈，等待本人意见") if word is None else _("已谈，本人签收") if word.word == Word.AGREE else _("已谈，本人有不同意见")


def of_lists(feedback: Feedback) -> Talk | None:
    """The talk in which signed lists are or were talked over; None while none is planned."""
    return talks([feedback.organ]).filter(feedback=feedback, dropped__isnull=True).order_by("-id").first()


def check_talker(organ: Unit, cadre: Cadre, talker: Cadre) -> None:
    """Whether somebody may be asked to talk: another, of the organ's people, reachable, without a declared tie. Raises Refused."""
    way_out = _("另选一名没有回避关系、有账号的人员。")
    if talker.pk == cadre.pk:
        raise Refused(_("不能由本人与自己谈话。"), way_out=way_out, rule=RULE, field="talker")
    if (
        not talker.active
        or not talker.unit.path.startswith(organ.path)
        or not Account.objects.filter(cadre=talker, is_active=True).exists()
    ):
        raise Refused(_("谈话人须是本机关管理的、有账号的在职干部。"), way_out=way_out, rule=RULE, field="talker")
    if tied([talker.pk], [cadre.pk]):
        raise Refused(_("%(name)s与本人有申报的回避关系。") % {"name": talker.name}, way_out=way_out, rule="SD-10", field="talker")


def _check_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise Refused(_("谈话期限早于今天。"), way_out=_("填写今天或者以后的日期。"), rule=RULE, field="due_on")


def _check_ground(organ: Unit, what: Plan) -> None:
    """Whether the talk stands on what its class asks for. Raises Refused."""
    if what.kind == Kind.MUST and (
        what.group is None or what.campaign is None or {what.group.organ_id, what.campaign.organ_id} != {organ.pk}
    ):
        raise Refused(_("必谈须写明本机关的测评和类别。"), way_out=_("从测评的必谈登记中安排。"), rule=RULE, field="group")
    if what.group is not None and hasattr(what.group, "ended"):
        raise Refused(_("这一类别已经停用。"), way_out=_("选择在用的类别。"), rule=RULE, field="group")
    lists = what.feedback
    if what.kind == Kind.FEEDBACK and (
        lists is None or lists.cadre_id != what.cadre.pk or lists.signed_at is None or lists.organ_id != organ.pk
    ):
        raise Refused(_("本人没有已经签发的三单。"), way_out=_("三单签发以后安排面对面反馈。"), rule=RULE, field="kind")
    if what.kind == Kind.ASKED and (what.wish is None or what.wish.cadre_id != what.cadre.pk or hasattr(what.wish, "talk")):
        raise Refused(_("本人没有等待安排的谈话请求。"), way_out=_("由本人在“我的事项”中提出，或者选择其他类别。"), rule=RULE, field="kind")


@transaction.atomic
def plan(organ: Unit, what: Plan, *, by: Account, at: datetime) -> Talk:
    """Plan a talk. Raises Refused."""
    Cadre.objects.select_for_update(of=("self",)).get(pk=what.cadre.pk)  # two plans about one person wait for each other
    disinterested(what.cadre, by)
    if not what.cadre.active or not what.cadre.unit.path.startswith(organ.path):
        raise Refused(_("该干部不在本机关的管理范围内。"), way_out=_("由对其有干部管理权限的机关办理。"), rule=_("管理权限"))
    if what.kind not in Kind.values:
        raise Refused(_("没有选择类别。"), way_out=_("选择一项。"), rule=RULE, field="kind")
    _check_ground(organ, what)
    check_talker(organ, what.cadre, what.talker)
    _check_day(what.due_on, day(at))
    reason = said(what.reason, _("谈话事由"), "reason", rule=RULE)[:300]
    if any(is_open(one) or what.kind in (Kind.MUST, Kind.FEEDBACK) and not hasattr(one, "dropped") for one in _alike(organ, what)):
        raise Refused(_("已经安排过这一谈话。"), way_out=_("在原安排中办理。"), rule=RULE)
    made = Talk.objects.create(
        organ=organ, kind=what.kind, cadre=what.cadre, post_title=what.cadre.post_title[:160], reason=reason, campaign=what.campaign,
        group=what.group, feedback=what.feedback, wish=what.wish, by=by, at=at,
    )  # fmt: skip
    TalkSet.objects.create(talk=made, talker=what.talker, due_on=what.due_on, by=by, at=at)
    return made


def _alike(organ: Unit, what: Plan) -> QuerySet[Talk]:
    """Talks of the same class with the same person, about the same round, group or lists."""
    return talks([organ]).filter(cadre=what.cadre, kind=what.kind, campaign=what.campaign, group=what.group, feedback=what.feedback)


def _locked(talk: Talk) -> Talk:
    Talk.objects.select_for_update(of=("self",)).get(pk=talk.pk)
    return talks([talk.organ]).get(pk=talk.pk)


def _check_open(talk: Talk) -> None:
    if not is_open(talk):
        raise Refused(_("谈话已经登记或者已经取消。"), way_out=_("刷新页面。"), rule=RULE)


@transaction.atomic
def arrange(talk: Talk, talker: Cadre, due_on: date, why: str, *, by: Account, at: datetime) -> TalkSet:
    """Another talker or another day, with the reason. Raises Refused."""
    found = _locked(talk)
    _check_open(found)
    disinterested(found.cadre, by)
    check_talker(found.organ, found.cadre, talker)
    _check_day(due_on, day(at))
    return TalkSet.objects.create(
        talk=found, talker=talker, due_on=due_on, why=said(why, _("更改理由"), "why", rule=RULE)[:200], by=by, at=at
    )


@transaction.atomic
def drop(talk: Talk, reason: str, *, by: Account, at: datetime) -> TalkDropped:
    """It is not held any more, with the reason. Raises Refused."""
    found = _locked(talk)
    _check_open(found)
    disinterested(found.cadre, by)
    return TalkDropped.objects.create(talk=found, reason=said(reason, _("取消的理由"), "dropped", rule=RULE)[:200], by=by, at=at)


@transaction.atomic
def hold(talk: Talk, held_on: date, agreed: str, *, by: Account, at: datetime, why: str = "") -> TalkHeld:
    """It was held; a later entry corrects an earlier one and says why, until the person has signed it. Raises Refused."""
    found = _locked(talk)
    if hasattr(found, "dropped"):
        raise Refused(_("谈话已经取消。"), way_out=_("需要谈的，另行安排。"), rule=RULE)
    disinterested(found.cadre, by)
    not_ahead(held_on, day(at), "held_on")
    signed = found.feedback.signed_at if found.feedback is not None else None
    if signed is not None and held_on < signed.astimezone(TZ).date():
        raise Refused(_("谈话日期早于三单签发的日期。"), way_out=_("更正日期。"), rule=RULE, field="held_on")
    before = held_of(found)
    word = word_of(before)
    if word is not None and word.word == Word.AGREE:
        raise Refused(_("本人已经签收。"), way_out=_("有新的情况，另行安排谈话。"), rule=RULE)
    reason = said(why, _("更正理由"), "why", rule=RULE)[:200] if before is not None else ""
    return TalkHeld.objects.create(
        talk=found, held_on=held_on, talker=set_of(found).talker, agreed=agreed.strip()[:500], why=reason, by=by, at=at
    )


@transaction.atomic
def say(talk: Talk, word: str, text: str, *, by: Account, at: datetime) -> TalkWord:
    """The person confirms what was entered or says what is not so; nobody says it for them. Raises Refused."""
    found = _locked(talk)
    if by.cadre_id != found.cadre_id:
        raise Refused(_("只能由本人表示意见。"), way_out=_("由本人在“我的事项”中办理。"), rule=RULE)
    held = held_of(found)
    if held is None:
        raise Refused(_("谈话还没有登记。"), way_out=_("谈话登记以后再表示意见。"), rule=RULE)
    last = word_of(held)
    if word not in Word.values or last is not None and last.word == Word.AGREE:
        raise Refused(_("现在不能这样表示意见。"), way_out=_("刷新页面，按显示的选项办理。"), rule=RULE, field="word")
    words = said(text, _("不同意见"), "text", rule=RULE)[:500] if word == Word.CORRECT else ""
    return TalkWord.objects.create(held=held, word=word, text=words, by=by, at=at)


@transaction.atomic
def ask(cadre: Cadre, *, by: Account, at: datetime) -> TalkWish:
    """Somebody asks for a talk: that they ask, not what about. One at a time. Raises Refused."""
    if by.cadre_id != cadre.pk:
        raise Refused(_("只能由本人提出。"), way_out=_("由本人在“我的事项”中办理。"), rule=RULE)
    Cadre.objects.select_for_update(of=("self",)).get(pk=cadre.pk)
    last = TalkWish.objects.filter(cadre=cadre).order_by("-id").first()
    talk = getattr(last, "talk", None)
    if last is not None and (talk is None or is_open(talk)):
        raise Refused(_("已经提出，正在安排。"), way_out=_("等待谈话人联系；急需的，直接联系组织部门。"), rule=RULE)
    return TalkWish.objects.create(cadre=cadre, by=by, at=at)
