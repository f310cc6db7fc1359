"""Who is called to a class and why, what they answer, whether an absence is excused, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, said
from workflow_app.learning import classes, gaps
from workflow_app.learning.wording import RULE, in_words
from workflow_app.models import Account, Cadre, ClassResult, ClassTerms, ExcuseDecision, Participant, ParticipantWord, TrainingClass
from workflow_app.refusing import Refused
from workflow_app.vacancies import PREFIX

Word, Outcome = ParticipantWord.Word, ClassResult.Outcome


@dataclass(frozen=True)
class Call:
    """Somebody to be called: why, and the gap with its source, where there is one."""

    cadre: Cadre
    reason: str
    gap: str = ""
    source: gaps.Gap | None = None


@dataclass(frozen=True)
class Came:
    """What came of it for one participant. `hours`: of lessons; 0 for who was absent."""

    participant: Participant
    outcome: str
    hours: Decimal
    text: str
    why: str = ""


def participants(found: TrainingClass) -> QuerySet[Participant]:
    """Those called, by number: that is no rank."""
    rows = Participant.objects.filter(training_class=found).select_related(
        "cadre__unit", "cadre__post__unit", "score__subject__campaign", "point__feedback__subject__campaign", "training", "by__cadre"
    )
    return rows.prefetch_related("words__decision__by__cadre", "words__by__cadre", "results__by__cadre").order_by("cadre__number")


def call_faults(found: TrainingClass, one: Call, called: Iterable[int]) -> list[tuple[str, str]]:
    """What keeps somebody from being called: field, and what is expected. `called`: cadres called already."""
    wrong = []
    if not one.cadre.active or one.cadre.number.startswith(PREFIX) or not one.cadre.unit.path.startswith(found.organ.path):
        wrong.append(("cadre", _("本机关管理的在职干部")))
    if one.cadre.pk in called:
        wrong.append(("cadre", _("还没有列入这个班次的干部")))
    if len(one.reason.strip()) < 5:
        wrong.append(("reason", _("调训理由，不少于5个字")))
    if one.source is not None and len((one.gap or one.source.text).strip()) < 5:
        wrong.append(("gap", _("要补的短板，不少于5个字")))
    if one.source is None and one.gap.strip():
        wrong.append(("source", _("短板的来源：本人的考核得分、整改清单或者帮扶计划")))
    if one.source is not None and one.source.cadre.pk != one.cadre.pk:
        wrong.append(("source", _("本人的来源")))
    return wrong


@transaction.atomic
def call(found: TrainingClass, rows: list[Call], *, by: Account, at: datetime) -> list[Participant]:
    """Call people by name: all of them or none. Raises Refused."""
    held = classes.held(found)
    classes.check_on(held)
    if not rows:
        raise Refused(_("没有选择人员。"), way_out=_("选择要调训的人员。"), rule=RULE, field="cadre")
    called = set(held.participants.values_list("cadre_id", flat=True))
    for one in rows:
        disinterested(one.cadre, by)
        for field, expected in call_faults(held, one, called):
            raise Refused(
                _("%(name)s不能列入：应为%(expected)s。") % {"name": one.cadre.name, "expected": expected}, way_out=_("更正后再登记。"),
                rule=RULE, field=field,
            )  # fmt: skip
        called.add(one.cadre.pk)
    return keep_called(held, rows, by=by, at=at)


def keep_called(found: TrainingClass, rows: list[Call], *, by: Account, at: datetime) -> list[Participant]:
    """Store calls that were checked."""
    return Participant.objects.bulk_create(_called(found, one, by, at) for one in rows)


def _called(found: TrainingClass, one: Call, by: Account, at: datetime) -> Participant:
    source, fields = one.source, {gaps.SCORE: "score", gaps.POINT: "point", gaps.PLAN: "training"}
    origin: dict[str, Any] = {fields[source.kind]: source.source} if source else {}
    gap = (one.gap.strip() or source.text)[: gaps.LIMIT] if source else ""
    title = one.cadre.post_title[:160]
    return Participant(training_class=found, cadre=one.cadre, post_title=title, reason=one.reason.strip(), gap=gap, by=by, at=at, **origin)


def word_of(one: Participant) -> ParticipantWord | None:
    """What the person said last."""
    return max(one.words.all(), key=lambda word: word.pk, default=None)


def result_of(one: Participant) -> ClassResult | None:
    """What came of it: the newest entry."""
    return max(one.results.all(), key=lambda result: result.pk, default=None)


def decision_of(word: ParticipantWord | None) -> ExcuseDecision | None:
    """Whether an asked excuse was decided."""
    return getattr(word, "decision", None) if word is not None else None


def waits(one: Participant) -> bool:
    """Whether an asked excuse waits for its decision."""
    word = word_of(one)
    return word is not None and word.word == Word.EXCUSE and decision_of(word) is None


def _locked(one: Participant) -> Participant:
    Participant.objects.select_for_update(of=("self",)).get(pk=one.pk)
    return participants(one.training_class).get(pk=one.pk)


@transaction.atomic
def say(one: Participant, word: str, reason: str, *, by: Account, at: datetime) -> ParticipantWord:
    """The person comes, or asks to be excused; nobody says it for them. Raises Refused."""
    found = _locked(one)
    classes.check_on(found.training_class)
    if by.cadre_id != found.cadre_id:
        raise Refused(_("只能由本人答复。"), way_out=_("由本人在“我的事项”中办理。"), rule=RULE)
    if word not in Word.values:
        raise Refused(_("没有选择答复。"), way_out=_("选择参加或者申请请假。"), rule=RULE, field="word")
    if result_of(found) is not None or day(at) > classes.terms_of(found.training_class).last:
        raise Refused(_("班次已经结束。"), way_out=_("有异议的，向组织部门提出。"), rule=RULE)
    last = word_of(found)
    if waits(found) or last is not None and last.word == word == Word.COMING:
        raise Refused(_("已经答复过。"), way_out=_("请假申请等待答复；需要改变的，联系组织部门。"), rule=RULE)
    words = said(reason, _("请假理由"), "reason", 2, rule=RULE)[:200] if word == Word.EXCUSE else ""
    return ParticipantWord.objects.create(participant=found, word=word, reason=words, by=by, at=at)


@transaction.atomic
def decide(one: Participant, granted: bool, reason: str, *, by: Account, at: datetime) -> ExcuseDecision:
    """Whether somebody who asked is excused. A refusal says why. Raises Refused."""
    found = _locked(one)
    disinterested(found.cadre, by)
    word = word_of(found)
    if word is None or not waits(found):
        raise Refused(_("没有等待审批的请假申请。"), way_out=_("刷新页面。"), rule=RULE)
    words = reason.strip() if granted else said(reason, _("不同意的理由"), "reason", rule=RULE)
    return ExcuseDecision.objects.create(word=word, granted=granted, reason=words[:200], by=by, at=at)


def result_faults(came: Came, terms: ClassTerms, before: ClassResult | None, today: date) -> list[tuple[str, str]]:
    """What is wrong with an entered result, but for its words: field, and what is expected."""
    wrong = []
    if came.outcome not in Outcome.values:
        wrong.append(("outcome", "、".join(str(one.label) for one in Outcome)))
    if today < terms.first:
        wrong.append(("outcome", _("开班（%(d)s）以后再登记") % {"d": terms.first}))
    elif came.outcome == Outcome.COMPLETED and today < terms.last:
        wrong.append(("outcome", _("结束（%(d)s）以后才能登记“完成”") % {"d": terms.last}))
    absent = came.outcome == Outcome.ABSENT
    if absent and came.hours != 0 or not absent and not 0 < came.hours <= terms.hours or came.hours * 10 != int(came.hours * 10):
        wrong.append(("hours", _("大于0、不超过%(n)s的学时，最多一位小数；未参加的为0") % {"n": terms.hours}))
    if before is not None and len(came.why.strip()) < 5:
        wrong.append(("why", _("更正理由，不少于5个字（已经登记过结果）")))
    return wrong


def same(came: Came, before: ClassResult | None) -> bool:
    """Whether it says what stands already."""
    return before is not None and (came.outcome, came.hours, came.text.strip()) == (before.outcome, before.hours, before.text)


@transaction.atomic
def enter_result(came: Came, *, by: Account, at: datetime) -> ClassResult:
    """What came of it; a later entry counts instead of an earlier one and says why. Raises Refused."""
    found = _locked(came.participant)
    classes.check_on(found.training_class)
    disinterested(found.cadre, by)
    before = result_of(found)
    if same(came, before):
        raise Refused(_("与已登记的相同。"), way_out=_("有变化时再登记。"), rule=RULE)
    for field, expected in result_faults(came, classes.terms_of(found.training_class), before, day(at)):
        raise Refused(
            _("登记不全或者不对：应为%(expected)s。") % {"expected": expected}, way_out=_("更正后再登记。"), rule=RULE, field=field
        )
    in_words(came.text)
    return keep_results([came], by=by, at=at)[0]


def keep_results(rows: list[Came], *, by: Account, at: datetime) -> list[ClassResult]:
    """Store results that were checked."""
    return ClassResult.objects.bulk_create(
        ClassResult(participant=one.participant, outcome=one.outcome, hours=one.hours, text=one.text.strip(), why=one.why.strip()[:200], by=by, at=at)
        for one in rows
    )  # fmt: skip


def stand_of(one: Participant) -> str:
    """How it stands with somebody, in words."""
    result, word = result_of(one), word_of(one)
    if result is not None:
        return str(result.get_outcome_display())
    if word is None:
        return _("本人还没有答复")
    if word.word == Word.COMING:
        return _("本人答复参加")
    decision = decision_of(word)
    return _("申请请假，等待审批") if decision is None else _("已同意请假") if decision.granted else _("没有同意请假")
