"""Objectives of a person as a tree: set and checked by the head of the unit or the office, entered in a campaign by the office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import ledger, linking
from workflow_app.models import Cadre, KeyProgress, Objective, SchemeIndicator, Subject
from workflow_app.pages.care.office import day, lines
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.worklog.acting import Act, bound, taken
from workflow_app.pages.worklog.diary import readable
from workflow_app.pages.worklog.office import managing
from workflow_app.worklog import objectives

QUANTITATIVE = "QUANTITATIVE"


class ObjectiveForm(forms.Form):
    """A new objective."""

    title = forms.CharField(label=lazy("目标"), max_length=200)
    first = day(lazy("自"))
    last = day(lazy("至"))


class KeyForm(forms.Form):
    """A key result of an objective."""

    objective = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=lazy("关键结果"), max_length=200)
    measure = forms.CharField(label=lazy("怎样计量"), max_length=120, help_text=lazy("数什么、按什么单位，例如“完成加固的山塘，座”。"))
    target = forms.DecimalField(label=lazy("目标值"), max_digits=10, decimal_places=2)
    weight = forms.IntegerField(label=lazy("权重（%）"))
    due_on = day(lazy("完成期限"))


class EndForm(forms.Form):
    """An objective that no longer holds."""

    objective = forms.IntegerField(widget=forms.HiddenInput)
    reason = lines(lazy("终止理由"), 200)


class CheckForm(forms.Form):
    """Whether a progress holds."""

    progress = forms.IntegerField(widget=forms.HiddenInput)
    holds = forms.TypedChoiceField(
        label=lazy("核对结果"), choices=[("yes", lazy("属实")), ("no", lazy("不属实"))], coerce=lambda text: text == "yes"
    )
    reason = lines(lazy("核对情况"), 200)


class UseForm(forms.Form):
    """Into which indicator of which campaign a checked progress goes."""

    progress = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ChoiceField(label=lazy("测评和定量指标"))
    why = forms.CharField(label=lazy("更正理由（已有得分的）"), max_length=200, required=False)


def places(cadre: Cadre) -> list[tuple[str, str]]:
    """Rounds in which the person is rated and whose lists are not signed, with their measured indicators."""
    found = []
    rows = Subject.objects.filter(cadre=cadre, campaign__kind="ROUND", campaign__version__isnull=False).select_related("campaign")
    for one in rows.exclude(feedback__signed_at__isnull=False).order_by("-id")[:5]:
        for item in SchemeIndicator.objects.filter(version=one.campaign.version_id, indicator__measure=QUANTITATIVE).select_related(
            "indicator"
        ):
            found.append((f"{one.pk}-{item.pk}", f"{one.campaign.name}：{item.indicator.name}"))
    return found


def _acts(cadre: Cadre) -> dict[str, Act]:
    def objective(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.set_objective(cadre, **said, **words)
        return _("目标已经设定。补齐关键结果，权重合计100以后，本人可以登记进度。")

    def key(said: dict[str, Any], words: dict[str, Any]) -> str:
        one = get_object_or_404(Objective, pk=said.pop("objective"), cadre=cadre)
        linking.add_key(one, objectives.Key(**said), **words)
        return _("关键结果已经设定。")

    def end(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.end_objective(get_object_or_404(Objective, pk=said["objective"], cadre=cadre), said["reason"], **words)
        return _("目标已经终止，理由已经记录。")

    def check(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.check(_progress(cadre, said), holds=said["holds"], reason=said["reason"], **words)
        return _("核对情况已经记录，本人会收到消息。")

    return {"objective": objective, "key": key, "end": end, "check": check}


def _progress(cadre: Cadre, said: dict[str, Any]) -> KeyProgress:
    return get_object_or_404(KeyProgress, pk=said["progress"], key_result__objective__cadre=cadre)


def _use(cadre: Cadre) -> Act:
    def use(said: dict[str, Any], words: dict[str, Any]) -> str:
        subject, item = (int(part) for part in said["place"].split("-"))
        indicator = get_object_or_404(SchemeIndicator, pk=item)
        linking.use_progress(_progress(cadre, said), get_object_or_404(Subject, pk=subject, cadre=cadre), indicator, said["why"], **words)
        return _("已经登入测评，得分按方案计算。")

    return use


@login_required
@require_http_methods(["GET", "POST"])
def objectives_of(request: HttpRequest, cadre: int) -> HttpResponse:
    """The tree, and a form an act."""
    place = place_of(request)
    found = readable(place, cadre)
    office, offered = managing(place, found) is not None, places(found)
    made = {
        "objective": bound(request, "objective", ObjectiveForm), "key": bound(request, "key", KeyForm), "end": bound(request, "end", EndForm),
        "check": bound(request, "check", CheckForm), "use": bound(request, "use", UseForm),
    }  # fmt: skip
    field = made["use"].fields["place"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = offered
    acts = _acts(found) | ({"use": _use(found)} if office else {})
    if request.method == "POST":
        if taken(request, made, acts, {"by": place.account, "at": place.at}):
            return redirect("objectives_of", cadre=found.pk)
    else:
        ledger.read(account=place.account, what="worklog", ref=found.pk, case=None, at=place.at, desk=managing(place, found))
    context = {
        "cadre": found, "trees": objectives.trees(found), "forms": made, "did": request.POST.get("do", ""), "office": office, "offered": offered,
        "target": next((request.POST[name] for name in request.POST if name in ("key-objective", "end-objective", "check-progress", "use-progress")), ""),
    }  # fmt: skip
    return show(request, "worklog/objectives", context, status=422 if request.method == "POST" else 200)
