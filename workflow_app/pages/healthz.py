"""Whether this process can do its work, and how the workers are doing: for a load balancer and a monitor, without personal data."""

from __future__ import annotations

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workflow_app import clock, health

GAUGES = {
    "workers": "Workers seen within a minute",
    "oldest_timer": "Age in seconds of the oldest timer that is due",
    "oldest_outgoing": "Age in seconds of the oldest ordered row that is due",
    "last_seal": "Seconds since the record was last sealed",
    "unsealed": "Age in seconds of the oldest record that is not sealed yet",
    "put_aside": "Ordered rows put aside after their last try",
    "unfired": "Timers whose firing failed and is tried again",
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """503 only when this process cannot answer pages; a tired worker is told of and does not take the pages away."""
    try:
        found = health.look(clock.now())
    except Error:
        return JsonResponse({"ok": False, "database": "unreachable"}, status=503)
    body = {"ok": found.law, "database": "ok", "law": "loaded" if found.law else "missing", "faults": found.faults}
    return JsonResponse(body | {name: getattr(found, name) for name in GAUGES}, status=200 if found.law else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The same numbers as Prometheus text, for the monitor on this machine or one that knows the token."""
    token = settings.METRICS_TOKEN
    known = bool(token) and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")
    if not known and (token or request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1")):
        return HttpResponseForbidden()
    try:
        found = health.look(clock.now())
    except Error:
        return HttpResponse("shangxia_up 0\n", status=503, content_type="text/plain; version=0.0.4; charset=utf-8")
    lines = ["# TYPE shangxia_up gauge", "shangxia_up 1"]
    for name, words in GAUGES.items():
        value = getattr(found, name)
        lines += [f"# HELP shangxia_{name} {words}", f"# TYPE shangxia_{name} gauge", f"shangxia_{name} {-1 if value is None else value}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
