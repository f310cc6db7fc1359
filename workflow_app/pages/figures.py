"""Figures for the leader of the organization department and the auditor: pictures with their tables, and the same as a file."""

from __future__ import annotations

import csv
from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook

from workflow_app import ledger
from workflow_app.models import Desk
from workflow_app.pages import counting
from workflow_app.pages.audit import safe
from workflow_app.pages.frame import AUDITOR, LEADER, Place, place_of, show
from workflow_app.pages.targets import TARGETS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def desks_of(place: Place) -> list[Desk]:
    """The desks from which figures are looked at. Raises Http404 for everybody else."""
    found = [desk for desk in place.desks if desk.role in (LEADER, AUDITOR)]
    if not found:
        raise Http404
    return found


def _counted(place: Place) -> list[counting.Figure]:
    return counting.everything(sorted({desk.unit.path for desk in desks_of(place)}))


@login_required
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    """The page; opening it is a reading."""
    place = place_of(request)
    desk = desks_of(place)[0]
    ledger.read(account=place.account, what="figures", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    return show(request, "figures", {"figures": _counted(place), "targets": TARGETS, "units": [one.unit for one in desks_of(place)]})


def _rows(place: Place) -> list[list[str]]:
    rows = [[_("图表"), _("项目"), _("数值"), _("单位")]]
    for one in _counted(place):
        rows += [
            [safe(one.title), safe(bar.name), _("不足五，不显示") if bar.number is None else str(bar.number), one.unit] for bar in one.bars
        ]
    return rows


@login_required
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The same figures as CSV or XLSX; the export is a reading itself."""
    place = place_of(request)
    desk = desks_of(place)[0]
    if kind not in ("csv", "xlsx"):
        raise Http404
    rows = _rows(place)
    ledger.read(account=place.account, what="figures_file", ref=desk.unit_id, case=None, at=place.at, desk=desk, reason=kind)
    response = HttpResponse(content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"统计{place.today}.{kind}") or "attachment"
    if kind == "csv":
        response.write("\ufeff")  # spreadsheets take it for GBK otherwise
        csv.writer(response).writerows(rows)
        return response
    book, kept = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet(_("统计"))
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    book.save(kept)
    response.write(kept.getvalue())
    return response
