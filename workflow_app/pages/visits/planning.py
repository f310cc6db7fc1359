"""A new visit: unit, kind, purpose, period, team."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from workflow_app import visiting
from workflow_app.models import Cadre, Unit, UnitProposal, Visit
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.pages.visits.office import ROLES, day, lines, organ_of, refused_at
from workflow_app.refusing import Refused
from workflow_app.visits import limits
from workflow_app.visits.picking import units_of
from workflow_app.visits.planning import Member, Plan

MOST_MEMBERS = 30


class VisitForm(forms.Form):
    """A visit as it is planned."""

    unit = forms.CharField(
        label=lazy("到访单位"), max_length=80, help_text=lazy("单位名称或者编号。"), widget=forms.TextInput(attrs={"list": "units"})
    )
    kind = forms.ChoiceField(label=lazy("种类"), choices=[("", lazy("请选择")), *Visit.Kind.choices])
    purpose = lines(lazy("工作事由"), 300, lazy("写明核查哪一项工作；与工作无关的事项不得列入。"))
    basis = forms.CharField(label=lazy("依据"), max_length=160, help_text=lazy("文件名称和文号、年度计划或者领导批示。"))
    first, last = day(lazy("自")), day(lazy("至"))
    announced = forms.BooleanField(
        label=lazy("事先通知单位"), required=False,
        help_text=lazy("通知的，该单位领导成员立即收到消息；不通知的，开始以前只有检查组和本机关看得到。"),
    )  # fmt: skip
    team = lines(
        lazy("检查组"), 2000, lazy("每行一人：姓名或者干部编号，空格，专业领域。第一行是组长；不少于两人，不得是到访单位的人员或者与其有回避关系。"),
        rows=5,
    )  # fmt: skip
    joins = forms.ModelChoiceField(
        label=lazy("并入已经安排的走访"), queryset=Visit.objects.none(), required=False, empty_label=lazy("不并入，单独安排"),
        help_text=lazy("同一单位、期间包括在内的，可以并入；联合走访只计一次。"),
    )  # fmt: skip

    def __init__(self, *args: Any, place: Place, organ: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.organ = place, organ
        field = self.fields["joins"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _hosts(place, organ)
        field.label_from_instance = _named  # type: ignore[method-assign, assignment]

    def clean_unit(self) -> Unit:
        """One unit below the organ."""
        text = self.cleaned_data["unit"].strip()
        found = list(units_of(self.organ).filter(Q(code=text) | Q(name=text))[:3])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("有重名，请填写单位编号：%(codes)s") % {"codes": "、".join(one.code for one in found)})
        raise forms.ValidationError(_("本机关管理的单位中没有这个名称或者编号。"))

    def clean_team(self) -> list[Member]:
        """Every line a member with the field."""
        rows = [one.strip() for one in self.cleaned_data["team"].splitlines() if one.strip()]
        if len(rows) > MOST_MEMBERS:
            raise forms.ValidationError(_("检查组不超过%(n)s人。") % {"n": MOST_MEMBERS})
        return [self._member(one) for one in rows]

    def _member(self, line: str) -> Member:
        name, *rest = re.split(r"[\s,，、]+", line, maxsplit=1)
        people = Cadre.objects.filter(unit__path__startswith=self.organ.path, active=True).select_related("unit", "post__unit")
        found = list(people.filter(number=name)[:1]) or list(people.filter(name=name).order_by("number")[:6])
        if not found or not rest:
            raise forms.ValidationError(_("“%(line)s”：写明本机关管理的在职干部的姓名或者编号，空格，专业领域。") % {"line": line[:60]})
        if len(found) > 1:
            told = "、".join(f"{one.number}（{one.post_title}）" for one in found)
            raise forms.ValidationError(_("“%(name)s”有重名，请填写干部编号：%(who)s") % {"name": name, "who": told})
        return Member(found[0], rest[0].strip()[:40])

    def plan(self, proposal: UnitProposal | None) -> Plan:
        """As the room takes it."""
        return Plan(**self.cleaned_data, proposal=proposal)


def _hosts(place: Place, organ: Unit) -> QuerySet[Visit]:
    """Visits that another may join, as far as the organ may know of them."""
    rows = limits.live(organ, place.today).filter(joins__isnull=True, report__isnull=True, last__gte=place.today)
    return rows.filter(unit__path__startswith=organ.path).select_related("unit", "organ")


def _named(one: Any) -> str:
    return f"{one.unit.name} {one.get_kind_display()} {one.first} — {one.last}（{one.organ.name}）"


def _picked(request: HttpRequest, organ: Unit) -> UnitProposal | None:
    """The picked unit from which the plan is made."""
    key = request.GET.get("picked", "")
    rows = UnitProposal.objects.filter(organ=organ, choice__outcome="PICKED").select_related("unit")
    return rows.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None


@login_required
@require_http_methods(["GET", "POST"])
@answered
def new_visit(request: HttpRequest) -> HttpResponse:
    """Plan a visit; a refusal keeps what was typed."""
    place = place_of(request)
    organ = organ_of(place, ROLES)
    picked = _picked(request, organ)
    start: dict[str, Any] = {
        "unit": picked.unit.name if picked else request.GET.get("unit", "")[:80],
        "first": place.today,
        "last": place.today,
    }
    if picked:
        start |= {"kind": Visit.Kind.CLOSER, "purpose": picked.summary}
    form = VisitForm(request.POST if request.method == "POST" else None, initial=start, place=place, organ=organ)
    if form.is_bound and form.is_valid():
        try:
            made = visiting.plan(organ, form.plan(picked), by=place.account, at=place.at)
            success(request, _("已经安排，检查组成员会收到消息。"))
            return redirect("visit", visit=made.pk)
        except Refused as no:
            refused_at(form, no)
    limit = limits.limit_of(organ, place.today.year)
    context = {"form": form, "organ": organ, "units": units_of(organ)[:500], "limit": limit, "picked": picked}
    return show(request, "visits/new", context, status=422 if form.is_bound else 200)
