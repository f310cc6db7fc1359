"""反向考核: those under a scheme rate the scheme. Below 80 somebody has to revise it or say why not; nothing changes by itself."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow_app import sealing
from workflow_app.models import (
    Account,
    Campaign,
    SchemeVersion,
    Side,
    Survey,
    SurveyBallot,
    SurveyClosing,
    SurveyInvitation,
    SurveySlip,
    SurveyTicket,
    SurveyWord,
    Unit,
)
from workflow_app.refusing import Refused
from workflow_app.revising.rules import SURVEY as RULE
from workflow_app.revising.rules import day, one_of, said
from workflow_app.suppression import K

LINE = Decimal(80)  # below: revise (001, local practice)
SHORTEST = timedelta(days=3)  # how long it lasts at least (P)
POINTS = tuple(str(n) for n in range(0, 101, 10))
PAD = 2048  # bytes: an answer's length says nothing
_dice = random.SystemRandom()

# What is asked (P), each from 0 (not at all) to 100 (fully).
QUESTIONS: dict[str, Any] = {
    "fits": lazy("指标切合岗位职责，考的是应当考的工作"),
    "weights": lazy("权重分配合理，重要的工作占的分量重"),
    "raters": lazy("评价主体恰当，评价人了解被评价的工作"),
    "process": lazy("程序公开公正，事前知道怎么考、事后知道分怎么来"),
    "results": lazy("结果反映实绩，干得好的和干得差的分得开"),
    "burden": lazy("考核负担适度，没有多余的表格和材料"),
}


def mean(sheets: Sequence[Mapping[str, int]]) -> Decimal | None:
    """The mean over people of each one's mean over the questions, two decimals, half-up; None for fewer than five people."""
    if len(sheets) < K:
        return None
    exact = sum((Fraction(sum(one.values()), len(one)) for one in sheets), Fraction()) / len(sheets)  # a third has no last decimal
    return Decimal(floor(exact * 100 + Fraction(1, 2))).scaleb(-2)


