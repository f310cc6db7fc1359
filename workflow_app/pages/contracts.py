"""The register of contracts of appointed civil servants, for the organization department's desks about people of its units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import engaging, ledger
from workflow_app.engaged import contracts as room
from workflow_app.models import AppointmentContract, ContractEnding, Lead
from workflow_app.pages.care.office import day, desks, lines, matching, office, people
from workflow_app.pages.care.pools import refused_at
from workflow_app.pages.frame import HANDLER, LEADER, Place, place_of, show
from workflow_app.refusing import Refused

ROLES = (HANDLER, LEADER)
SHOWN = 200


class ContractForm(forms.Form):
    """A contract as its paper states it."""

    number = forms.CharField(label=lazy("聘任合同编号"), max_length=60)
    post_title = forms.CharField(label=lazy("聘任职位"), max_length=120)
    first = day(lazy("合同期自"))
    last = day(lazy("合同期至"))
    trial_until = day(lazy("试用期至"), lazy("没有试用期的不填。"), required=False)
    document = forms.CharField(
        label=lazy("依据文件"), max_length=120, help_text=lazy("书面聘任合同或者聘任通知的名称、文号。工资和其他待遇不登记。")
    )
    why = forms.CharField(label=lazy("更正理由"), max_length=300, required=False)

    def terms(self) -> room.Terms:
        """As the room takes it."""
        return room.Terms(**{name: value for name, value in self.cleaned_data.items() if name != "why"})


class EndingForm(forms.Form):
    """How a contract ended, as its document states."""

    ground = forms.ChoiceField(label=lazy("终止情形"), choices=[("", lazy("请选择")), *ContractEnding.Ground.choices])
    document = forms.CharField(label=lazy("文书名称和文号"), max_length=120)
    reason = lines(lazy("理由"), 300)
    ended_on = day(lazy("终止日期"))
    served_on = day(lazy("文书送达日期"), lazy("有送达回证的填写。"), required=False)


def _register(place: Place) -> Any:
    within = Q(pk__in=[])
    for desk in office(place, ROLES):
        within |= Q(organ__path__startswith=desk.unit.path)
    return room.register().filter(within).exclude(cadre=place.account.cadre_id or 0)


@login_required
@require_GET
def contracts(request: HttpRequest) -> HttpResponse:
    """Contracts that run, those that end first first; those that ended; and for whom to enter one."""
    place, text = place_of(request), request.GET.get("q", "").strip()[:40]
    rows = _register(place)
    ledger.read(account=place.account, what="contracts", ref=office(place, ROLES)[0].unit_id, case=None, at=place.at)
    context = {
        "running": list(rows.filter(ending__isnull=True)[:SHOWN]), "ended": list(rows.filter(ending__isnull=False).order_by("-id")[:SHOWN]),
        "q": text, "cadres": matching(people(place, ROLES), text), "today": place.today,
    }  # fmt: skip
    return show(request, "contracts/list", context)


@login_required
@require_http_methods(["GET", "POST"])
def enter_contract(request: HttpRequest, cadre: int) -> HttpResponse:
    """Enter a contract of somebody; `?corrects=` puts an entry right."""
    place = place_of(request)
    person = people(place, ROLES).filter(pk=cadre).first()
    desk = next((one for one in desks(place, ROLES) if person and person.unit.path.startswith(one.unit.path)), None)
    if person is None or desk is None:
        raise Http404(_("没有这名干部。"))
    key = request.GET.get("corrects", "")
    old = _register(place).filter(pk=int(key), cadre=person, ending__isnull=True).first() if key.isdigit() else None
    form = ContractForm(request.POST if request.method == "POST" else None, initial=_as_it_stands(old))
    if old is None:
        del form.fields["why"]
    if form.is_bound and form.is_valid():
        try:
            why = form.cleaned_data.get("why", "")
            organ = old.organ if old else desk.unit
            made = engaging.enter(person, organ, form.terms(), by=place.account, at=place.at, corrects=old, why=why)
            success(request, _("合同已经登记，本人会收到消息。"))
            return redirect("contract", contract=made.pk)
        except Refused as no:
            refused_at(form, no)
    return show(request, "contracts/enter", {"cadre": person, "form": form, "old": old}, status=422 if form.is_bound else 200)


def _as_it_stands(old: AppointmentContract | None) -> dict[str, Any]:
    names = ("number", "post_title", "first", "last", "trial_until", "document")
    return {name: getattr(old, name) for name in names} if old else {}


@login_required
@require_http_methods(["GET", "POST"])
def contract(request: HttpRequest, contract: int) -> HttpResponse:
    """One contract: its entries, what its assessments raised, and noting that it ended."""
    place = place_of(request)
    found = _register(place).filter(pk=contract).first()
    if found is None:
        raise Http404(_("没有这份合同，或者登记已经更正。"))
    form = EndingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            engaging.end(found, room.Ended(**form.cleaned_data), by=place.account, at=place.at)
            success(request, _("合同终止已经登记，本人会收到消息，并看到争议怎样处理。"))
            return redirect("contract", contract=found.pk)
        except Refused as no:
            refused_at(form, no)
    ledger.read(account=place.account, what="contract", ref=found.pk, case=None, at=place.at)
    context = {
        "contract": found, "form": form, "ending": getattr(found, "ending", None), "entries": _entries(found), "today": place.today,
        "leads": Lead.objects.filter(rule_id="C-TERM", origin__in=[f"C-TERM:{one.pk}:{year}" for one in (found, *_entries(found)) for year in range(found.first.year, found.last.year + 1)]),
    }  # fmt: skip
    return show(request, "contracts/contract", context, status=422 if form.is_bound else 200)


def _entries(contract: AppointmentContract) -> list[AppointmentContract]:
    """Entries that this one corrects, the newest first."""
    found, old = [], contract.corrects
    while old is not None:
        found.append(old)
        old = old.corrects
    return found
