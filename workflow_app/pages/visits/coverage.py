"""The half-yearly survey of every unit: done, planned, due."""

from __future__ import annotations

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from workflow_app.pages.frame import place_of, show
from workflow_app.pages.visits.office import organ_of, seen_by, works
from workflow_app.visits import coverage as room


@login_required
@require_GET
def visit_coverage(request: HttpRequest) -> HttpResponse:
    """One half-year, this one unless another is asked for."""
    place = place_of(request)
    organ = organ_of(place)
    asked = re.fullmatch(r"(20\d\d)H([12])", request.GET.get("half", ""), re.ASCII)
    now = room.half_of(place.today)
    half = room.Half(int(asked[1]), int(asked[2])) if asked else now
    rows = room.rows_of(organ, half, seen_by(place))
    done, planned = (sum(getattr(one, name) is not None for one in rows) for name in ("done", "planned"))
    due = [one for one in rows if one.done is None and one.planned is None]
    return show(request, "visits/coverage", {
        "organ": organ, "half": half, "now": now, "rows": rows, "done": done, "due": len(due), "all": len(rows), "works": works(place, organ),
        "planned": planned, "over": place.today > half.last,
    })  # fmt: skip
