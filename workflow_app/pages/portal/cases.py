"""My cases: where each stands, what comes next, what is asked of me, and what I may put forward."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.models import Decision, Document, Draft, Read, SigningSheet, WorkItem
from workflow_app.nodes import PATHS, Human
from workflow_app.pages import dates, wording
from workflow_app.pages.frame import SUBJECT, Place, place_of, show
from workflow_app.pages.portal import drafts, filings, persons, sending, words
from workflow_app.pages.portal.feedback import feedbacks_of
from workflow_app.pages.suspensions import stops


@dataclass(frozen=True)
class Asked:
    """Something that waits for the person: an answer, or a signature under a record."""

    item: WorkItem
    mine: persons.Mine
    title: str
    due: dates.Due
    last: str
    meant: str
    signing: bool


def asked_of(place: Place, cases: list[persons.Mine]) -> list[Asked]:
    """What waits, the most urgent first. A record of a talk is signed by the person alone, never by somebody for them."""
    by_key = {one.case.pk: one for one in cases}
    items = WorkItem.objects.filter(process__in=by_key, status__in=["NEW", "ASSIGNED"], desk__role=SUBJECT)
    found = list(items.select_related("desk").order_by("due_on", "id"))
    sheets = set(SigningSheet.objects.filter(pk__in=[item.pk for item in found]).values_list("pk", flat=True))
    return [
        _asked(place, by_key[item.process_id], item, item.pk in sheets)
        for item in found
        if item.pk not in sheets or by_key[item.process_id].own
    ]


def _asked(place: Place, one: persons.Mine, item: WorkItem, signing: bool) -> Asked:
    step = wording.step_of(one.case, item.step)
    title = _("核对并签名：%(title)s") % {"title": step.document_title} if signing and step else wording.title_of(one.case, item.step)
    return Asked(
        item,
        one,
        title,
        dates.due(item.due_on, place.today),
        words.day_of(item.due_on),
        wording.said(step.meant) if step and not signing else "",
        signing,
    )


def unread(place: Place, cases: list[persons.Mine]) -> list[Document]:
    """Papers for the person that nobody has opened for them yet, newest first. Opening one is recorded; it is not service."""
    papers = Document.objects.filter(case__in=[one.case for one in cases], open_to_subject=True).defer("content").select_related("case")
    opened = set(Read.objects.filter(account=place.account, what="paper").values_list("ref", flat=True))
    return [paper for paper in papers.order_by("-id")[:50] if paper.pk not in opened]


@login_required
@require_GET
def portal(request: HttpRequest) -> HttpResponse:
    """Everything of mine on one page."""
    place = place_of(request)
    cases = persons.mine(place)
    context = {
        "cases": cases, "asked": asked_of(place, cases), "unread_papers": unread(place, cases)[:6], "drafts": _drafts(place), "simple": True,
        "decisions": filings.decisions(place), "feedbacks": feedbacks_of(place),
        "is_cadre": place.account.cadre_id is not None,
    }  # fmt: skip
    return show(request, "portal/home", context)


def _drafts(place: Place) -> list[tuple[Draft, str]]:
    found = []
    for draft in drafts.all_of(place.account):
        node = PATHS[draft.path]._nodes_by_name.get(draft.step) if draft.path in PATHS else None
        found.append((draft, str(node.step.title) if isinstance(node, Human) else draft.step))
    return found


def _about(decision: Decision, found: persons.Mine) -> bool:
    return decision.pk == found.case.decision_id or decision.case_id == found.case.pk


@login_required
@require_GET
def portal_case(request: HttpRequest, case: int) -> HttpResponse:
    """One case: now, next, dates, papers, and what can be done."""
    place = place_of(request)
    found = persons.one_of_mine(place, case)
    ledger.read(account=place.account, what="case", ref=found.case.pk, case=found.case, at=place.at)
    papers = persons.papers_for(found.case)
    seen = set(Read.objects.filter(account=place.account, what="paper", case=found.case).values_list("ref", flat=True))
    context = {
        "mine": found, "case": found.case, "told": found.told, "path": wording.path_title(found.case.flow_class),
        "asked": asked_of(place, [found]), "periods": words.periods(place, found.case), "papers": [(paper, paper.pk in seen) for paper in papers],
        "offers": sending.offers(place, found), "suspended": words.day_of(found.case.suspended_on), "simple": True,
        "stops": stops(found.case, place.today), "decisions": [one for one, _stand in filings.decisions(place) if _about(one, found)],
    }  # fmt: skip
    return show(request, "portal/case", context)
