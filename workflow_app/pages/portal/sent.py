"""What somebody has sent: the list, each with its receipt, the receipt as PDF, and exactly what was sent."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow_app import receipts
from workflow_app.models import Attachment, Receipt, ReceiptPrint
from workflow_app.pages import wording
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.portal import persons
from workflow_app.pages.printed import printed

PAGE = 100


def _mine(place: Place) -> Q:
    """What I sent, and what somebody sent on my behalf."""
    own = Q(account=place.account)
    return own | Q(case__cadre=place.account.cadre_id, document__open_to_subject=True) if place.account.cadre_id else own


def one(place: Place, paper: int) -> Receipt:
    """A receipt that is mine to see, or 404."""
    found = Receipt.objects.filter(_mine(place), pk=paper).select_related("case__cadre", "case__organ", "document").first()
    if found is None:
        raise Http404(_("没有这份回执，或者您无权查看。"))
    return found


@login_required
@require_GET
def sent_list(request: HttpRequest) -> HttpResponse:
    """Everything that was sent, newest first."""
    rows = (
        Receipt.objects.filter(_mine(place_of(request))).select_related("document", "case").defer("document__content").order_by("-sent_at")
    )
    return show(request, "portal/sent_list", {"rows": rows[:PAGE], "simple": True})


@login_required
@require_GET
def sent(request: HttpRequest, paper: int) -> HttpResponse:
    """One thing that was sent: that it arrived, when, and by which number that can be proved."""
    found = one(place_of(request), paper)
    case = wording.as_path(found.case)
    ready = ReceiptPrint.objects.filter(pk=found.pk).exists()
    if request.headers.get("HX-Request"):
        return show(request, "portal/receipt_link", {"receipt": found, "ready": ready})
    files = Attachment.objects.filter(case=case, record_seq=found.record_seq).select_related("upload").defer("upload__data").order_by("id")
    return show(request, "portal/sent", {
        "receipt": found, "case": case, "told": wording.told_of(case), "ready": ready, "files": files, "simple": True,
        "own": found.account_id == place_of(request).account.pk,
        "reached": any(mine.case.pk == case.pk for mine in persons.mine(place_of(request))),
    })  # fmt: skip


@login_required
@require_GET
def receipt_pdf(request: HttpRequest, paper: int) -> HttpResponse:
    """The receipt."""
    found = one(place_of(request), paper)
    made = ReceiptPrint.objects.filter(pk=found.pk).first()
    if made is None:
        raise Http404(_("回执正在生成，请稍后再打开。"))
    return printed(bytes(made.pdf), f"回执 {found.document.number}.pdf")


@login_required
@require_GET
def content(request: HttpRequest, paper: int) -> HttpResponse:
    """What was sent, byte for byte as it was hashed."""
    found = one(place_of(request), paper)
    text = receipts.sent_text(found)
    if not text:
        raise Http404(_("所发内容的保存期限已满，已经依规定销毁；回执和摘要值仍然有效。"))
    response = HttpResponse(text.encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"所发内容 {found.document.number}.json") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
