"""Plans of help at the office: who was adjusted, each plan with its entries, its papers, and promises that are open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import helping, ledger
from workflow_app.care import counselling, mentors, plans, procedure
from workflow_app.documents import RenderingFailed
from workflow_app.models import CarePaper, CarePlan, CareVisit, Case, CounsellingOffer, Mentor, Training
from workflow_app.pages.care.forms import FORMS, MentorForm, PlanForm, blank
from workflow_app.pages.care.office import managing, office, people
from workflow_app.pages.care.pools import refused_at
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.printed import printed
from workflow_app.pages.refusals import answered
from workflow_app.refusing import Refused

SHOWN = 200


def cases_of(place: Place) -> list[Case]:
    """Cases that adjusted somebody of my organs, without my own."""
    found = plans.adjusted([one.unit.path for one in office(place)]).exclude(cadre=place.account.cadre_id or 0)
    return list(found[:SHOWN])


@login_required
@require_GET
def care(request: HttpRequest) -> HttpResponse:
    """Everybody whose post was adjusted, with plan, restriction and visits; and the promises that are open."""
    place = place_of(request)
    rows = [(one, procedure.named().restricted_until(one), getattr(one, "care_plan", None)) for one in cases_of(place)]
    promises = plans.open_promises([plan for _case, _until, plan in rows if plan], place.today)
    return show(request, "care/home", {"rows": rows, "promises": promises, "today": place.today})


@login_required
@require_http_methods(["GET", "POST"])
def open_plan(request: HttpRequest, case: int) -> HttpResponse:
    """A plan for somebody whose decision was served."""
    place = place_of(request)
    found = next((one for one in cases_of(place) if one.pk == case), None)
    if found is None:
        raise Http404(_("没有这个案件，或者您无权查看。"))
    if hasattr(found, "care_plan"):
        return redirect("care_plan", plan=found.care_plan.pk)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = helping.open_plan(found, form.cleaned_data["aim"], by=place.account, at=place.at)
            success(request, _("帮扶计划已经制定，本人可以在“我的事项”中看到。"))
            return redirect("care_plan", plan=made.pk)
        except Refused as no:
            refused_at(form, no)
    return show(request, "care/open_plan", {"case": found, "form": form}, status=422 if form.is_bound else 200)


def plan_of(place: Place, key: int) -> CarePlan:
    """A plan about somebody whom my desks manage. Raises Http404."""
    found = CarePlan.objects.filter(pk=key).select_related("case", "cadre__unit", "cadre__post__unit", "organ", "opened_by__cadre").first()
    if found is None or managing(place, found.cadre) is None:
        raise Http404(_("没有这份帮扶计划，或者您无权查看。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
@answered
def care_plan(request: HttpRequest, plan: int) -> HttpResponse:
    """One plan: everything entered, and a form a kind of entry."""
    place = place_of(request)
    found = plan_of(place, plan)
    made = blank(found, place.today, request.GET.get("correct", ""))
    if request.method == "GET":
        ledger.read(account=place.account, what="care", ref=found.pk, case=found.case, at=place.at, desk=managing(place, found.cadre))
    elif _posted(request, place, found, made):
        return redirect("care_plan", plan=found.pk)
    context = {
        "plan": found, "forms": made, "did": request.POST.get("do", "") or {"t": "train", "v": "visit"}.get(request.GET.get("correct", "")[:1], ""),
        "target": request.POST.get(f"{request.POST.get('do')}-{TARGETS.get(request.POST.get('do', ''), '')}", ""), **_standing(place, found),
    }  # fmt: skip
    return show(request, "care/plan", context, status=422 if request.method == "POST" else 200)


# Which hidden field of a form names the entry that it is about.
TARGETS = {"result": "training", "promise": "visit", "end_mentor": "mentor", "counselled": "offer"}


def _standing(place: Place, plan: CarePlan) -> dict[str, Any]:
    papers = list(plan.papers.defer("pdf", "content").select_related("issued_by__cadre", "visit"))
    visits = plan.visits.select_related("by__cadre", "kept__by__cadre", "corrected", "paper").defer("paper__pdf", "paper__content")
    offers = plan.offers.prefetch_related("words", "dates").order_by("-id")
    named = (
        plan.mentors.select_related("mentor__unit", "mentor__post__unit", "by__cadre").prefetch_related("words__by__cadre").order_by("-id")
    )
    trainings = plan.trainings.select_related("by__cadre", "corrected").prefetch_related("results__by__cadre")
    return {
        "trainings": [(one, plans.carried(one)) for one in trainings], "visits": visits,
        "mentors": [(one, mentors.word_of(one)) for one in named], "current": mentors.current(plan, place.today),
        "offers": [(one, counselling.word_of(one), counselling.consented(one)) for one in offers], "may_offer": counselling.may_offer(plan),
        "papers": papers,
        "until": procedure.named().restricted_until(plan.case), "running": procedure.running(plan.cadre_id, place.today),
        "today": place.today, "case_open": place.cases().filter(pk=plan.case_id).exists(),
    }  # fmt: skip


def _posted(request: HttpRequest, place: Place, plan: CarePlan, made: dict[str, forms.Form]) -> bool:
    """Whether the entry was taken; else its form says why not and keeps what was typed."""
    do, words = request.POST.get("do", ""), {"by": place.account, "at": place.at}
    if do in ("offer", "issue"):
        success(request, _unasked(request, plan, do, words))
        return True
    if do not in FORMS:
        raise Http404
    form = made[do] = FORMS[do](request.POST, prefix=do, auto_id=False)
    if isinstance(form, MentorForm):
        form.people = people(place)
    if not form.is_valid():
        return False
    try:
        success(request, ACTS[do](plan, form, words))
        return True
    except Refused as no:
        refused_at(form, no)
        return False


def _unasked(request: HttpRequest, plan: CarePlan, do: str, words: dict[str, Any]) -> str:
    if do == "offer":
        helping.offer_counselling(plan, **words)
        return _("已经向本人提供。是否同意由本人决定，系统不催促。")
    seen = get_object_or_404(CareVisit, pk=request.POST["visit"], plan=plan) if request.POST.get("visit", "").isdigit() else None
    try:
        paper = helping.issue(plan, seen, **words)
    except RenderingFailed as no:
        raise Refused(str(no), way_out=_("更正后再签发。"), rule=_("文书")) from no
    return _("文书%(n)s已经签发，本人可以在“我的事项”中看到。") % {"n": paper.number}


def _train(plan: CarePlan, form: Any, words: dict[str, Any]) -> str:
    old = Training.objects.filter(plan=plan, pk=form.cleaned_data["corrects"] or 0).first()
    helping.train(plan, form.course_of(), corrects=old, why=form.cleaned_data.get("why", ""), **words)
    return _("培训已经登记。")


def _result(plan: CarePlan, form: Any, words: dict[str, Any]) -> str:
    found = form.cleaned_data
    one = get_object_or_404(Training, pk=found["training"], plan=plan)
    helping.end_training(one, found["outcome"], found["text"], found["ended_on"], **words)
    return _("培训结果已经登记。")


def _mentor(plan: CarePlan, form: Any, words: dict[str, Any]) -> str:
    found = form.cleaned_data
    helping.name_mentor(plan, found["mentor"], found["first"], found["last"], **words)
    return _("已经请对方答复；同意以后，本人会看到是谁。")


def _end_mentor(plan: CarePlan, form: Any, words: dict[str, Any]) -> str:
    helping.end_mentor(get_object_or_404(Mentor, pk=form.cleaned_data["mentor"], plan=plan), form.cleaned_data["ended"], **words)
    return _("已经登记提前结束。")


def _counselled(plan: CarePlan, form: Any, words: dict[str, Any]) -> str:
    found = form.cleaned_data
    helping.note_counselling(get_object_or_404(CounsellingOffer, pk=found["offer"], plan=plan), found["held_on"], **words)
    return _("日期已经登记。")


def _visit(plan: CarePlan, form: Any, words: dict[str, Any]) -> str:
    old = CareVisit.objects.filter(plan=plan, pk=form.cleaned_data["corrects"] or 0).first()
    helping.visit(plan, form.seen(), corrects=old, why=form.cleaned_data.get("why", ""), **words)
    return _("回访已经登记。")


def _promise(plan: CarePlan, form: Any, words: dict[str, Any]) -> str:
    found = form.cleaned_data
    helping.keep_promise(get_object_or_404(CareVisit, pk=found["visit"], plan=plan), found["text"], found["done_on"], **words)
    return _("办理结果已经登记，本人会收到消息。")


ACTS = {
    "train": _train, "result": _result, "mentor": _mentor, "end_mentor": _end_mentor, "counselled": _counselled, "visit": _visit,
    "promise": _promise,
}  # fmt: skip


@login_required
@require_GET
def care_paper(request: HttpRequest, paper: int) -> HttpResponse:
    """A paper as it was issued: for the office and for the person."""
    place = place_of(request)
    found = CarePaper.objects.filter(pk=paper).select_related("plan__cadre__unit", "plan__case").first()
    if found is None or (found.plan.cadre_id != place.account.cadre_id and managing(place, found.plan.cadre) is None):
        raise Http404(_("没有这份文书，或者您无权查看。"))
    ledger.read(account=place.account, what="care", ref=found.plan_id, case=found.plan.case, at=place.at)
    return printed(bytes(found.pdf), f"{found.number}.pdf")


@login_required
@require_GET
def care_preview(request: HttpRequest, plan: int) -> HttpResponse:
    """The paper as it would be issued now, of the plan or (?visit=) of one of its visits."""
    place = place_of(request)
    found, key = plan_of(place, plan), request.GET.get("visit", "")
    seen = get_object_or_404(CareVisit, pk=int(key), plan=found) if key.isdigit() else None
    try:
        return printed(helping.preview(found, seen, place.at), "preview.pdf")
    except RenderingFailed as no:
        raise Http404(str(no)) from no
