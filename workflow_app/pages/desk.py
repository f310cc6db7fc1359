"""The desk: what waits for my desks, overdue first; claim, release, filter, page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from workflow_app import clock, conduct
from workflow_app.models import Account, Deadline, SigningSheet, WorkItem
from workflow_app.nodes import PATHS
from workflow_app.pages import dates, queue, wording
from workflow_app.pages.frame import Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused

SHOWN_CAP = queue.CAP - 1
COLLEAGUES = 200


@dataclass(frozen=True)
class Line:
    """One row of the desk."""

    item: WorkItem
    step: str
    due: dates.Due
    signing: str  # "", "me" or "others"
    mine: bool
    taken: str
    provisional: bool
    key: str
    path: str
    why: list[str]  # how the last day was counted

    @property
    def free(self) -> bool:
        """Whether anybody of the desk may take it, or give it to a colleague."""
        return not self.signing and not self.taken


def wanted_of(data: QueryDict, place: Place) -> queue.Filter:
    """The filter that a query string asks for."""
    return queue.Filter(
        step=data.get("step", ""), overdue=data.get("due") == "over", at=place.at, mine=place.account.pk if data.get("mine") else None
    )


def lines(place: Place, keys: list[int]) -> list[Line]:
    """Rows in the order of `keys`."""
    # Nobody sees the own case from a desk: not that it is there, and not what is reported or asked about it.
    others = WorkItem.objects.exclude(process__cadre=place.account.cadre_id) if place.account.cadre_id else WorkItem.objects.all()
    items = others.select_related("process__cadre__unit", "desk", "owner__cadre").in_bulk(keys)
    signed = dict(SigningSheet.objects.filter(pk__in=keys).values_list("pk", "signed"))
    # The first one of an item, where a minimum runs beside.
    periods = {one.item_id: one for one in Deadline.objects.filter(item__in=keys, closed_at=None).order_by("-id")}
    me = str(place.account.cadre_id)
    seen = [items[key] for key in keys if key in items and me not in items[key].process.kept_out]
    return [_line(place, item, signed.get(item.pk), periods.get(item.pk)) for item in seen]


def _line(place: Place, item: WorkItem, signed: list[dict[str, Any]] | None, period: Deadline | None) -> Line:
    case, me = item.process, place.account.pk
    signing = "" if signed is None else ("others" if any(one.get("account") == me for one in signed) else "me")
    suspended = bool(case.suspended_on) and item.due_on is not None and item.due_on >= place.today
    return Line(
        item=item, step=wording.title_of(case, item.step), signing=signing, mine=item.owner_id == me,
        due=dates.due(item.due_on, place.today, suspended=suspended, told=period.explanation if period else None),
        taken=item.owner.display_name if item.owner else "", provisional=bool(period and period.provisional), key=uuid4().hex,
        why=dates.why(period.explanation) if period else [],
        path=wording.path_title(case.flow_class),
    )  # fmt: skip


def steps_offered(place: Place) -> list[tuple[str, str]]:
    """Steps that the roles of my desks do, for the filter; from the declared paths, without a statement."""
    roles = {desk.role for desk in place.desks}
    found = {
        n.step.name: f"{n.step.no} {wording.said(n.step.title)}"
        for path in PATHS.values()
        for n in path.humans()
        if str(n.step.role) in roles
    }
    return sorted(found.items(), key=lambda pair: pair[1])


def colleagues(place: Place) -> list[Account]:
    """Others who sit at one of my desks today, for handing work on."""
    seats = Q(seats__desk__in=place.desk_ids, seats__valid_from__lte=place.today)
    today = Q(seats__valid_to__isnull=True) | Q(seats__valid_to__gte=place.today)
    found = Account.objects.filter(seats & today, is_active=True).exclude(pk=place.account.pk)
    return list(found.select_related("cadre").distinct().order_by("id")[:COLLEAGUES])


def inbox(request: HttpRequest, data: QueryDict, refused: Refused | None = None, results: Sequence[Any] = ()) -> HttpResponse:
    """The list, as a fragment for htmx or as the page."""
    place = place_of(request)
    after = queue.After.read(str(data["after"])) if data.get("after") else None
    keys = queue.keys(place.desk_ids, wanted_of(data, place), after, hidden=place.hidden)
    rows = lines(place, keys[: queue.PAGE])
    more = queue.After(rows[-1].item.due_at, rows[-1].item.pk).token() if len(keys) > queue.PAGE and rows else ""
    kept = {name: data[name] for name in ("step", "due", "mine") if data.get(name)}
    ends = clock.end_of(place.today)
    numbers = queue.counts(place.desk_ids, account=place.account.pk, now=place.at, today_ends=ends, hidden=place.hidden)
    context = {
        "lines": rows, "refused": refused, "results": results, "colleagues": colleagues(place) if rows else [], "key": uuid4().hex,
        "desks": len(place.desks), "filter": kept, "steps": steps_offered(place), "page_size": queue.PAGE,
        "query": urlencode({**kept, **({"after": data["after"]} if after else {})}), "later": bool(after),
        "more": urlencode({**kept, "after": more}) if more else "", "counts": {k: _capped(n) for k, n in numbers.items()},
    }  # fmt: skip
    return show(request, "parts/inbox" if request.headers.get("HX-Request") else "desk", context)


def _capped(number: int) -> str:
    return f"{SHOWN_CAP}+" if number > SHOWN_CAP else str(number)


@login_required
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for my desks."""
    if not place_of(request).desks:
        return redirect("portal")
    return inbox(request, request.GET)


def _handed(request: HttpRequest, act: Any, item: int) -> HttpResponse:
    place, back = place_of(request), QueryDict(request.POST.get("back", ""))
    refused = None
    try:
        act(_at_my_desk(place, item), by=place.account, at=place.at, key=request.POST.get("key") or uuid4().hex)
    except Refused as no:
        refused = no
    if request.headers.get("HX-Request"):
        return inbox(request, back, refused)
    if refused:
        raise refused
    return redirect(f"{reverse('desk')}?{back.urlencode()}")


def _at_my_desk(place: Place, item: int) -> WorkItem:
    found = WorkItem.objects.filter(pk=item, desk__in=place.desk_ids).first()
    if found is None:
        raise Refused(_("这一事项已不在您的岗位上。"), way_out=_("刷新待办列表。"), rule=_("席位"))
    return found


@login_required
@require_POST
@answered
def claim(request: HttpRequest, item: int) -> HttpResponse:
    """Take an item."""
    return _handed(request, conduct.claim, item)


@login_required
@require_POST
@answered
def release(request: HttpRequest, item: int) -> HttpResponse:
    """Give an item back."""
    return _handed(request, conduct.release, item)


@login_required
@require_POST
@answered
def take_next(request: HttpRequest) -> HttpResponse:
    """Open the most urgent item that is mine or nobody's, claiming it when needed."""
    place = place_of(request)
    for line in lines(place, queue.keys(place.desk_ids, queue.Filter(), size=20, hidden=place.hidden)):
        if line.mine or line.signing == "me":
            return redirect("task", item=line.item.pk)
        if line.taken or line.signing:
            continue
        try:
            conduct.claim(line.item, by=place.account, at=place.at, key=uuid4().hex)
        except Refused:
            continue  # somebody was quicker, or a separation rule keeps this person out: the next one then
        return redirect("task", item=line.item.pk)
    raise Refused(_("没有您可以办理的事项。"), way_out=_("新的事项到达后会出现在待办列表中。"), rule=_("待办"))
