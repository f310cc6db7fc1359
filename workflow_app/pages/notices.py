"""Public notices: seen by anybody in their period, with what the notice lists and nothing else; and reports about them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import clock, conduct, ledger, uploads
from workflow_app.models import Notice, Report, Upload
from workflow_app.pages import throttle
from workflow_app.pages.frame import show
from workflow_app.pages.holding import held
from workflow_app.steps import Refused

PAGE = 100


def running(kind: str, at: datetime) -> list[Notice]:
    """Notices that run now, those that end first at the top."""
    today = at.astimezone(clock.TZ).date()
    found = Notice.objects.filter(kind=kind, first_day__lte=today, last_day__gte=today).select_related("case")
    return [one for one in found.order_by("last_day", "id")[:PAGE] if conduct.running(one, at)]


def one(token: str, kind: str, at: datetime) -> Notice:
    """A notice in its period, or 404: whether there ever was one is not said."""
    found = Notice.objects.filter(token=token, kind=kind).select_related("case").first()
    if found is None or not conduct.running(found, at):
        raise Http404(_("没有这个公示，或者公示期已经结束。"))
    return found


def public(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page for anybody, without the frame of the signed-in: no name, no menu, nothing kept by caches or found by searches."""
    response = render(request, f"pages/notices/{template}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """What is posted now."""
    found = [(notice, dict(notice.lines)) for notice in running(Notice.Kind.PUBLIC, clock.now())]
    rows = [(notice, said.get("姓名", ""), said.get("拟任职务", "")) for notice, said in found]
    return public(request, "list", {"rows": rows})


@require_GET
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """One notice."""
    found = one(token, Notice.Kind.PUBLIC, clock.now())
    return public(request, "notice", {"token": token, "title": found.title, "issuer": found.issuer, "lines": found.lines})


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """The form for a report, named or not; anybody may send one while the notice runs."""
    at = clock.now()
    found = one(token, Notice.Kind.PUBLIC, at)
    context = {"token": token, "title": found.title, "key": request.POST.get("key") or uuid4().hex, "typed": request.POST}
    if request.method == "GET":
        return public(request, "report", context)
    try:
        throttle.check(request, at)
        said = {name: request.POST.get(name, "") for name in ("text", "name", "contact")}
        conduct.check_report(**said)  # before the file is looked at: a refused report leaves nothing behind
        kept = conduct.report(found, **said, upload=_kept(request, at), at=at, key=f"r-{context['key']}"[:64])
    except Refused as refused:
        status = 429 if isinstance(refused, throttle.TooOften) else 422
        return public(request, "report", {**context, "refused": refused}, status=status)
    return public(request, "received", {"token": token, "number": kept.token, "at": kept.received_at})


def _kept(request: HttpRequest, at: datetime) -> Upload | None:
    file = request.FILES.get("file")
    return uploads.keep(file, by=conduct.receiver(), at=at, from_outside=True) if file is not None else None


def _of_item(request: HttpRequest, item: int) -> tuple[Report, Any]:
    work = held(request, item)
    found = Report.objects.filter(pk=work.item.subject.get("report") or 0, notice__case=work.case.pk).select_related("upload").first()
    if found is None or work.as_subject:
        raise Http404(_("没有这件反映，或者您无权查看。"))
    return found, work


@login_required
@require_GET
def reported(request: HttpRequest, item: int) -> HttpResponse:
    """A report as it came in, for those who verify it; looking is recorded."""
    found, work = _of_item(request, item)
    ledger.read(
        account=work.place.account, what="report", ref=found.pk, case=work.case, at=work.place.at, step=work.item.step, desk=work.item.desk
    )
    return show(request, "reported", {"report": found, "sender": conduct.sender_of(found), "item": work.item, "case": work.case})


@login_required
@require_GET
def reported_file(request: HttpRequest, item: int) -> HttpResponse:
    """The file that came with a report."""
    found, work = _of_item(request, item)
    if found.upload is None:
        return redirect("reported", item=work.item.pk)
    ledger.read(
        account=work.place.account, what="report", ref=found.pk, case=work.case, at=work.place.at, step=work.item.step, desk=work.item.desk
    )
    response = HttpResponse(bytes(found.upload.data), content_type=found.upload.mime)
    response["Content-Disposition"] = content_disposition_header(True, f"{found.token}-{found.upload.name}") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
