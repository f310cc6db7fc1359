"""Officials come to their desk only with a second factor: whoever has none sets one up first, whoever has one signs in with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.messages import warning
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from workflow_app import factors
from workflow_app.pages.frame import place_of

# What is open on the way to a second factor.
OPEN = {"sign_out", "set_language", "account_reauthenticate", "healthz", "metrics"}


class DemandingSecondFactor:
    """Middleware, after authentication; without effect where the setting is off."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; the page is known only afterwards."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Send who still wants a factor where it is set up, and nowhere else."""
        name = str(getattr(request.resolver_match, "url_name", "") or "")
        if not settings.SECOND_FACTOR or not request.user.is_authenticated or name in OPEN or name.startswith("mfa_"):
            return None
        place = place_of(request)
        if not factors.wanting(place.account, request.session, place.today):
            return None
        if not factors.has_one(place.account):
            return _sent(request, reverse("mfa_index"))
        logout(request)  # signed in before the factor was set up elsewhere
        warning(request, _("请重新登录，并完成第二步核验。"))
        return _sent(request, f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")


def _sent(request: HttpRequest, url: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return redirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response
