"""Figures about assessment work itself, and scores that lie too close together, with what a leader says about their weight."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import ledger, piloting
from workflow_app.assessment.scoring.compare import SMALLEST, SPREAD
from workflow_app.models import Campaign, SpreadWord
from workflow_app.pages.assessment.campaigns import campaign_of
from workflow_app.pages.assessment.office import office_of
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.revising.acting import handled, leading, lines, pick, status_of
from workflow_app.revising import quality as room
from workflow_app.revising import spreads as apart


class SpreadForm(forms.Form):
    """What follows from scores that lie too close together."""

    spread = forms.ChoiceField(label=lazy("项目"))
    outcome = forms.ChoiceField(label=lazy("意见"), choices=[("", lazy("请选择")), *SpreadWord.Outcome.choices])
    reason = lines(lazy("理由"), 300, lazy("分差小也可能是工作本来就接近；写明判断的依据。"))


@login_required
@require_GET
def quality(request: HttpRequest) -> HttpResponse:
    """Eleven figures of a year, with what each means."""
    place = place_of(request)
    desk = office_of(place)
    years = sorted(set(Campaign.objects.filter(organ=desk.unit, closed_at__isnull=False).values_list("year", flat=True)), reverse=True)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else years[0] if years else place.today.year
    work = room.work_of(desk.unit, year)
    ledger.read(account=place.account, what="quality", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    scored = [one for one in work.rounds if work.trees[one.pk]]
    context = {"year": year, "years": years, "figures": room.figures(work), "rounds": scored, "count": len(work.rounds)}
    return show(request, "revising/quality", context)


@login_required
@require_http_methods(["GET", "POST"])
def spreads(request: HttpRequest, campaign: int) -> HttpResponse:
    """How far the scores of a round lie apart; below 30 % a leader says whether the weight is halved next year."""
    place = place_of(request)
    found = campaign_of(place, campaign)
    rows = apart.spreads(found)
    said = {(one.part, one.key): one for one in found.spread_words.select_related("by__cadre")}
    waiting = [one for one in rows if one.close and (one.part, one.key) not in said]
    parts = dict(SpreadWord.Part.choices)
    choices = {"spread": [pick(), *((f"{one.part}:{one.key}", f"{parts[one.part]}：{one.name}（{one.value}%）") for one in waiting)]}
    leads = leading(place, found.organ_id)

    def perform(_name: str, given: dict[str, Any]) -> str:
        part, _colon, key = given["spread"].partition(":")
        piloting.decide_spread(found, part, key, given["outcome"], given["reason"], by=place.account, at=place.at)
        return _("意见已经记录。")

    shown, done = handled(request, {"say": SpreadForm} if leads else {}, perform, choices)
    if done:
        return redirect("spreads", campaign=found.pk)
    ledger.read(account=place.account, what="spreads", ref=found.pk, case=None, at=place.at, desk=office_of(place))
    context = {
        "campaign": found, "rows": [(one, parts[one.part], said.get((one.part, one.key))) for one in rows], "waiting": waiting, "leads": leads,
        "form": shown.get("say"), "limit": SPREAD, "least": SMALLEST,
    }  # fmt: skip
    return show(request, "revising/spreads", context, status=status_of(shown))
