"""Who may be used again: the restriction is over, with what the visits found. The proposal itself is a person's act on the case (D16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from workflow_app.care import plans, procedure
from workflow_app.models import Case, Document, PoolEntry
from workflow_app.pages import offers, wording
from workflow_app.pages.care.office import office
from workflow_app.pages.frame import Place, place_of, show

SHOWN = 200


@dataclass(frozen=True)
class Row:
    """One person: the case, the last day of the restriction, what was found since, and whether a proposal can be made or was made."""

    case: Case
    until: date
    visits: list[str]
    promises: int
    papers: list[Document]
    offer: offers.Offer | None
    risen: list[Case]
    pooled: bool


def rows_of(place: Place) -> list[Row]:
    """Closed cases whose restriction is over, the longest over first. A list, no count of what is wanted."""
    named = procedure.named()
    found = plans.adjusted([one.unit.path for one in office(place)]).exclude(cadre=place.account.cadre_id or 0)
    rows = []
    for case in found.filter(finished__isnull=False, cadre__active=True).prefetch_related("linked")[:SHOWN]:
        until = named.restricted_until(case)
        if until is not None and place.today > until:
            rows.append(_row(place, case, until, named))
    return sorted(rows, key=lambda row: (row.until, row.case.pk))


def _row(place: Place, case: Case, until: date, named: procedure.Procedure) -> Row:
    papers = list(Document.objects.filter(case=case, step=named.return_step).defer("content").order_by("id"))
    plan = getattr(case, "care_plan", None)
    promises = len(plans.open_promises([plan], place.today)) if plan else 0
    offer = next((one for one in offers.offers(place, wording.as_path(case)) if one.name == named.return_step), None)
    pooled = PoolEntry.objects.filter(cadre=case.cadre_id, case=case).exists()
    return Row(case, until, named.visits(case), promises, papers, offer, list(case.linked.all()), pooled)


@login_required
@require_GET
def returns(request: HttpRequest) -> HttpResponse:
    """Everybody whose restriction is over."""
    place = place_of(request)
    rows = rows_of(place)
    seen = set(place.cases().filter(pk__in=[row.case.pk for row in rows]).values_list("pk", flat=True))
    return show(request, "care/returns", {"rows": [(row, row.case.pk in seen) for row in rows]})
