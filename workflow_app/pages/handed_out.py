"""A file that somebody uploaded, as a download: never shown inside our pages, whatever it claims to be."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from workflow_app.models import Upload


def handed_out(file: Upload, name: str) -> HttpResponse:
    """The bytes for saving."""
    response = HttpResponse(bytes(file.data), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
