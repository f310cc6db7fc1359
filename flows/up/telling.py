"""Two cases of the demo organization on the way up, told through the door: one in its notice, and a competition open for applications."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from flows.up import demo
from flows.up.path import UpPath
from workflow_app import conduct, vacancies
from workflow_app.models import Account, Cadre, Case, Post, Seat, SigningSheet, Unit, WorkItem

STEPS = (
    "recommend_by_interview", "recommend_by_meeting", "report_recommendation", "qualify", "confirm_candidates", "announce_examination",
    "plan_examination", "record_interview", "appraise", "examine", *["ask_check"] * 4, *["answer_check"] * 4, "close_four_checks",
    "ask_opinion", "give_opinion", "record_meeting", "decide", "post_notice",
)  # fmt: skip
DAYS = 24  # before today the motion was made


class Telling:
    """Tells both, as of `now`; the motion of the first lies `DAYS` back."""

    def __init__(self, city: Unit, now: datetime) -> None:
        self.city, self.now, self.at = city, now, now

    def tell(self) -> list[Cadre]:
        """Whom they are about."""
        with transaction.atomic():
            self.at = self.now - timedelta(days=DAYS)
            first = self._noticed()
            self.at = self.now - timedelta(hours=2)
            second = self._announced()
        return [first.cadre, second.cadre]

    def _noticed(self) -> Case:
        case = self._opened(demo.candidate(self.city), "approve")
        for step in STEPS:
            if step == "plan_examination":
                self.at += timedelta(days=5)
            if step == "post_notice":
                self.at = self.now - timedelta(days=1)
            item = self._begun(case) if step == "record_interview" else self._item(case, step)
            self._act(case, item)
        return case

    def _announced(self) -> Case:
        post = Post.objects.filter(unit__code="YX-D06", leadership_post=True).order_by("-id").first()
        assert post is not None
        case = self._opened(vacancies.of(post), "compete")
        self._act(case, self._item(case, "announce_competition"))
        return case

    def _opened(self, cadre: Cadre, outcome: str) -> Case:
        by = self._account("org_leader", 1)
        facts = demo.facts("initiate", Case(cadre=cadre, organ=self.city), self.at, self._people) | {"outcome": outcome}
        what: dict[str, Any] = {"cadre": cadre, "organ": self.city, "facts": facts, "by": by, "at": self.at}
        seen = conduct.preview_opening(UpPath, **what).content_hash
        case = conduct.open(UpPath, **what, seen=seen, key=uuid4().hex)
        self._sign(self._item(case, "initiate"))
        return case

    def _begun(self, case: Case) -> WorkItem:
        return conduct.begin(case, "record_interview", by=self._account("examination_team", 1), at=self.at, key=uuid4().hex)

    def _item(self, case: Case, step: str) -> WorkItem:
        return WorkItem.objects.select_related("desk").filter(process=case, step=step, status__in=("NEW", "ASSIGNED")).earliest("id")

    def _act(self, case: Case, item: WorkItem) -> None:
        self.at += timedelta(hours=1)
        by = self._at_desk(item.desk_id)[0] if item.owner is None else item.owner
        found = UpPath.process_class.objects.get(pk=case.pk)
        facts = demo.facts(item.step, found, self.at, self._people, item.subject)
        seen = conduct.preview(item, facts=facts, by=by, at=self.at).content_hash
        if conduct.complete(item, facts=facts, seen=seen, by=by, at=self.at, key=uuid4().hex) is None:
            self._sign(item)

    def _sign(self, item: WorkItem) -> None:
        while (sheet := SigningSheet.objects.filter(pk=item.pk).first()) is not None:
            slot, signed = conduct.slots_left(sheet)[0], {one["account"] for one in sheet.signed}
            by = next(
                one for one in self._at_desk(slot["desk"])
                if one.pk not in signed and slot["cadre"] in (None, one.cadre_id) and (not slot["among"] or one.cadre_id in slot["among"])
            )  # fmt: skip
            self.at += timedelta(minutes=10)
            conduct.sign(item, seen=sheet.content_hash, by=by, at=self.at, key=uuid4().hex)

    def _at_desk(self, desk: int) -> list[Account]:
        seats = Seat.objects.filter(Q(valid_to__isnull=True), desk=desk).select_related("account__cadre").order_by("id")
        return [seat.account for seat in seats]

    def _account(self, role: str, number: int) -> Account:
        return Account.objects.select_related("cadre").get(username=f"{role}{number}")

    def _people(self, role: str, count: int) -> list[int]:
        seats = Seat.objects.filter(desk__role=role, desk__unit=self.city).order_by("id")[:count]
        return [int(seat.account.cadre_id or 0) for seat in seats.select_related("account")]
