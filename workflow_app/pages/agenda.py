"""One meeting, several cases: the agenda a secretary set, and what is entered once for all of it.

Date, place and who attends belong to the meeting; views and votes belong to each case.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from workflow_app.models import WorkItem
from workflow_app.pages import wording
from workflow_app.pages.filling import Filling
from workflow_app.pages.holding import Held
from workflow_app.steps import plain

KEPT, KEPT_OF_ROW, MEMBERS = ("held_on", "place"), ("cadre", "leader", "present"), "members"


def meeting_of(request: HttpRequest) -> dict[str, Any]:
    """The meeting in progress: items in their order, and what was entered for all."""
    found: dict[str, Any] = request.session.get("meeting") or {}
    return found


def set_agenda(request: HttpRequest, items: list[int]) -> None:
    """Begin a meeting about `items`."""
    request.session["meeting"] = {"items": items, "carried": {}}


def banner(request: HttpRequest, item: int) -> dict[str, Any] | None:
    """Where in the agenda an item stands, or None."""
    items = meeting_of(request).get("items", [])
    if item not in items:
        return None
    place = items.index(item)
    loaded = WorkItem.objects.filter(pk__in=items).select_related("process__cadre").in_bulk()
    lines = [{"item": loaded[key], "number": n, "now": key == item} for n, key in enumerate(items, 1) if key in loaded]
    return {"number": place + 1, "total": len(items), "lines": lines}


def carried(request: HttpRequest, work: Held) -> dict[str, Any]:
    """What the form starts with: the attendance of this meeting, or every member due by seat."""
    if MEMBERS not in work.step.Facts.rows:
        return {}
    before = meeting_of(request).get("carried") or {}
    if work.item.pk in meeting_of(request).get("items", []) and before:
        return dict(before)
    blank = Filling(work.step, work.situation).rows[0].formset.empty_form
    chairs = getattr(blank.fields.get("cadre"), "choices", [])
    return {MEMBERS: [{"cadre": key} for key, _ in chairs if key]}


def held_here(request: HttpRequest, work: Held, filling: Filling) -> None:
    """Keep the attendance for the next case of the agenda."""
    meeting = meeting_of(request)
    if work.item.pk not in meeting.get("items", []):
        return
    facts = filling.facts()
    members = [{name: row.get(name) for name in KEPT_OF_ROW} for row in facts.get(MEMBERS, [])]
    meeting["carried"] = plain({**{name: facts.get(name) for name in KEPT}, MEMBERS: members})
    request.session["meeting"] = meeting


def following(request: HttpRequest, item: int) -> int | None:
    """The next item of the agenda that is still open."""
    items = meeting_of(request).get("items", [])
    if item not in items:
        return None
    left = items[items.index(item) + 1 :]
    open_ones = set(WorkItem.objects.filter(pk__in=left, status__in=["NEW", "ASSIGNED"], sheet=None).values_list("pk", flat=True))
    return next((key for key in left if key in open_ones), None)


def title(item: WorkItem) -> str:
    """What the agenda says of an item."""
    return wording.title_of(item.process, item.step)
