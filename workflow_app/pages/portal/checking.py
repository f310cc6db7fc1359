"""Check your answers, see the paper, send it; and what one gets for it."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from workflow_app.models import Draft
from workflow_app.pages import proofs
from workflow_app.pages.frame import show
from workflow_app.pages.portal import drafts, guide
from workflow_app.pages.portal.forms import head, kept, stopped
from workflow_app.pages.portal.sending import Filing
from workflow_app.pages.refusals import busy
from workflow_app.steps import Refused


@require_GET
@kept
def check(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Everything that was answered, and the paper as it will be."""
    hindered = filing.hindered()
    return stopped(request, filing, hindered) if hindered else _check(request, filing)


def _check(request: HttpRequest, filing: Filing, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    typed, pages = drafts.typed_of(filing.draft), filing.pages
    filling = guide.judged(filing.step, filing.situation, guide.sent_of(pages, typed.values))
    filling.valid()
    asked = guide.asked(pages, typed.values)
    faults = [fault for fault in guide.faults_of(filling, pages) if fault.page in {number for number, _page in asked}]
    context: dict[str, Any] = {**head(filing), "faults": faults, "answers": guide.answers(filling, asked), "refused": refused}
    if refused is not None:
        context["mend"] = _page_of(pages, refused.field)
    if not faults and refused is None:
        try:
            seen = filing.foreseen(filling.facts())
            context |= {
                "seen": seen,
                "content": seen.content,
                "token": proofs.keep(filing.place.account.pk, seen.paper, seen.content, seen.template),
            }
        except Refused as fault:
            context |= {"refused": fault, "mend": _page_of(pages, fault.field)}
            status = 409
        except OperationalError:
            context["refused"], status = busy(), 503
    return show(request, "portal/check", context, status=422 if faults else status)


def _page_of(pages: list[Any], field: str) -> int | None:
    return next((number for number, page in enumerate(pages, 1) if field and field in page.fields), None)


@require_POST
@kept
def send(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Send it. Pressed twice, it is sent once; refused, everything stays as it was."""
    hindered = filing.hindered()
    if hindered is not None:
        return stopped(request, filing, hindered)
    typed, pages = drafts.typed_of(filing.draft), filing.pages
    filling = guide.judged(filing.step, filing.situation, guide.sent_of(pages, typed.values))
    if not filling.valid():
        return _check(request, filing, status=422)
    try:
        paper = filing.send(filling.facts(), request.POST.get("seen", ""))
    except Refused as refused:
        return _check(request, filing, refused=refused, status=409)
    except OperationalError:
        return _check(request, filing, refused=busy(), status=503)
    Draft.objects.filter(pk=filing.draft.pk).delete()
    return redirect("portal_sent", paper=paper.pk)
