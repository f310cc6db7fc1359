"""Awards: who may be looked at for one by results of years, proposed by one, agreed by another, registered by the document that made it.

公务员奖励规定 art. 8: 年度考核优秀 is commended (嘉奖), three years running may be given 三等功. Nothing here gives an award.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, said
from workflow_app.models import (
    Account,
    AssessmentResult,
    Award,
    AwardAnswer,
    AwardKind,
    AwardProposal,
    Cadre,
    Lead,
    ResultUse,
)
from workflow_app.refusing import Refused
from workflow_app.worklog.rules import AWARDS as RULE
from workflow_app.worklog.rules import organ_of, past

THREE = "UP-EXC3"  # the lead after three years 优秀
IN_A_ROW = 3


@dataclass(frozen=True)
class Deed:
    """An award as its document has it."""

    kind: str
    year: int
    basis: str
    issuer: str
    document: str
    number: str
    awarded_on: date


@dataclass(frozen=True)
class Due:
    """Somebody whom results of years bring up for a kind of award, with the years."""

    cadre: Cadre
    kind: AwardKind
    years: tuple[int, ...]

    @property
    def year(self) -> int:
        """The last of the years."""
        return self.years[-1]


def runs(years: Iterable[int], used: Iterable[int] = ()) -> list[tuple[int, ...]]:
    """Three years 优秀 running, each year counted once, from the earliest; years up to the last of `used` have had their award."""
    left, found = sorted(set(years)), []
    last = max(used, default=0)
    left = [one for one in left if one > last]
    while left:
        run = left[:IN_A_ROW]
        if len(run) == IN_A_ROW and run[-1] - run[0] == IN_A_ROW - 1:
            found.append(tuple(run))
            left = left[IN_A_ROW:]
        else:
            left = left[1:]
    return found


def due(people: QuerySet[Cadre]) -> list[Due]:
    """Whom results bring up and for whom no award is registered, no proposal open or settled, by number: that is no rank."""
    results = AssessmentResult.objects.filter(cadre__in=people)
    latest = results.aggregate(year=Max("year"))["year"] or 0
    excellent = results.filter(grade="EXCELLENT").values_list("cadre", "year")
    years: dict[int, list[int]] = {}
    for cadre, year in excellent:
        years.setdefault(cadre, []).append(year)
    had = _had(years)
    cadres = Cadre.objects.filter(pk__in=years).select_related("unit", "post__unit").order_by("number")
    return [one for cadre in cadres for one in _of(cadre, years[cadre.pk], had.get(cadre.pk, set()), latest)]


def _had(people: Iterable[int]) -> dict[int, set[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    rows = [
        *Award.objects.filter(cadre__in=people, corrected__isnull=True).values_list("cadre", "kind", "year"),
        *AwardProposal.objects.filter(cadre__in=people).values_list("cadre", "kind", "year"),
    ]
    for cadre, kind, year in rows:
        found.setdefault(cadre, set()).add((kind, year))
    return found


def _of(cadre: Cadre, years: list[int], had: set[tuple[str, int]], latest: int) -> list[Due]:
    """Three years running whenever they were; a commendation is for the latest year of results only."""
    used = [year for kind, year in had if kind == AwardKind.MERIT3]
    found = [Due(cadre, AwardKind.MERIT3, run) for run in runs(years, used)]
    if latest in years and (AwardKind.COMMENDATION, latest) not in had:
        found.append(Due(cadre, AwardKind.COMMENDATION, (latest,)))
    return found


def proposals(people: QuerySet[Cadre]) -> QuerySet[AwardProposal]:
    """Proposals about these people with what was said to them and what came of them."""
    rows = AwardProposal.objects.filter(cadre__in=people).select_related("cadre__unit", "cadre__post__unit", "organ", "by__cadre", "lead")
    return rows.select_related("answer__by__cadre").prefetch_related("awards").order_by("-id")


@transaction.atomic
def propose(cadre: Cadre, kind: str, year: int, reason: str, *, by: Account, at: datetime) -> AwardProposal:
    """Propose an award. 三等功 for three years 优秀 stands on those years. Raises Refused."""
    Cadre.objects.select_for_update().get(pk=cadre.pk)
    disinterested(cadre, by)
    if kind not in AwardKind.values or kind == AwardKind.QUARTER:
        raise Refused(_("没有选择奖励种类。"), way_out=_("选择一种；平时考核奖按文件直接登记。"), rule=RULE, field="kind")
    if AwardProposal.objects.filter(cadre=cadre, kind=kind, year=year).exists():
        raise Refused(_("同一年度的这种奖励已经有人提出。"), way_out=_("在原来的建议上审定。"), rule=RULE, field="kind")
    words = said(reason, _("理由"), "reason", 10, rule=RULE)
    lead = Lead.objects.filter(cadre=cadre, rule_id=THREE).order_by("-id").first() if kind == AwardKind.MERIT3 else None
    return AwardProposal.objects.create(cadre=cadre, organ=organ_of(cadre), kind=kind, year=year, reason=words, lead=lead, by=by, at=at)


@transaction.atomic
def answer(proposal: AwardProposal, outcome: str, reason: str, *, by: Account, at: datetime) -> AwardAnswer:
    """Agree to a proposal, or not; by another than who proposed. Raises Refused."""
    AwardProposal.objects.select_for_update().get(pk=proposal.pk)
    disinterested(proposal.cadre, by)
    if proposal.by_id == by.pk:
        raise Refused(_("提出人不得审定自己提出的建议。"), way_out=_("由另一名组织部门负责人审定。"), rule="SD-19")
    if AwardAnswer.objects.filter(proposal=proposal).exists():
        raise Refused(_("这条建议已经审定。"), way_out=_("有新情况的，另行提出。"), rule=RULE)
    if outcome not in AwardAnswer.Outcome.values:
        raise Refused(_("没有选择意见。"), way_out=_("选择同意或者不同意。"), rule=RULE, field="outcome")
    return AwardAnswer.objects.create(proposal=proposal, outcome=outcome, reason=said(reason, _("理由"), "reason", rule=RULE), by=by, at=at)


@transaction.atomic
def register(
    cadre: Cadre,
    deed: Deed,
    *,
    by: Account,
    at: datetime,
    proposal: AwardProposal | None = None,
    corrects: Award | None = None,
    why: str = "",
) -> Award:
    """Keep an award that was made, or correct an entry of one by a new one. Raises Refused."""
    Cadre.objects.select_for_update().get(pk=cadre.pk)
    disinterested(cadre, by)
    if deed.kind not in AwardKind.values:
        raise Refused(_("没有选择奖励种类。"), way_out=_("选择一种。"), rule=RULE, field="kind")
    past(deed.awarded_on, day(at), "awarded_on", RULE)
    if not 1949 <= deed.year <= deed.awarded_on.year:
        raise Refused(_("依据年度晚于批准日期。"), way_out=_("更正年度或者日期。"), rule=RULE, field="year")
    _check_proposal(proposal, cadre, deed)
    if corrects is not None and (corrects.cadre_id != cadre.pk or Award.objects.filter(corrects=corrects).exists()):
        raise Refused(_("这一条已经更正过。"), way_out=_("更正最新的一条。"), rule=RULE)
    same = Award.objects.filter(cadre=cadre, kind=deed.kind, number=deed.number.strip(), corrected__isnull=True)
    if same.exclude(pk=corrects.pk if corrects else 0).exists():
        raise Refused(_("这份文件的这项奖励已经登记。"), way_out=_("有错的，更正原来的登记。"), rule=RULE, field="number")
    reason = said(why, _("更正理由"), "why", rule=RULE) if corrects else ""
    return Award.objects.create(
        cadre=cadre, organ=organ_of(cadre), kind=deed.kind, year=deed.year, awarded_on=deed.awarded_on, proposal=proposal, corrects=corrects,
        why=reason, by=by, at=at, **_words(deed),
    )  # fmt: skip


def _words(deed: Deed) -> dict[str, str]:
    return {
        "basis": said(deed.basis, _("奖励依据"), "basis", rule=RULE), "issuer": said(deed.issuer, _("批准机关"), "issuer", 2, rule=RULE),
        "document": said(deed.document, _("文件名称"), "document", 4, rule=RULE), "number": said(deed.number, _("文号"), "number", 2, rule=RULE),
    }  # fmt: skip


def _check_proposal(proposal: AwardProposal | None, cadre: Cadre, deed: Deed) -> None:
    """An award stands on a proposal only when that was agreed, and is of its kind and person. Raises Refused."""
    if proposal is None:
        return
    if not AwardAnswer.objects.filter(proposal=proposal, outcome=AwardAnswer.Outcome.AGREED).exists():
        raise Refused(_("这条建议还没有同意。"), way_out=_("由另一名负责人审定同意、按权限批准以后再登记。"), rule=RULE)
    if (proposal.cadre_id, proposal.kind) != (cadre.pk, deed.kind):
        raise Refused(_("奖励与建议的人员或者种类不符。"), way_out=_("按批准文件更正，或者不对应这条建议。"), rule=RULE, field="kind")


@transaction.atomic
def use(result: AssessmentResult, use: str, note: str, document: str, used_on: date, *, by: Account, at: datetime) -> ResultUse:
    """Note for what a year's result was used. It changes nothing else. Raises Refused."""
    disinterested(result.cadre, by)
    past(used_on, day(at), "used_on", RULE)
    if use not in ResultUse.Use.values:
        raise Refused(_("没有选择运用方式。"), way_out=_("选择一种。"), rule=RULE, field="use")
    words = {"note": said(note, _("情况"), "note", rule=RULE), "document": said(document, _("依据文件"), "document", 4, rule=RULE)}
    return ResultUse.objects.create(result=result, use=use, used_on=used_on, by=by, at=at, **words)


def of(cadre: Cadre) -> list[Award]:
    """Awards of a person with what corrected them, in the order of their days."""
    return list(Award.objects.filter(cadre=cadre).select_related("corrected", "by__cadre"))
