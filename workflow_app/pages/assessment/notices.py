"""Written notices of the settled grades of a round: issued, served, reminded of, and put right. Every act has an answer for every person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, notifying
from workflow_app.documents import RenderingFailed
from workflow_app.models import Account, AssessmentResult, Campaign, GradeNotice, Service
from workflow_app.notified import notices
from workflow_app.pages import wording
from workflow_app.pages.assessment.campaigns import campaign_of
from workflow_app.pages.assessment.office import office_of, said
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.pages.printed import printed
from workflow_app.refusing import Refused

PAGE = 100  # people of a page, and of one act


@dataclass(frozen=True)
class Line:
    """One person: the result, the notice that counts, and its service."""

    result: AssessmentResult
    notice: GradeNotice | None
    service: Service | None
    reachable: bool  # somebody with an account is told in the portal
    own: bool

    @property
    def order(self) -> int:
        """What is still to be done comes first."""
        return 0 if self.notice is None else 1 if self.service is None else 2


@dataclass(frozen=True)
class Answer:
    """What became of one person's notice."""

    name: str
    said: str
    refused: Refused | None = None


@login_required
@require_http_methods(["GET", "POST"])
def grade_notices(request: HttpRequest, campaign: int) -> HttpResponse:
    """Who has a notice and whom it has reached; ticked people are dealt with one by one."""
    place, refused, answers = place_of(request), None, []
    found = campaign_of(place, campaign)
    if getattr(found, "settled", None) is None:
        raise Http404(_("等次审定以后才签发通知书。"))
    if request.method == "POST":
        try:
            answers = _act(request.POST, place, found)
            if request.POST.get("do") in ("remind", "correct"):
                success(request, answers[0].said)
                return redirect("grade_notices", campaign=found.pk)
        except Refused as no:
            refused = no
    page = Paginator(_lines(place, found), PAGE).get_page(request.GET.get("p"))
    context = {
        **_counted(found), "campaign": found, "page": page, "answers": answers, "typed": request.POST if refused else {}, "today": place.today,
        "modes": [(one.value, wording.said(one.label)) for one in notices.ON_PAPER], "leads": place.sits(LEADER) is not None,
        "grades": [*wording.labels(AssessmentResult.Grade.choices), (notices.NONE, _("不定等次"))], "ticked": request.POST.getlist("one") if refused else [],
    }  # fmt: skip
    return show(request, "assessment/notices", {**context, **said(refused)}, status=422 if refused else 200)


def _lines(place: Place, found: Campaign) -> list[Line]:
    rows = list(notices.results_of(found).select_related("cadre__unit").order_by("cadre__unit__code", "cadre__number"))
    counted = {one.result_id: one for one in GradeNotice.objects.filter(result__in=rows, replaced_by__isnull=True).select_related("print")}
    served = {one.decision_id: one for one in Service.objects.filter(decision__grade_notice__result__in=rows).order_by("-served_on", "-id")}
    told = set(Account.objects.filter(cadre__in=[one.cadre_id for one in rows], is_active=True).values_list("cadre_id", flat=True))
    lines = [
        Line(one, notice, served.get(notice.decision_id) if notice else None, one.cadre_id in told, one.cadre_id == place.account.cadre_id)
        for one in rows for notice in [counted.get(one.pk)]
    ]  # fmt: skip
    return sorted(lines, key=lambda one: one.order)


def _counted(found: Campaign) -> dict[str, int]:
    rows = GradeNotice.objects.filter(result__batch__settled__campaign=found, replaced_by__isnull=True)
    served = rows.filter(decision__in=Service.objects.filter(decision__isnull=False).values("decision")).count()
    return {"number": notices.results_of(found).count(), "issued": rows.count(), "served": served, "open": rows.count() - served}


def _act(typed: QueryDict, place: Place, found: Campaign) -> list[Answer]:
    do = typed.get("do", "")
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if do == "remind":
        count = notifying.remind(
            [one for one in notices.unserved(place.at) if one.result.batch.settled.campaign_id == found.pk], at=place.at
        )
        return [Answer("", _("已提醒%(n)s人签收；当天提醒过的和没有账号的不计。") % {"n": count})]
    if do == "correct":
        return [_correct(typed, place, found)]
    rows = _ticked(typed, found)
    if do == "serve":
        how = _how(typed)
        return [_one(row, lambda row: _serve(row, how(row), words)) for row in rows]
    return [_one(row, lambda row: _("已签发%(n)s") % {"n": notifying.issue(row, **words).number}) for row in rows]


def _ticked(typed: QueryDict, found: Campaign) -> list[AssessmentResult]:
    keys = [int(key) for key in typed.getlist("one") if key.isdigit()][:PAGE]
    rows = list(notices.results_of(found).filter(pk__in=keys).select_related("cadre").order_by("cadre__unit__code", "cadre__number"))
    if not rows:
        raise Refused(_("没有勾选人员。"), way_out=_("先在列表左侧勾选，再办理。"), rule=notices.RULE)
    return rows


