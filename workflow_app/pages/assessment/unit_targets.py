"""Units over the year: what they reached of their targets, in the order of their codes and never of their figures; and their results of three years."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import monitoring
from workflow_app.assessment.sheets import BadSheet
from workflow_app.assessment.units import statements
from workflow_app.models import Colour, Unit, UnitColour, UnitResult, UnitTarget
from workflow_app.pages.assessment.libraries import as_file, sent_file
from workflow_app.pages.assessment.office import office_of, said
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.warnings import reasons
from workflow_app.refusing import Refused

SHADES = (Colour.Shade.RED, Colour.Shade.YELLOW, Colour.Shade.GREEN)
YEARS = 3


@dataclass(frozen=True)
class Stood:
    """One target of a unit in a period as the page shows it."""

    colour: UnitColour
    measure: str
    why: list[str]


def current(rows: QuerySet[UnitColour]) -> QuerySet[UnitColour]:
    """Of every unit, target and period only the colour that counts."""
    newer = UnitColour.objects.filter(
        unit=OuterRef("unit"), year=OuterRef("year"), name=OuterRef("name"), period=OuterRef("period"), pk__gt=OuterRef("pk")
    )
    return rows.filter(~Exists(newer)).select_related("unit").order_by("unit__code", "name")


def stood(rows: QuerySet[UnitColour]) -> list[Stood]:
    """With the calculation in words."""
    found = list(rows)
    kinds = {
        (one.unit_id, one.year, one.name): one for one in UnitTarget.objects.filter(unit__in={one.unit_id for one in found}).order_by("id")
    }
    return [Stood(one, kinds[one.unit_id, one.year, one.name].measure, _why(one)) for one in found]


def _why(one: UnitColour) -> list[str]:
    told = one.inputs
    words: dict[str, Any] = {"v": told["value"], "d": told["due"], "s": told["score"]}
    if told["better"] == UnitTarget.Better.LOW:
        first = _("越低越好：目标值%(d)s÷实际值%(v)s，达成度%(s)s%%（不超过100%%）") % words
    else:
        first = _("越高越好：实际值%(v)s÷目标值%(d)s，达成度%(s)s%%（不超过100%%）") % words
    runs = [said for kept, said in zip(told["reasons"], reasons(one), strict=True) if kept["rule"] != "W-SCORE"]
    return [first, *runs]


@login_required
@require_http_methods(["GET", "POST"])
def unit_targets(request: HttpRequest) -> HttpResponse:
    """What the units reached in a period; a workbook is taken in."""
    place, refused = place_of(request), None
    organ = office_of(place).unit
    if request.method == "POST":
        try:
            name, data = sent_file(request)
            taken = monitoring.take_in(organ, name, data, by=place.account, at=place.at)
            words = {"t": len(taken.targets), "s": len(taken.statements), "c": len(taken.colours)}
            success(request, _("已导入：%(t)s项目标，%(s)s项对账；%(c)s项颜色是新的或者有变化。") % words)
            return redirect("unit_targets")
        except (Refused, BadSheet) as no:
            refused = no
    below = current(UnitColour.objects.filter(unit__path__startswith=organ.path))
    periods = sorted(set(below.order_by().values_list("period", flat=True)), reverse=True)[:36]
    period = request.GET.get("period", "") if request.GET.get("period") in periods else (periods[0] if periods else "")
    rows = stood(below.filter(period=period))
    counts = Counter(one.colour.shade for one in rows)
    context = {
        "rows": rows, "periods": periods, "period": period, "counts": [(one, counts[one]) for one in SHADES], "organ": organ,
        "targets": len(statements.targets_of(organ)), "columns": statements.COLUMNS,
    }  # fmt: skip
    return show(request, "assessment/unit_targets", {**context, **said(refused)}, status=422 if refused else 200)


@login_required
@require_GET
def unit_targets_file(request: HttpRequest) -> HttpResponse:
    """Targets and statements as XLSX; reading it in again changes nothing."""
    organ = office_of(place_of(request)).unit
    return as_file(statements.written(organ), f"unit-targets-{organ.pk}.xlsx")


@login_required
@require_GET
def unit_years(request: HttpRequest) -> HttpResponse:
    """The sheet of a review meeting: grades and scores of the units in three years, in the order of their codes; printed it is one table."""
    place = place_of(request)
    organ = office_of(place).unit
    last = UnitResult.objects.filter(unit__path__startswith=organ.path).order_by("-year").values_list("year", flat=True).first()
    years = list(range((last or place.today.year) - YEARS + 1, (last or place.today.year) + 1))
    found: dict[int, dict[int, UnitResult]] = defaultdict(dict)
    for one in UnitResult.objects.filter(unit__path__startswith=organ.path, year__in=years):
        found[one.unit_id][one.year] = one
    units = Unit.objects.filter(pk__in=found).order_by("code")
    lines = [(unit, [(year, found[unit.pk].get(year)) for year in years]) for unit in units]
    spread = [
        (year, Counter(str(by_year[year].get_grade_display()) for by_year in found.values() if year in by_year).items()) for year in years
    ]
    return show(request, "assessment/unit_years", {"organ": organ, "years": years, "lines": lines, "spread": spread})
