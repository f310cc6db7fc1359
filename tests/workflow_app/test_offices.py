"""Three administrators (三员分立): none can do the work of another, none has a seat, and a seat is given by two people."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.story import Town, signed_in
from workflow_app import granting
from workflow_app.models import Account, Desk, Grant, Office, Record, Seat
from workflow_app.steps import Refused

pytestmark = pytest.mark.django_db
LOOKING = ("unit", "cadre", "seat", "grant", "account", "calendarday")


@pytest.fixture
def three(town: Town) -> dict[str, Account]:
    """于安 and 于平 keep the seats, 石理 the reference data, 沈明 looks at what they do."""
    names = {"yu_an": Office.SECURITY, "yu_ping": Office.SECURITY, "shi": Office.SYSTEM, "shen": Office.AUDIT}
    return {name: Account.objects.create(username=name, office=office, password="!") for name, office in names.items()}


def ask(town: Town, by: Account, account: Account, **changes: object) -> Grant:
    desk = Desk.objects.get(role="legal_reviewer")
    told = {"valid_from": town.today, "valid_to": None, "reason": "接替调离的同志", **changes}
    return granting.ask(desk, account, by=by, at=town.at, **told)  # type: ignore[arg-type]


def test_a_seat_is_asked_for_by_one_and_given_by_another(town: Town, three: dict[str, Account]) -> None:
    grant = ask(town, three["yu_an"], town.people["archivist1"])
    assert not Seat.objects.filter(account=town.people["archivist1"], desk__role="legal_reviewer").exists()
    seat = granting.decide(grant, give=True, by=three["yu_ping"], at=town.at)
    assert seat is not None and seat.granted_by == three["yu_ping"]
    record = Record.objects.get(chain=f"J{seat.desk.unit_id}", kind="GRANT")
    assert (record.outcome, record.actor) == ("given", three["yu_ping"])


def test_nobody_gives_what_they_asked_for(town: Town, three: dict[str, Account]) -> None:
    grant = ask(town, three["yu_an"], town.people["archivist1"])
    with pytest.raises(Refused, match="不得自己复核"):
        granting.decide(grant, give=True, by=three["yu_an"], at=town.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(decided_by=three["yu_an"], decided_at=town.at)


def test_a_refused_seat_stays_refused(town: Town, three: dict[str, Account]) -> None:
    grant = ask(town, three["yu_an"], town.people["archivist1"])
    assert granting.decide(grant, give=False, by=three["yu_ping"], at=town.at) is None
    with pytest.raises(Refused, match="已经复核过"):
        granting.decide(grant, give=True, by=three["yu_ping"], at=town.at)


@pytest.mark.parametrize("who", ["shi", "shen"])
def test_the_other_administrators_neither_ask_nor_give(town: Town, three: dict[str, Account], who: str) -> None:
    with pytest.raises(Refused, match="安全管理员"):
        ask(town, three[who], town.people["archivist1"])
    grant = ask(town, three["yu_an"], town.people["archivist1"])
    with pytest.raises(Refused, match="安全管理员"):
        granting.decide(grant, give=True, by=three[who], at=town.at)


def test_a_handler_cannot_give_seats(town: Town) -> None:
    with pytest.raises(Refused, match="三员分立|安全管理员"):
        ask(town, town.people["case_handler1"], town.people["archivist1"])


def test_no_administrator_gets_a_seat_by_any_way(town: Town, three: dict[str, Account]) -> None:
    with pytest.raises(Refused, match="不得担任业务岗位"):
        ask(town, three["yu_an"], three["shi"])
    desk = Desk.objects.get(role="legal_reviewer")
    values = [desk.pk, three["shi"].pk, date(2026, 1, 1), town.at]
    with pytest.raises(DatabaseError, match="no seat"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO workflow_app_seat (desk_id, account_id, valid_from, granted_at) VALUES (%s, %s, %s, %s)", values)
    with pytest.raises(DatabaseError, match="no seat"), transaction.atomic():
        Seat.objects.filter(account=town.people["archivist1"]).update(account=three["shi"])


def test_who_has_a_seat_or_a_person_never_becomes_an_administrator(town: Town) -> None:
    for who in ("case_handler1", "wang"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Account.objects.filter(pk=town.people[who].pk).update(office=Office.SYSTEM)
    unseated = Account.objects.create(username="unseated", password="!")
    Seat.objects.create(account=unseated, desk=Desk.objects.get(role="archivist"), valid_from=town.today, granted_at=town.at)
    with pytest.raises(DatabaseError, match="no seat"), transaction.atomic():
        Account.objects.filter(pk=unseated.pk).update(office=Office.SYSTEM)


def test_a_seat_needs_a_reason_and_an_order_of_dates(town: Town, three: dict[str, Account]) -> None:
    with pytest.raises(Refused, match="事由"):
        ask(town, three["yu_an"], town.people["archivist1"], reason=" 无 ")
    with pytest.raises(Refused, match="止期早于起期"):
        ask(town, three["yu_an"], town.people["archivist1"], valid_to=date(2020, 1, 1))


def test_power_is_taken_away_by_one_and_recorded(town: Town, three: dict[str, Account]) -> None:
    seat = Seat.objects.get(account=town.people["archivist1"])
    granting.end(seat, on=town.today, by=three["yu_an"], at=town.at)
    assert Seat.objects.get(pk=seat.pk).valid_to == town.today
    assert Record.objects.filter(kind="GRANT", outcome="ended").exists()


def test_a_seat_does_not_end_before_it_began_and_only_a_security_administrator_ends_it(town: Town, three: dict[str, Account]) -> None:
    seat = Seat.objects.get(account=town.people["archivist1"])
    with pytest.raises(Refused, match="止期早于起期"):
        granting.end(seat, on=date(2019, 12, 31), by=three["yu_an"], at=town.at)
    with pytest.raises(Refused, match="安全管理员"):
        granting.end(seat, on=town.today, by=three["shi"], at=town.at)
    assert Seat.objects.get(pk=seat.pk).valid_to is None
    granting.end(seat, on=seat.valid_from, by=three["yu_an"], at=town.at)


def test_a_seat_may_be_asked_for_until_a_day_be_it_the_first(town: Town, three: dict[str, Account]) -> None:
    assert ask(town, three["yu_an"], town.people["archivist1"], valid_to=town.today).valid_to == town.today


def test_nobody_decides_on_a_seat_of_their_own(town: Town, three: dict[str, Account]) -> None:
    account = Account.objects.create(username="yu_jing", password="!")
    grant = ask(town, three["yu_an"], account)
    Account.objects.filter(pk=account.pk).update(office=Office.SECURITY)
    account.refresh_from_db()
    with pytest.raises(Refused, match="不得自己复核"):
        granting.decide(grant, give=True, by=account, at=town.at)


@pytest.mark.parametrize(
    ("who", "changes"),
    [("shi", {"unit", "cadre", "calendarday"}), ("yu_an", {"seat", "grant", "account"}), ("shen", set())],
)
def test_every_office_looks_and_changes_only_its_own(town: Town, three: dict[str, Account], who: str, changes: set[str]) -> None:
    client = signed_in(three[who])
    for table in LOOKING:
        assert client.get(f"/admin/workflow_app/{table}/").status_code == 200, table
        assert three[who].has_perm(f"workflow_app.change_{table}") is (table in changes), table
        assert not three[who].has_perm(f"workflow_app.delete_{table}") or table in changes


def test_no_administrator_sees_a_case_or_a_desk(town: Town, three: dict[str, Account]) -> None:
    for account in three.values():
        client = signed_in(account)
        assert client.get("/search/?q=%E7%8E%8B").status_code in (200, 302, 403, 404)
        assert "王建国" not in client.get("/search/?q=%E7%8E%8B", follow=True).content.decode()
        assert client.get("/admin/workflow_app/case/").status_code == 404


def test_seats_are_asked_for_and_given_on_the_administrators_pages(town: Town, three: dict[str, Account]) -> None:
    desk, account = Desk.objects.get(role="legal_reviewer"), town.people["archivist1"]
    told = {"desk": desk.pk, "account": account.pk, "valid_from": str(town.today), "valid_to": "", "reason": "接替调离的同志"}
    first = signed_in(three["yu_an"])
    assert "事由" in first.post("/admin/workflow_app/grant/add/", {**told, "reason": "无"}).content.decode()
    assert first.post("/admin/workflow_app/grant/add/", told).status_code == 302
    grant = Grant.objects.get()
    choice = {"action": "give", "_selected_action": grant.pk}
    assert "不得自己复核" in first.post("/admin/workflow_app/grant/", choice, follow=True).content.decode()
    assert "已授予" in signed_in(three["yu_ping"]).post("/admin/workflow_app/grant/", choice, follow=True).content.decode()
    assert Seat.objects.filter(desk=desk, account=account).exists()


def test_whoever_is_no_administrator_has_no_way_into_the_reference_data(town: Town) -> None:
    for who in ("case_handler1", "auditor1", "wang"):
        assert signed_in(town.people[who]).get("/admin/workflow_app/unit/").status_code == 302
