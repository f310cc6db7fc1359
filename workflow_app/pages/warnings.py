"""Red, yellow, green: monthly statements come in, colours are computed and shown with word, shape and everything behind them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger
from workflow_app.assessment.imports import AlreadyImported
from workflow_app.assessment.sheets import BadSheet
from workflow_app.assessment.warnings.statements import COLUMNS
from workflow_app.models import Cadre, Colour, Desk, UnitColour
from workflow_app.pages.frame import HANDLER, LEADER, Place, place_of, show
from workflow_app.telling import assessed

OFFICE = "assessment_office"
PAGE, LARGEST, MOST_FAULTS = 50, 5 * 1024 * 1024, 200
Shade = Colour.Shade
ORDER = Case(When(shade=Shade.RED, then=Value(0)), When(shade=Shade.YELLOW, then=Value(1)), default=Value(2))


@dataclass(frozen=True)
class Month:
    """One month as the page shows it."""

    colour: Colour
    lines: list[dict[str, Any]]
    reasons: list[str]
    earlier: list[Colour]  # what it was before a correction, newest first


def managing(place: Place) -> list[Desk]:
    """My desks from which cadres are managed."""
    return [desk for desk in place.desks if desk.role in (OFFICE, HANDLER, LEADER) and desk.unit.manages_cadres]


def managed(place: Place) -> QuerySet[Cadre]:
    """Cadres of the units that my desks manage, without myself."""
    within = Q(pk__in=[])
    for desk in managing(place):
        within |= Q(unit__path__startswith=desk.unit.path)
    return Cadre.objects.filter(within, active=True).exclude(pk=place.account.cadre_id or 0)


def current(colours: QuerySet[Colour]) -> QuerySet[Colour]:
    """Of every month only the colour that counts."""
    newer = Colour.objects.filter(cadre=OuterRef("cadre"), month=OuterRef("month"), pk__gt=OuterRef("pk"))
    return colours.filter(~Exists(newer))


def reasons(colour: Colour | UnitColour) -> list[str]:
    """The calculation in words."""
    said = {
        "W-SCORE": _("月度得分%(score)s（各项目平均，保留两位小数）：%(green)s及以上为绿色，%(yellow)s至79.99为黄色，低于%(yellow)s为红色"),
        "W-FALSE": _("“%(item)s”经查实弄虚作假：红色"),
        "W-RUN2": _("“%(item)s”连续两个月未达绿色（%(months)s）：黄色"),
        "W-RUN3": _("“%(item)s”连续三个月未达绿色（%(months)s）：红色"),
    }
    kept = colour.inputs
    return [
        said[one["rule"]] % {"score": kept["score"], "green": kept["green"], "yellow": kept["yellow"], "item": one["item"], "months": "、".join(one["months"])}
        for one in kept["reasons"]
    ]  # fmt: skip


def leading(colour: Colour) -> str:
    """The first reason that makes it this colour and no lighter one; empty for green."""
    made = [said for one, said in zip(colour.inputs["reasons"], reasons(colour), strict=True) if one["shade"] == colour.shade]
    return made[0] if made and colour.shade != Shade.GREEN else ""


@login_required
@require_http_methods(["GET", "POST"])
def warnings(request: HttpRequest) -> HttpResponse:
    """The list of a month; a handler takes in a file here."""
    place = place_of(request)
    if not managing(place):
        raise Http404
    if request.method == "POST":
        return _take_in(request, place)
    return _list(request, place)


def _list(request: HttpRequest, place: Place, *, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    colours = current(Colour.objects.filter(cadre__in=managed(place)))
    months = list(colours.order_by("-month").values_list("month", flat=True).distinct()[:24])
    month = request.GET.get("month", "") if request.GET.get("month") in months else (months[0] if months else "")
    counts = dict(colours.filter(month=month).values_list("shade").annotate(n=Count("pk")))
    shade = request.GET.get("shade", "") if request.GET.get("shade") in Shade.values else ""
    found = colours.filter(month=month, **({"shade": shade} if shade else {}))
    rows = found.select_related("cadre__unit", "cadre__post").annotate(order=ORDER).order_by("order", "score", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": page, "lines": [(one, leading(one)) for one in page], "months": months, "month": month, "shade": shade, "counts": [(one, counts.get(one, 0)) for one in (Shade.RED, Shade.YELLOW, Shade.GREEN)],
        "faults": (faults or [])[:MOST_FAULTS], "more_faults": max(len(faults or []) - MOST_FAULTS, 0), "takes": place.sits(HANDLER) is not None, "columns": COLUMNS,
    }  # fmt: skip
    return show(request, "warnings", context, status=status)


def _take_in(request: HttpRequest, place: Place) -> HttpResponse:
    desk = next((one for one in managing(place) if one.role == HANDLER), None)
    if desk is None:
        raise Http404
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        return _list(request, place, faults=[_("没有选择文件。请选择 XLSX 文件。")], status=422)
    if sent.size > LARGEST:
        return _list(request, place, faults=[_("文件超过5 MB。请按月分开导入。")], status=422)
    with NamedTemporaryFile(suffix=".xlsx") as kept:
        for chunk in sent.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            taken = assessed.take_in_statements(Path(kept.name), sent.name or "", unit=desk.unit, by=place.account, at=place.at)
        except BadSheet as bad:
            return _list(request, place, faults=[str(one) for one in bad.faults], status=422)
        except AlreadyImported as told:
            return _list(request, place, faults=[str(told)], status=409)
    success(
        request,
        _("已导入%(rows)s行，%(changed)s个月度颜色有变化，产生%(leads)s条线索，提醒%(told)s人次。")
        % {"rows": taken.rows, "changed": taken.changed, "leads": taken.leads, "told": taken.told},
    )
    return redirect("warnings")


def months_of(cadre: Cadre) -> list[Month]:
    """All months of a cadre, newest first, with what they were computed from."""
    found: dict[str, list[Colour]] = {}
    for one in Colour.objects.filter(cadre=cadre).order_by("-month", "-id"):
        found.setdefault(one.month, []).append(one)
    return [Month(rows[0], rows[0].inputs["lines"], reasons(rows[0]), rows[1:]) for rows in found.values()]


@login_required
@require_GET
def warning(request: HttpRequest, cadre: int) -> HttpResponse:
    """One cadre's months, for who manages the cadre and for the head of the unit. The reading is recorded."""
    place = place_of(request)
    found = managed(place).filter(pk=cadre).select_related("unit", "post").first()
    desk = managing(place)[0] if found else None
    if found is None:
        other = Cadre.objects.filter(pk=cadre).select_related("unit", "post").first()
        found = other if other is not None and assessed.supervises(place.account, other) else None
    if found is None:
        raise Http404(_("没有这名干部，或者您无权查看。"))
    ledger.read(account=place.account, what="warning", ref=found.pk, case=None, at=place.at, desk=desk)
    return show(request, "warning", {"cadre": found, "months": months_of(found)})