def _one(row: AssessmentResult, act: Callable[[AssessmentResult], str]) -> Answer:
    """What becomes of one person; a refusal is the answer and stops no other."""
    try:
        return Answer(row.cadre.name, act(row))
    except Refused as refused:
        return Answer(row.cadre.name, "", refused)


def _how(typed: QueryDict) -> Callable[[AssessmentResult], notices.Served]:
    """The service that was typed, for everybody ticked; without a receiver it was taken by the person."""
    try:
        on = date.fromisoformat(typed.get("served_on", ""))
    except ValueError as wrong:
        raise Refused(_("送达日期没有填写。"), way_out=_("填写回证或者邮件回执上的日期。"), rule=notices.RULE, field="served_on") from wrong
    mode, receiver = typed.get("mode", ""), typed.get("receiver", "").strip()[:40]
    own = mode in (notices.Mode.IN_PERSON, notices.Mode.POST)
    more = (typed.get("relation", "")[:40], typed.get("witnesses", "")[:60])
    return lambda row: notices.Served(mode, on, receiver or (row.cadre.name if own else ""), *more)


def _serve(row: AssessmentResult, how: notices.Served, words: dict[str, Any]) -> str:
    notice = notices.newest(row)
    if notice is None:
        raise Refused(_("通知书还没有签发。"), way_out=_("先签发，再登记送达。"), rule=notices.RULE)
    made = notifying.serve(notice, how, **words)
    return _("已登记：%(d)s%(m)s") % {"d": made.served_on, "m": _(made.mode_title)}


def _correct(typed: QueryDict, place: Place, found: Campaign) -> Answer:
    if place.sits(LEADER) is None:
        raise Refused(_("等次更正由负责人办理。"), way_out=_("请组织部门负责人办理。"), rule=notices.RULE)
    key = typed.get("result", "")
    row = notices.results_of(found).filter(pk=int(key) if key.isdigit() else 0).select_related("cadre").first()
    if row is None or not typed.get("grade"):
        raise Refused(_("没有选择人员或者等次。"), way_out=_("选择更正谁的等次，更正为什么等次。"), rule=notices.RULE, field="result")
    grade = typed.get("grade", "").replace(notices.NONE, "")
    mended = notices.Mended(grade, typed.get("reason", "")[:300], typed.get("document", "")[:120])
    _made, notice = notifying.correct(row, mended, by=place.account, at=place.at)
    told = _("已更正，新的通知书为%(n)s。") % {"n": notice.number} if notice else _("已更正；还没有签发过通知书，签发时按更正后的等次。")
    return Answer(row.cadre.name, told)


def notice_of(place: Place, key: int) -> GradeNotice:
    """A notice of the person, or of the office that issued it. Raises Http404."""
    rows = GradeNotice.objects.select_related("organ", "cadre", "decision", "issued_by__cadre", "result__batch__settled")
    found = rows.filter(pk=key).first()
    if found is None or found.cadre_id != place.account.cadre_id and office_of(place).unit != found.organ:
        raise Http404(_("没有这份通知书。"))
    return found


@login_required
@require_GET
def grade_notice_pdf(request: HttpRequest, notice: int) -> HttpResponse:
    """The sealed paper, for the person and the office; the reading is recorded."""
    place = place_of(request)
    found = notice_of(place, notice)
    made = getattr(found, "print", None)
    if made is None:
        raise Http404(_("文件正在生成，请稍后再看。"))
    ledger.read(account=place.account, what="grade_notice", ref=found.pk, case=None, at=place.at)
    return printed(bytes(made.pdf), f"{found.number}.pdf")


@login_required
@require_GET
def grade_receipt_pdf(request: HttpRequest, notice: int) -> HttpResponse:
    """送达回证 of a notice that was served."""
    found = notice_of(place_of(request), notice)
    service = Service.objects.filter(decision=found.decision_id).order_by("served_on", "id").first()
    if service is None:
        raise Http404(_("这份通知书还没有送达。"))
    try:
        return printed(notifying.receipt(found, service), f"{found.number}-{_('送达回证')}.pdf")
    except RenderingFailed as no:
        raise Http404(str(no)) from no


@login_required
@require_GET
def grade_preview_pdf(request: HttpRequest, result: int) -> HttpResponse:
    """The notice as it would be, for the office."""
    place = place_of(request)
    row = AssessmentResult.objects.filter(pk=result, batch__settled__campaign__organ=office_of(place).unit).first()
    if row is None:
        raise Http404(_("没有这项考核结果。"))
    try:
        return printed(notifying.preview(row, by=place.account, at=place.at), "preview.pdf")
    except (RenderingFailed, Refused) as no:
        raise Http404(str(no)) from no
