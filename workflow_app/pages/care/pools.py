"""Candidate pools: set up, propose, confirm by another, review, leave; and a case on the way up from a live entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import caring, ledger
from workflow_app.care import pools as room
from workflow_app.care import procedure
from workflow_app.care.standing import standing
from workflow_app.models import Lead, Pool, PoolDecision, PoolEntry
from workflow_app.pages import opening
from workflow_app.pages.care.office import desks, lines, matching, office, people
from workflow_app.pages.frame import HANDLER, LEADER, Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.refusing import Refused

ROLES = (HANDLER, LEADER)


class PoolForm(forms.Form):
    """A new pool."""

    name = forms.CharField(label=lazy("名称"), max_length=60)
    purpose = lines(lazy("用途"), 300, lazy("写明为哪一类岗位、哪项工作储备；不写名额，不排名次。"))
    told = forms.BooleanField(
        label=lazy("入库情况告知本人"), required=False, initial=True, help_text=lazy("设立后不能改；告知的，本人在“我的事项”中看得到。")
    )


class ProposalForm(forms.Form):
    """A proposal to take somebody in."""

    ground = forms.ChoiceField(label=lazy("入库依据"), choices=[("", lazy("请选择")), *PoolEntry.Ground.choices])
    reasons = lines(lazy("理由"), 600, lazy("写具体事实，不写评价性空话。"))
    evidence = lines(lazy("佐证"), 300, lazy("文件、考核结果或者谈话记录的名称和日期。"))


def _pools(place: Place) -> Any:
    return Pool.objects.filter(organ__in=[one.unit for one in office(place, ROLES)]).select_related(
        "organ", "opened_by__cadre", "closing__by__cadre"
    )


def refused_at(form: forms.Form, no: Refused) -> None:
    """A refusal at its field, with the way out."""
    form.add_error(no.field if no.field in form.fields else None, f"{no.reason}{no.way_out}")


@login_required
@require_http_methods(["GET", "POST"])
def pools(request: HttpRequest) -> HttpResponse:
    """The pools of my organs; a leader sets up a new one."""
    place = place_of(request)
    found, leads = _pools(place), desks(place, (LEADER,))
    form = PoolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not leads:
            raise Http404
        if form.is_valid():
            try:
                made = caring.open_pool(leads[0].unit, by=place.account, at=place.at, **form.cleaned_data)
                success(request, _("人选库已经设立。"))
                return redirect("pool", pool=made.pk)
            except Refused as no:
                refused_at(form, no)
    rows = [(one, _counted(one, place)) for one in found]
    status = 422 if form.is_bound else 200
    return show(request, "care/pools", {"rows": rows, "form": form, "leads": bool(leads), "years": settings.POOL_YEARS}, status=status)


def _counted(pool: Pool, place: Place) -> tuple[int, int]:
    stands = [standing(one, place.today) for one in room.entries([pool])]
    return sum(one.live for one in stands), sum(one.waiting for one in stands)


@login_required
@require_http_methods(["GET", "POST"])
@answered
def pool(request: HttpRequest, pool: int) -> HttpResponse:
    """One pool: who is in it, who waits for a confirmation, who was in it; whom to propose; and closing it."""
    place, text, refused = place_of(request), request.GET.get("q", "").strip()[:40], None
    found = _pools(place).filter(pk=pool).first()
    if found is None:
        raise Http404(_("没有这个人选库。"))
    leads = any(one.unit == found.organ for one in desks(place, (LEADER,)))
    if request.method == "POST":
        if not leads:
            raise Http404
        try:
            caring.close_pool(found, request.POST.get("closing", "")[:300], by=place.account, at=place.at)
            success(request, _("人选库已经关闭，在库人选随之终止；有关人员会收到消息。"))
            return redirect("pool", pool=found.pk)
        except Refused as no:
            refused = no
    ledger.read(account=place.account, what="pool", ref=found.pk, case=None, at=place.at, desk=office(place, ROLES)[0])
    rows = [(one, standing(one, place.today)) for one in room.entries([found]) if one.cadre_id != place.account.cadre_id]
    parts = {
        "live": [row for row in rows if row[1].live], "waiting": [row for row in rows if row[1].waiting],
        "past": [row for row in rows if not row[1].live and not row[1].waiting],
    }  # fmt: skip
    within = people(place, ROLES).filter(unit__path__startswith=found.organ.path)
    context = {"pool": found, "q": text, "cadres": matching(within, text), "years": settings.POOL_YEARS, **parts}
    context |= {"closing": getattr(found, "closing", None), "leads": leads, "refused": refused, "typed": request.POST}
    return show(request, "care/pool", context, status=409 if refused else 200)


@login_required
@require_http_methods(["GET", "POST"])
def propose_entry(request: HttpRequest, pool: int, cadre: int) -> HttpResponse:
    """Propose somebody for a pool."""
    place = place_of(request)
    found, person = _pools(place).filter(pk=pool).first(), people(place, ROLES).filter(pk=cadre, active=True).first()
    if found is None or person is None or not person.unit.path.startswith(found.organ.path):
        raise Http404(_("没有这名干部。"))
    form = ProposalForm(request.POST if request.method == "POST" else None, initial={"ground": request.GET.get("ground", "")})
    if form.is_bound and form.is_valid():
        try:
            made = caring.propose(found, person, room.Why(**form.cleaned_data), by=place.account, at=place.at)
            success(request, _("已经提出，由另一名组织部门负责人审定。"))
            return redirect("pool_entry", entry=made.pk)
        except Refused as no:
            refused_at(form, no)
    context = {
        "pool": found, "cadre": person, "form": form, "running": procedure.running(person.pk, place.today),
        "proposals": Lead.objects.filter(cadre=person, rule_id=room.PROPOSAL).order_by("-id")[:3],
    }  # fmt: skip
    return show(request, "care/propose", context, status=422 if form.is_bound else 200)


def entry_of(place: Place, key: int) -> PoolEntry:
    """An entry of a pool of my organs, and not about me. Raises Http404."""
    found = room.entries(_pools(place)).filter(pk=key).exclude(cadre=place.account.cadre_id or 0).first()
    if found is None:
        raise Http404(_("没有这名人选，或者您无权查看。"))
    return found


@login_required
@require_http_methods(["GET", "POST"])
@answered
def pool_entry(request: HttpRequest, entry: int) -> HttpResponse:
    """One entry with everything that was done about it; a leader confirms, reviews or takes out."""
    place, refused = place_of(request), None
    found = entry_of(place, entry)
    leads = any(one.unit == found.pool.organ for one in desks(place, (LEADER,)))
    if request.method == "POST":
        if not leads:
            raise Http404
        try:
            success(request, _act(request.POST, place, found))
            return redirect("pool_entry", entry=found.pk)
        except Refused as no:
            refused = no
    else:
        ledger.read(account=place.account, what="pool", ref=found.pool_id, case=None, at=place.at, desk=office(place, ROLES)[0])
    context = {
        "entry": found, "stand": standing(found, place.today), "leads": leads, "own": found.proposed_by_id == place.account.pk,
        "running": procedure.running(found.cadre_id, place.today), "grounds": room.GROUNDS, "typed": request.POST,
        "outcomes": PoolDecision.Outcome.choices, "refused": refused, "years": settings.POOL_YEARS,
        "seen": {one.pk for one in place.cases().filter(pk__in=[use.case_id for use in found.uses.all()])},
    }  # fmt: skip
    return show(request, "care/entry", context, status=409 if refused else 200)


def _act(typed: QueryDict, place: Place, entry: PoolEntry) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if typed.get("do") == "decide":
        caring.decide(entry, typed.get("outcome", ""), typed.get("reason", "")[:300], **words)
        return _("审定意见已经记录，提出人会收到消息。")
    if typed.get("do") == "review":
        caring.review(entry, typed.get("findings", "")[:500], **words)
        return _("复核已经记录，有效期从今天重新计算。")
    caring.leave(entry, typed.get("leaving", ""), typed.get("leaving_reason", "")[:300], **words)
    return _("已经出库，理由已经记录。")


@login_required
@require_http_methods(["GET", "POST"])
@answered
def open_from_entry(request: HttpRequest, entry: int) -> HttpResponse:
    """The first form of a case on the way up, opened from a live entry. What bars a promotion, the door refuses as always."""
    place = place_of(request)
    found = entry_of(place, entry)
    room.check_usable(found, place.today)
    return opening.from_entry(request, place, found)
