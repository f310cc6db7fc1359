"""The signing sheet: a frozen paper that waits for further signatures."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflow_app import conduct, documents
from workflow_app.pages.frame import show
from workflow_app.pages.holding import Held, held
from workflow_app.pages.printed import printed
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused


def sheet(request: HttpRequest, work: Held, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    """The frozen paper, who has signed and who has to."""
    assert work.sheet is not None
    me = work.place.account
    context = {
        **work.head(), "sheet": work.sheet, "content": work.sheet.content, "title": work.sheet.facts.get("title"), "refused": refused,
        "signed_by_me": any(one.get("account") == me.pk for one in work.sheet.signed), "left": conduct.slots_left(work.sheet),
        "key": uuid4().hex, "reason": request.POST.get("reason", ""),
    }  # fmt: skip
    return show(request, "signing", context, status=status)


def _waiting(request: HttpRequest, item: int) -> Held:
    work = held(request, item)
    if work.sheet is None or not work.is_open:
        raise Refused(_("这份文书已不在会签中。"), way_out=_("查看案件页的最新进展。"), rule=_("会签"))
    return work


def _onward(work: Held) -> HttpResponse:
    return redirect("portal_case", case=work.case.pk) if work.as_subject else redirect("case", case=work.case.pk)


@login_required
@require_POST
@answered
def sign(request: HttpRequest, item: int) -> HttpResponse:
    """Put one's signature under the paper that was shown."""
    work = _waiting(request, item)
    try:
        record = conduct.sign(
            work.item,
            seen=request.POST.get("seen", ""),
            by=work.place.account,
            at=work.place.at,
            key=request.POST.get("key") or uuid4().hex,
        )
    except Refused as refused:
        return sheet(request, work, refused, 409)
    success(request, _("已签名，文书正在生成。") if record else _("已签名，还有其他应签人员。"))
    return _onward(work)


@login_required
@require_POST
@answered
def decline(request: HttpRequest, item: int) -> HttpResponse:
    """Refuse to sign, with a reason."""
    work = _waiting(request, item)
    reason = request.POST.get("reason", "")
    try:
        conduct.decline(work.item, reason=reason, by=work.place.account, at=work.place.at, key=request.POST.get("key") or uuid4().hex)
    except Refused as refused:
        return sheet(request, work, refused, 409)
    success(request, _("已退回拟稿人，并写明理由。"))
    return _onward(work)


@login_required
@require_GET
def sheet_pdf(request: HttpRequest, item: int) -> HttpResponse:
    """The frozen paper with the watermark."""
    work = held(request, item, read=True)
    if work.sheet is None:
        raise Http404
    title, outcome = str(work.sheet.facts.get("title")), str(work.sheet.facts.get("outcome"))
    about: dict[str, Any] = {"subject": work.item.subject, "outcome": outcome}
    paper, template = documents.envelope(work.case, work.step, title, signed=work.sheet.signed, **about)
    try:
        made = documents.render(paper, work.sheet.content, template, watermark=True)
    except documents.RenderingFailed as fault:
        raise Http404(str(fault)) from fault
    return printed(made.pdf, f"{work.sheet.facts.get('title')}.pdf")
