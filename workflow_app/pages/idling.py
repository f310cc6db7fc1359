"""Sessions end: half an hour after the last thing somebody did, and eight hours after signing in, whatever they do.

A list that refreshes itself is nothing somebody does. Real seconds are counted, not the clock of the procedure.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.messages import warning
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

SINCE, SEEN = "signed_in_at", "seen_at"
STEP = 60  # seconds between two notes of the last thing done: a session is not written on every request


def passive(request: HttpRequest) -> bool:
    """A page that refreshes a part of itself without being asked to."""
    return request.method == "GET" and bool(request.headers.get("HX-Request"))


class EndingSessions:
    """Middleware, after authentication. Programs with a token have no session and are not concerned."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session or note that somebody did something."""
        if not request.user.is_authenticated:
            return self.answer(request)
        now = int(time.time())
        since, seen = request.session.get(SINCE, now), request.session.get(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - since > settings.SESSION_COOKIE_AGE:
            return self._end(request)
        if SINCE not in request.session or (now - seen >= STEP and not passive(request)):
            request.session[SINCE], request.session[SEEN] = since, now
        response = self.answer(request)
        response.headers.setdefault("Cache-Control", "private, no-store")  # the next person at this computer sees nothing of it
        return response

    def _end(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        warning(request, _("您已较长时间没有操作，为保护案件信息已自动退出。请重新登录；已保存的草稿仍在。"))
        back = f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}"
        if not request.headers.get("HX-Request"):
            return redirect(back if request.method == "GET" else settings.LOGIN_URL)
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse(settings.LOGIN_URL)
        return response
