"""The task: facts of the case beside the form; then the paper as it will be, and the signature under it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from workflow_app import conduct
from workflow_app.models import Document
from workflow_app.pages import agenda, attaching, brief, proofs, signing, wording
from workflow_app.pages.filling import Filling
from workflow_app.pages.frame import SUBJECT, show
from workflow_app.pages.holding import Held, held
from workflow_app.pages.refusals import answered, busy
from workflow_app.steps import Refused


@login_required
@require_http_methods(["GET", "POST"])
@answered
def task(request: HttpRequest, item: int) -> HttpResponse:
    """One item: its form, its preview, or the sheet that waits for further signatures."""
    work = held(request, item, read=request.method == "GET")
    if work.as_subject and work.sheet is None and work.item.desk.role == SUBJECT and not work.begun:
        return redirect("portal_answer", item=work.item.pk)
    if not work.is_open:
        return show(request, "task_closed", work.head())
    if work.sheet is not None:
        return signing.sheet(request, work)
    if request.method == "GET":
        return _form(request, work, Filling(work.step, work.situation, initial=agenda.carried(request, work)))
    data, refusals = attaching.taken_in(request)
    filling = Filling(work.step, work.situation, data)
    if data.get("do") == "edit":
        return _form(request, work, filling)
    readable = filling.valid()
    for name, refused in refusals.items():
        filling.refuse_file(name, refused)
    if refusals or not readable:
        return _form(request, work, filling, status=422)
    try:
        return _sign(request, work, filling) if request.POST.get("do") == "sign" else _preview(request, work, filling)
    except Refused as refused:
        filling.refuse(refused)
        return _form(request, work, filling, status=409)
    except OperationalError:
        filling.refuse(busy())
        return _form(request, work, filling, status=503)


def _form(request: HttpRequest, work: Held, filling: Filling, *, status: int = 200) -> HttpResponse:
    papers = [] if work.as_subject else Document.objects.filter(case=work.case).defer("content").order_by("-id")
    if work.as_subject:
        papers = list(Document.objects.filter(case=work.case, open_to_subject=True).defer("content").order_by("-id"))
    context = {
        **work.head(), "filling": filling, "papers": papers, "brief": brief.lines_of(work), "version": request.POST.get("version", work.item.version),
        "key": request.POST.get("key") or uuid4().hex, "agenda": agenda.banner(request, work.item.pk),
        "meets": agenda.meets(work), "leaving": agenda.leaving(work),
    }  # fmt: skip
    return show(request, "task", context, status=status)


def _preview(request: HttpRequest, work: Held, filling: Filling) -> HttpResponse:
    seen = conduct.preview(work.item, facts=filling.facts(), by=work.place.account, at=work.place.at)
    token = proofs.keep(work.place.account.pk, seen.paper, seen.content, seen.template)
    context: dict[str, Any] = {
        **work.head(), "filling": filling, "seen": seen, "token": token, "version": request.POST.get("version", work.item.version),
        "key": request.POST.get("key") or uuid4().hex,
        "content": seen.content, "about": f"{work.case.number} {work.case.cadre.name}", "action": request.path,
    }  # fmt: skip
    return show(request, "preview", context)


def _sign(request: HttpRequest, work: Held, filling: Filling) -> HttpResponse:
    version = request.POST.get("version", "")
    record = conduct.complete(
        work.item, facts=filling.facts(), seen=request.POST.get("seen_hash", ""), by=work.place.account, at=work.place.at,
        key=request.POST.get("key") or uuid4().hex, version=int(version) if version.isdigit() else None,
    )  # fmt: skip
    if record is None:
        success(request, _("已签名。文书已固定，等待其他应签人员签名后办结。"))
    else:
        success(request, _("“%(step)s”已办结，文书正在生成。") % {"step": wording.said(work.step.title)})
    agenda.held_here(request, work, filling)
    following = agenda.following(request, work.item.pk)
    if following is None and work.item.pk in agenda.meeting_of(request).get("items", []):
        return redirect("meeting")
    return onward(work, following)


def onward(work: Held, following: int | None = None) -> HttpResponse:
    """Where somebody goes after an act."""
    if following is not None:
        return redirect("task", item=following)
    if work.as_subject:
        return redirect("portal_case", case=work.case.pk)
    if not work.place.cases().filter(pk=work.case.pk).exists():
        return redirect("desk")  # whoever asked to keep out has closed the file to themself
    return redirect("case", case=work.case.pk)


@login_required
@require_POST
@answered
def drop(request: HttpRequest, item: int) -> HttpResponse:
    """Withdraw an item that was begun out of turn."""
    work = held(request, item)
    conduct.drop(work.item, by=work.place.account, at=work.place.at, key=request.POST.get("key") or uuid4().hex)
    success(request, _("已撤销发起的“%(step)s”。") % {"step": wording.said(work.step.title)})
    return onward(work)
