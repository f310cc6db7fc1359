"""The live socket: signals to the right people, what was missed, and seats that are lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction

from tests.story import Town, open_case
from workflow_app import absences, events, live, seating
from workflow_app.models import Account, Event, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_events(monkeypatch: pytest.MonkeyPatch) -> None:
    # A test's events are never committed, and PostgreSQL shows a reader only what is.
    monkeypatch.setattr(events, "SETTLED", "true")


def topics(mark: events.type_mark = (0, 0)) -> list[str]:
    return [one.topic for one in events.after(mark)]


def test_topics_come_from_seats_and_from_absences_that_one_covers(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    deputy, seat = town.people["archivist1"], Seat.objects.get(account=town.people["legal_reviewer1"])
    assert live.topics_of(deputy) == {f"desk:{Seat.objects.get(account=deputy).desk_id}", f"account:{deputy.pk}"}
    absences.declare(seat, first=town.today, last=town.today, reason="出差", by=seat.account, at=town.at, deputy=deputy)
    assert f"desk:{seat.desk_id}" in live.topics_of(deputy)


def test_a_page_that_comes_back_learns_whether_it_missed_something(town: Town) -> None:
    leader = Seat.objects.get(account=town.people["org_leader1"])
    mark = events.newest()
    assert not live.missed(mark, {f"desk:{leader.desk_id}"})
    open_case(town)
    assert live.missed(mark, {f"desk:{leader.desk_id}"})
    assert not live.missed(mark, {"desk:0"})
    assert not live.missed(events.newest(), {f"desk:{leader.desk_id}"})


@pytest.mark.parametrize("what", ["seat", "account", "absence"])
def test_a_changed_seat_account_or_absence_sends_its_people_away(town: Town, what: str) -> None:
    seat = Seat.objects.get(account=town.people["archivist1"])
    mark = events.newest()
    if what == "seat":
        seat.valid_to = town.today
        seat.save()
    elif what == "account":
        seat.account.is_active = False
        seat.account.save()
    else:
        holder = Seat.objects.get(account=town.people["legal_reviewer1"])
        absences.declare(holder, first=town.today, last=town.today, reason="出差", by=holder.account, at=town.at, deputy=seat.account)
    assert f"seat:{seat.account_id}" in topics(mark)


def test_signing_in_sends_nobody_away(town: Town) -> None:
    mark, account = events.newest(), town.people["archivist1"]
    account.last_login = town.at
    account.save(update_fields=["last_login"])
    assert topics(mark) == []
    Account.objects.create(username="new", password="!")
    assert topics(mark) == []


class Page:
    """A socket that keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.closed = 0

    async def base_send(self, message: dict[str, str]) -> None:
        """Keep."""
        self.told.append(message["text"])

    async def close(self, code: int) -> None:
        """Keep."""
        self.closed = code


def test_a_hub_tells_a_topic_s_pages_once_and_closes_those_of_a_lost_seat(db: Any) -> None:
    mine, other, hub = Page(), Page(), live.Hub()
    hub.sockets = {"desk:7": {mine}, "account:3": {mine}, "desk:8": {other}, "account:4": {other}}  # type: ignore[dict-item]
    hub.mark = (5, 9)
    live.asyncio.run(hub._tell(["desk:7", "desk:7", "seat:4"]))
    assert mine.told == ['{"t":"look","topic":"desk","v":"5.9"}']
    assert (mine.closed, other.closed, other.told) == (0, live.SEAT_CHANGED, [])


def test_a_long_transaction_elsewhere_holds_no_signal_back_and_loses_none(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = events.newest()
    seating.send_away(town.people["wang"].pk)
    found, settled = events.visible(mark)
    assert [one.topic for one in found] == [f"seat:{town.people['wang'].pk}"]
    assert settled == found[-1].mark
    monkeypatch.setattr(events, "SETTLED", "false")
    if connection.vendor == "postgresql":
        found, settled = events.visible(mark)
        assert ([one.topic for one in found], settled) == ([f"seat:{town.people['wang'].pk}"], mark), (
            "told now, and read again until settled"
        )


def test_nothing_is_announced_before_commit(town: Town) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        seating.send_away(town.people["wang"].pk)
        transaction.set_rollback(True)
    assert Event.objects.count() == before
