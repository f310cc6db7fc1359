"""潜绩: matters whose effect is observed beyond a term; they go with the person, and people say whether the effect came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, said
from workflow_app.models import Account, Cadre, EffectWord, Groundwork, GroundworkDate, Observation
from workflow_app.refusing import Refused
from workflow_app.worklog.rules import LONG as RULE
from workflow_app.worklog.rules import organ_of, past

Outcome = EffectWord.Outcome
MOST = 12  # observation days of a matter
A_MONTH = timedelta(days=31)  # a reminder is told once; older days have had theirs


@dataclass(frozen=True)
class Matter:
    """A matter as it is entered."""

    account: str
    title: str
    expected: str
    document: str
    first: date
    last: date


@transaction.atomic
def enter(cadre: Cadre, one: Matter, dates: Iterable[date], *, by: Account, at: datetime) -> Groundwork:
    """A matter with the days on which its effect is looked at. Raises Refused."""
    disinterested(cadre, by)
    if one.account not in Groundwork.Account.values:
        raise Refused(_("没有选择账目。"), way_out=_("选择一本账。"), rule=RULE, field="account")
    if one.last <= one.first:
        raise Refused(_("观察期应当有一段时间。"), way_out=_("更正起止日期。"), rule=RULE, field="last")
    days = sorted(set(dates)) or [one.last]
    if len(days) > MOST or not all(one.first <= due <= one.last for due in days):
        raise Refused(_("观察日期应在观察期内，最多%(n)s个。") % {"n": MOST}, way_out=_("更正观察日期。"), rule=RULE, field="dates")
    words = {
        "title": said(one.title, _("项目或者事项"), "title", 4, rule=RULE), "expected": said(one.expected, _("预期成效"), "expected", 10, rule=RULE),
        "document": said(one.document, _("依据文件"), "document", 4, rule=RULE),
    }  # fmt: skip
    made = Groundwork.objects.create(
        cadre=cadre,
        organ=organ_of(cadre),
        post_title=cadre.post_title,
        account=one.account,
        first=one.first,
        last=one.last,
        by=by,
        at=at,
        **words,
    )
    GroundworkDate.objects.bulk_create(GroundworkDate(groundwork=made, due_on=due) for due in days)
    return made


def word_of(one: Groundwork) -> EffectWord | None:
    """What was said last about the effect."""
    return max(one.words.all(), key=lambda row: row.pk, default=None)


@transaction.atomic
def observe(one: Groundwork, seen_on: date, found: str, document: str, *, by: Account, at: datetime) -> Observation:
    """What was found on a day. Raises Refused."""
    Groundwork.objects.select_for_update().get(pk=one.pk)
    disinterested(one.cadre, by)
    past(seen_on, day(at), "seen_on", RULE)
    if seen_on < one.first:
        raise Refused(_("观察日期早于观察期。"), way_out=_("更正日期。"), rule=RULE, field="seen_on")
    _check_open(one)
    words = {
        "found": said(found, _("观察情况"), "found", 10, rule=RULE),
        "document": said(document, _("依据文件"), "document", 4, rule=RULE),
    }
    return Observation.objects.create(groundwork=one, seen_on=seen_on, by=by, at=at, **words)


def _check_open(one: Groundwork) -> None:
    if EffectWord.objects.filter(groundwork=one, outcome=Outcome.WRONG).exists():
        raise Refused(_("这一事项登记有误，已不再计列。"), way_out=_("另行登记正确的事项。"), rule=RULE)


@transaction.atomic
def judge(one: Groundwork, outcome: str, reason: str, *, by: Account, at: datetime) -> EffectWord:
    """Whether the effect came, by another than who observed it last; only an observed matter. Raises Refused."""
    Groundwork.objects.select_for_update().get(pk=one.pk)
    disinterested(one.cadre, by)
    _check_open(one)
    if outcome not in Outcome.values:
        raise Refused(_("没有选择认定。"), way_out=_("选择一项。"), rule=RULE, field="outcome")
    last = Observation.objects.filter(groundwork=one).order_by("-id").first()
    if outcome != Outcome.WRONG and last is None:
        raise Refused(_("这一事项还没有观察记录。"), way_out=_("观察以后再认定。"), rule=RULE, field="outcome")
    if last is not None and last.by_id == by.pk:
        raise Refused(_("观察人不得认定自己观察的成效。"), way_out=_("由另一人认定。"), rule="SD-19")
    return EffectWord.objects.create(groundwork=one, outcome=outcome, reason=said(reason, _("理由"), "reason", rule=RULE), by=by, at=at)


def of(cadre: Cadre) -> QuerySet[Groundwork]:
    """The long-term account of a person, over all posts."""
    rows = Groundwork.objects.filter(cadre=cadre).select_related("by__cadre", "organ")
    return rows.prefetch_related("dates", "observations__by__cadre", "words__by__cadre", "uses__established__subject__campaign").order_by(
        "-first", "-id"
    )


def due(today: date) -> QuerySet[GroundworkDate]:
    """Days that came within the last month and since which nobody has looked, of matters that are still counted."""
    seen = Observation.objects.filter(groundwork=OuterRef("groundwork"), seen_on__gte=OuterRef("due_on"))
    wrong = EffectWord.objects.filter(groundwork=OuterRef("groundwork"), outcome=Outcome.WRONG)
    return (
        GroundworkDate.objects.filter(~Exists(seen), ~Exists(wrong), due_on__range=(today - A_MONTH, today))
        .select_related("groundwork__cadre")
        .order_by("due_on")
    )
