"""四必谈 in a round of assessment: the groups of the organ, who of each must be talked to, who has been, and who is missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app import ledger, talking
from workflow_app.learning import groups
from workflow_app.learning.talks import held_of, set_of, stand_of, word_of
from workflow_app.models import Campaign, Talk, TalkGroup, Unit
from workflow_app.pages.care.office import matching, people
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.learning.office import ROLES, at_field
from workflow_app.pages.learning.talk_forms import EndGroupForm, GroupForm
from workflow_app.pages.learning.talks import desk_for
from workflow_app.refusing import Refused


@login_required
@require_http_methods(["GET", "POST"])
def talk_round(request: HttpRequest, campaign: int) -> HttpResponse:
    """The register of a round."""
    place = place_of(request)
    desk = desk_for(place, Talk.Kind.MUST)
    found = Campaign.objects.filter(pk=campaign, organ=desk.unit, opened_at__isnull=False).select_related("organ").first()
    if found is None:
        raise Http404(_("没有这次测评，或者测评还没有启动。"))
    made: dict[str, forms.Form] = {"add": GroupForm(prefix="add"), "end": EndGroupForm(prefix="end")}
    if request.method == "POST":
        if _posted(request, place, desk.unit, made):
            return redirect("talk_round", campaign=found.pk)
    else:
        ledger.read(account=place.account, what="talks", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    text = request.GET.get("q", "").strip()[:40]
    whom = people(place, ROLES).filter(unit__path__startswith=desk.unit.path)
    whom = whom.filter(rated__campaign=found) if not text else whom
    cadres = matching(whom, text) if text else list(whom.filter(active=True).order_by("number")[:20])
    register = groups.register(found, place.today, place.account.cadre_id)
    context = {
        "campaign": found, "groups": [(one, [_row(talk, place) for talk in one.talks]) for one in register], "forms": made, "q": text,
        "cadres": cadres, "open": groups.groups(desk.unit), "did": request.POST.get("do", ""), "ended": request.POST.get("end-group", ""),
        "waiting": sum(len(one.waiting) for one in register), "late": sum(len(one.late) for one in register),
    }  # fmt: skip
    return show(request, "learning/round", context, status=422 if request.method == "POST" else 200)


def _row(talk: Talk, place: Place) -> dict[str, Any]:
    held, arranged = held_of(talk), set_of(talk)
    return {
        "talk": talk, "set": arranged, "held": held, "word": word_of(held), "stand": stand_of(talk, place.today),
        "late": held is None and arranged.due_on < place.today,
    }  # fmt: skip


def _posted(request: HttpRequest, place: Place, organ: Unit, made: dict[str, forms.Form]) -> bool:
    do = request.POST.get("do", "")
    if do not in made:
        raise Http404
    form = made[do] = type(made[do])(request.POST, prefix=do)
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        if do == "add":
            talking.add_group(organ, typed["name"], typed["basis"], by=place.account, at=place.at)
            success(request, _("类别已经设立。"))
            return True
        group = TalkGroup.objects.filter(pk=typed["group"], organ=organ).select_related("organ").first()
        if group is None:
            raise Http404
        talking.end_group(group, typed["reason"], by=place.account, at=place.at)
        success(request, _("类别已经停用，已安排的谈话不受影响。"))
        return True
    except Refused as no:
        at_field(form, no)
        return False
