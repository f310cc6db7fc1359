"""One meeting, several cases: what the secretary entered once for all of them, and where in the agenda a case stands.

Date, place and who attends belong to the meeting; recusals, views and votes belong to each case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from workflow_app.models import Case, Record, SigningSheet, WorkItem
from workflow_app.pages import wording
from workflow_app.pages.filling import Filling
from workflow_app.pages.holding import Held
from workflow_app.plain import plain

KEPT, KEPT_OF_ROW, MEMBERS = ("held_on", "place"), ("cadre", "leader", "stand_in", "present"), "members"


@dataclass(frozen=True)
class Point:
    """One case of the agenda."""

    item: WorkItem
    number: int
    standing: str  # open, signing or done
    result: str
    now: bool = False


def meeting_of(request: HttpRequest) -> dict[str, Any]:
    """The meeting in progress: items in their order, and what was entered for all."""
    found: dict[str, Any] = request.session.get("meeting") or {}
    return found


def begin(request: HttpRequest, items: list[int], attendance: Mapping[str, Any]) -> None:
    """Begin a meeting about `items`."""
    request.session["meeting"] = {"items": items, "carried": plain(attendance)}


def end(request: HttpRequest) -> None:
    """The meeting is over; what was recorded stays with its cases."""
    request.session.pop("meeting", None)


def points(request: HttpRequest, now: int = 0) -> list[Point]:
    """The agenda with what became of each case."""
    items = meeting_of(request).get("items", [])
    loaded = WorkItem.objects.filter(pk__in=items).select_related("process__cadre__unit").in_bulk()
    sheets = SigningSheet.objects.filter(pk__in=items).in_bulk()
    return [_point(loaded[key], n, sheets.get(key), key == now) for n, key in enumerate(items, 1) if key in loaded]


def _point(item: WorkItem, number: int, sheet: SigningSheet | None, now: bool) -> Point:
    step = wording.step_of(item.process, item.step)
    if sheet is not None and item.status != "DONE":
        return Point(item, number, "signing", wording.outcome_of(step, str(sheet.facts.get("outcome", ""))), now)
    if item.status == "DONE":
        record = Record.objects.filter(case=item.process_id, seq=item.closed_by or 0).first()
        return Point(item, number, "done", wording.outcome_of(step, record.outcome) if record else "", now)
    return Point(item, number, "open", "", now)


def banner(request: HttpRequest, item: int) -> dict[str, Any] | None:
    """Where in the agenda an item stands, or None."""
    items = meeting_of(request).get("items", [])
    if item not in items:
        return None
    return {"number": items.index(item) + 1, "total": len(items), "lines": points(request, item)}


def meets(work: Held) -> bool:
    """Whether the step records a meeting: its members attend, speak and vote."""
    row = work.step.Facts.rows.get(MEMBERS)
    return row is not None and "present" in row.base_fields


def due(work: Held) -> list[tuple[str, str]]:
    """(key, name) of the members who should attend, by their seats."""
    if not meets(work):
        return []
    blank = next(rows for rows in Filling(work.step, work.situation).rows if rows.name == MEMBERS).formset.empty_form
    return [(str(key), str(name)) for key, name in getattr(blank.fields.get("cadre"), "choices", []) if key]


def carried(request: HttpRequest, work: Held) -> dict[str, Any]:
    """What the form starts with: the attendance of this meeting, or every member due by seat; the recused marked."""
    if not meets(work):
        return {}
    before = dict(meeting_of(request).get("carried") or {})
    offered = due(work)
    if work.item.pk not in meeting_of(request).get("items", []) or not before:
        return {MEMBERS: _seated([{"cadre": key} for key, _name in offered], work.case)}
    known = {key for key, _name in offered}  # who concerns this very case is not among its members
    return before | {MEMBERS: _seated([row for row in before.get(MEMBERS, []) if str(row.get("cadre")) in known], work.case)}


def _seated(members: Iterable[dict[str, Any]], case: Case) -> list[dict[str, Any]]:
    """Members in the order of speaking: the chair last; who must keep out of the case has left and has no number."""
    rows = [dict(row) | {"recused": str(row.get("cadre")) in case.kept_out} for row in members]
    speaking = [row for row in rows if row.get("present") and not row["recused"]]
    led = any(row.get("leader") for row in speaking)
    speaking.sort(key=lambda row: bool(row.get("leader") if led else row.get("stand_in")))
    for number, row in enumerate(speaking, 1):
        row["order"] = number
    return [*speaking, *(row for row in rows if row not in speaking)]


def leaving(work: Held) -> list[str]:
    """Names of members who leave before the case is discussed."""
    names = dict(due(work))
    return [
        f"{names[key]}{_('（回避决定作出前不参加）') if why == 'pending' else ''}"
        for key, why in work.case.kept_out.items()
        if key in names
    ]


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
