"""Whether this process can do its work: for a load balancer, without personal data."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from workflow_app.models import LawEdition


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Database reachable and law figures loaded."""
    try:
        loaded = LawEdition.objects.exists()
    except DatabaseError:
        return JsonResponse({"ok": False, "database": "unreachable"}, status=503)
    return JsonResponse({"ok": loaded, "database": "ok", "law": "loaded" if loaded else "missing"}, status=200 if loaded else 503)
