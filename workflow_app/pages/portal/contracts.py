"""My contracts as an appointed civil servant, and what can be done in a dispute about one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from workflow_app import clock
from workflow_app.engaged import contracts as room
from workflow_app.law import current_edition, rules_of
from workflow_app.models import AppointmentContract
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.portal import words

TRACK, RULE = "engaged", "RM-ENGAGED-ARB"


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What is kept of my contracts; an ended one with the track of a dispute and its period."""
    place = place_of(request)
    if place.account.cadre_id is None:
        raise Http404
    rows = [(one, _dispute(one)) for one in room.register().filter(cadre=place.account.cadre_id).order_by("-last", "-id")]
    track = next((row for row in current_edition().figures["tracks"] if row["code"] == TRACK), None)
    rule = rules_of(current_edition().pk).get(RULE)
    return show(request, "portal/contracts", {"rows": rows, "track": track, "rule": rule, "simple": True})


def _dispute(contract: AppointmentContract) -> dict[str, Any]:
    """Until when arbitration is open if the dispute arose on the day of service; when it arose is not for this system to say."""
    ending, rule = getattr(contract, "ending", None), rules_of(current_edition().pk).get(RULE)
    if ending is None or ending.served_on is None or rule is None:
        return {}
    told = clock.last_day(rule=rule, start=ending.served_on, calendar=clock.calendar_from_db())
    return {"last": words.day_of(told.last_day), "lines": words.how_counted(told.explanation)}
