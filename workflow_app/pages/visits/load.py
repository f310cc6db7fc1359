"""What visits a unit carries in a year, against the organ's limit; the limit and the approval of one more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import visiting
from workflow_app.models import Unit, VisitLeave, VisitLimit
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.visits.office import key_of, leads, lines, organ_of, refused_at, works
from workflow_app.refusing import Refused
from workflow_app.visits import limits
from workflow_app.visits.picking import units_of


class LimitForm(forms.Form):
    """The limit of a year."""

    year = forms.IntegerField(label=lazy("年度"), min_value=2000, max_value=2100)
    most = forms.IntegerField(label=lazy("每个单位每年最多次数"), min_value=1, max_value=365)
    source = forms.CharField(label=lazy("依据"), max_length=160, help_text=lazy("本机关的文件名称和文号，或者会议决定。没有全国统一的数。"))


class LeaveForm(forms.Form):
    """One visit more."""

    unit = forms.ChoiceField(label=lazy("单位"))
    reason = lines(lazy("批准增加一次的理由"), 300)


@login_required
@require_http_methods(["GET", "POST"])
@answered
def visit_load(request: HttpRequest) -> HttpResponse:
    """Per unit: visits, days, and what is left."""
    place = place_of(request)
    organ = organ_of(place)
    year = key_of(request.GET.get("year")) or place.today.year
    year = year if 2000 <= year <= 2100 else place.today.year
    rows = limits.loads(organ, year, place.today, own=works(place, organ))
    limit_form, leave_form = _forms(request, organ, year, rows)
    if request.method == "POST":
        if not leads(place, organ):
            raise Http404
        form = limit_form if request.POST.get("do") == "limit" else leave_form
        try:
            if form.is_valid():
                success(request, _act(place, organ, year, form))
                return redirect(f"{request.path}?year={year}")
        except Refused as no:
            refused_at(form, no)
    bad = limit_form.is_bound or leave_form.is_bound
    return show(
        request,
        "visits/load",
        _context(place, organ, year, rows) | {"limit_form": limit_form, "leave_form": leave_form},
        status=422 if bad else 200,
    )


def _forms(request: HttpRequest, organ: Unit, year: int, rows: list[limits.Load]) -> tuple[LimitForm, LeaveForm]:
    posted, do = (request.POST if request.method == "POST" else None), request.POST.get("do")
    limit_form = LimitForm(posted if do == "limit" else None, initial={"year": year})
    leave_form = LeaveForm(posted if posted is not None and do != "limit" else None)
    full = [("", _("请选择")), *((str(one.unit.pk), f"{one.unit.name}（{one.visits}）") for one in rows if one.full)]
    leave_form.fields["unit"].choices = full  # type: ignore[attr-defined]
    return limit_form, leave_form


def _act(place: Place, organ: Unit, year: int, form: forms.Form) -> str:
    found: dict[str, Any] = form.cleaned_data
    if isinstance(form, LimitForm):
        visiting.set_limit(organ, found["year"], found["most"], found["source"], by=place.account, at=place.at)
        return _("上限已经设定，从现在起安排的走访按它检查。")
    unit = units_of(organ).get(pk=int(found["unit"]))
    visiting.approve(organ, unit, year, found["reason"], by=place.account, at=place.at)
    return _("已批准增加一次，由另一人安排时使用。")


def _context(place: Place, organ: Unit, year: int, rows: list[limits.Load]) -> dict[str, Any]:
    most = max((one.visits for one in rows), default=0)
    limit = limits.limit_of(organ, year)
    bars = [(one, 100 * one.visits // max(most, one.most or 0, 1)) for one in rows]
    return {
        "organ": organ, "year": year, "years": [place.today.year - 1, place.today.year, place.today.year + 1], "bars": bars, "limit": limit,
        "leads": leads(place, organ), "full": any(one.full for one in rows),
        "leaves": VisitLeave.objects.filter(organ=organ, year=year).select_related("unit", "by__cadre", "visit"),
        "limits": VisitLimit.objects.filter(organ=organ, year=year).select_related("by__cadre"),
        "unvisited": units_of(organ).exclude(pk__in=[one.unit.pk for one in rows]).count(),
    }  # fmt: skip
