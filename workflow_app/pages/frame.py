"""The frame of every page: who is signed in, at which desks they sit today, and what the menu offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from workflow_app import clock, factors
from workflow_app.hands import on_paper, paper_desk
from workflow_app.models import Absence, Account, Case, Desk, Seat
from workflow_app.pages import menu
from workflow_app.telling import messages as told

AUDITOR, SUBJECT, HANDLER, SECRETARY, LEADER = "auditor", "subject", "case_handler", "meeting_secretary", "org_leader"
ASSESSORS, PLACEMENT = "assessment_office", "placement_office"


@dataclass
class Place:
    """Where the signed-in person stands: account, moment, desks."""

    account: Account
    at: datetime

    @property
    def today(self) -> date:
        """The local date."""
        return self.at.astimezone(clock.TZ).date()

    @cached_property
    def seats(self) -> list[Seat]:
        """Seats held today, desks and units loaded."""
        valid = Q(valid_to__isnull=True) | Q(valid_to__gte=self.today)
        held = Seat.objects.filter(valid, account=self.account, valid_from__lte=self.today)
        rows = list(held.select_related("desk__unit", "account__cadre").order_by("desk__role", "desk_id"))
        if rows:  # the name of who is signed in comes along, and is not asked for again
            self.account.cadre = rows[0].account.cadre
        return rows

    @cached_property
    def covers(self) -> list[Absence]:
        """Absences in which the person stands in today."""
        found = Absence.objects.deputed_to(self.account, self.today)
        return list(found.select_related("seat__desk__unit", "seat__account__cadre").order_by("id"))

    @cached_property
    def absences(self) -> list[Absence]:
        """The person's own absences of today."""
        return list(Absence.objects.lasting(self.today).filter(holder=self.account).select_related("seat__desk", "deputy__cadre"))

    @property
    def stands_for(self) -> set[int]:
        """The people for whom the person stands in."""
        return {one.seat.account_id for one in self.covers}

    @property
    def desks(self) -> list[Desk]:
        """Desks of the seats, own and covered; a desk of persons concerned is nobody's."""
        own = [seat.desk for seat in self.seats if seat.desk.role != SUBJECT]
        return [*own, *{one.seat.desk_id: one.seat.desk for one in self.covers if one.seat.desk not in own}.values()]

    @property
    def desk_ids(self) -> list[int]:
        """Keys of the desks."""
        return [desk.pk for desk in self.desks]

    def sits(self, role: str, units: list[int] | None = None) -> Desk | None:
        """The desk of `role` (at one of `units`) where the person sits, or None."""
        return next((d for d in self.desks if d.role == role and (units is None or d.unit_id in units)), None)

    def cases(self) -> Any:
        """The cases that the person may see."""
        return Case.objects.visible_to(self.account, on=self.today)

    @property
    def hidden(self) -> Any:
        """Cases of which no desk shows this person anything: the own ones, and those that the person keeps out of."""
        return Case.objects.hidden_from(self.account.cadre_id)

    def no_entry(self, key: int, otherwise: str) -> Http404:
        """What a person who may not open a case is told; `otherwise` where the case must not even be known of."""
        case = Case.objects.filter(pk=key).only("recused").first()
        if case is not None and case.kept_out.get(str(self.account.cadre_id)) == "pending":
            return Http404(_("对您的回避申请尚未决定，决定作出前您须暂停办理，也不能查看本案。决定驳回的，案件会重新出现。"))
        return Http404(otherwise)

    def enters_paper(self, case: Case) -> bool:
        """Whether the person sits where that is entered which somebody without an account writes on paper."""
        return self.sits(HANDLER, case.organ.ancestor_ids) is not None and on_paper(case) and paper_desk(case) in self.desk_ids

    def is_subject(self, case: Case) -> bool:
        """Whether the case is about this very person."""
        return self.account.cadre_id is not None and self.account.cadre_id == case.cadre_id


def place_of(request: HttpRequest) -> Place:
    """The place of the signed-in person, worked out once a request."""
    place = getattr(request, "place", None)
    if place is None:
        place = Place(cast(Account, request.user), clock.now())
        request.place = place  # type: ignore[attr-defined]
    return cast(Place, place)


def _unread(place: Place) -> str:
    number = told.unread(place.account)
    return "" if not number else f"{told.CAP - 1}+" if number >= told.CAP else str(number)


def framed(request: HttpRequest) -> dict[str, Any]:
    """What the frame shows around a page."""
    frame: dict[str, Any] = {"demo": settings.DEMO, "source_url": settings.SOURCE_URL}
    if request.user.is_authenticated:
        place = place_of(request)
        frame |= {"place": place, "unit": place.desks[0].unit if place.desks else None}
        if not factors.wanting(place.account, request.session, place.today):  # what is still closed is not offered
            frame |= {"live": True, "menu": menu.of(place, request.path), "unread": _unread(place)}
    return frame


def show(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page inside the frame."""
    return render(request, f"pages/{template}.html", {**framed(request), **(context or {})}, status=status)
