"""Talks at the office: who might be talked to by class of person, what is planned and late, one talk, and planning one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, talking
from workflow_app.learning import candidates as finding
from workflow_app.learning import talks as room
from workflow_app.models import Campaign, Desk, Feedback, Talk, TalkGroup, TalkWish
from workflow_app.pages.care.office import matching, people
from workflow_app.pages.frame import ASSESSORS, HANDLER, LEADER, PLACEMENT, Place, place_of, show
from workflow_app.pages.learning.office import ROLES, at_field, desks
from workflow_app.pages.learning.talk_forms import ArrangeForm, DropForm, HeldForm, PlanForm, TalkerForm
from workflow_app.refusing import Refused

Kind = Talk.Kind
CARED, RATED = (Kind.ADJUSTED, Kind.RETURNED), (Kind.FELL, Kind.FEEDBACK, Kind.MUST)
# Each desk plans and sees talks of the classes of person that it works with anyway.
KNOWS = {HANDLER: tuple(Kind), LEADER: tuple(Kind), ASSESSORS: RATED, PLACEMENT: CARED}
PAGE, WITHIN = 50, timedelta(days=14)  # how far ahead the day is set that a form first offers (a project default)


def kinds(place: Place) -> list[str]:
    """The classes of person that I plan talks with."""
    known = {kind for desk in desks(place) for kind in KNOWS[desk.role]}
    return [kind for kind in Kind.values if kind in known]


def desk_for(place: Place, kind: str) -> Desk:
    """My desk that works with a class of person. Raises Http404."""
    found = next((desk for desk in desks(place) if kind in KNOWS[desk.role]), None)
    if found is None:
        raise Http404(_("没有这一类别，或者您无权查看。"))
    return found


@login_required
@require_GET
def talks(request: HttpRequest) -> HttpResponse:
    """One class of person: who might be talked to, and what is planned, late and done."""
    place = place_of(request)
    known = kinds(place)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in known else known[0]
    desk, own, text = desk_for(place, kind), place.account.cadre_id or 0, request.GET.get("q", "").strip()[:40]
    ledger.read(account=place.account, what="talks", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    rows = room.talks([desk.unit]).filter(kind=kind).exclude(cadre=own).order_by("-id")
    waiting = list(rows.filter(held__isnull=True, dropped__isnull=True))
    waiting.sort(key=lambda one: (room.set_of(one).due_on, one.pk))
    page = Paginator(rows.exclude(pk__in=[one.pk for one in waiting]), PAGE).get_page(request.GET.get("page"))
    campaigns = Campaign.objects.filter(organ=desk.unit, opened_at__isnull=False).order_by("-id")[:10] if kind == Kind.MUST else []
    could = [one for one in finding.candidates(desk.unit, kind, place.today) if one.cadre.pk != own]
    free = kind not in (Kind.MUST, Kind.FEEDBACK, Kind.ASKED)
    return show(request, "learning/talks", {
        "kind": kind, "title": Kind(kind).label, "kinds": [(one, Kind(one).label) for one in known], "page": page, "today": place.today, "q": text,
        "candidates": could[:PAGE], "more": len(could) > PAGE, "campaigns": campaigns, "free": free,
        "waiting": [(one, room.set_of(one), room.set_of(one).due_on < place.today) for one in waiting],
        "rows": [(one, room.set_of(one), room.held_of(one), room.stand_of(one, place.today)) for one in page],
        "cadres": matching(people(place, ROLES).filter(unit__path__startswith=desk.unit.path), text) if free else [],
    })  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def plan_talk(request: HttpRequest, kind: str, cadre: int) -> HttpResponse:
    """Plan a talk with somebody; `on`: the wish or the lists, `round` and `group` for those who must be talked to."""
    place = place_of(request)
    desk = desk_for(place, kind)
    one = people(place, ROLES).filter(pk=cadre, active=True, unit__path__startswith=desk.unit.path).first()
    if one is None:
        raise Http404(_("没有这名干部，或者您无权查看。"))
    ground = _ground(request, desk, kind)
    known = [found for found in finding.candidates(desk.unit, kind, place.today) if found.cadre.pk == one.pk]
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        initial={"due_on": place.today + WITHIN, "reason": known[0].fact if known else ""},
    )
    form.people = people(place, ROLES)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            what = room.Plan(one, kind, typed["reason"], typed["talker"], typed["due_on"], **ground)
            made = talking.plan(desk.unit, what, by=place.account, at=place.at)
            success(request, _("谈话已经安排，谈话人会收到消息。"))
            return redirect("talk", talk=made.pk)
        except Refused as no:
            at_field(form, no)
    context = {"cadre": one, "kind": kind, "title": Kind(kind).label, "form": form, "facts": known, **ground}
    return show(request, "learning/plan_talk", context, status=422 if form.is_bound else 200)


def _key(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() and len(text) < 19 else 0


def _ground(request: HttpRequest, desk: Desk, kind: str) -> dict[str, Any]:
    """What the talk stands on, as the address names it."""
    on = _key(request, "on")
    if kind == Kind.FEEDBACK:
        return {"feedback": Feedback.objects.filter(pk=on, organ=desk.unit).select_related("subject__campaign").first()}
    if kind == Kind.ASKED:
        return {"wish": TalkWish.objects.filter(pk=on, cadre__unit__path__startswith=desk.unit.path).select_related("talk").first()}
    if kind == Kind.MUST:
        campaign = Campaign.objects.filter(pk=_key(request, "round"), organ=desk.unit).first()
        return {
            "campaign": campaign,
            "group": TalkGroup.objects.filter(pk=_key(request, "group"), organ=desk.unit).select_related("ended").first(),
        }
    return {}


def talk_of(place: Place, key: int) -> Talk:
    """A talk of my organs of a class that I work with, and not with me. Raises Http404."""
    found = (
        room.talks([desk.unit for desk in desks(place)])
        .filter(pk=key, kind__in=kinds(place))
        .exclude(cadre=place.account.cadre_id or 0)
        .first()
    )
    if found is None:
        raise Http404(_("没有这次谈话，或者您无权查看。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, talk: int) -> HttpResponse:
    """One talk: arrangement, that it was held, the person's word."""
    place = place_of(request)
    one = talk_of(place, talk)
    arranged = room.set_of(one)
    start = {"talker": arranged.talker.number, "due_on": arranged.due_on}
    made: dict[str, forms.Form] = {
        "arrange": ArrangeForm(initial=start, prefix="arrange"), "drop": DropForm(prefix="drop"),
        "held": HeldForm(initial={"held_on": place.today}, prefix="held"),
    }  # fmt: skip
    if request.method == "POST":
        if _posted(request, place, one, made):
            return redirect("talk", talk=one.pk)
    else:
        ledger.read(account=place.account, what="talks", ref=one.organ_id, case=None, at=place.at, desk=desk_for(place, one.kind))
    held = room.held_of(one)
    context = {
        "one": one, "set": arranged, "held": held, "word": room.word_of(held), "open": room.is_open(one), "stand": room.stand_of(one, place.today),
        "forms": made, "did": request.POST.get("do", ""), "sets": sorted(one.arrangements.all(), key=lambda row: -row.pk)[1:],
        "entries": sorted(one.held.all(), key=lambda row: -row.pk), "late": room.is_open(one) and arranged.due_on < place.today,
    }  # fmt: skip
    return show(request, "learning/talk", context, status=422 if request.method == "POST" else 200)


def _posted(request: HttpRequest, place: Place, one: Talk, made: dict[str, forms.Form]) -> bool:
    """Whether the act was done; else its form says why not and keeps what was typed."""
    do, words = request.POST.get("do", ""), dict[str, Any](by=place.account, at=place.at)
    if do not in made:
        raise Http404
    form = made[do] = type(made[do])(request.POST, prefix=do)
    if isinstance(form, TalkerForm):
        form.people = people(place, ROLES)
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        if do == "arrange":
            talking.arrange(one, typed["talker"], typed["due_on"], typed["why"], **words)
        elif do == "drop":
            talking.drop(one, typed["dropped"], **words)
        else:
            talking.hold(one, typed["held_on"], typed["agreed"], why=typed["why"], **words)
        success(request, _("已经登记，有关人员会收到消息。"))
        return True
    except Refused as no:
        at_field(form, no)
        return False
