"""Counselling by consent: that it was offered, whether the person consents, and dates. Never what is spoken about."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, not_ahead
from workflow_app.models import Account, CarePlan, ConsentWord, CounsellingDate, CounsellingOffer
from workflow_app.refusing import Refused

RULE = "本人同意"
Word = ConsentWord.Word


def word_of(offer: CounsellingOffer) -> ConsentWord | None:
    """What the person said last; None while nothing was said. Silence is no consent."""
    return max(offer.words.all(), key=lambda one: one.pk, default=None)


def consented(offer: CounsellingOffer) -> bool:
    """Whether the consent stands."""
    last = word_of(offer)
    return last is not None and last.word == Word.CONSENT


def may_offer(plan: CarePlan) -> bool:
    """Whether it may be offered (again): not while an answer is awaited, nor while the consent stands."""
    last = plan.offers.prefetch_related("words").order_by("-id").first()
    return last is None or (word_of(last) is not None and not consented(last))


def _held(offer: CounsellingOffer) -> CounsellingOffer:
    CounsellingOffer.objects.select_for_update().get(pk=offer.pk)
    return CounsellingOffer.objects.select_related("plan__cadre").prefetch_related("words").get(pk=offer.pk)


@transaction.atomic
def offer(plan: CarePlan, *, by: Account, at: datetime) -> CounsellingOffer:
    """Offer counselling; the person answers in the portal or not at all. Raises Refused."""
    CarePlan.objects.select_for_update().get(pk=plan.pk)
    disinterested(plan.cadre, by)
    if not may_offer(plan):
        raise Refused(_("已经提供过，等待本人答复，或者本人已经同意。"), way_out=_("不催促本人答复。"), rule=RULE)
    return CounsellingOffer.objects.create(plan=plan, offered_on=day(at), by=by, at=at)


@transaction.atomic
def say(found: CounsellingOffer, word: str, *, by: Account, at: datetime) -> ConsentWord:
    """The person consents, declines, or takes a consent back; nobody says it for them. Raises Refused."""
    held = _held(found)
    if by.cadre_id != held.plan.cadre_id:
        raise Refused(_("只能由本人表示意见。"), way_out=_("由本人在“我的事项”中办理。"), rule=RULE)
    now = consented(held)
    if word not in Word.values or (word == Word.WITHDRAW) != now:
        raise Refused(_("现在不能这样表示意见。"), way_out=_("刷新页面，按显示的选项办理。"), rule=RULE)
    return ConsentWord.objects.create(offer=held, word=word, by=by, at=at)


@transaction.atomic
def note_date(found: CounsellingOffer, held_on: date, *, by: Account, at: datetime) -> CounsellingDate:
    """That it took place on a day. Only while the consent stands, and not before it was given. Raises Refused."""
    held = _held(found)
    disinterested(held.plan.cadre, by)
    not_ahead(held_on, day(at), "held_on")
    last = word_of(held)
    if last is None or last.word != Word.CONSENT:
        raise Refused(_("本人没有同意，或者已经撤回。"), way_out=_("本人在“我的事项”中同意以后才能登记日期。"), rule=RULE, field="held_on")
    if held_on < day(last.at):
        raise Refused(_("日期早于本人同意的日期。"), way_out=_("更正日期。"), rule=RULE, field="held_on")
    return CounsellingDate.objects.create(offer=held, held_on=held_on, by=by, at=at)