@transaction.atomic
def start(campaign: Campaign, closes_at: datetime, *, by: Account, at: datetime) -> Survey:
    """Ask everybody who was rated, or invited by name to rate. Raises Refused."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if campaign.closed_at is None or campaign.version_id is None:
        raise Refused(_("只有按方案进行并且已经结束的测评，才能对方案进行反向考核。"), way_out=_("测评结束以后再启动。"), rule=RULE)
    if Survey.objects.filter(campaign=campaign).exists():
        raise Refused(_("这次测评已经进行过反向考核。"), way_out=_("打开已有的反向考核。"), rule=RULE)
    if closes_at < at + SHORTEST:
        raise Refused(_("截止时间太早，至少给三天时间。"), way_out=_("填写三天以后的时间。"), rule=RULE, field="closes_at")
    people = asked(campaign)
    if len(people) < K:
        raise Refused(
            _("可以征求的人只有%(n)s名，不足%(k)s名，答卷无法保密。") % {"n": len(people), "k": K},
            way_out=_("在人数更多的测评以后进行。"), rule=RULE,
        )  # fmt: skip
    made = Survey.objects.create(campaign=campaign, closes_at=closes_at, opened_by=by, opened_at=at)
    SurveyInvitation.objects.bulk_create(SurveyInvitation(survey=made, person_id=one, side=side) for one, side in sorted(people.items()))
    return made


def asked(campaign: Campaign) -> dict[int, str]:
    """Accounts of who was rated or invited to rate, each once; who was rated is asked as that."""
    raters = Account.objects.filter(invitations__subject__campaign=campaign, is_active=True)
    rated = Account.objects.filter(cadre__rated__campaign=campaign, is_active=True)
    found = dict.fromkeys(raters.values_list("pk", flat=True), Side.RATER.value)
    return found | dict.fromkeys(rated.values_list("pk", flat=True), Side.RATED.value)


def running(survey: Survey, at: datetime) -> bool:
    """Whether answers are taken."""
    return at < survey.closes_at and not SurveyClosing.objects.filter(survey=survey).exists()


@transaction.atomic
def take_link(invitation: SurveyInvitation, digest: str, *, at: datetime) -> None:
    """Cross off the list and keep the hash of a link; no column joins the two. Raises Refused."""
    found = SurveyInvitation.objects.select_for_update(of=("self",)).select_related("survey").get(pk=invitation.pk)
    if not running(found.survey, at):
        raise Refused(_("这次反向考核已经结束。"), way_out=_("下一次测评以后再提。"), rule=RULE)
    if found.fetched:
        raise Refused(
            _("这份问卷的链接已经领取。"), way_out=_("链接只发一次，系统也不知道哪一个是您的；在领取时的浏览器里可以继续填写。"), rule=RULE
        )
    SurveyInvitation.objects.filter(pk=found.pk).update(fetched=True)
    SurveyTicket.objects.create(digest=digest, survey=found.survey, side=found.side)


def ticket_of(digest: str, at: datetime) -> SurveyTicket | None:
    """The unused link of a running survey; None otherwise: why not is not said."""
    found = SurveyTicket.objects.filter(digest=digest, used=False).select_related("survey__campaign__version__scheme").first()
    return found if found is not None and running(found.survey, at) else None


def faults(given: Mapping[str, str]) -> dict[str, str]:
    """What is missing, each with its field."""
    return {name: _("还没有评分：请选0至100分。") for name in QUESTIONS if given.get(name, "") not in POINTS}


@transaction.atomic
def cast(digest: str, given: Mapping[str, str], words: str, *, at: datetime) -> None:
    """Turn an answered form into a sealed ballot and use the link up. Raises Refused; then the link is as it was."""
    key = SurveyTicket.objects.filter(digest=digest).values_list("survey_id", flat=True).first()
    locked = Survey.objects.select_for_update(of=("self",)).filter(pk=key or 0).first()  # no ballot slips in behind the closing
    found = ticket_of(digest, at) if locked else None
    if found is None:
        raise Refused(_("这个链接已经使用，或者反向考核已经结束。"), way_out=_("一个链接只能提交一次；提交以后不能修改。"), rule=RULE)
    if faults(given):
        raise Refused(_("还有没有评分的项目。"), way_out=_("评完所有项目再提交。"), rule=RULE, field=next(iter(faults(given))))
    if not SurveyTicket.objects.filter(digest=digest, used=False).update(used=True):
        raise Refused(_("这个链接已经使用。"), way_out=_("一个链接只能提交一次。"), rule=RULE)
    answers = {"scores": {name: int(given[name]) for name in QUESTIONS}, "words": words.strip()[:500]}
    sealed = sealing.ballot(answers, _book(found.survey_id), pad=PAD)
    SurveyBallot.objects.create(survey=found.survey, side=found.side, sealed=sealed)


def _book(survey: int) -> str:
    return f"survey {survey}"


def due(at: datetime) -> list[Survey]:
    """Surveys whose time has come."""
    return list(Survey.objects.filter(closes_at__lte=at, closing__isnull=True).order_by("closes_at", "id"))


@transaction.atomic
def close(survey: Survey, *, by: Account | None, why: str, at: datetime) -> SurveyClosing | None:
    """Open the ballots in random order and count them; None when it was closed already. Before its time only with a reason. Raises Refused."""
    found = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if SurveyClosing.objects.filter(survey=found).exists():
        return None
    early = at < found.closes_at
    reason = said(why, _("提前结束的理由"), "why", rule=RULE) if early else ""
    ballots = list(SurveyBallot.objects.filter(survey=found))
    _dice.shuffle(ballots)
    opened = [(one.side, sealing.counted(one.sealed, _book(found.pk))) for one in ballots]
    SurveySlip.objects.bulk_create(SurveySlip(survey=found, side=side, scores=what["scores"], words=what["words"]) for side, what in opened)
    made = SurveyClosing.objects.create(
        survey=found, answers=len(opened), result=mean([what["scores"] for _side, what in opened]), by=by, why=reason, at=at
    )
    SurveyBallot.objects.filter(survey=found).delete()
    SurveyTicket.objects.filter(survey=found).delete()
    return made


def to_settle(closing: SurveyClosing) -> bool:
    """Whether people still owe a word: the result is below the line and nobody has said what follows."""
    return closing.result is not None and closing.result < LINE and not SurveyWord.objects.filter(survey=closing.survey_id).exists()


def owed(organ: Unit) -> int:
    """How many of an organ's surveys wait for people to revise the scheme, or to say why not."""
    return SurveyClosing.objects.filter(survey__campaign__organ=organ, result__lt=LINE, survey__word__isnull=True).count()


