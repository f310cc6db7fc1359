"""Checking a row: taken on by another than who entered it, held against papers of several sources, and found right or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.models import Account, CheckBegun, CheckPaper, CheckResult, SampleCheck, Visit
from workflow_app.refusing import Refused
from workflow_app.visits.rules import SAMPLE, day, said, uninvolved

Way, Outcome = CheckPaper.Way, CheckResult.Outcome
LEAST_WAYS = 2  # 台账 and one other at least (a project default)


@dataclass(frozen=True)
class Paper:
    """What one source says. `visit`: the registered visit on which the spot was seen."""

    way: str
    paper: str
    says: str
    agrees: bool
    visit: Visit | None = None


def _locked(check: SampleCheck) -> SampleCheck:
    SampleCheck.objects.select_for_update().get(pk=check.pk)
    return SampleCheck.objects.select_related(
        "established__subject__cadre__unit", "measured__subject__cadre__unit", "begun", "result"
    ).get(pk=check.pk)  # fmt: skip


@transaction.atomic
def begin(check: SampleCheck, late_why: str, *, by: Account, at: datetime) -> CheckBegun:
    """Take a check on. Raises Refused."""
    found = _locked(check)
    uninvolved(found.row.subject, by)
    if found.row.by_id == by.pk:
        raise Refused(_("登记人不得核验自己登记的数据。"), way_out=_("由另一人核验。"), rule="SD-19")
    if hasattr(found, "begun"):
        raise Refused(_("已经有人核验。"), way_out=_("刷新页面。"), rule=SAMPLE)
    late = at > found.begin_by
    if late and len(late_why.strip()) < 5:
        raise Refused(_("已经超过48小时，须写明理由。"), way_out=_("写明逾期启动的理由。"), rule=SAMPLE, field="late_why")
    return CheckBegun.objects.create(check_of=found, late_why=late_why.strip() if late else "", by=by, at=at)


def _mine(check: SampleCheck, by: Account) -> SampleCheck:
    found = _locked(check)
    if not hasattr(found, "begun") or found.begun.by_id != by.pk:
        raise Refused(_("由核验人登记。"), way_out=_("先承担这一核验事项。"), rule=SAMPLE)
    if hasattr(found, "result"):
        raise Refused(_("已有结论。"), way_out=_("刷新页面。"), rule=SAMPLE)
    return found


@transaction.atomic
def hold_against(check: SampleCheck, one: Paper, *, by: Account, at: datetime) -> CheckPaper:
    """Note what a source says. The spot is seen on a visit that is registered and has begun. Raises Refused."""
    found = _mine(check, by)
    if one.way not in Way.values:
        raise Refused(_("没有选择途径。"), way_out=_("选择一项。"), rule=SAMPLE, field="way")
    visit = one.visit if one.way == Way.SPOT else None
    if one.way == Way.SPOT and not (
        visit is not None and found.row.subject.where.path.startswith(visit.unit.path) and visit.first <= day(at)
        and not hasattr(visit, "cancelled")
    ):  # fmt: skip
        raise Refused(
            _("现场核验须通过已经开始的走访检查。"), way_out=_("先在“走访检查”中安排到该单位的走访，再选择它。"), rule=SAMPLE, field="visit"
        )
    words = {
        "paper": said(one.paper, _("材料名称和文号"), "paper", 2, rule=SAMPLE),
        "says": said(one.says, _("材料显示的情况"), "says", rule=SAMPLE),
    }
    return CheckPaper.objects.create(check_of=found, way=one.way, agrees=one.agrees, visit=visit, by=by, at=at, **words)


@transaction.atomic
def conclude(check: SampleCheck, outcome: str, proof: str, *, by: Account, at: datetime) -> CheckResult:
    """Right: two kinds of source agree. Wrong: one does not. Raises Refused."""
    found = _mine(check, by)
    papers = list(found.papers.all())
    if outcome not in Outcome.values:
        raise Refused(_("没有选择结论。"), way_out=_("选择属实或者不实。"), rule=SAMPLE, field="outcome")
    if outcome == Outcome.RIGHT and len({one.way for one in papers if one.agrees}) < LEAST_WAYS:
        raise Refused(_("属实须有两种以上途径的材料相互印证。"), way_out=_("登记另一种途径的材料。"), rule=SAMPLE, field="outcome")
    if outcome == Outcome.WRONG and all(one.agrees for one in papers):
        raise Refused(_("没有材料显示不一致。"), way_out=_("登记显示不一致的材料。"), rule=SAMPLE, field="outcome")
    words = said(proof, _("理由"), "proof", 10, rule=SAMPLE)
    return CheckResult.objects.create(check_of=found, outcome=outcome, proof=words, by=by, at=at)
