"""One row that is verified: taken on, held against papers, concluded, disposed of."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import ledger, verifying
from workflow_app.models import CheckPaper, CheckResult, Disposal, Established, Finding, SampleCheck, Visit
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.visits.office import key_of
from workflow_app.pages.visits.register import word_of
from workflow_app.pages.visits.samples import checks_here, organ_of
from workflow_app.refusing import Refused
from workflow_app.visits import checking
from workflow_app.visits.disposing import FRAUD
from workflow_app.visits.rules import uninvolved

SHOWN = 50


def check_of(place: Place, key: int) -> SampleCheck:
    """A check of my organ, never one about me. Raises Http404."""
    rows = SampleCheck.objects.filter(campaign__organ=organ_of(place)).select_related(
        "campaign__organ", "established__subject__cadre__unit", "established__by__cadre", "established__indicator__indicator",
        "established__taken_back", "measured__subject__cadre__unit", "measured__by__cadre", "measured__indicator__indicator", "begun__by__cadre",
        "result__by__cadre", "result__disposal__by__cadre", "result__disposal__finding", "result__disposal__established",
    )  # fmt: skip
    found = rows.filter(pk=key).first()
    if found is None or found.row.subject.cadre_id == place.account.cadre_id:
        raise Http404(_("没有这一核验事项，或者您无权查看。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
@answered
def sample_check(request: HttpRequest, check: int) -> HttpResponse:
    """One check with everything that was done about it."""
    place, refused = place_of(request), None
    found = check_of(place, check)
    if request.method == "POST":
        if not checks_here(place, found.campaign.organ):
            raise Http404
        try:
            success(request, _act(request, place, found))
            return redirect("sample_check", check=found.pk)
        except Refused as no:
            refused = no
    else:
        ledger.read(account=place.account, what="check", ref=found.pk, case=None, at=place.at)
    return show(
        request, "visits/check", _context(place, found) | {"refused": refused, "typed": request.POST}, status=409 if refused else 200
    )


def _act(request: HttpRequest, place: Place, found: SampleCheck) -> str:
    typed, do = request.POST, request.POST.get("do", "")
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if do == "begin":
        verifying.begin(found, typed.get("late_why", "")[:300], **words)
        return _("已由您核验。")
    if do == "paper":
        visit = Visit.objects.filter(pk=key_of(typed.get("visit")), organ=found.campaign.organ).select_related("unit").first()
        paper = checking.Paper(
            typed.get("way", ""), typed.get("paper", "")[:200], typed.get("says", "")[:300], typed.get("agrees") == "yes", visit
        )
        if typed.get("agrees") not in ("yes", "no"):
            raise Refused(_("没有选择是否一致。"), way_out=_("选择与登记一致或者不一致。"), rule=_("三查核验"), field="agrees")
        verifying.hold_against(found, paper, **words)
        return _("材料已经登记。")
    if do == "conclude":
        verifying.conclude(found, typed.get("outcome", ""), typed.get("proof", "")[:500], **words)
        return _("结论已经记录。")
    if do != "dispose" or not hasattr(found, "result"):
        raise Http404
    verifying.dispose_result(found.result, word_of(typed, _matters(found)), **words)
    return _("处理已经记录。")


def _matters(found: SampleCheck) -> list[tuple[str, Any]]:
    """Falsifications of the row's person that were established through their own doors."""
    subject = found.row.subject
    rows = Established.objects.filter(subject=subject, kind=Established.Kind.FALSIFIED, taken_back__isnull=True)
    findings = Finding.objects.filter(cadre=subject.cadre_id, rule_id=FRAUD).select_related("cadre").order_by("-pk")
    told: list[tuple[str, Any]] = [
        (f"established-{one.pk}", one) for one in rows.select_related("subject__cadre", "indicator__indicator")[:SHOWN]
    ]
    return told + [(f"finding-{one.pk}", one) for one in findings[:SHOWN]]


def _hindrance(place: Place, found: SampleCheck) -> str:
    """Why I cannot take the check on; empty when I can."""
    if found.row.by_id == place.account.pk:
        return _("登记人不得核验自己登记的数据，由另一人核验。")
    try:
        uninvolved(found.row.subject, place.account)
    except Refused as no:
        return f"{no.reason}{no.way_out}"
    return ""


def _context(place: Place, found: SampleCheck) -> dict[str, Any]:
    begun, result = getattr(found, "begun", None), getattr(found, "result", None)
    visits = Visit.objects.filter(organ=found.campaign.organ, cancelled__isnull=True, first__lte=place.today).select_related("unit")
    ancestors = found.row.subject.where.ancestor_ids
    return {
        "check": found, "row": found.row, "subject": found.row.subject, "begun": begun, "result": result, "papers": found.papers.select_related("by__cadre", "visit__unit"),
        "late": begun is None and place.at > found.begin_by, "mine": begun is not None and begun.by_id == place.account.pk,
        "hindered": _hindrance(place, found), "here": checks_here(place, found.campaign.organ), "ways": CheckPaper.Way.choices,
        "visits": visits.filter(unit__in=ancestors)[:SHOWN], "outcomes": CheckResult.Outcome.choices, "matters": _matters(found),
        "disposals": [(value, label) for value, label in Disposal.Outcome.choices if value != Disposal.Outcome.NOTHING],
    }  # fmt: skip
