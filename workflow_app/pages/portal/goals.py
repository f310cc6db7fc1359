"""My objectives in the portal, with the progress that I enter; and the board of tasks, on which I bid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import linking, uploads
from workflow_app.models import Cadre, Challenge, KeyResult
from workflow_app.pages.care.office import day, lines
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.portal.worklog import own
from workflow_app.pages.worklog.acting import bound, taken
from workflow_app.worklog import objectives


class ProgressForm(forms.Form):
    """How far a key result is."""

    key = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.DecimalField(label=lazy("完成值"), max_digits=10, decimal_places=2)
    reached_on = day(lazy("截至日期"))
    proof = lines(lazy("佐证说明"), 300)
    file = forms.FileField(label=lazy("佐证材料（可以不附）"), required=False, help_text=lazy("带有拍摄位置的照片不收。"))


class BidForm(forms.Form):
    """A bid."""

    challenge = forms.IntegerField(widget=forms.HiddenInput)
    plan = lines(lazy("办法和步骤"), 600)
    for_unit = forms.TypedChoiceField(
        label=lazy("以谁的名义"), choices=[("no", lazy("个人")), ("yes", lazy("代表本单位"))], coerce=lambda text: text == "yes"
    )


@login_required
@require_http_methods(["GET", "POST"])
def my_objectives(request: HttpRequest) -> HttpResponse:
    """The tree of my objectives."""
    place = place_of(request)
    cadre, made = own(place), {"progress": bound(request, "progress", ProgressForm)}

    def progress(said: dict[str, Any], words: dict[str, Any]) -> str:
        file = said["file"]
        kept = uploads.keep(file, placeless=True, **words) if file else None
        name = uploads.plain_name(file.name) if file else ""
        result = get_object_or_404(KeyResult, pk=said["key"], objective__cadre=cadre)
        linking.report(result, objectives.Done(said["value"], said["reached_on"], said["proof"], kept, name), **words)
        return _("进度已经登记，由另一人核对。")

    if request.method == "POST" and taken(request, made, {"progress": progress}, {"by": place.account, "at": place.at}):
        return redirect("my_objectives")
    context = {
        "trees": objectives.trees(cadre), "forms": made, "target": request.POST.get("progress-key", ""), "simple": True, "cadre": cadre,
    }  # fmt: skip
    return show(request, "portal/objectives", context, status=422 if request.method == "POST" else 200)


def posted_for(cadre: Cadre) -> QuerySet[Challenge]:
    """Tasks of the organs that manage the person."""
    rows = Challenge.objects.filter(organ__in=cadre.unit.ancestor_ids).select_related("organ", "choice__bid__cadre", "result")
    return rows.prefetch_related("bids")


@login_required
@require_http_methods(["GET", "POST"])
def my_challenges(request: HttpRequest) -> HttpResponse:
    """The board as those see it who may bid: no other bids, but the choice and the result."""
    place = place_of(request)
    cadre, made = own(place), {"bid": bound(request, "bid", BidForm)}

    def bid(said: dict[str, Any], words: dict[str, Any]) -> str:
        found = get_object_or_404(posted_for(cadre), pk=said["challenge"])
        linking.bid(found, cadre, said["plan"], for_unit=said["for_unit"], **words)
        return _("已经揭榜，选定以后会收到消息。")

    if request.method == "POST" and taken(request, made, {"bid": bid}, {"by": place.account, "at": place.at}):
        return redirect("my_challenges")
    context = {"rows": _rows(place, cadre), "forms": made, "target": request.POST.get("bid-challenge", ""), "simple": True}
    return show(request, "portal/challenges", context, status=422 if request.method == "POST" else 200)


def _rows(place: Place, cadre: Cadre) -> list[tuple[Challenge, Any, bool]]:
    """A task, my own bid, and whether I can still bid."""
    found = []
    for one in posted_for(cadre)[:50]:
        mine = next((row for row in one.bids.all() if row.cadre_id == cadre.pk), None)
        found.append((one, mine, mine is None and place.today <= one.bids_until and not hasattr(one, "choice")))
    return found
