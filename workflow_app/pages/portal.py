"""The person concerned: where my cases stand, what I was told, and what I may answer."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.models import Case, Document, WorkItem
from workflow_app.pages import offers, timeline, wording
from workflow_app.pages.frame import SUBJECT, Place, place_of, show


def own_cases(place: Place) -> list[Case]:
    """Cases about me of which I have been told: a paper meant for me, or something that I am asked."""
    told = Document.objects.filter(case=OuterRef("pk"), open_to_subject=True)
    asked = WorkItem.objects.filter(process=OuterRef("pk"), desk__role=SUBJECT)
    found = place.cases().filter(cadre__account=place.account).filter(Exists(told) | Exists(asked))
    return [wording.as_path(case) for case in found.select_related("organ", "cadre__unit", "cadre__post__unit").order_by("-id")]


def asked_of(place: Place, cases: list[Case]) -> list[offers.AtHand]:
    """What waits for my answer or signature."""
    by_key = {case.pk: case for case in cases}
    items = WorkItem.objects.filter(process__in=by_key, status__in=["NEW", "ASSIGNED"]).select_related("desk", "owner__cadre")
    mine = [item for item in items if item.desk.role == SUBJECT or item.owner_id == place.account.pk]
    return [one for item in mine for one in offers.at_hand(place, by_key[item.process_id], [item])]


@login_required
@require_GET
def portal(request: HttpRequest) -> HttpResponse:
    """My cases."""
    place = place_of(request)
    cases = own_cases(place)
    rows = [(case, wording.path_title(case.flow_class), wording.state_of(case)) for case in cases]
    return show(request, "portal", {"rows": rows, "asked": asked_of(place, cases), "simple": True})


@login_required
@require_GET
def portal_case(request: HttpRequest, case: int) -> HttpResponse:
    """One case about me: what I was told, what I may do, who handles it."""
    place = place_of(request)
    found = next((one for one in own_cases(place) if one.pk == case), None)
    if found is None:
        raise Http404(_("没有这个案件，或者您无权查看。"))
    ledger.read(account=place.account, what="case", ref=found.pk, case=found, at=place.at)
    allowed = [offer for offer in offers.offers(place, found) if wording.step_of(found, offer.name).role in (SUBJECT, offers.CONCERNED)]  # type: ignore[union-attr]
    return show(request, "portal_case", {
        "case": found, "state": wording.state_of(found), "path": wording.path_title(found.flow_class), "asked": asked_of(place, [found]),
        "papers": timeline.papers_of(found, subject=True), "offers": allowed, "key": uuid4().hex, "simple": True,
    })  # fmt: skip
