"""The board of hard tasks at the office: post, choose with the reason, verify by another, and enter the points in a campaign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import ledger, linking
from workflow_app.models import Challenge, ChallengeBid, ChallengeResult, Subject
from workflow_app.pages.care.office import day, desks, lines, office
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.pages.worklog.acting import Act, bound, taken
from workflow_app.pages.worklog.groundwork import subjects
from workflow_app.pages.worklog.office import ROLES, Named
from workflow_app.worklog import challenges


def _campaign(one: Subject) -> str:
    return one.campaign.name


class TaskForm(forms.Form):
    """A task."""

    title = forms.CharField(label=lazy("榜题"), max_length=120)
    criteria = lines(lazy("完成标准"), 600, lazy("写到能够核验：看什么材料、到什么程度算完成。"))
    points = forms.DecimalField(label=lazy("专项加分"), max_digits=4, decimal_places=2)
    bids_until = day(lazy("揭榜截止"))
    due_on = day(lazy("完成期限"))


class ChooseForm(forms.Form):
    """Whom to choose."""

    bid = forms.IntegerField(widget=forms.HiddenInput)
    reason = lines(lazy("理由"), 300)


class VerifyForm(forms.Form):
    """Whether the criteria were met."""

    outcome = forms.ChoiceField(label=lazy("核验结论"), choices=ChallengeResult.Outcome.choices)
    found = lines(lazy("核验情况"), 500)
    document = forms.CharField(label=lazy("依据文件"), max_length=120)
    on = day(lazy("核验日期"))


class UseForm(forms.Form):
    """Into which campaign the points go."""

    subject = Named(_campaign, label=lazy("测评"), queryset=Subject.objects.none(), empty_label=None)


def _organs(place: Place) -> list[int]:
    return [one.unit_id for one in office(place, ROLES)]


@login_required
@require_http_methods(["GET", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """Tasks of my organs; a leader posts one."""
    place = place_of(request)
    organs, leads = _organs(place), desks(place, (LEADER,))
    made = {"post": bound(request, "post", TaskForm)}

    def post(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.post(leads[0].unit, challenges.Task(**said), **words)
        return _("已经张榜，范围内的干部可以在“我的事项”中揭榜。")

    if request.method == "POST":
        if not leads:
            raise Http404
        if taken(request, made, {"post": post}, {"by": place.account, "at": place.at}):
            return redirect("board")
    rows = Challenge.objects.filter(organ__in=organs).select_related("organ", "choice__bid__cadre", "result").prefetch_related("bids")
    context = {"rows": rows, "forms": made, "leads": bool(leads), "today": place.today, "did": request.POST.get("do", "")}
    return show(request, "worklog/board", context, status=422 if request.method == "POST" else 200)


def _acts(found: Challenge, *, leads: bool) -> dict[str, Act]:
    def choose(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.choose(get_object_or_404(ChallengeBid, pk=said["bid"], challenge=found), said["reason"], **words)
        return _("已经选定，揭榜人都会收到消息。")

    def verify(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.verify(found, **said, **words)
        return _("核验结论已经记录。")

    def use(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.use_challenge(found.result, said["subject"], **words)
        return _("加分已经登入测评，得分按方案计算。")

    acts: dict[str, Act] = {"choose": choose} if leads else {}
    return acts | {"verify": verify} | ({"use": use} if hasattr(found, "result") else {})


@login_required
@require_http_methods(["GET", "POST"])
def challenge(request: HttpRequest, challenge: int) -> HttpResponse:
    """One task with its bids, the choice and the result."""
    place = place_of(request)
    rows = Challenge.objects.filter(organ__in=_organs(place)).select_related(
        "organ", "by__cadre", "choice__bid__cadre", "choice__by__cadre"
    )
    found = rows.select_related("result__by__cadre", "result__used__established__subject__campaign").filter(pk=challenge).first()
    if found is None:
        raise Http404(_("没有这张榜。"))
    leads = any(one.unit_id == found.organ_id for one in desks(place, (LEADER,)))
    made = {name: bound(request, name, kind) for name, kind in FORMS.items()}
    chosen = found.choice.bid.cadre if hasattr(found, "choice") else None
    field = made["use"].fields["subject"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = subjects(chosen) if chosen else Subject.objects.none()
    if request.method == "POST":
        if taken(request, made, _acts(found, leads=leads), {"by": place.account, "at": place.at}):
            return redirect("challenge", challenge=found.pk)
    else:
        ledger.read(account=place.account, what="board", ref=found.pk, case=None, at=place.at, desk=office(place, ROLES)[0])
    context = {
        "challenge": found, "bids": found.bids.select_related("cadre__unit", "cadre__post__unit"), "forms": made, "leads": leads,
        "did": request.POST.get("do", ""), "target": request.POST.get("choose-bid", ""), "today": place.today, "chosen": chosen,
        "offered": field.queryset.exists(), "open": place.today <= found.bids_until,
    }  # fmt: skip
    return show(request, "worklog/challenge", context, status=422 if request.method == "POST" else 200)


FORMS: dict[str, type[forms.Form]] = {"choose": ChooseForm, "verify": VerifyForm, "use": UseForm}
