"""Records of work at the office and with the head of a unit: read with a record of the reading, commented on by the head alone."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, noting
from workflow_app.models import Cadre, WorkLine
from workflow_app.pages.care.office import desks, matching
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.worklog.office import ROLES, around, managed, managing, month_asked, own_unit, superior
from workflow_app.refusing import Refused
from workflow_app.worklog import lines
from workflow_app.worklog.rules import monday


@login_required
@require_GET
def worklogs(request: HttpRequest) -> HttpResponse:
    """Whose record I may read: people of the unit that I head; at the office, whom it manages, found by name or number."""
    place, text = place_of(request), request.GET.get("q", "").strip()[:40]
    office, unit = bool(desks(place, ROLES)), own_unit(place)
    if not office and not unit:
        raise Http404(_("没有可以查看的工作纪实。"))
    cadres = matching(managed(place), text) if office else []
    return show(request, "worklog/home", {"office": office, "people": unit, "q": text, "cadres": cadres})


def readable(place: Place, key: int) -> Cadre:
    """Somebody whose record I may read. Raises Http404."""
    found = Cadre.objects.filter(pk=key).select_related("unit", "post__unit").first()
    if found is None or not (superior(place, found) or managing(place, found)):
        raise Http404(_("没有这名干部，或者您无权查看。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def worklog_of(request: HttpRequest, cadre: int) -> HttpResponse:
    """A month of somebody's record beside the statement; the head of the unit says a word to a week."""
    place, refused = place_of(request), None
    found = readable(place, cadre)
    head, month = superior(place, found), month_asked(request.GET.get("month", ""), place.today)
    if request.method == "POST":
        if not head:
            raise Http404
        try:
            noting.comment(found, _week(request), request.POST.get("text", "")[:300], by=place.account, at=place.at)
            success(request, _("意见已经记录，本人会收到消息。"))
            return redirect(f"{reverse('worklog_of', args=[found.pk])}?month={month}")
        except Refused as no:
            refused = no
    else:
        ledger.read(account=place.account, what="worklog", ref=found.pk, case=None, at=place.at, desk=managing(place, found))
    before, after = around(month, place.today)
    context = {
        "cadre": found, "month": lines.month(found, month, place.today), "before": before, "after": after, "head": head, "refused": refused,
        "typed": request.POST, "office": managing(place, found) is not None,
    }  # fmt: skip
    return show(request, "worklog/month", context, status=422 if refused else 200)


def _week(request: HttpRequest) -> date:
    try:
        return monday(date.fromisoformat(request.POST.get("week", "")))
    except ValueError as no:
        raise Http404 from no


@login_required
@require_GET
def work_file(request: HttpRequest, line: int) -> HttpResponse:
    """The document of a line: for the person, the head of the unit and the office that manages the person."""
    place = place_of(request)
    found = WorkLine.objects.filter(pk=line, upload__isnull=False).select_related("upload", "cadre__unit", "cadre__post").first()
    if found is None or found.upload is None:
        raise Http404(_("没有这份材料。"))
    if found.cadre_id != place.account.cadre_id:
        readable(place, found.cadre_id)
    ledger.read(account=place.account, what="worklog", ref=found.cadre_id, case=None, at=place.at)
    response = HttpResponse(bytes(found.upload.data), content_type=found.upload.mime)
    response["Content-Disposition"] = content_disposition_header(True, found.file_name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
