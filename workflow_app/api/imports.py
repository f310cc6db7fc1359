"""Import of results and people by a program: the same checks as by hand, limited to the seat's unit and those below."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from ninja import File, Router, Status
from ninja.files import UploadedFile

from workflow_app import inspection, results, roster
from workflow_app.api import shapes
from workflow_app.api.callers import SeatPlace
from workflow_app.assessment.imports import AlreadyImported
from workflow_app.assessment.sheets import BadSheet
from workflow_app.pages.frame import HANDLER, place_of
from workflow_app.steps import Refused

ARCHIVIST = "archivist"
BIGGEST, LISTED = 10 * 1024 * 1024, 500
RULE = "导入"
router = Router()
ANSWERS = {400: shapes.Refusal, 401: shapes.Refusal, 404: shapes.Refusal, 409: shapes.Refusal, 422: shapes.Refusal, 503: shapes.Refusal}


def _place(request: HttpRequest, role: str) -> SeatPlace:
    place = place_of(request)
    assert isinstance(place, SeatPlace)
    if place.seat.desk.role != role:
        raise Http404("这一席位不办理导入。")
    return place


def _data(file: UploadedFile) -> bytes:
    if not file.size or file.size > BIGGEST:
        raise Refused("文件为空，或者超过10兆字节。", way_out="分几次导入。", rule=RULE)
    data = file.read()
    inspection.true_kind("导入.xlsx", data)
    return data


def _name(file: UploadedFile) -> str:
    return str(file.name or "").rpartition("/")[2].rpartition("\\")[2][-100:] or "导入.xlsx"


def _faults(bad: BadSheet) -> Status:
    told: dict[str, list[str]] = {}
    for one in bad.faults[:LISTED]:
        told.setdefault(f"{one.sheet}!{one.row}!{one.column}", []).append(f"{one.found}；应为{one.expected}")
    said = {
        "rule": RULE, "reason": f"共{len(bad.faults)}处错误，没有导入任何数据。", "way_out": "逐处更正后重新提交。", "fields": told
    }  # fmt: skip
    return Status(422, said)


@router.post("/people", response={200: shapes.Taken, **ANSWERS})
def people(request: HttpRequest, file: UploadedFile = File(...)) -> Any:  # noqa: B008 - ninja's own way to declare a file
    """Units, posts, cadres, where they served, declared ties (XLSX). For a seat of the archives; the same file again changes nothing."""
    place = _place(request, ARCHIVIST)
    try:
        batch = roster.take(_data(file), _name(file), by=place.account, at=place.at, unit=place.seat.desk.unit)
    except BadSheet as bad:
        return _faults(bad)
    except roster.AlreadyTaken as told:
        raise Refused(str(told), way_out="不必重复提交。", rule=RULE) from None
    return {"rows": batch.rows, **batch.changes}


@router.post("/results", response={200: shapes.Imported, **ANSWERS})
def annual_results(request: HttpRequest, file: UploadedFile = File(...)) -> Any:  # noqa: B008
    """Annual results (XLSX). For a seat of the handlers; leads that follow stand on their desk."""
    place = _place(request, HANDLER)
    data = _data(file)
    try:
        with TemporaryDirectory() as folder, transaction.atomic():
            path = Path(folder) / "results.xlsx"
            path.write_bytes(data)
            batch, leads = results.take(path, by=place.account, at=place.at, unit=place.seat.desk.unit)
    except BadSheet as bad:
        return _faults(bad)
    except AlreadyImported as told:
        raise Refused(str(told), way_out="不必重复提交。", rule=RULE) from None
    return {"rows": batch.rows, "leads": leads}
