"""Rating: my invitations, the link that is fetched once, and the form that a link opens for anybody who holds it.

The form is outside the frame of the signed-in: it asks for no account, writes no reading, and is kept by no cache.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workflow_app import clock
from workflow_app.assessment.campaigns import answering, links
from workflow_app.models import ExpertInvitation, Invitation, SurveyInvitation
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.refusing import Refused

# Links fetched in this browser: the browser keeps them, the system does not.
COOKIE, PATH, DAYS = "rating_links", "/my-ratings/", 60


@login_required
@require_GET
def my_ratings(request: HttpRequest) -> HttpResponse:
    """Whom I am asked to rate."""
    place, kept = place_of(request), _kept(request)
    rows = Invitation.objects.filter(
        rater=place.account, subject__campaign__opened_at__isnull=False, subject__campaign__closed_at__isnull=True
    )
    found = rows.filter(subject__campaign__closes_at__gt=place.at).select_related("subject__campaign", "subject__cadre", "subject__unit")
    mine = [
        (one, kept.get(str(one.pk), "") if _usable(kept.get(str(one.pk), ""), place.at) else "")
        for one in found.order_by("subject__campaign", "id")
    ]
    schemes = SurveyInvitation.objects.filter(person=place.account, survey__closes_at__gt=place.at, survey__closing__isnull=True)
    asked = ExpertInvitation.objects.filter(assessor__account=place.account, opinion__isnull=True).count()
    context = {"mine": mine, "simple": True, "asked": asked, "schemes": schemes.select_related("survey__campaign__version__scheme")}
    return show(request, "rating/mine", context)


def _usable(token: str, at: Any) -> bool:
    return bool(token) and answering.sheet_of(token, at) is not None


def _kept(request: HttpRequest) -> dict[str, str]:
    try:
        kept = json.loads(request.COOKIES.get(COOKIE, "{}"))
        return {str(key): str(value) for key, value in kept.items()} if isinstance(kept, dict) else {}
    except ValueError:
        return {}


@login_required
@require_POST
@answered
def fetch_link(request: HttpRequest, invitation: int) -> HttpResponse:
    """Give the link out, once."""
    place = place_of(request)
    token = links.fetch(invitation, by=place.account, at=place.at)
    response = redirect("rate", token=token)
    kept = {**_kept(request), str(invitation): token}
    words = json.dumps(dict(list(kept.items())[-30:]))
    response.set_cookie(COOKIE, words, max_age=DAYS * 86400, path=PATH, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def public(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of a link: outside the frame, kept by no cache, found by no search."""
    response = render(request, f"pages/rating/{template}.html", context, status=status)
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex, nofollow, noarchive"
    return response


@require_http_methods(["GET", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """The form of a link. What is wrong is said beside it, and what was chosen stays."""
    at = clock.now()
    sheet = answering.sheet_of(token, at)
    if sheet is None:
        return public(request, "gone", {}, status=404)
    given = {one.field: request.POST.get(one.field, "") for one in sheet.questions}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        wrong = dict(answering.faults(sheet, given))
        try:
            answering.cast(token, given, tuple(request.POST.getlist("tags")), at=at)
            return public(request, "thanks", {"campaign": sheet.campaign})
        except Refused as refused:
            wrong = wrong or {"": f"{refused.reason}{refused.way_out}"}
    rows = [(one, given[one.field], wrong.get(one.field, "")) for one in sheet.questions]
    context = {
        "sheet": sheet, "rows": rows, "points": [str(n) for n in range(1, answering.SCALE + 1)], "wrong": wrong, "chosen": request.POST.getlist("tags"),
        "tags": answering.TAGS if sheet.campaign.version_id is None else (), "title": _("评价"),
    }  # fmt: skip
    return public(request, "form", context, status=422 if wrong else 200)
