"""The long-term account of a person at the office: matters, observations, whether the effect came, and the way into a campaign."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import ledger, linking
from workflow_app.models import Cadre, EffectWord, Groundwork, Subject
from workflow_app.pages.care.office import day, lines
from workflow_app.pages.frame import place_of, show
from workflow_app.pages.worklog.acting import Act, bound, taken
from workflow_app.pages.worklog.archive import of
from workflow_app.pages.worklog.office import Named, managing
from workflow_app.worklog import groundworks


def _campaign(one: Subject) -> str:
    return one.campaign.name


class MatterForm(forms.Form):
    """A matter of the long-term account."""

    account = forms.ChoiceField(label=lazy("账目"), choices=Groundwork.Account.choices)
    title = forms.CharField(label=lazy("项目或者事项"), max_length=120)
    expected = lines(lazy("预期成效"), 300, lazy("到什么时候、看什么、到什么程度算成效显现。"))
    document = forms.CharField(label=lazy("依据文件"), max_length=120)
    first = day(lazy("观察期自"))
    last = day(lazy("观察期至"), lazy("可以超过一个任期；账目随人走，不随职务走。"))
    dates = forms.CharField(
        label=lazy("观察日期"), required=False, max_length=140, help_text=lazy("例如 2027-06-30、2028-06-30；空白时为观察期的最后一天。")
    )

    def clean_dates(self) -> list[date]:
        """Days, set apart by anything that is no part of a day."""
        text = self.cleaned_data["dates"].replace("，", " ").replace("、", " ").replace(",", " ")
        try:
            return [date.fromisoformat(part) for part in text.split()]
        except ValueError as no:
            raise forms.ValidationError(_("日期应写作2027-06-30，几个日期用顿号分开。")) from no


class ObserveForm(forms.Form):
    """What was found on a day."""

    matter = forms.IntegerField(widget=forms.HiddenInput)
    seen_on = day(lazy("观察日期"))
    found = lines(lazy("观察情况"), 500)
    document = forms.CharField(label=lazy("依据文件"), max_length=120)


class JudgeForm(forms.Form):
    """Whether the effect came."""

    matter = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=lazy("认定"), choices=EffectWord.Outcome.choices)
    reason = lines(lazy("理由"), 300)


class UseForm(forms.Form):
    """Into which campaign a confirmed effect goes, with how many points."""

    matter = forms.IntegerField(widget=forms.HiddenInput)
    subject = Named(_campaign, label=lazy("测评"), queryset=Subject.objects.none(), empty_label=None)
    points = forms.DecimalField(label=lazy("加分"), max_digits=4, decimal_places=2, help_text=lazy("由人按方案确定；系统不折算。"))


def subjects(cadre: Cadre) -> Any:
    """Rounds in which somebody is rated and whose lists are not signed."""
    rows = Subject.objects.filter(cadre=cadre, campaign__kind="ROUND", campaign__version__isnull=False).exclude(
        feedback__signed_at__isnull=False
    )
    return rows.select_related("campaign").order_by("-id")


def _acts(cadre: Cadre) -> dict[str, Act]:
    def one(said: dict[str, Any]) -> Groundwork:
        return get_object_or_404(Groundwork, pk=said.pop("matter"), cadre=cadre)

    def enter(said: dict[str, Any], words: dict[str, Any]) -> str:
        days = said.pop("dates")
        linking.enter_groundwork(cadre, groundworks.Matter(**said), days, **words)
        return _("事项已经登记，到观察日期会提醒您。")

    def observe(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.observe(one(said), **said, **words)
        return _("观察情况已经记录，由另一人认定成效。")

    def judge(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.judge(one(said), **said, **words)
        return _("成效认定已经记录，本人会收到消息。")

    def use(said: dict[str, Any], words: dict[str, Any]) -> str:
        linking.use_groundwork(one(said), **said, **words)
        return _("已经登入测评，得分按方案计算。")

    return {"enter": enter, "observe": observe, "judge": judge, "use": use}


@login_required
@require_http_methods(["GET", "POST"])
def groundwork_of(request: HttpRequest, cadre: int) -> HttpResponse:
    """The account of one person over all posts, and a form an act."""
    place = place_of(request)
    found = of(place, cadre)
    made = {name: bound(request, name, kind) for name, kind in FORMS.items()}
    field = made["use"].fields["subject"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = subjects(found)
    if request.method == "POST":
        if taken(request, made, _acts(found), {"by": place.account, "at": place.at}):
            return redirect("groundwork_of", cadre=found.pk)
    else:
        ledger.read(account=place.account, what="worklog", ref=found.pk, case=None, at=place.at, desk=managing(place, found))
    rows = [(one, groundworks.word_of(one)) for one in groundworks.of(found)]
    context = {
        "cadre": found, "rows": rows, "forms": made, "did": request.POST.get("do", ""), "today": place.today,
        "target": request.POST.get(f"{request.POST.get('do', '')}-matter", ""), "offered": subjects(found).exists(),
    }  # fmt: skip
    return show(request, "worklog/groundwork", context, status=422 if request.method == "POST" else 200)


FORMS: dict[str, type[forms.Form]] = {"enter": MatterForm, "observe": ObserveForm, "judge": JudgeForm, "use": UseForm}
