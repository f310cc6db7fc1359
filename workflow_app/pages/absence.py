"""My absences and whom I stand in for; the lead's view of the unit."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from workflow_app import absences
from workflow_app.models import Absence, Account, Seat
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AbsenceForm(forms.Form):
    """Which seat, who stands in, from when to when, why."""

    what = forms.ChoiceField(label=lazy("席位"))
    deputy = forms.ChoiceField(label=lazy("代理人"), required=False, help_text=lazy("不指定代理人的，岗位无人时事项报组织部门负责人。"))
    first = forms.DateField(label=lazy("自"), widget=_day())
    last = forms.DateField(label=lazy("至"), widget=_day(), help_text=lazy("当日包括在内。"))
    reason = forms.CharField(label=lazy("事由"), max_length=200)

    def __init__(self, place: Place, data: object = None) -> None:
        super().__init__(data, initial={"first": place.today})  # type: ignore[arg-type]
        self.fields["what"].choices = _choices(place)  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [("", _("暂不指定")), *_deputies(place)]  # type: ignore[attr-defined]


def _led(place: Place) -> list[int]:
    return [seat.desk.unit_id for seat in place.seats if seat.desk.role == LEADER]


def _seats(place: Place) -> list[Seat]:
    """My seats, and those of the units that I lead."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=place.today)
    wanted = Q(account=place.account) | Q(desk__unit__in=_led(place))
    found = Seat.objects.filter(valid, wanted, valid_from__lte=place.today).exclude(desk__role="subject")
    return list(found.select_related("desk__unit", "account__cadre").order_by("account", "desk"))


def _choices(place: Place) -> list[tuple[str, str]]:
    seats = sorted(_seats(place), key=lambda seat: seat.account_id != place.account.pk)
    own = [(f"s{seat.pk}", f"{seat.account.display_name} · {seat.desk.name}") for seat in seats]
    handed = [(f"a{one.pk}", _("代%(name)s · %(desk)s") % {"name": one.seat.account.display_name, "desk": one.seat.desk.name}) for one in place.covers if one.covers_id is None]  # fmt: skip
    return own + handed


def _deputies(place: Place) -> list[tuple[str, str]]:
    units = {seat.desk.unit_id for seat in place.seats} | {one.seat.desk.unit_id for one in place.covers}
    valid = Q(seats__valid_to__isnull=True) | Q(seats__valid_to__gte=place.today)
    people = Account.objects.filter(valid, is_active=True, seats__desk__unit__in=units, seats__valid_from__lte=place.today)
    return [
        (str(one.pk), f"{one.display_name}（{one.username}）") for one in people.select_related("cadre").distinct().order_by("username")
    ]


@login_required
@require_http_methods(["GET", "POST"])
def absence(request: HttpRequest) -> HttpResponse:
    """The list and the form."""
    place = place_of(request)
    form, refused = AbsenceForm(place, request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            _declare(place, form)
            success(request, _("已登记，并记入登记簿。"))
            return redirect("absence")
        except Refused as no:
            refused = no
            form.add_error(no.field if no.field in form.fields else None, no.reason)
    mine = Q(holder=place.account) | Q(deputy=place.account) | Q(seat__desk__unit__in=_led(place))
    rows = Absence.objects.filter(mine, valid_to__gte=place.today, ended_at__isnull=True)
    rows = rows.select_related("seat__desk", "seat__account__cadre", "holder__cadre", "deputy__cadre", "covers")
    context = {"form": form, "refused": refused, "rows": rows.order_by("valid_from", "id")}
    return show(request, "absence", context, status=409 if refused else 200)


def _declare(place: Place, form: AbsenceForm) -> None:
    stated = form.cleaned_data
    kind, key = stated["what"][0], int(stated["what"][1:])
    covers = next((one for one in place.covers if one.pk == key), None) if kind == "a" else None
    seat = covers.seat if covers else next(seat for seat in _seats(place) if seat.pk == key)
    deputy = Account.objects.filter(pk=stated["deputy"] or 0).first()
    first: date = stated["first"]
    absences.declare(
        seat, first=first, last=stated["last"], reason=stated["reason"], by=place.account, at=place.at, deputy=deputy, covers=covers
    )


@login_required
@require_POST
@answered
def end(request: HttpRequest, absence: int) -> HttpResponse:
    """Back earlier."""
    place = place_of(request)
    found = Absence.objects.filter(pk=absence).first()
    if found is None:
        raise Http404
    absences.end(found, by=place.account, at=place.at)
    success(request, _("已结束缺席，代理随之终止。"))
    return redirect("absence")
