"""How I was assessed: my months with the whole calculation."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.assessment.results.computing import newest_of, newest_of_unit
from workflow_app.assessment.results.edition import for_person
from workflow_app.assessment.scoring.tree import Node
from workflow_app.assessment.triggers import retrospect
from workflow_app.models import Cadre, UnitColour, UnitResult
from workflow_app.pages import explaining, warnings
from workflow_app.pages.assessment import unit_targets
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.portal import grades

SHOWN = 24  # statements of the unit


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own edition; nobody else has an address for it."""
    place = place_of(request)
    cadre = Cadre.objects.filter(pk=place.account.cadre_id or 0).select_related("unit", "post").first()
    if cadre is None:
        raise Http404
    ledger.read(account=place.account, what="warning", ref=cadre.pk, case=None, at=place.at)
    found, stood = newest_of(cadre), list[unit_targets.Stood]()
    if cadre.post is not None and cadre.post.is_leading_member and cadre.active:
        found = [*found, *newest_of_unit(cadre.unit)]
        stood = unit_targets.stood(unit_targets.current(UnitColour.objects.filter(unit=cadre.unit_id)).order_by("-period", "name")[:SHOWN])
    scores = [(one, explaining.lines(for_person(Node.read(one.explanation["total"])))) for one in found]
    return show(
        request,
        "portal/assessment",
        {
            "cadre": cadre,
            "months": warnings.months_of(cadre),
            "races": retrospect.asked_of(cadre.pk),
            "scores": scores,
            "stood": stood,
            "notices": grades.notices_of(place),
            "unit_results": UnitResult.objects.filter(unit=cadre.unit_id).order_by("-year")[:5],
            "grades": cadre.results.order_by("-year")[:5],
        },
    )
