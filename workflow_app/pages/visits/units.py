"""Units to look at closer: what the rules propose, and what people pick or close."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import visiting
from workflow_app.models import Unit, UnitChoice, UnitProposal
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.visits.office import key_of, leads, organ_of, seen_by, works
from workflow_app.refusing import Refused
from workflow_app.suppression import K
from workflow_app.visits import picking

SHOWN = 100


@login_required
@require_http_methods(["GET", "POST"])
@answered
def closer_units(request: HttpRequest) -> HttpResponse:
    """Ask the rules; pick or close with a reason."""
    place, refused = place_of(request), None
    organ = organ_of(place)
    rows = (
        UnitProposal.objects.filter(organ=organ)
        .select_related("unit", "choice__by__cadre")
        .prefetch_related("visits__report", "visits__cancelled")
    )
    if request.method == "POST":
        if not works(place, organ):
            raise Http404
        try:
            success(request, _act(request.POST, place, organ, rows))
            return redirect("closer_units")
        except Refused as no:
            refused = no
    context = {
        "organ": organ, "waiting": rows.filter(choice__isnull=True)[:SHOWN], "settled": rows.filter(choice__isnull=False)[:SHOWN],
        "works": works(place, organ), "leads": leads(place, organ), "outcomes": UnitChoice.Outcome.choices, "refused": refused,
        "typed": request.POST, "share": picking.RED_SHARE, "many": picking.MANY, "months": picking.MONTHS, "k": K, "seen": set(seen_by(place).values_list("pk", flat=True)),
    }  # fmt: skip
    return show(request, "visits/units", context, status=409 if refused else 200)


def _act(typed: QueryDict, place: Place, organ: Unit, rows: QuerySet[UnitProposal]) -> str:
    if typed.get("do") == "propose":
        return _("规则新提出%(n)s个建议。") % {"n": visiting.propose_units(organ, by=place.account, at=place.at)}
    found = rows.filter(pk=key_of(typed.get("proposal"))).first()
    if found is None or not leads(place, organ):
        raise Http404
    visiting.choose_unit(found, typed.get("outcome", ""), typed.get("reason", "")[:300], by=place.account, at=place.at)
    return _("已经记录。")
