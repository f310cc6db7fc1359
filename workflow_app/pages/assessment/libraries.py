"""A library: what is in force, its lists and reviews, and its workbook both ways."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import assessing
from workflow_app.assessment.library import keeping, workbook
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import IndicatorVersion, Library
from workflow_app.pages.assessment.office import office_of, said
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.refusing import Refused
from workflow_app.revising import consultations

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 5 * 1024 * 1024  # bytes of a workbook


def _library(place: Place, key: int) -> Library:
    found = Library.objects.filter(pk=key, organ=office_of(place).unit).first()
    if found is None:
        raise Http404(_("没有这个指标库。"))
    return found


def sent_file(request: HttpRequest) -> tuple[str, BytesIO]:
    """The workbook that was sent. Raises Refused."""
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > LARGEST:
        raise Refused(_("没有选择文件，或者文件为空、超过5兆字节。"), way_out=_("选择一个XLSX工作簿。"), rule=_("导入"), field="file")
    return file.name or "", BytesIO(file.read())


def as_file(data: bytes, name: str) -> HttpResponse:
    """A workbook as a download."""
    return HttpResponse(
        data, content_type=MIME, headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    )


@login_required
@require_http_methods(["GET", "POST"])
def library(request: HttpRequest, library: int) -> HttpResponse:
    """What is in force; a workbook is taken in, or a review noted."""
    place = place_of(request)
    found, refused = _library(place, library), None
    if request.method == "POST":
        try:
            _do(request, place, found)
            return redirect("library", library=found.pk)
        except (Refused, BadSheet) as no:
            refused = no
    versions = keeping.in_force(found, place.today)
    earlier = IndicatorVersion.objects.filter(indicator__library=found).exclude(pk__in=[one.pk for one in versions.values()])
    context = {
        "library": found, "versions": versions.items(), "lists": keeping.lists_in_force(found, place.today), "due": keeping.next_review(found),
        "late": keeping.next_review(found) < place.today, "reviews": found.reviews.select_related("by__cadre").order_by("-held_on"),
        "earlier": earlier.select_related("indicator", "recorded_by__cadre").order_by("indicator__code", "number"), "typed": request.POST,
        "opinions": consultations.about_library(found), "today": place.today, "core": keeping.CORE, "core_routine": keeping.CORE_ROUTINE,
    }  # fmt: skip
    return show(request, "assessment/library", {**context, **said(refused)}, status=422 if refused else 200)


def _do(request: HttpRequest, place: Place, found: Library) -> None:
    if request.POST.get("do") == "review":
        try:
            held_on = date.fromisoformat(request.POST.get("held_on", ""))
        except ValueError as wrong:
            raise Refused(_("评审日期不对。"), way_out=_("填写日期。"), rule=keeping.RULE, field="held_on") from wrong
        assessing.review_library(found, held_on, request.POST.get("findings", ""), by=place.account, at=place.at)
        success(request, _("评审已经登记。"))
        return
    name, data = sent_file(request)
    taken = assessing.import_library(found, name, data, by=place.account, at=place.at)
    success(request, _("已导入：%(v)s个指标新版本，%(e)s份清单新版。") % {"v": taken.versions, "e": taken.editions})


@login_required
@require_GET
def export(request: HttpRequest, library: int) -> HttpResponse:
    """The library as XLSX; reading it in again changes nothing."""
    place = place_of(request)
    found = _library(place, library)
    return as_file(workbook.written(found, place.today), f"library-{found.pk}-{place.today}.xlsx")
