"""Visits in the portal: what the own unit is told, the teams that the person is in, and checks of figures about the person."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app.models import CheckResult, Visit
from workflow_app.pages.frame import Place, place_of, show

SHOWN = 50


def _of_my_unit(place: Place) -> list[Visit]:
    """Visits to the unit that a leading member speaks for: announced ones, and others from their first day on."""
    cadre = place.account.cadre
    if cadre is None or cadre.post is None or not cadre.post.is_leading_member or not cadre.active:
        return []
    known = Q(announced=True) | Q(first__lte=place.today)
    rows = Visit.objects.filter(known, unit=cadre.unit_id).select_related("organ", "unit", "cancelled", "report")
    return list(rows.prefetch_related("team__cadre", "report__findings")[:SHOWN])


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything of visits and checks that is the person's to know."""
    place = place_of(request)
    if place.account.cadre_id is None:
        raise Http404(_("没有与您有关的事项。"))
    teams = Visit.objects.filter(team__cadre=place.account.cadre_id).select_related("unit", "cancelled", "report")[:SHOWN]
    about = Q(check_of__established__subject__cadre=place.account.cadre_id) | Q(check_of__measured__subject__cadre=place.account.cadre_id)
    results = CheckResult.objects.filter(about).select_related(
        "check_of__campaign", "check_of__established__indicator__indicator", "check_of__measured__indicator__indicator", "disposal"
    )
    context = {"visits": _of_my_unit(place), "teams": teams, "results": results.order_by("-id")[:SHOWN], "simple": True}
    return show(request, "portal/visits", context)
