"""Classes: all of my organs, one with those called to it, calling more of them by name or for a gap, and the workbook both ways."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, training
from workflow_app.assessment.sheets import BadSheet
from workflow_app.learning import classes as room
from workflow_app.learning import gaps, participants, workbook
from workflow_app.models import Cadre, TrainingClass
from workflow_app.pages.assessment.libraries import as_file, sent_file
from workflow_app.pages.assessment.office import said
from workflow_app.pages.care.office import matching, people
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.learning.forms import CallForm, ChangeForm, ClassForm, OffForm
from workflow_app.pages.learning.office import ROLES, at_field, class_of, desk_at, desks, kinds
from workflow_app.refusing import Refused

PAGE, GAPS = 50, 100


@login_required
@require_http_methods(["GET", "POST"])
def classes(request: HttpRequest) -> HttpResponse:
    """Classes of my organs, and a new one."""
    place = place_of(request)
    organs = [one.unit for one in desks(place)]
    form = ClassForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = training.open_class(organs[0], form.cleaned_data["kind"], form.terms(), by=place.account, at=place.at)
            success(request, _("班次已经登记，可以点名调训或者导入名单。"))
            return redirect("training_class", found=made.pk)
        except Refused as no:
            at_field(form, no)
    rows = room.classes(organs).annotate(called=Count("participants", distinct=True))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(one, room.terms_of(one)) for one in page], "form": form, "today": place.today}
    return show(request, "learning/classes", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def training_class(request: HttpRequest, found: int) -> HttpResponse:
    """One class: its terms, who is called, what came of it."""
    place, refused = place_of(request), None
    one = class_of(place, found)
    made = _forms(one)
    if request.method == "POST":
        try:
            if _posted(request, place, one, made):
                return redirect("training_class", found=one.pk)
        except (Refused, BadSheet) as no:
            refused = no
    else:
        ledger.read(account=place.account, what="class", ref=one.pk, case=None, at=place.at, desk=desk_at(place, one))
    status = 422 if request.method == "POST" else 200
    return show(request, "learning/class", {**_context(request, place, one), "forms": made, **said(refused)}, status=status)


def _forms(one: TrainingClass) -> dict[str, forms.Form]:
    start = ChangeForm.of(room.terms_of(one))
    return {"change": ChangeForm(initial=start, prefix="change"), "off": OffForm(prefix="off"), "call": CallForm(prefix="call")}


def _context(request: HttpRequest, place: Place, one: TrainingClass) -> dict[str, Any]:
    text, need = request.GET.get("q", "").strip()[:40], request.GET.get("gaps", "") == "1"
    known, whom = kinds(place), people(place, ROLES).filter(unit__path__startswith=one.organ.path)
    rows = participants.participants(one).exclude(cadre=place.account.cadre_id or 0)
    name = request.GET.get("who", "").strip()[:40]
    page = Paginator(rows.filter(Q(cadre__name__contains=name) | Q(cadre__number=name)) if name else rows, PAGE).get_page(
        request.GET.get("page")
    )
    called = set(one.participants.values_list("cadre_id", flat=True))
    found = [cadre for cadre in matching(whom, text) if cadre.pk not in called]
    sources = gaps.gaps_of(one.organ, [cadre.pk for cadre in found], known)
    return {
        "one": one, "terms": room.terms_of(one), "history": sorted(one.terms.all(), key=lambda row: -row.pk)[1:], "page": page, "who": name,
        "rows": [(row, participants.stand_of(row), participants.result_of(row), gaps.where_of(row) if gaps.kind_of(row) in known else "",
                  gaps.kind_of(row) in known) for row in page],
        "total": len(called), "own": place.account.cadre_id in called, "q": text, "today": place.today, "need": need, "did": request.POST.get("do", ""),
        "cadres": [(cadre, [gap for gap in sources if gap.cadre.pk == cadre.pk]) for cadre in found],
        "gaps": _open_gaps(place, one, called, known) if need else [], "ticked": request.POST.getlist("cadre"), "picked": request.POST.getlist("source"),
        "kinds": known, "fixed": one.participants.filter(results__isnull=False).exists(),
    }  # fmt: skip


def _open_gaps(place: Place, one: TrainingClass, called: set[int], known: tuple[str, ...]) -> list[gaps.Gap]:
    """Gaps that nobody has been called to this class for; not my own."""
    found = [gap for gap in gaps.gaps_of(one.organ, None, known) if gap.cadre.pk not in called and gap.cadre.active]
    return [gap for gap in found if gap.cadre.pk != place.account.cadre_id][:GAPS]


def _posted(request: HttpRequest, place: Place, one: TrainingClass, made: dict[str, forms.Form]) -> bool:
    """Whether the act was done; else its form says why not and keeps what was typed."""
    do, words = request.POST.get("do", ""), dict[str, Any](by=place.account, at=place.at)
    if do == "file":
        name, data = sent_file(request)
        taken = training.take_in(one, name, data, kinds(place), **words)
        success(request, _("已导入：列入%(c)s人，登记结果%(r)s人。") % {"c": len(taken.called), "r": len(taken.results)})
        return True
    if do not in made:
        raise Http404
    form = made[do] = type(made[do])(request.POST, prefix=do)
    if not form.is_valid():
        return False
    try:
        success(request, ACTS[do](request, place, one, form))
        return True
    except Refused as no:
        if no.field not in form.fields:
            raise
        at_field(form, no)
        return False


def _change(request: HttpRequest, place: Place, one: TrainingClass, form: Any) -> str:
    training.change(one, form.terms(), form.cleaned_data["why"], by=place.account, at=place.at)
    return _("班次安排已经更改，已列入的人员会收到消息。")


def _off(request: HttpRequest, place: Place, one: TrainingClass, form: Any) -> str:
    training.call_off(one, form.cleaned_data["reason"], by=place.account, at=place.at)
    return _("班次已经取消，已列入的人员会收到消息。")


def _call(request: HttpRequest, place: Place, one: TrainingClass, form: Any) -> str:
    sent = {int(key) for key in request.POST.getlist("cadre") if key.isdigit() and len(key) < 19}
    codes = set(request.POST.getlist("source"))
    sent |= {gap.cadre.pk for gap in gaps.gaps_of(one.organ, None, kinds(place)) if gap.code in codes}
    whom = list(people(place, ROLES).filter(pk__in=sent).order_by("number"))
    known = gaps.gaps_of(one.organ, [cadre.pk for cadre in whom], kinds(place))
    rows = [
        participants.Call(cadre, form.cleaned_data["reason"], *_gap_of(cadre, known, codes, form.cleaned_data["gap"])) for cadre in whom
    ]
    made = training.call(one, rows, by=place.account, at=place.at)
    return _("已列入%(n)s人，本人会收到消息。") % {"n": len(made)}


def _gap_of(cadre: Cadre, known: list[gaps.Gap], codes: set[str], text: str) -> tuple[str, gaps.Gap | None]:
    source = next((gap for gap in known if gap.cadre.pk == cadre.pk and gap.code in codes), None)
    return (text, source) if source else ("", None)


ACTS = {"change": _change, "off": _off, "call": _call}


@login_required
@require_GET
def class_file(request: HttpRequest, found: int) -> HttpResponse:
    """Participants, results and open gaps as a workbook, to read or to fill in and send back."""
    place = place_of(request)
    one = class_of(place, found)
    ledger.read(account=place.account, what="class_file", ref=one.pk, case=None, at=place.at, desk=desk_at(place, one))
    return as_file(workbook.written(one, kinds(place), place.account.cadre_id), f"class-{one.pk}.xlsx")
