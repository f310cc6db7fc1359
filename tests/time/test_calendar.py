"""The calendar page: two administrators change a year, and what was provisional is counted again and told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from tests.story import TO_MEETING, Town, fresh, item_of, open_case, run
from workflow_app import calendars, clock, conduct, ledger
from workflow_app.models import Account, CalendarChange, CalendarDay, Case, Deadline, Message, Office, Outgoing, Record, RecordPart
from workflow_app.steps import Refused
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知"
REST = "2027-01-01至2027-01-03 元旦\n2027-02-05至2027-02-11 春节"
MAKEUP = "2027-02-20 春节调休上班"


@pytest.fixture
def two(town: Town) -> list[Account]:
    """石理 and 石明 keep the reference data."""
    return [Account.objects.create(username=name, office=Office.SYSTEM, password="!") for name in ("shi_li", "shi_ming")]


def put_in(town: Town, by: Account, rest: str = REST, makeup: str = MAKEUP, year: int = 2027, source: str = SOURCE) -> CalendarChange:
    days = (calendars.days_in(rest, "rest"), calendars.days_in(makeup, "makeup"))
    return calendars.propose(year, source=source, rest=days[0], makeup=days[1], by=by, at=town.at)


def at_new_year(town: Town) -> Case:
    """A case whose person was told shortly before the year of which the notice is not out yet."""
    town.at = datetime.fromisoformat("2026-12-25T09:00:00+08:00")
    return run(town, open_case(town), *TO_MEETING[:6])


def work_off(town: Town) -> None:
    Outgoing.objects.filter(kind="RENDER").delete()
    Worker().work_off(town.at)


def test_a_provisional_date_is_counted_again_by_a_recorded_act_that_tells_the_people(town: Town, two: list[Account]) -> None:
    case = at_new_year(town)
    before = Deadline.objects.get(case=case, rule_id="DN-HEARING")
    assert (before.provisional, before.last_day) == (True, date(2027, 1, 4))
    assert calendars.decide(put_in(town, two[0], "2027-01-01至2027-01-05 元旦", ""), take=True, by=two[1], at=town.at) == 1
    work_off(town)
    after = Deadline.objects.get(pk=before.pk)
    assert (after.provisional, after.last_day, after.fires_at) == (False, date(2027, 1, 6), clock.end_of(date(2027, 1, 6)))
    assert item_of(case, "answer").due_on == after.last_day
    record = Record.objects.get(case=case, kind="DATES")
    told = RecordPart.objects.get(chain=record.chain, seq=record.seq, name="facts").value
    assert SOURCE in told and '"after":"2027-01-06"' in told
    assert ledger.verify(f"C{case.pk}") == fresh(case).records_count
    assert [one.title for one in Message.objects.filter(account=town.people["wang"], kind="DATES")] == [
        f"期限重新计算：陈述申辩，届满日由2027-01-04改为2027-01-06（{SOURCE}）"
    ]


def test_a_date_that_stays_loses_its_mark_and_is_recorded_once(town: Town, two: list[Account]) -> None:
    case = at_new_year(town)
    calendars.decide(put_in(town, two[0], "2027-01-01 元旦", ""), take=True, by=two[1], at=town.at)
    work_off(town)
    assert not Deadline.objects.get(case=case, rule_id="DN-HEARING").provisional
    town.at += calendars.AFTER
    work_off(town)
    work_off(town)
    assert Record.objects.filter(case=case, kind="DATES").count() == 1


def test_what_another_process_counted_meanwhile_is_counted_again_a_little_later(town: Town, two: list[Account]) -> None:
    change = put_in(town, two[0], "2027-01-01至2027-01-05 元旦", "")
    old = clock.calendar_from_db()
    town.at = datetime.fromisoformat("2026-12-25T09:00:00+08:00")
    calendars.decide(change, take=True, by=two[1], at=town.at)
    work_off(town)
    clock._kept["now"] = old  # a process that has not looked yet
    case = at_new_year(town)
    assert Deadline.objects.get(case=case, rule_id="DN-HEARING").provisional
    town.at += calendars.AFTER
    work_off(town)
    work_off(town)
    assert Deadline.objects.get(case=case, rule_id="DN-HEARING").last_day == date(2027, 1, 6)


def test_a_process_notices_a_change_of_the_calendar_by_itself(town: Town, two: list[Account], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = clock.calendar_from_db()
    CalendarDay.objects.create(date=date(2026, 11, 23), kind="REST", name="临时放假")
    kept_year = clock.CalendarYear.objects.get(year=2026)
    kept_year.version += 1
    kept_year.save()
    assert clock.calendar_from_db() is kept
    monkeypatch.setattr(clock, "FRESH", 0)
    assert not clock.calendar_from_db().is_workday(date(2026, 11, 23))[0]


def test_nobody_changes_the_calendar_alone(town: Town, two: list[Account]) -> None:
    change = put_in(town, two[0])
    with pytest.raises(Refused, match="不得自己复核"):
        calendars.decide(change, take=True, by=two[0], at=town.at)
    with pytest.raises(Refused, match="系统管理员"):
        calendars.decide(change, take=True, by=town.people["org_leader1"], at=town.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarChange.objects.filter(pk=change.pk).update(decided_by=two[0])
    assert not CalendarDay.objects.filter(date__year=2027).exists()


def test_a_refused_change_changes_nothing_and_both_ways_stand_in_the_journal(town: Town, two: list[Account]) -> None:
    assert calendars.decide(put_in(town, two[0]), take=False, by=two[1], at=town.at) == 0
    assert not CalendarDay.objects.filter(date__year=2027).exists()
    calendars.decide(put_in(town, two[0]), take=True, by=two[1], at=town.at)
    assert CalendarDay.objects.filter(date__year=2027).count() == 11
    told = Record.objects.filter(chain=f"J{town.city.pk}", kind="CALENDAR").values_list("outcome", flat=True)
    assert list(told) == ["refused", "taken"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rest": "元旦"}, "不是日期加名称"), ({"rest": ""}, "没有列出"), ({"rest": "2026-01-01 元旦"}, "不在2027年"),
        ({"makeup": "2027-02-22 春节调休上班"}, "应在周末"), ({"makeup": "2027-01-03 元旦"}, "列了两次"), ({"source": "通知"}, "文号"),
    ],
)  # fmt: skip
def test_a_notice_is_refused_with_the_reason(town: Town, two: list[Account], changes: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        put_in(town, two[0], **changes)  # type: ignore[arg-type]


def test_a_second_change_of_a_year_waits_for_the_first(town: Town, two: list[Account]) -> None:
    put_in(town, two[0])
    with pytest.raises(Refused, match="等待复核"):
        put_in(town, two[1])


def test_the_page_shows_a_year_and_takes_a_notice_from_two(town: Town, two: list[Account], client: Client) -> None:
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    assert "国庆节" in client.get("/calendar/?year=2026").content.decode()
    assert "还没有载入" in client.get("/calendar/?year=2027").content.decode()
    assert "载入通知" not in client.get("/calendar/?year=2027").content.decode()
    stated = {"year": "2027", "source": SOURCE, "rest": "元旦", "makeup": MAKEUP}
    client.force_login(two[0], backend="django.contrib.auth.backends.ModelBackend")
    refused = client.post("/calendar/", stated)
    assert refused.status_code == 409
    assert MAKEUP in refused.content.decode(), "what was typed is kept"
    assert client.post("/calendar/", stated | {"rest": REST}).status_code == 302
    change = CalendarChange.objects.get()
    assert client.post(f"/calendar/{change.pk}/", {"take": "1"}).status_code == 409
    client.force_login(two[1], backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/calendar/{change.pk}/", {"take": "1"})
    page = client.get("/calendar/?year=2027").content.decode()
    assert "2027-02-05" in page and SOURCE in page


def test_a_span_and_a_finished_period_are_left_alone(town: Town, two: list[Account]) -> None:
    case = at_new_year(town)
    done = Deadline.objects.get(case=case, rule_id="DN-HEARING")
    conduct.expire(done.pk, at=done.fires_at)
    before = Deadline.objects.filter(case=case, closed_at__isnull=False).values_list("pk", "last_day")
    kept = dict(before)
    calendars.decide(put_in(town, two[0], "2027-01-01至2027-01-05 元旦", ""), take=True, by=two[1], at=town.at + timedelta(days=30))
    work_off(town)
    assert dict(Deadline.objects.filter(pk__in=kept).values_list("pk", "last_day")) == kept
