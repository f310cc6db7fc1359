"""政策知晓与意见: what people of a class know and think, without anybody being able to say who. Five answers or nothing."""

from __future__ import annotations

import random
import secrets
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow_app import sealing
from workflow_app.assessment.campaigns.links import digest_of
from workflow_app.care.rules import day
from workflow_app.learning.classes import check_on, held
from workflow_app.models import (
    Account,
    ClassSurvey,
    ClassSurveyBallot,
    ClassSurveyClosed,
    ClassSurveyInvitation,
    ClassSurveySlip,
    ClassSurveyTicket,
    ClassSurveyWords,
    TrainingClass,
)
from workflow_app.refusing import Refused
from workflow_app.suppression import K, Shown, suppress

RULE = "知晓与意见"
MOST, LIMIT, PAD = 5, 300, 2048  # closed questions; characters of words; bytes to a multiple of which a ballot is padded
SCALES = {
    "KNOW": (lazy("清楚"), lazy("基本清楚"), lazy("不太清楚"), lazy("不清楚")),
    "BACK": (lazy("赞成"), lazy("基本赞成"), lazy("有顾虑"), lazy("不赞成")),
    "READY": (lazy("有准备"), lazy("基本有准备"), lazy("准备不足"), lazy("没有准备")),
}
# What the form first offers; the organ writes its own.
OFFERED = (
    ("您对这项政策的主要内容清楚吗？", "KNOW"), ("您对办理程序和本人的权利清楚吗？", "KNOW"), ("您对在本单位执行这项政策持什么态度？", "BACK"),
    ("您对执行中可能的岗位变动有准备吗？", "READY"),
)  # fmt: skip
OPEN = "执行中您最担心什么，有什么建议？"
_dice = random.SystemRandom()


@dataclass(frozen=True)
class Result:
    """One closed question with its counts as they may be shown."""

    text: str
    shown: Shown


def _book(survey: int) -> str:
    return f"class survey {survey}"


@transaction.atomic
def start(
    found: TrainingClass, questions: list[tuple[str, str]], open_question: str, closes_on: date, *, by: Account, at: datetime
) -> ClassSurvey:
    """Ask everybody called to a class who has an account. Raises Refused."""
    check_on(held(found))
    if ClassSurvey.objects.filter(training_class=found).exists():
        raise Refused(_("这个班次已经发过调查。"), way_out=_("一个班次调查一次；需要再查的，另行登记班次。"), rule=RULE)
    asked = [(text.strip()[:200], scale) for text, scale in questions if text.strip()]
    if not 1 <= len(asked) <= MOST or any(scale not in SCALES or len(text) < 5 for text, scale in asked):
        raise Refused(_("问题不对。"), way_out=_("填写1至5个问题，每个不少于5个字，并选择选项。"), rule=RULE, field="question_1")
    if closes_on <= day(at):
        raise Refused(_("截止日期须在今天以后。"), way_out=_("更正日期。"), rule=RULE, field="closes_on")
    accounts = list(Account.objects.filter(cadre__classes__training_class=found, is_active=True))
    if len(accounts) < K:
        raise Refused(
            _("能填写的不足%(n)s人，结果不能显示，不发调查。") % {"n": K}, way_out=_("列入更多人员以后再发。"), rule=RULE, field="closes_on"
        )
    made = ClassSurvey.objects.create(
        training_class=found,
        questions=[list(one) for one in asked],
        open_question=open_question.strip()[:200],
        closes_on=closes_on,
        by=by,
        at=at,
    )
    ClassSurveyInvitation.objects.bulk_create(ClassSurveyInvitation(survey=made, account=one) for one in accounts)
    return made


def runs(survey: ClassSurvey, today: date) -> bool:
    """Whether answers are taken: to 24:00 of the last day."""
    return today <= survey.closes_on and not hasattr(survey, "closed")


@transaction.atomic
def fetch(invitation: int, *, by: Account, at: datetime) -> str:
    """The person's link, once. From here on the system does not know whose link it is. Raises Refused."""
    ClassSurveyInvitation.objects.select_for_update(of=("self",)).filter(pk=invitation).first()
    found = ClassSurveyInvitation.objects.select_related("survey__closed").filter(pk=invitation, account=by).first()
    if found is None:
        raise Refused(_("没有请您填写的这份调查。"), way_out=_("从“我的培训”中进入。"), rule=RULE)
    if not runs(found.survey, day(at)):
        raise Refused(_("调查已经截止。"), way_out=_("有意见的，可以要求谈话。"), rule=RULE)
    if found.fetched:
        raise Refused(_("链接已经领取。"), way_out=_("链接只发一次，系统也不知道哪一个是您的；在领取时打开的页面里填写。"), rule=RULE)
    ClassSurveyInvitation.objects.filter(pk=found.pk).update(fetched=True)
    token = secrets.token_urlsafe(24)
    ClassSurveyTicket.objects.create(digest=digest_of(token), survey=found.survey)
    return token


