"""My written notice of an annual grade: read it, take it, and what can be done against it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import ledger, notifying
from workflow_app.models import GradeNotice, Service
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.portal import filings
from workflow_app.refusing import Refused


def notices_of(place: Place) -> list[tuple[GradeNotice, Service | None]]:
    """Notices about the person, the newest first, each with its service."""
    if place.account.cadre_id is None:
        return []
    rows = GradeNotice.objects.filter(cadre=place.account.cadre_id).select_related("organ", "decision", "result", "print", "replaced_by")
    served = {one.decision_id: one for one in Service.objects.filter(decision__grade_notice__in=rows).order_by("-served_on", "-id")}
    return [(one, served.get(one.decision_id)) for one in rows.order_by("-id")]


@login_required
@require_http_methods(["GET", "POST"])
def my_grade(request: HttpRequest, notice: int) -> HttpResponse:
    """One notice. Opening it is not receiving it, receiving is not agreeing."""
    place, refused = place_of(request), None
    found = next((one for one in notices_of(place) if one[0].pk == notice), None)
    if found is None:
        raise Http404(_("没有这份通知书。"))
    if request.method == "POST":
        try:
            notifying.receive(found[0], consent=bool(request.POST.get("consent")), by=place.account, at=place.at)
            success(request, _("已签收。签收只说明您收到了通知书，不表示同意。申请和申诉的期限从明天起算。"))
            return redirect("my_grade", notice=notice)
        except Refused as no:
            refused = no
    else:
        ledger.read(account=place.account, what="grade_notice", ref=notice, case=None, at=place.at)
    ways = filings.ways(place, found[0].decision)
    context = {
        "notice": found[0], "service": found[1], "words": found[0].content["content"], "refused": refused, "simple": True,
        "open": any(not way.reason for _path, way in ways), "later": getattr(found[0], "replaced_by", None),
    }  # fmt: skip
    return show(request, "portal/grade", context, status=422 if refused else 200)
