"""Objectives and key results of a post: set by a superior or the office, progress by the person, checked by another. No score is made here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, said
from workflow_app.models import (
    Account,
    Cadre,
    KeyProgress,
    KeyResult,
    Objective,
    ObjectiveEnd,
    ProgressCheck,
    Upload,
)
from workflow_app.refusing import Refused
from workflow_app.worklog.rules import GOALS as RULE
from workflow_app.worklog.rules import about_self, organ_of, past

WHOLE = 100


@dataclass(frozen=True)
class Key:
    """A key result as it is set."""

    text: str
    measure: str
    target: Decimal
    weight: int
    due_on: date


@dataclass(frozen=True)
class Done:
    """A progress as the person enters it."""

    value: Decimal
    reached_on: date
    proof: str
    upload: Upload | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Branch:
    """A key result in the tree: every progress, the one that counts, and how far that is (%)."""

    result: KeyResult
    progress: list[KeyProgress]
    counts: KeyProgress | None
    share: Decimal | None


@dataclass(frozen=True)
class Tree:
    """An objective with its key results; whole once the weights make 100."""

    objective: Objective
    branches: list[Branch]

    @property
    def weight(self) -> int:
        """The weights together."""
        return sum(one.result.weight for one in self.branches)

    @property
    def whole(self) -> bool:
        """Whether it can be worked on."""
        return self.weight == WHOLE and not hasattr(self.objective, "ended")


def share(value: Decimal, target: Decimal) -> Decimal:
    """How much of the target was reached: 0.00 to 100.00, half-up. More than the target is the whole of it."""
    return min(Decimal(100), 100 * value / target).quantize(Decimal("0.01"), ROUND_HALF_UP)


@transaction.atomic
def set_objective(cadre: Cadre, title: str, first: date, last: date, *, by: Account, at: datetime) -> Objective:
    """An objective of the post. Raises Refused."""
    disinterested(cadre, by)
    if last < first:
        raise Refused(_("结束日期早于开始日期。"), way_out=_("更正日期。"), rule=RULE, field="last")
    words = said(title, _("目标"), "title", rule=RULE)
    return Objective.objects.create(
        cadre=cadre, organ=organ_of(cadre), post_title=cadre.post_title, title=words, first=first, last=last, by=by, at=at
    )


@transaction.atomic
def add_key(objective: Objective, one: Key, *, by: Account, at: datetime) -> KeyResult:
    """A key result; the weights of an objective make 100 and never more. Raises Refused."""
    Objective.objects.select_for_update().get(pk=objective.pk)
    disinterested(objective.cadre, by)
    _check_open(objective)
    if one.target <= 0:
        raise Refused(_("目标值应当大于0。"), way_out=_("写一个可以计量的数。"), rule=RULE, field="target")
    left = WHOLE - sum(objective.results.values_list("weight", flat=True))
    if not 1 <= one.weight <= left:
        raise Refused(
            _("权重应为1至%(n)s：同一目标各项合计100。") % {"n": left}, way_out=_("改权重，或者终止后重新设定。"), rule=RULE, field="weight"
        )
    if not objective.first <= one.due_on <= objective.last:
        raise Refused(_("完成期限不在目标的起止以内。"), way_out=_("更正期限。"), rule=RULE, field="due_on")
    words = {"text": said(one.text, _("关键结果"), "text", rule=RULE), "measure": said(one.measure, _("怎样计量"), "measure", 2, rule=RULE)}
    return KeyResult.objects.create(objective=objective, target=one.target, weight=one.weight, due_on=one.due_on, by=by, at=at, **words)


def _check_open(objective: Objective) -> None:
    if ObjectiveEnd.objects.filter(objective=objective).exists():
        raise Refused(_("这个目标已经终止。"), way_out=_("另行设定新的目标。"), rule=RULE)


@transaction.atomic
def end(objective: Objective, reason: str, *, by: Account, at: datetime) -> ObjectiveEnd:
    """An objective no longer holds. Raises Refused."""
    Objective.objects.select_for_update().get(pk=objective.pk)
    disinterested(objective.cadre, by)
    _check_open(objective)
    return ObjectiveEnd.objects.create(objective=objective, reason=said(reason, _("终止理由"), "reason", rule=RULE), by=by, at=at)


@transaction.atomic
def report(result: KeyResult, one: Done, *, by: Account, at: datetime) -> KeyProgress:
    """The person says how far a key result is, with what proves it. Raises Refused."""
    about_self(result.objective.cadre, by, RULE)
    _check_open(result.objective)
    if sum(result.objective.results.values_list("weight", flat=True)) != WHOLE:
        raise Refused(_("这个目标的权重合计还不是100，没有设定完。"), way_out=_("请设定人补齐关键结果。"), rule=RULE)
    past(one.reached_on, day(at), "reached_on", RULE)
    if one.value < 0:
        raise Refused(_("完成值不能小于0。"), way_out=_("更正完成值。"), rule=RULE, field="value")
    words = said(one.proof, _("佐证说明"), "proof", rule=RULE)
    return KeyProgress.objects.create(
        key_result=result, value=one.value, reached_on=one.reached_on, proof=words, upload=one.upload, file_name=one.file_name, by=by, at=at
    )


@transaction.atomic
def check(progress: KeyProgress, *, holds: bool, reason: str, by: Account, at: datetime) -> ProgressCheck:
    """Another says whether a progress holds. Raises Refused."""
    KeyProgress.objects.select_for_update().get(pk=progress.pk)
    disinterested(progress.key_result.objective.cadre, by)
    if ProgressCheck.objects.filter(progress=progress).exists():
        raise Refused(_("这一进度已经核对。"), way_out=_("有变化的，由本人登记新的进度。"), rule=RULE)
    return ProgressCheck.objects.create(
        progress=progress, holds=holds, reason=said(reason, _("核对情况"), "reason", rule=RULE), by=by, at=at
    )


def trees(cadre: Cadre) -> list[Tree]:
    """Objectives of a person as trees, the newest first."""
    rows = Objective.objects.filter(cadre=cadre).select_related("by__cadre", "ended__by__cadre").order_by("-first", "-id")
    rows = rows.prefetch_related("results__progress__check_made__by__cadre", "results__progress__uses__measured__subject__campaign")
    return [Tree(one, [_branch(result) for result in one.results.all()]) for one in rows]


def _branch(result: KeyResult) -> Branch:
    progress = list(result.progress.all())
    held = [one for one in progress if hasattr(one, "check_made") and one.check_made.holds]
    counts = held[-1] if held else None
    return Branch(result, progress, counts, share(counts.value, result.target) if counts else None)
