"""Papers: found, opened, read; every reading is recorded before the paper leaves."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import documents, ledger
from workflow_app.models import Attachment, Document, Outgoing, Rendering, Upload
from workflow_app.pages import wording
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.handed_out import handed_out
from workflow_app.pages.portal import persons
from workflow_app.pages.printed import printed
from workflow_app.pages.reasons import reason_for, reasoned

PAGE = 50


def reachable(place: Place, key: int) -> Document:
    """The paper, or 404; the person concerned, and who acts for them, reach those that are meant for them."""
    found = Document.objects.filter(pk=key).select_related("case__cadre__account", "case__organ").first()
    if found is None:
        raise Http404(_("没有这份文书，或者您无权查看。"))
    if not place.is_subject(found.case) and place.cases().filter(pk=found.case_id).exists():
        return found
    persons.one_of_mine(place, found.case_id)
    if not found.open_to_subject:
        raise Http404(_("没有这份文书，或者您无权查看。"))
    return found


def files_of(paper: Document) -> list[Attachment]:
    """Files that were sent with the paper."""
    rows = Attachment.objects.filter(case=paper.case_id, record_seq=paper.record_seq)
    return list(rows.select_related("upload").defer("upload__data").order_by("id"))


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
@reasoned
def paper(request: HttpRequest, paper: int) -> HttpResponse:
    """One paper with its particulars."""
    place = place_of(request)
    found = reachable(place, paper)
    case = wording.as_path(found.case)
    made = Rendering.objects.filter(pk=found.pk).defer("pdf").first()
    waiting = bool(request.headers.get("HX-Request"))  # the open page looks whether the PDF is there: no new reading
    if not waiting:
        why = reason_for(request, case)
        ledger.read(account=place.account, what="paper", ref=found.pk, case=case, at=place.at, step=found.step, reason=why)
    content = found.content.get("content", {})
    portal = place.is_subject(case) or not place.cases().filter(pk=case.pk).exists()
    return show(request, "parts/paper_frame" if waiting else "paper", {
        "paper": found, "case": case, "made": made, "fault": "" if made else fault_of(found), "content": content, "subject": portal, "simple": portal,
        "step": wording.title_of(case, found.step), "files": files_of(found),
    })  # fmt: skip


def fault_of(paper: Document) -> str:
    """Why the file of a paper could not be made, in words; empty while it is still being tried."""
    put_aside = Outgoing.objects.filter(
        kind=Outgoing.Kind.RENDER, target=paper.pk, case=paper.case_id, dead_at__isnull=False, closed_at__isnull=True
    )
    return put_aside.values_list("error", flat=True).first() or ""


@login_required
@require_GET
@reasoned
def paper_pdf(request: HttpRequest, paper: int) -> HttpResponse:
    """The PDF."""
    place = place_of(request)
    found = reachable(place, paper)
    pdf = documents.finished(found.pk)
    if pdf is None:
        raise Http404(_("文书正在生成，请稍后再打开。"))
    why = reason_for(request, found.case)
    ledger.read(account=place.account, what="paper", ref=found.pk, case=found.case, at=place.at, step=found.step, reason=why)
    return printed(pdf, f"{found.number} {found.title}.pdf")


@login_required
@require_GET
def paper_file(request: HttpRequest, paper: int, file: int) -> HttpResponse:
    """A file that was sent with a paper, as a download."""
    place = place_of(request)
    found = reachable(place, paper)
    one = next((each for each in files_of(found) if each.pk == file), None)
    if one is None:
        raise Http404(_("没有这个附件。"))
    ledger.read(account=place.account, what="paper", ref=found.pk, case=found.case, at=place.at, step=found.step)
    return handed_out(Upload.objects.get(pk=one.upload_id), one.name)
