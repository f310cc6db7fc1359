"""My archive of assessment: everything that is kept of it on one page, and who has opened it, when and why."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.assessment.results.edition import for_person
from workflow_app.assessment.scoring.tree import Node
from workflow_app.models import Cadre, Read
from workflow_app.pages import explaining
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.portal.worklog import own
from workflow_app.worklog.archive import archive

NEWEST = 50


def readers(cadre: Cadre) -> list[Read]:
    """Who else has opened the archive, the newest first."""
    rows = Read.objects.filter(what="archive", ref=cadre.pk).exclude(account__cadre=cadre)
    return list(rows.select_related("desk__unit").order_by("-id")[:NEWEST])


def explained(sections: list[Any], edition: Any) -> list[Any]:
    """Every section with its entries, scores with their calculation in an edition."""
    return [
        (
            section,
            [(one, explaining.lines(edition(Node.read(one.score.explanation["total"]))) if one.score else None) for one in section.entries],
        )
        for section in sections
    ]


@login_required
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own edition of the page; nobody else has an address for it."""
    place = place_of(request)
    cadre = own(place)
    ledger.read(account=place.account, what="archive", ref=cadre.pk, case=None, at=place.at)
    papers = cadre.archive_papers.defer("pdf", "content").order_by("-id")
    sections = explained(archive(cadre, place.today), for_person)
    return show(
        request, "portal/archive", {"cadre": cadre, "sections": sections, "papers": papers, "readers": readers(cadre), "simple": True}
    )
