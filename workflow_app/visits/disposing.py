"""What becomes of something found: nothing, with the reason, or a matter that was entered through its own door. A link, never a second entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.models import Account, Cadre, CheckResult, Disposal, Established, Finding, Measured, SampleCheck, VisitFinding
from workflow_app.refusing import Refused
from workflow_app.visits.rules import SAMPLE, VISITS, disinterested, said, uninvolved

Outcome = Disposal.Outcome
FRAUD = "B-FRAUD"


@dataclass(frozen=True)
class Word:
    """What somebody says of a thing found: with the reason, or with the matter that was entered."""

    outcome: str
    reason: str = ""
    finding: Finding | None = None
    established: Established | None = None


def _about(one: Word) -> Cadre | None:
    if one.outcome == Outcome.FINDING and one.finding is not None:
        return one.finding.cadre
    return one.established.subject.cadre if one.outcome == Outcome.ESTABLISHED and one.established is not None else None


def _unlinked(one: Word, rule: str) -> None:
    if one.outcome in (Outcome.FINDING, Outcome.ESTABLISHED) and _about(one) is None:
        raise Refused(
            _("没有选择已登记的事项。"), way_out=_("先在“情况登记”或者测评的认定事项中登记，再回来选择。"), rule=rule, field="matter"
        )


def _links(one: Word) -> dict[str, Finding | Established | None]:
    return {
        "finding": one.finding if one.outcome == Outcome.FINDING else None,
        "established": one.established if one.outcome == Outcome.ESTABLISHED else None,
    }


@transaction.atomic
def dispose_seen(seen: VisitFinding, one: Word, *, by: Account, at: datetime) -> Disposal:
    """Say what became of something found on a visit. Raises Refused."""
    VisitFinding.objects.select_for_update().get(pk=seen.pk)
    visit = seen.report.visit
    if Disposal.objects.filter(seen=seen).exists():
        raise Refused(_("这一项已经处理。"), way_out=_("刷新页面。"), rule=VISITS)
    if one.outcome not in (Outcome.NOTHING, Outcome.FINDING, Outcome.ESTABLISHED):
        raise Refused(_("没有选择处理。"), way_out=_("选择一项。"), rule=VISITS, field="outcome")
    _unlinked(one, VISITS)
    cadre = _about(one)
    if cadre is not None:
        disinterested(cadre, by)
        entered = (
            one.finding.entered_at if one.finding and one.outcome == Outcome.FINDING else one.established.at if one.established else at
        )
        if not cadre.unit.path.startswith(visit.unit.path) or entered < seen.report.at:
            raise Refused(
                _("所选事项不是这个单位的人员的，或者登记在报告以前。"), way_out=_("选择报告以后登记的事项。"), rule=VISITS, field="matter"
            )
    reason = said(one.reason, _("不作登记的理由"), "reason", 10) if one.outcome == Outcome.NOTHING else one.reason.strip()
    return Disposal.objects.create(seen=seen, outcome=one.outcome, reason=reason, by=by, at=at, **_links(one))


def corrected(check: SampleCheck) -> bool:
    """Whether a row was corrected by a later one, or taken back, through its own door."""
    if check.established_id is not None:
        return hasattr(check.established, "taken_back")
    row = check.row
    assert isinstance(row, Measured)
    return Measured.objects.filter(subject=row.subject_id, indicator=row.indicator_id, pk__gt=row.pk).exists()


def _matches(check: SampleCheck, one: Word) -> bool:
    """Whether the matter is the established falsification of the very row that was found wrong."""
    row, indicator = check.row, getattr(check.row, "indicator_id", None)
    if one.outcome == Outcome.FINDING and one.finding is not None:
        return one.finding.rule_id == FRAUD and one.finding.cadre_id == row.subject.cadre_id
    if one.established is None or one.established.kind != Established.Kind.FALSIFIED or hasattr(one.established, "taken_back"):
        return False
    return one.established.subject_id == row.subject_id and indicator in (None, one.established.indicator_id)


@transaction.atomic
def dispose_result(result: CheckResult, one: Word, *, by: Account, at: datetime) -> Disposal:
    """Say what became of a row that was found wrong: a mistake that was corrected, or a falsification that was established. Raises Refused."""
    CheckResult.objects.select_for_update().get(pk=result.pk)
    check = result.check_of
    uninvolved(check.row.subject, by)
    if Disposal.objects.filter(result=result).exists() or result.outcome != CheckResult.Outcome.WRONG:
        raise Refused(_("这一项已经处理，或者核验属实，不需要处理。"), way_out=_("刷新页面。"), rule=SAMPLE)
    if one.outcome not in (Outcome.CORRECTED, Outcome.FINDING, Outcome.ESTABLISHED):
        raise Refused(_("没有选择处理。"), way_out=_("选择一项；不实的数据不能不作处理。"), rule=SAMPLE, field="outcome")
    _unlinked(one, SAMPLE)
    if one.outcome == Outcome.CORRECTED and not corrected(check):
        raise Refused(
            _("原登记还没有更正或者撤回。"), way_out=_("先在测评的定量得分和认定事项中更正或者撤回。"), rule=SAMPLE, field="outcome"
        )
    if one.outcome != Outcome.CORRECTED and not _matches(check, one):
        raise Refused(_("所选事项不是这一数据的不实认定。"), way_out=_("选择对同一人、同一指标的认定。"), rule=SAMPLE, field="matter")
    reason = said(one.reason, _("理由"), "reason", rule=SAMPLE) if one.outcome == Outcome.CORRECTED else one.reason.strip()
    return Disposal.objects.create(result=result, outcome=one.outcome, reason=reason, by=by, at=at, **_links(one))
