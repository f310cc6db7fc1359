"""The register of assessors at the office: fields, people with their terms, recusals, and leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import consulting, ledger
from workflow_app.models import Account, Assessor, AssessorField, Cadre, Unit
from workflow_app.pages.assessment.office import office_of
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.revising.acting import day, handled, lines, pick, status_of
from workflow_app.revising import experts as room
from workflow_app.vacancies import PREFIX


class FieldForm(forms.Form):
    """One more field."""

    name = forms.CharField(label=lazy("领域"), max_length=40)


class EntryForm(forms.Form):
    """Somebody new in the register."""

    kind = forms.ChoiceField(label=lazy("类别"), choices=[("", lazy("请选择")), *Assessor.Kind.choices])
    cadre = forms.CharField(
        label=lazy("干部编号"), max_length=20, required=False, help_text=lazy("本系统管理的干部填编号，姓名、单位和账号由系统带出。")
    )
    name = forms.CharField(label=lazy("姓名"), max_length=40, required=False, help_text=lazy("系统外的专家填写。"))
    workplace = forms.CharField(label=lazy("工作单位和职务"), max_length=160, required=False, help_text=lazy("系统外的专家填写。"))
    username = forms.CharField(
        label=lazy("账号"), max_length=150, required=False, help_text=lazy("系统外的专家有账号的填写；没有的，以来函答复，由办公室登记。")
    )
    specialties = forms.MultipleChoiceField(label=lazy("领域"), required=False, widget=forms.CheckboxSelectMultiple)
    first = day(lazy("聘期自"))
    last = day(lazy("聘期至"))
    why = lines(lazy("入册理由"), 300, lazy("专业经历、成果等工作上的理由；不写私事。"))

    def clean_cadre(self) -> Cadre | None:
        """A cadre by number."""
        return numbered(self.cleaned_data["cadre"])

    def clean_username(self) -> Account | None:
        """An account of somebody from outside."""
        text = self.cleaned_data["username"].strip()
        found = Account.objects.filter(username=text, cadre__isnull=True, is_active=True, office="").first() if text else None
        if text and found is None:
            raise forms.ValidationError(_("没有这个系统外人员的账号；系统内的干部填写干部编号。"))
        return found


class RecusalForm(forms.Form):
    """Somebody stays out of what a person drafted."""

    assessor = forms.ChoiceField(label=lazy("考核人员"))
    cadre = forms.CharField(label=lazy("回避对象的干部编号"), max_length=20)
    reason = forms.CharField(
        label=lazy("理由"), max_length=200, help_text=lazy("只写与工作有关的理由，例如有合作项目；亲属关系由干部本人在系统中申报。")
    )

    def clean_cadre(self) -> Cadre:
        """A cadre by number."""
        found = numbered(self.cleaned_data["cadre"])
        if found is None:
            raise forms.ValidationError(_("没有这个编号的干部。"))
        return found


class LeavingForm(forms.Form):
    """Somebody leaves."""

    assessor = forms.ChoiceField(label=lazy("考核人员"))
    reason = forms.CharField(label=lazy("理由"), max_length=300)


def numbered(text: str) -> Cadre | None:
    """An active cadre by number; None when nothing was typed. Raises ValidationError."""
    text = text.strip()
    found = Cadre.objects.filter(number=text, active=True).exclude(number__startswith=PREFIX).select_related("unit", "post__unit").first()
    if text and found is None:
        raise forms.ValidationError(_("没有这个编号的干部。"))
    return found


FORMS: dict[str, type[forms.Form]] = {"field": FieldForm, "entry": EntryForm, "recusal": RecusalForm, "leaving": LeavingForm}


@login_required
@require_http_methods(["GET", "POST"])
def experts(request: HttpRequest) -> HttpResponse:
    """Who is in the register, and what can be entered."""
    place = place_of(request)
    desk = office_of(place)
    rows = [(one, room.live(one, place.today)) for one in room.register(desk.unit)]
    fields = list(AssessorField.objects.filter(organ=desk.unit))
    now = [(str(one.pk), f"{one.name}（{one.workplace}）") for one, live in rows if live]
    choices = {"assessor": [pick(), *now], "specialties": [(str(one.pk), one.name) for one in fields]}

    def perform(name: str, given: dict[str, Any]) -> str:
        return _done(name, given, place, desk.unit)

    shown, done = handled(request, FORMS, perform, choices, {"entry": {"first": place.today}})
    if done:
        return redirect("experts")
    ledger.read(account=place.account, what="assessors", ref=desk.unit_id, case=None, at=place.at, desk=desk)
    kinds = [(label, sum(live and one.kind == kind for one, live in rows)) for kind, label in Assessor.Kind.choices]
    context = {
        "live": [one for one, live in rows if live], "past": [one for one, live in rows if not live], "fields": fields, "forms": shown,
        "kinds": kinds, "did": request.POST.get("do", ""),
    }  # fmt: skip
    return show(request, "revising/experts", context, status=status_of(shown))


def _done(name: str, given: dict[str, Any], place: Place, organ: Unit) -> str:
    words: dict[str, Any] = {"by": place.account, "at": place.at}
    if name == "field":
        consulting.add_field(organ, given["name"], **words)
        return _("领域已经列入清单。")
    if name == "entry":
        entry = room.Entry(
            given["kind"], given["name"], given["workplace"], given["first"], given["last"], given["why"], given["cadre"], given["username"]
        )
        consulting.enter(organ, entry, list(AssessorField.objects.filter(organ=organ, pk__in=given["specialties"])), **words)
        return _("已经入册。")
    one = Assessor.objects.get(pk=given["assessor"])
    if name == "recusal":
        consulting.recuse(one, given["cadre"], given["reason"], **words)
        return _("回避已经登记。")
    consulting.leave(one, given["reason"], **words)
    return _("已经出册，理由已经记录。")
