"""The guided form: one thing a page, kept at every step, checked as a whole, sent once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import success
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workflow_app import ledger, uploads
from workflow_app.clock import TZ
from workflow_app.models import Draft
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.portal import drafts, guide, parking, persons
from workflow_app.pages.portal.filings import filing_of
from workflow_app.pages.portal.sending import Filing, may_answer, sent_with
from workflow_app.pages.refusals import answered
from workflow_app.plain_words import Page
from workflow_app.steps import Refused

NEW = "_new"
type_view = Callable[..., HttpResponse]


@login_required
@require_GET
def answer(request: HttpRequest, item: int) -> HttpResponse:
    """Begin, or go on with, the answer to an item; opening it is recorded."""
    place = place_of(request)
    found, work = may_answer(place, item)
    if work.owner_id == place.account.pk and str(work.token) == "aside" or hasattr(work, "sheet"):
        return redirect("task", item=work.pk)
    ledger.read(account=place.account, what="item", ref=work.pk, case=found.case, at=place.at, step=work.step, desk=work.desk)
    draft = drafts.for_item(place.account, found.case, work, at=place.at)
    return redirect("portal_form", token=draft.token)


@login_required
@require_POST
@answered
def begin(request: HttpRequest, case: int, step: str) -> HttpResponse:
    """Begin, or go on with, something that the person puts forward; nothing is on record until it is sent."""
    place = place_of(request)
    found = persons.one_of_mine(place, case)
    draft = Draft(case=found.case, step=step, account=place.account)
    hindered = filing_of(place, draft).hindered()
    if hindered is not None:
        raise hindered
    draft = drafts.for_case(place.account, found.case, step, at=place.at)
    return redirect("portal_form", token=draft.token)


def kept(view: type_view) -> type_view:
    """Give `view` the filing of the draft. Sent already: its receipt. Session over: what was posted waits."""

    @wraps(view)
    def careful(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _signed_out(request, token, int(kwargs.get("page") or 0))
        place = place_of(request)
        draft = drafts.of(place.account, token)
        if draft is None:
            sent = sent_with(place, token)
            return redirect("portal_sent", paper=sent.pk) if sent else show(request, "portal/gone", {"simple": True}, status=410)
        return view(request, filing_of(place, draft), **kwargs)

    return careful


def _signed_out(request: HttpRequest, token: str, page: int) -> HttpResponse:
    if request.method != "POST" or not page:
        return redirect_to_login(request.get_full_path())
    answer: HttpResponse = redirect_to_login(request.path)
    if request.POST.get("do") == "save":
        answer = JsonResponse({"saved": False, "signed_out": True}, status=401)
    return parking.park(request, answer, token, page)


@require_GET
@kept
def form(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Go on where the form was left."""
    return _onward(filing)


def _onward(filing: Filing) -> HttpResponse:
    typed = drafts.typed_of(filing.draft)
    ahead = [number for number, _page in guide.asked(filing.pages, typed.values) if number not in typed.done]
    if ahead:
        return redirect("portal_form_page", token=filing.draft.token, page=ahead[0])
    return redirect("portal_check", token=filing.draft.token)


@require_http_methods(["GET", "POST"])
@kept
def page(request: HttpRequest, filing: Filing, page: int) -> HttpResponse:
    """One page of the form. What is posted is kept first and judged afterwards."""
    pages = filing.pages
    if not 1 <= page <= len(pages):
        return _onward(filing)
    hindered = filing.hindered()
    if hindered is not None:
        return stopped(request, filing, hindered)
    if request.method == "GET":
        _take_in_waiting(request, filing, pages)
        return _page(request, filing, page)
    data, refusals = _with_files(request, filing, pages[page - 1])
    typed = drafts.typed_of(filing.draft)
    typed.values = guide.merged(typed.values, pages[page - 1], data)
    drafts.keep(filing.draft, typed, at=filing.place.at)
    if data.get("do") == "save":
        return JsonResponse({"saved": True, "at": f"{filing.place.at.astimezone(TZ):%H:%M}"})
    return _judge(request, filing, page, typed, refusals)