@transaction.atomic
def settle(survey: Survey, outcome: str, version: SchemeVersion | None, reason: str, *, by: Account, at: datetime) -> SurveyWord:
    """Say what follows from a result below the line: a later published version of the scheme, or why it stays. Raises Refused."""
    Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    closing = SurveyClosing.objects.filter(survey=survey).first()
    if closing is None or not to_settle(closing):
        raise Refused(_("没有等待处理的结果。"), way_out=_("结果低于80分并且还没有处理的，才需要处理。"), rule=RULE)
    one_of(outcome, SurveyWord.Outcome.values, "outcome", rule=RULE)
    words = said(reason, _("理由"), "reason", 10, rule=RULE)
    asked_about = survey.campaign.version
    assert asked_about is not None
    if outcome == SurveyWord.Outcome.REVISED:
        version = _later(asked_about, version, closing)
    elif by.pk in (asked_about.drafted_by_id, asked_about.published_by_id):
        raise Refused(_("拟订、发布方案的人不能认定方案不需要修订。"), way_out=_("由没有参与拟订和发布的人办理。"), rule="SD-19")
    else:
        version = None
    return SurveyWord.objects.create(survey=survey, outcome=outcome, version=version, reason=words, by=by, at=at)


def _later(asked_about: SchemeVersion, version: SchemeVersion | None, closing: SurveyClosing) -> SchemeVersion:
    """A version that revises the one asked about: of the same scheme, later, and published after the result. Raises Refused."""
    fits = version is not None and version.scheme_id == asked_about.scheme_id and version.number > asked_about.number
    if version is None or not fits or version.published_at is None or day(version.published_at) < day(closing.at):
        raise Refused(
            _("没有选择结果出来以后发布的、同一方案的新版本。"), way_out=_("先在考核方案中拟订并发布新版本。"), rule=RULE, field="version"
        )
    return version


@dataclass(frozen=True)
class Told:
    """A result as it may be shown: by question (lowest first), by side where both have five, and the words in the order of their keys."""

    by_question: list[tuple[str, Decimal]]
    by_side: list[tuple[str, int, Decimal]]
    words: list[str]


def told(closing: SurveyClosing) -> Told | None:
    """What a closed survey says; None for fewer than five answers: then nothing of it is shown, its words neither."""
    slips = list(SurveySlip.objects.filter(survey=closing.survey_id).order_by("key"))
    if closing.result is None or len(slips) < K:
        return None
    rows = [(str(text), mean([{name: one.scores[name]} for one in slips])) for name, text in QUESTIONS.items()]
    sides = {str(side.label): [one.scores for one in slips if one.side == side] for side in Side}
    parts = [(name, len(sheets), mean(sheets)) for name, sheets in sides.items()]
    shown = [(name, count, value) for name, count, value in parts if value is not None]
    return Told(
        sorted(((text, value) for text, value in rows if value is not None), key=lambda one: one[1]),
        shown if len(shown) == len(sides) else [],  # one side alone would tell the other by subtraction
        [one.words for one in slips if one.words],
    )
