"""Papers: found, opened, read; every reading is recorded before the paper leaves."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import ledger
from workflow_app.models import Document, Rendering
from workflow_app.pages import wording
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.printed import printed

PAGE = 50


def reachable(place: Place, key: int) -> Document:
    """The paper, or 404; the person concerned reaches those that are meant for them."""
    found = Document.objects.filter(pk=key, case__in=place.cases()).select_related("case__cadre", "case__organ").first()
    if found is None or (place.is_subject(found.case) and not found.open_to_subject):
        raise Http404(_("没有这份文书，或者您无权查看。"))
    return found


@login_required
@require_GET
def papers(request: HttpRequest) -> HttpResponse:
    """Papers of the cases I see, newest first."""
    place, text = place_of(request), request.GET.get("q", "").strip()
    found = Document.objects.filter(case__in=place.cases().exclude(cadre=place.account.cadre_id or 0))
    if text:
        found = found.filter(Q(number__contains=text) | Q(title__contains=text) | Q(case__cadre__name__contains=text))
    before = request.GET.get("before", "")
    if before.isdigit():
        found = found.filter(pk__lt=int(before))
    rows = list(found.select_related("case__cadre").defer("content").order_by("-id")[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return show(request, "papers", {"papers": rows[:PAGE], "q": text, "more": more, "later": bool(before)})


@login_required
@require_GET
def paper(request: HttpRequest, paper: int) -> HttpResponse:
    """One paper with its particulars."""
    place = place_of(request)
    found = reachable(place, paper)
    case = wording.as_path(found.case)
    made = Rendering.objects.filter(pk=found.pk).defer("pdf").first()
    waiting = bool(request.headers.get("HX-Request"))  # the open page looks whether the PDF is there: no new reading
    if not waiting:
        ledger.read(account=place.account, what="paper", ref=found.pk, case=case, at=place.at, step=found.step)
    content = found.content.get("content", {})
    return show(request, "parts/paper_frame" if waiting else "paper", {
        "paper": found, "case": case, "made": made, "content": content, "subject": place.is_subject(case),
        "step": wording.title_of(case, found.step),
    })  # fmt: skip


@login_required
@require_GET
def paper_pdf(request: HttpRequest, paper: int) -> HttpResponse:
    """The PDF."""
    place = place_of(request)
    found = reachable(place, paper)
    made = Rendering.objects.filter(pk=found.pk).first()
    if made is None:
        raise Http404(_("文书正在生成，请稍后再打开。"))
    ledger.read(account=place.account, what="paper", ref=found.pk, case=found.case, at=place.at, step=found.step)
    return printed(bytes(made.pdf), f"{found.number} {found.title}.pdf")
