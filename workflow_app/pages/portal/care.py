"""Care in the portal: the person's own entries in pools that tell their people."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app.care import pools
from workflow_app.care.standing import Standing, standing
from workflow_app.models import Pool, PoolEntry
from workflow_app.pages.frame import Place, place_of, show


def own_entries(place: Place) -> list[tuple[PoolEntry, Standing]]:
    """The person's entries that were once confirmed, in pools that tell their people; a proposal is nobody's to know before."""
    rows = pools.entries(Pool.objects.filter(told=True)).filter(cadre=place.account.cadre_id or 0, decision__outcome="CONFIRMED")
    return [(one, standing(one, place.today)) for one in rows]


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """Everything of care that is the person's own."""
    place = place_of(request)
    if place.account.cadre_id is None:
        raise Http404(_("没有与您有关的事项。"))
    return show(request, "portal/care", {"entries": own_entries(place), "simple": True})
