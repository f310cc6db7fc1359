"""Previewed papers, kept for a quarter of an hour for the one person who asked, so that a frame can show them.

Kept as files beside the database, because the next request may reach another process of this machine.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache.backends.filebased import FileBasedCache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from workflow_app import documents
from workflow_app.pages.frame import place_of
from workflow_app.pages.printed import printed
from workflow_app.steps import Refused

SECONDS = 15 * 60


def _kept() -> FileBasedCache:
    return FileBasedCache(str(settings.VAR_DIR / "proofs"), {"TIMEOUT": SECONDS, "OPTIONS": {"MAX_ENTRIES": 2000}})


def keep(account: int, paper: dict[str, Any], content: dict[str, Any], template: str) -> str:
    """Render with the watermark; returns the token. A fault in the paper is a refusal: it shows before anything is signed."""
    try:
        made = documents.render(paper, content, template, watermark=True)
    except documents.RenderingFailed as fault:
        raise Refused(str(fault), way_out="更正所填内容后重新预览；仍不成功的，请与管理员联系。", rule="文书排版") from fault
    token = secrets.token_urlsafe(24)
    _kept().set(f"{account}:{token}", made.pdf)
    return token


@login_required
@require_GET
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """The PDF of a preview; nobody else's, and gone after a while."""
    pdf = _kept().get(f"{place_of(request).account.pk}:{token}")
    if pdf is None:
        raise Http404("预览已过期，请重新预览。")
    return printed(pdf, "预览.pdf")
