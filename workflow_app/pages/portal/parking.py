"""What somebody sends after the session has run out waits, sealed, until they have signed in again; without any script as well."""

from __future__ import annotations

import json
import secrets

from django.conf import settings
from django.core.cache.backends.filebased import FileBasedCache
from django.http import HttpRequest, HttpResponse

from workflow_app.models import Draft
from workflow_app.pages.portal.guide import type_typed
from workflow_app.sealing import seal, unseal

SECONDS, COOKIE, LIMIT = 2 * 3600, "waiting", 400_000


def _lot() -> FileBasedCache:
    return FileBasedCache(str(settings.VAR_DIR / "waiting"), {"TIMEOUT": SECONDS, "OPTIONS": {"MAX_ENTRIES": 1000}})


def park(request: HttpRequest, response: HttpResponse, token: str, page: int) -> HttpResponse:
    """Put what was posted aside for the author of the draft, whoever that is; the browser keeps only the ticket."""
    draft = Draft.objects.filter(token=token).first()
    values = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    text = json.dumps({"token": token, "page": page, "values": values}, ensure_ascii=False)
    if draft is not None and len(text) < LIMIT:
        ticket = secrets.token_urlsafe(24)
        _lot().set(ticket, seal(text, owner=draft.account_id))
        response.set_signed_cookie(COOKIE, ticket, max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def fetch(request: HttpRequest, draft: Draft) -> tuple[int, type_typed] | None:
    """What waits for this draft of the signed-in author: (page, values). It is handed out once."""
    ticket = request.get_signed_cookie(COOKIE, "", max_age=SECONDS)
    kept = _lot().get(ticket) if ticket else None
    text = unseal(kept, owner=draft.account_id) if kept else ""
    found = json.loads(text) if text else {}
    if found.get("token") != draft.token:
        return None
    _lot().delete(ticket)
    return int(found["page"]), found["values"]
