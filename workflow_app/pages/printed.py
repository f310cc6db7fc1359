"""A PDF as a response: it may be framed by our own pages and by nobody else's, and is never kept by a cache."""

from __future__ import annotations

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header


def printed(pdf: bytes, name: str) -> HttpResponse:
    """`pdf` for reading in the browser."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    framed = csp_replace({"frame-ancestors": [SELF], "object-src": [SELF], "default-src": [NONE], "style-src": [SELF, "'unsafe-inline'"]})
    return framed(lambda request: response)(HttpRequest())
