"""A paper that hangs on no act of a case (lists of an assessment, plans of help): printed, frozen and hashed like every other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.dateformat import format as dateformat

from workflow_app import documents, ledger, patterns
from workflow_app.clock import TZ
from workflow_app.models import Account, Unit


@dataclass(frozen=True)
class Slip:
    """What is to be printed: its title, number, code, organ, for whom, and its words in the shape of the template."""

    title: str
    number: str
    code: str
    organ: Unit
    addressee: str
    content: dict[str, Any]
    template: str
    signs: str = "签发人"


@dataclass(frozen=True)
class Printed:
    """A paper as it was printed: frozen content with its hash, and the file."""

    content: dict[str, Any]
    content_hash: str
    template_version: str
    pdf: bytes
    sha256: str


def envelope(slip: Slip, by: Account | None, at: datetime) -> dict[str, Any]:
    """What the paper carries besides its words; without a signer it is a preview."""
    local = at.astimezone(TZ)
    signed = [{"title": slip.signs, "name": by.display_name, "time": f"{local:%Y-%m-%d %H:%M}"}] if by else []
    return {
        "title": slip.title, "title_lines": [slip.title], "number": slip.number if by else documents.PREVIEWED,
        "organ": slip.organ.organ_name or slip.organ.name, "case_no": slip.number, "code": slip.code,
        "issued_on": dateformat(local, "Y年n月j日") if by else "", "dated": str(local.date()) if by else "", "addressee": slip.addressee,
        "signatures": signed, "formal": False, "verify": None, "demo": settings.DEMO,
    }  # fmt: skip


def printed(slip: Slip, by: Account | None, at: datetime) -> Printed:
    """The paper, rendered. Raises documents.RenderingFailed."""
    if by is not None:
        patterns.keep(slip.template, at=at)
    paper = envelope(slip, by, at)
    made = documents.render(paper, slip.content, slip.template, watermark=by is None)
    digest = hashlib.sha256(ledger.canonical(slip.content).encode()).hexdigest()
    return Printed({"paper": paper, "content": slip.content}, digest, patterns.version_of(slip.template), made.pdf, made.sha256)