def sheet_of(token: str, today: date) -> ClassSurvey | None:
    """The survey that a link opens; None when it is unknown, used or over: which of these is not said."""
    found = (
        ClassSurveyTicket.objects.filter(digest=digest_of(token), used=False)
        .select_related("survey__closed", "survey__training_class")
        .first()
    )
    return found.survey if found is not None and runs(found.survey, today) else None


def faults(survey: ClassSurvey, given: Mapping[str, str]) -> dict[str, str]:
    """What is missing or wrong, by field."""
    return {
        f"question_{n}": _("“%(text)s”还没有选择。") % {"text": text}
        for n, (text, scale) in enumerate(survey.questions, 1)
        if given.get(f"question_{n}", "") not in {str(place) for place in range(len(SCALES[scale]))}
    }


@transaction.atomic
def cast(token: str, given: Mapping[str, str], words: str, *, at: datetime) -> None:
    """Turn an answered form into a sealed ballot and use the link up. Raises Refused; then the link is as it was."""
    key = ClassSurveyTicket.objects.filter(digest=digest_of(token)).values_list("survey_id", flat=True).first()
    ClassSurvey.objects.select_for_update(of=("self",)).filter(pk=key or 0).first()  # no ballot slips in behind the closing
    survey = sheet_of(token, day(at))
    if survey is None or not ClassSurveyTicket.objects.filter(digest=digest_of(token), used=False).update(used=True):
        raise Refused(_("这个链接已经使用，或者调查已经截止。"), way_out=_("一个链接只能提交一次。"), rule=RULE)
    for field, wrong in faults(survey, given).items():
        raise Refused(wrong, way_out=_("选完再提交。"), rule=RULE, field=field)
    said = {"choices": [int(given[f"question_{n}"]) for n in range(1, len(survey.questions) + 1)], "words": words.strip()[:LIMIT]}
    ClassSurveyBallot.objects.create(survey=survey, sealed=sealing.ballot(said, _book(survey.pk), pad=PAD))


@transaction.atomic
def close(survey: ClassSurvey, *, by: Account, at: datetime) -> ClassSurveyClosed:
    """Open the ballots in random order, keep what they say apart, and let ballots and links go. Raises Refused."""
    ClassSurvey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if ClassSurveyClosed.objects.filter(survey=survey).exists():
        raise Refused(_("调查已经结束。"), way_out=_("刷新页面。"), rule=RULE)
    if day(at) <= survey.closes_on:
        raise Refused(_("%(d)s截止，还不能结束。") % {"d": survey.closes_on}, way_out=_("截止以后再结束。"), rule=RULE)
    said = [sealing.counted(one.sealed, _book(survey.pk)) for one in ClassSurveyBallot.objects.filter(survey=survey)]
    _dice.shuffle(said)
    ClassSurveySlip.objects.bulk_create(ClassSurveySlip(key=uuid.uuid4(), survey=survey, choices=one["choices"]) for one in said)
    _dice.shuffle(said)
    ClassSurveyWords.objects.bulk_create(
        ClassSurveyWords(key=uuid.uuid4(), survey=survey, text=one["words"]) for one in said if one["words"]
    )
    made = ClassSurveyClosed.objects.create(survey=survey, answers=len(said), by=by, at=at)
    ClassSurveyBallot.objects.filter(survey=survey).delete()
    ClassSurveyTicket.objects.filter(survey=survey).delete()
    return made


def results(survey: ClassSurvey) -> tuple[list[Result], list[str]] | None:
    """Counts of each closed question and the words, in an order that says nothing; None with fewer than five answers."""
    slips = [one.choices for one in survey.slips.all()]
    if len(slips) < K:
        return None
    found = []
    for place, (text, scale) in enumerate(survey.questions):
        counts = Counter(one[place] for one in slips)
        found.append(Result(text, suppress({str(label): counts[number] for number, label in enumerate(SCALES[scale])})))
    return found, list(survey.words.values_list("text", flat=True))
