"""Matters that were checked and come from outside the sheets: entered here, judged by their rule, followed by a lead, a bar or a note."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workflow_app.assessment.library import keeping
from workflow_app.assessment.triggers.entered import GROUNDS
from workflow_app.assessment.triggers.entering import Entry
from workflow_app.assessment.triggers.register import TRIGGERS
from workflow_app.models import Bar, Desk, Finding
from workflow_app.pages.finding_forms import FORMS
from workflow_app.pages.frame import HANDLER, Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.warnings import managed
from workflow_app.steps import Refused
from workflow_app.telling import assessed

SHOWN, FOUND = 30, 20


def desk_of(place: Place) -> Desk:
    """The handler's desk from which findings are entered. Raises Http404 for everybody else."""
    desk = next((one for one in place.desks if one.role == HANDLER and one.unit.manages_cadres), None)
    if desk is None:
        raise Http404
    return desk


@login_required
@require_GET
def findings(request: HttpRequest) -> HttpResponse:
    """Find a cadre and a rule; what was entered lately; bars that run."""
    place, text = place_of(request), request.GET.get("q", "").strip()[:40]
    desk_of(place)
    people = managed(place)
    named = people.filter(Q(name__contains=text) | Q(number=text) | Q(unit__name__contains=text)) if text else people.none()
    rows = (
        Finding.objects.filter(cadre__in=people)
        .select_related("cadre__unit", "lead", "entered_by__cadre")
        .prefetch_related("retrospects")
        .order_by("-pk")
    )
    bars = Bar.objects.filter(cadre__in=people, last_day__gte=place.today, lifted_on__isnull=True).select_related("cadre__unit")
    context = {
        "q": text, "cadres": named.select_related("unit", "post")[:FOUND], "rules": [(rule, TRIGGERS[rule].title) for rule in FORMS],
        "rows": [(one, TRIGGERS[one.rule_id].title) for one in rows[:SHOWN]], "bars": bars.order_by("last_day", "pk"), "shown": SHOWN, "key": uuid4().hex,
    }  # fmt: skip
    return show(request, "findings", context)


@login_required
@require_http_methods(["GET", "POST"])
@answered
def enter_finding(request: HttpRequest, cadre: int, rule: str) -> HttpResponse:
    """The form of a rule; what follows is said in words."""
    place = place_of(request)
    desk, person = desk_of(place), managed(place).filter(pk=cadre).select_related("unit", "post").first()
    if person is None or rule not in FORMS:
        raise Http404
    entries = keeping.entries_in_force(desk.unit, set(GROUNDS), place.today)
    form = FORMS[rule](request.POST if request.method == "POST" else None, initial={"found_on": place.today}, entries=entries)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["found_on"] > place.today:
            form.add_error("found_on", _("认定日期不能晚于今天。"))
        else:
            entry = Entry(rule, person, form.facts(), form.cleaned_data["source"], form.cleaned_data["found_on"])
            finding = assessed.enter_finding(entry, unit=desk.unit, by=place.account, at=place.at)
            success(request, _("已登记：%(outcome)s。") % {"outcome": finding.outcome})
            return redirect("lead", lead=finding.lead.pk) if finding.lead else redirect("findings")
    status = 422 if form.is_bound else 200
    return show(request, "finding", {"form": form, "cadre": person, "rule": rule, "trigger": TRIGGERS[rule]}, status=status)


@login_required
@require_POST
@answered
def lift_bar(request: HttpRequest, bar: int) -> HttpResponse:
    """A bar ends early, with a reason."""
    place = place_of(request)
    desk, reason = desk_of(place), request.POST.get("reason", "").strip()
    found = Bar.objects.filter(pk=bar, cadre__in=managed(place)).select_related("cadre").first()
    if found is None:
        raise Http404
    if len(reason) < 5:
        raise Refused(_("解除须写明理由（不少于5个字）。"), way_out=_("补写理由。"), rule="T-15", field="reason")
    assessed.lift_bar(found, unit=desk.unit, reason=reason, by=place.account, at=place.at)
    success(request, _("已解除，理由已记入登记簿。"))
    return redirect("findings")
