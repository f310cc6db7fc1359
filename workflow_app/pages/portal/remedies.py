"""Not agreeing with a decision: what can be filed, where, until when and how that day was found; and beginning it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflow_app import clock
from workflow_app.law import current_edition, rules_of
from workflow_app.models import Case
from workflow_app.nodes import Path, Way
from workflow_app.pages import dates, wording
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.portal import drafts, filings, words
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused


@dataclass(frozen=True)
class Open:
    """A filing as the page shows it."""

    path: str
    way: Way
    meant: str
    due: dates.Due | None
    last: str
    lines: list[str]


@login_required
@require_GET
def decision(request: HttpRequest, decision: int) -> HttpResponse:
    """One decision about me, and what I can do against it."""
    place = place_of(request)
    found, stand = filings.decision_of_mine(place, decision)
    shown = [_open(path, way, place.today) for path, way in filings.ways(place, found)]
    past = Case.objects.filter(decision=found).select_related("organ").order_by("-id")
    return show(request, "portal/decision", {
        "decision": found, "stand": stand, "served": words.day_of(found.served_on), "decided": words.day_of(found.decided_on),
        "ways": sorted(shown, key=lambda one: bool(one.way.reason)), "past": past, "simple": True,
    })  # fmt: skip


def _open(path: type[Path], way: Way, today: object) -> Open:
    meant = wording.said(path.node_of(way.step).step.meant)
    if way.last_day is None or way.starts_on is None:
        return Open(path.__name__, way, meant, None, "", [])
    rule = rules_of(current_edition().pk)[way.rule]
    told = clock.last_day(rule=rule, start=way.starts_on, calendar=clock.calendar_from_db()).explanation
    return Open(path.__name__, way, meant, dates.due(way.last_day, today), words.day_of(way.last_day), words.how_counted(told))  # type: ignore[arg-type]


@login_required
@require_POST
@answered
def attack(request: HttpRequest, decision: int) -> HttpResponse:
    """Begin, or go on with, a filing; nothing is on record until it is sent."""
    place = place_of(request)
    found, _stand = filings.decision_of_mine(place, decision)
    wanted, organ = (request.POST.get("path"), request.POST.get("step")), request.POST.get("organ")
    for path, way in filings.ways(place, found):
        if (path.__name__, way.step) == wanted and way.reason:
            raise Refused(way.reason, way_out=way.way_out, rule=_("申请和申诉"))
        if (path.__name__, way.step) == wanted and way.organ is not None and str(way.organ.pk) == organ:
            draft = drafts.for_decision(place.account, found, path.__name__, way.step, way.organ.pk, at=place.at)
            return redirect("portal_form", token=draft.token)
    raise Http404(_("没有这种申请。"))
