"""The roster taken in from a workbook: first what is wrong or what would change, then the taking; what was taken in before."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from openpyxl import Workbook

from workflow_app import inspection, ledger, roster
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Office, RosterImport
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.roster.lines import SHEETS
from workflow_app.steps import Refused

HOLD, SHOWN = 30 * 60, 200  # seconds a checked file waits; faults and changes on a page
BIGGEST = 10 * 1024 * 1024


def _steward(request: HttpRequest) -> Place:
    """The system administrator, who keeps the reference data; for others the page does not exist."""
    place = place_of(request)
    if place.account.office != Office.SYSTEM:
        raise Http404
    return place


@login_required
@require_http_methods(["GET", "POST"])
def roster_import(request: HttpRequest) -> HttpResponse:
    """Check a workbook, then take it in."""
    place = _steward(request)
    try:
        if request.POST.get("do") == "take":
            return _take(request, place)
        if request.method == "POST":
            return _check(request, place)
    except BadSheet as bad:
        told = {"faults": bad.faults[:SHOWN], "number": len(bad.faults), "file": getattr(request.FILES.get("file"), "name", "")}
        return _page(request, told, status=422)
    except (Refused, roster.AlreadyTaken) as no:
        return _page(request, {"refused": no}, status=409)
    return _page(request, {})


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    earlier = RosterImport.objects.select_related("taken_by").order_by("-pk")[:20]
    return show(request, "roster", {"earlier": earlier, "sheets": SHEETS, **context}, status=status)


def _check(request: HttpRequest, place: Place) -> HttpResponse:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size or file.size > BIGGEST:
        raise Refused(
            "没有选择文件，或者文件超过10兆字节。", way_out="选择一个 XLSX 工作簿；很大的名册分几次导入。", rule="名册导入", field="file"
        )
    name, data = str(file.name), file.read()
    inspection.true_kind(name if name.endswith(".xlsx") else f"{name}.xlsx", data)
    changes = roster.check(data, name, at=place.at)
    ledger.read(account=place.account, what="roster", ref=0, case=None, at=place.at)
    token = uuid4().hex
    cache.set(f"roster:{place.account.pk}:{token}", [name, base64.b64encode(data).decode()], HOLD)
    return _page(request, {"changes": changes, "shown": changes.changed[:SHOWN], "token": token, "file": name})


def _take(request: HttpRequest, place: Place) -> HttpResponse:
    key = f"roster:{place.account.pk}:{request.POST.get('token', '')[:32]}"
    kept = cache.get(key)
    if kept is None:
        raise Refused("检查过的文件已超过半小时，没有导入。", way_out="重新选择文件并检查。", rule="名册导入")
    batch = roster.take(base64.b64decode(kept[1]), kept[0], by=place.account, at=place.at)
    cache.delete(key)
    success(request, _("已导入%(n)s行，变动已记入登记簿。") % {"n": batch.rows})
    return redirect("roster")


@login_required
@require_GET
def roster_form(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the sheets and columns that are read."""
    _steward(request)
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, columns in SHEETS.items():
        book.create_sheet(title).append(list(columns))
    file = BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = content_disposition_header(True, f"{_('干部名册')}.xlsx") or "attachment"
    return response
