"""Workload for the leader of the organization department: what is open, overdue and unclaimed, by desk and by person; giving work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from workflow_app import absences
from workflow_app.models import Absence, Account, Desk, WorkItem
from workflow_app.pages import bulk, dates, wording
from workflow_app.pages.frame import LEADER, Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused

OPEN = ("NEW", "ASSIGNED")
PAGE = 50


@dataclass(frozen=True)
class Load:
    """What lies at a desk, or with a person."""

    name: str
    key: int
    open: int
    overdue: int
    waiting: int  # nobody has taken it
    paused: int  # its case is suspended
    first: dates.Due | None
    away: str = ""
    own: bool = False  # a desk of persons concerned: nobody's work is measured there


def led(place: Place) -> list[int]:
    """Units whose work I lead. Raises Http404 for everybody else."""
    units = [desk.unit_id for desk in place.desks if desk.role == LEADER]
    if not units:
        raise Http404
    return units


def items_of(place: Place) -> QuerySet[WorkItem]:
    """Open items of the cases that my units handle; never of the own case, nor of one that I keep out of."""
    return WorkItem.objects.filter(process__organ__in=led(place), status__in=OPEN).exclude(process__in=place.hidden)


def _tallied(rows: QuerySet[WorkItem], today: date, *by: str) -> list[dict[str, Any]]:
    paused = Q(process__suspended_on__isnull=False)
    counts = {
        "n": Count("pk"), "overdue": Count("pk", filter=Q(due_on__lt=today) & ~paused), "waiting": Count("pk", filter=Q(status="NEW")),
        "paused": Count("pk", filter=paused), "first": Min("due_on", filter=~paused),
    }  # fmt: skip
    return list(rows.order_by().values(*by).annotate(**counts))


def _load(row: dict[str, Any], key: int, name: str, today: date, **more: Any) -> Load:
    first = dates.due(row["first"], today) if row["first"] else None
    return Load(name, key, row["n"], row["overdue"], row["waiting"], row["paused"], first, **more)


def _of_desks(place: Place) -> list[Load]:
    rows = _tallied(items_of(place), place.today, "desk", "desk__name", "desk__role")
    loads = [_load(row, row["desk"], row["desk__name"], place.today, own=row["desk__role"] == "subject") for row in rows]
    return sorted(loads, key=lambda one: (-one.overdue, -one.open, one.name))


def _of_people(place: Place) -> list[Load]:
    rows = _tallied(items_of(place).filter(owner__isnull=False), place.today, "owner")
    people = Account.objects.select_related("cadre").in_bulk([row["owner"] for row in rows])
    away = {
        one.holder_id: one.deputy.display_name if one.deputy else _("无人代理")
        for one in Absence.objects.lasting(place.today).filter(holder__in=people).select_related("deputy__cadre")
    }
    loads = [_load(row, row["owner"], people[row["owner"]].display_name, place.today, away=away.get(row["owner"], "")) for row in rows]
    return sorted(loads, key=lambda one: (-one.overdue, -one.open, one.name))


@login_required
@require_GET
def workload(request: HttpRequest) -> HttpResponse:
    """Desks and people, the most overdue first."""
    place = place_of(request)
    desks = _of_desks(place)
    sums = {name: sum(getattr(one, name) for one in desks) for name in ("open", "overdue", "waiting", "paused")}
    return show(request, "workload", {"desks": desks, "people": _of_people(place), "sums": sums})


@login_required
@require_http_methods(["GET", "POST"])
@answered
def workload_desk(request: HttpRequest, desk: int) -> HttpResponse:
    """The items of one desk; those ticked are given to somebody who sits there, with a reason; each has its own answer."""
    place = place_of(request)
    found = Desk.objects.filter(pk=desk).select_related("unit").first()
    items = items_of(place).filter(desk=desk)
    if found is None or found.role == "subject" or not (items.exists() or found.unit_id in led(place)):
        raise Http404
    results: list[bulk.Result] = []
    refused = None
    if request.method == "POST":
        try:
            results = _given(request, place, items)
        except Refused as no:
            refused = no
    return show(
        request,
        "workload_desk",
        _shown(request, place, found, items) | {"results": results, "refused": refused},
        status=409 if refused else 200,
    )


def _given(request: HttpRequest, place: Place, items: QuerySet[WorkItem]) -> list[bulk.Result]:
    wanted = bulk.wanted(request)
    act = bulk.assigning(request, place)
    found = items.filter(pk__in=wanted).select_related("process").in_bulk()
    return [bulk.one(found.get(key), act, request.POST.get("key") or uuid4().hex) for key in wanted]


def _shown(request: HttpRequest, place: Place, desk: Desk, items: QuerySet[WorkItem]) -> dict[str, Any]:
    rows = items.select_related("process__cadre__unit", "owner__cadre").order_by("due_on", "id")[:PAGE]
    lines = [(item, wording.title_of(item.process, item.step), dates.due(item.due_on, place.today)) for item in rows]
    typed = request.POST if request.method == "POST" else {}
    return {
        "desk": desk, "lines": lines, "people": absences.present_at(desk, place.today), "key": uuid4().hex, "page_size": PAGE,
        "number": items.count(), "to": typed.get("to", ""), "reason": typed.get("reason", ""), "ticked": {int(one) for one in request.POST.getlist("item") if one.isdigit()},
    }  # fmt: skip
