"""The calendar: years, rest days, make-up workdays and their notices; changed by two system administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.contrib.messages import success
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from workflow_app import calendars
from workflow_app.models import CalendarChange, CalendarDay, CalendarYear, Office
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused

WEEK = (lazy("周一"), lazy("周二"), lazy("周三"), lazy("周四"), lazy("周五"), lazy("周六"), lazy("周日"))
STATED = ("year", "source", "rest", "makeup")


@dataclass(frozen=True)
class Day:
    """One day that differs from the plain week."""

    day: date
    name: str

    @property
    def weekday(self) -> str:
        """周一 to 周日."""
        return str(WEEK[self.day.weekday()])


def _days(year: int, kind: str) -> list[Day]:
    return [Day(one.date, one.name) for one in CalendarDay.objects.filter(date__year=year, kind=kind).order_by("date")]


def _year(asked: str, today: date) -> int:
    return int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else today.year


@login_required
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """One year; below it, for system administrators, the change that waits or the form for one."""
    place, refused = place_of(request), None
    stated = {name: request.POST.get(name, "") for name in STATED}
    if request.method == "POST":
        try:
            return _propose(request, place, stated)
        except Refused as no:
            refused = no
    year = _year(request.POST.get("year") or request.GET.get("year", ""), place.today)
    return show(request, "calendar", _context(place, year, stated, refused), status=409 if refused else 200)


def _context(place: Place, year: int, stated: dict[str, str], refused: Refused | None) -> dict[str, Any]:
    return {
        "year": year, "years": list(CalendarYear.objects.values_list("year", flat=True)), "known": CalendarYear.objects.filter(year=year).first(),
        "rest": _days(year, "REST"), "makeup": _days(year, "MAKEUP"), "may": place.account.office == Office.SYSTEM,
        "waiting": CalendarChange.objects.filter(decided_at=None).select_related("proposed_by"), "stated": stated, "refused": refused,
        "history": CalendarChange.objects.filter(year=year, decided_at__isnull=False).select_related("proposed_by", "decided_by"),
    }  # fmt: skip


def _propose(request: HttpRequest, place: Place, stated: dict[str, str]) -> HttpResponse:
    if not stated["year"].isdigit() or not 2000 <= int(stated["year"]) <= 2100:
        raise Refused(_("年份不对。"), way_out=_("填写四位年份。"), rule=calendars.RULE, field="year")
    rest, makeup = (calendars.days_in(stated[name], name) for name in ("rest", "makeup"))
    year = int(stated["year"])
    calendars.propose(year, source=stated["source"], rest=rest, makeup=makeup, by=place.account, at=place.at)
    success(request, _("已提出，由另一名系统管理员复核后生效。"))
    return redirect(f"{reverse('calendar')}?year={year}")


@login_required
@require_POST
@answered
def decide(request: HttpRequest, change: int) -> HttpResponse:
    """Take a change over, or refuse it."""
    place, found = place_of(request), CalendarChange.objects.filter(pk=change).first()
    if found is None:
        raise Http404
    take = request.POST.get("take") == "1"
    cases = calendars.decide(found, take=take, by=place.account, at=place.at)
    success(request, _("已采用，%(n)s个案件的期限将重新计算并通知有关人员。") % {"n": cases} if take else _("已否决，安排不变。"))
    return redirect(f"{reverse('calendar')}?year={found.year}")
