"""The secretary's meeting page: who attends, which cases in which order, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from workflow_app.pages import agenda, desk, holding, queue
from workflow_app.pages.frame import SECRETARY, Place, place_of, show
from workflow_app.pages.refusals import answered
from workflow_app.steps import Refused

MOST = 50


@dataclass
class Attendance:
    """The meeting as entered: when, where, who is there, and who chairs."""

    held_on: str = ""
    place: str = ""
    present: set[str] = field(default_factory=set)
    leader: str = ""
    stand_in: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> Attendance:
        """As posted."""
        return cls(
            data.get("held_on", ""),
            data.get("place", "").strip()[:200],
            set(data.getlist("present")),
            data.get("leader", ""),
            data.get("stand_in", ""),
        )

    def fault(self, today: date, due: list[tuple[str, str]]) -> Refused | None:
        """What is missing before the first case can be called; the vote itself is judged case by case."""
        known, day = {key for key, _name in due}, _day(self.held_on)
        if day is None or day > today:
            return Refused(_("会议日期没有填写，或者晚于今天。"), way_out=_("填写会议实际召开的日期。"), rule="M-7", field="held_on")
        if not self.place:
            return Refused(_("没有填写会议名称和地点。"), way_out=_("例如：市委常委会会议，常委会议室。"), rule=_("会议"), field="place")
        if self.leader not in known:
            return Refused(_("没有指明主要负责人。"), way_out=_("在成员名单中指明一名主要负责人。"), rule="M-3", field="leader")
        if self.leader not in self.present and self.stand_in not in self.present:
            return Refused(
                _("主要负责人缺席的，须指明一名到会成员代为主持。"),
                way_out=_("在“代为主持”中选择一名到会成员。"),
                rule="M-3",
                field="stand_in",
            )
        return None

    def carried(self, due: list[tuple[str, str]]) -> dict[str, Any]:
        """For the form of every case."""
        chaired = self.leader in self.present
        members = [
            {"cadre": key, "present": key in self.present, "leader": key == self.leader, "stand_in": key == self.stand_in and not chaired}
            for key, _name in due
        ]
        return {"held_on": self.held_on, "place": self.place, agenda.MEMBERS: members}


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@login_required
@require_http_methods(["GET", "POST"])
@answered
def meeting(request: HttpRequest) -> HttpResponse:
    """Attendance, agenda, and the results so far."""
    place = place_of(request)
    own = [seat.pk for seat in place.desks if seat.role == SECRETARY]
    if not own:
        raise Http404(_("您没有会议秘书的席位。"))
    if request.POST.get("do") == "end":
        agenda.end(request)
        return redirect("meeting")
    lines = desk.lines(place, queue.keys(own, queue.Filter(), size=MOST, hidden=place.hidden)[:MOST])
    waiting = [line for line in lines if not line.signing]
    due = agenda.due(holding.held(request, waiting[0].item.pk)) if waiting else []
    if request.method == "POST":
        return _begin(request, place, waiting, due)
    return _page(request, waiting, due, Attendance(held_on=place.today.isoformat(), present={key for key, _name in due}))


def _page(
    request: HttpRequest, waiting: list[desk.Line], due: list[tuple[str, str]], entered: Attendance, refused: Refused | None = None
) -> HttpResponse:
    points = agenda.points(request)
    context = {
        "waiting": waiting, "due": due, "entered": entered, "refused": refused, "points": points, "kept": agenda.meeting_of(request).get("carried", {}),
        "next": next((point for point in points if point.standing == "open"), None),
        "chosen": {int(key) for key in request.POST.getlist("item") if key.isdigit()} if refused else {line.item.pk for line in waiting},
    }  # fmt: skip
    return show(request, "meeting", context, status=409 if refused else 200)


def _begin(request: HttpRequest, place: Place, waiting: list[desk.Line], due: list[tuple[str, str]]) -> HttpResponse:
    offered, entered = {line.item.pk for line in waiting}, Attendance.of(request.POST)
    wanted = [int(key) for key in request.POST.getlist("item") if key.isdigit() and int(key) in offered]
    fault = entered.fault(place.today, due)
    if not wanted:
        fault = Refused(_("没有选择列入议程的案件。"), way_out=_("至少选择一件，并按上会顺序编号。"), rule=_("会议"))
    if fault is not None:
        return _page(request, waiting, due, entered, fault)
    wanted.sort(key=lambda key: _number(request.POST.get(f"order-{key}", "")))
    agenda.begin(request, wanted, entered.carried(due))
    return redirect("task", item=wanted[0])


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 99