def _judge(request: HttpRequest, filing: Filing, page: int, typed: drafts.Typed, refusals: dict[str, list[str]]) -> HttpResponse:
    if request.POST.get("do") == "later":
        success(request, _("已经保存为草稿，随时可以接着写。"))
        return redirect("portal")
    if request.POST.get("do") == "upload" and not refusals:
        return redirect("portal_form_page", token=filing.draft.token, page=page)
    filling = guide.judged(filing.step, filing.situation, _data(typed))
    faults = [fault for fault in guide.faults_of(filling, filing.pages) if fault.page == page]
    for name, texts in refusals.items():
        filling.form.errors.setdefault(name, filling.form.error_class(renderer=filling.form.renderer)).extend(texts)
        faults += [guide.Fault(f"id_{name}{NEW}", text, page) for text in texts]
    if faults:
        return _page(request, filing, page, filling=filling, faults=faults)
    typed.done = sorted({*typed.done, page})
    drafts.keep(filing.draft, typed, at=filing.place.at)
    return _onward(filing)


def _data(typed: drafts.Typed) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.values.items():
        data.setlist(name, values)
    return data


def _with_files(request: HttpRequest, filing: Filing, page: Page) -> tuple[QueryDict, dict[str, list[str]]]:
    """What was posted, every good file kept and chosen; and what is wrong with the others, by field."""
    data = request.POST.copy()
    refusals: dict[str, list[str]] = {}
    for name in guide.file_fields(filing.step, page):
        for file in request.FILES.getlist(name + NEW):
            assert isinstance(file, UploadedFile)
            try:
                kept_one = uploads.keep(file, by=filing.place.account, at=filing.place.at)
            except Refused as refused:
                refusals.setdefault(name, []).append(f"“{(file.name or '')[:60]}”：{refused.reason}{refused.way_out}")
            else:
                data.setlist(name, list(dict.fromkeys([*data.getlist(name), kept_one.sha256])))
    return data, refusals


def _take_in_waiting(request: HttpRequest, filing: Filing, pages: list[Page]) -> None:
    waiting = parking.fetch(request, filing.draft)
    if waiting is None or not 1 <= waiting[0] <= len(pages):
        return
    typed, posted = drafts.typed_of(filing.draft), QueryDict(mutable=True)
    for name, values in waiting[1].items():
        posted.setlist(name, values)
    typed.values = guide.merged(typed.values, pages[waiting[0] - 1], posted)
    drafts.keep(filing.draft, typed, at=filing.place.at)
    success(request, _("登录中断以前您写的内容已经找回，请核对后继续。"))


def _page(request: HttpRequest, filing: Filing, number: int, *, filling: Any = None, faults: Any = ()) -> HttpResponse:
    pages, typed = filing.pages, drafts.typed_of(filing.draft)
    asked = [n for n, _page in guide.asked(pages, typed.values)]
    filling = filling or guide.shown(filing.step, filing.situation, typed.values)
    before = [n for n in asked if n < number]
    context = {
        **head(filing), "page": pages[number - 1], "number": number, "parts": guide.parts_on(filling, pages[number - 1]), "faults": faults,
        "place_in": (asked.index(number) + 1) if number in asked else len(before) + 1, "total": len(asked), "back": before[-1] if before else None,
        "files": guide.file_fields(filing.step, pages[number - 1]), "alone": len(pages[number - 1].fields) == 1,
    }  # fmt: skip
    return show(request, "portal/form", context, status=422 if faults else 200)


def head(filing: Filing) -> dict[str, Any]:
    """What every page of a form shows."""
    return {"filing": filing, "draft": filing.draft, "step": filing.step, "stand": filing.stand, "back_to": filing.back, "simple": True}


def stopped(request: HttpRequest, filing: Filing, refused: Refused) -> HttpResponse:
    """The form cannot be sent any more; what was written stays to be read and copied."""
    typed, pages = drafts.typed_of(filing.draft), filing.pages
    filling = guide.judged(filing.step, filing.situation, _data(typed))
    said = [one for one in guide.answers(filling, guide.asked(pages, typed.values)) if one.values]
    return show(request, "portal/stopped", {**head(filing), "refused": refused, "answers": said}, status=409)


@login_required
@require_POST
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw a draft away; nothing of it remains."""
    if Draft.objects.filter(account=place_of(request).account, token=token).delete()[0]:
        success(request, _("草稿已经删除。"))
    return redirect("portal")
