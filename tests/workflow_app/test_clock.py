"""Dates: against a day-by-day counter, at month ends, over make-up days and unpublished years."""

from __future__ import annotations

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.clock import Calendar, TooLong, add_months, calendar_from_db, last_day
from workflow_app.law import known_rules

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def by_hand(start: date, count: int, calendar: Calendar) -> date:
    day = start
    while count:
        day += DAY
        rests = day in calendar.rest or (day.weekday() > 4 and day not in calendar.makeup)
        count -= not rests
    return day


@settings(max_examples=300, deadline=None)
@given(st.dates(date(2004, 1, 1), date(2026, 9, 1)), st.integers(1, 60))
def test_working_days_equal_a_day_by_day_counter(start: date, count: int) -> None:
    calendar = calendar_from_db()
    assert calendar.workdays_on(start, count) == by_hand(start, count, calendar)


def test_five_working_days_over_the_national_holiday_of_2026() -> None:
    answer = last_day(rule=known_rules()["DN-HEARING"], start=date(2026, 9, 29), calendar=calendar_from_db())
    assert answer.last_day == by_hand(date(2026, 9, 29), 5, calendar_from_db())
    assert any(day["why"] == "国庆节" for day in answer.skipped)


def test_a_makeup_workday_counts_and_does_not_move() -> None:
    calendar = calendar_from_db()
    saturday = next(day for day in sorted(calendar.makeup) if day.year == 2026)
    assert calendar.is_workday(saturday)[0]
    assert calendar.next_workday(saturday) == saturday


def test_a_month_ends_on_the_corresponding_day_or_the_last() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2023, 12, 31), 2) == date(2024, 2, 29)
    assert add_months(date(2026, 5, 15), 12) == date(2027, 5, 15)


def test_an_act_rolls_off_a_rest_day_and_a_span_does_not() -> None:
    rules, calendar = known_rules(), calendar_from_db()
    sunday = last_day(rule=rules["RM-REVIEW-FILE"], start=date(2026, 5, 1), calendar=calendar)
    assert sunday.explanation["unmoved"] == "2026-05-31"
    assert sunday.last_day == date(2026, 6, 1)
    span = last_day(rule=rules["DN-ADM-BAR"], start=date(2025, 11, 30), calendar=calendar)
    assert span.last_day == date(2026, 5, 30), "a Saturday stays"


def test_an_extension_is_capped_and_added_before_the_move() -> None:
    rule, calendar = known_rules()["DN-VERIFY"], calendar_from_db()
    assert last_day(rule=rule, start=date(2026, 3, 2), calendar=calendar, extend=30).explanation["unmoved"] == "2026-05-31"
    with pytest.raises(TooLong):
        last_day(rule=rule, start=date(2026, 3, 2), calendar=calendar, extend=31)


def test_suspension_stops_internal_clocks_only() -> None:
    rules, calendar = known_rules(), calendar_from_db()
    stop = [(date(2026, 3, 10), date(2026, 3, 20))]
    assert (
        last_day(rule=rules["DN-VERIFY"], start=date(2026, 3, 2), calendar=calendar, suspended=stop).explanation["unmoved"] == "2026-05-11"
    )
    free, held = (last_day(rule=rules["DN-HEARING"], start=date(2026, 3, 2), calendar=calendar, suspended=s) for s in ([], stop))
    assert free.last_day == held.last_day


def test_an_unpublished_year_is_provisional_and_says_so() -> None:
    answer = last_day(rule=known_rules()["DN-HEARING"], start=date(2026, 12, 29), calendar=calendar_from_db())
    assert answer.provisional
    assert not last_day(rule=known_rules()["DN-HEARING"], start=date(2026, 12, 1), calendar=calendar_from_db()).provisional


@pytest.mark.parametrize("rule", sorted(known_rules()))
def test_every_rule_answers_the_command(rule: str) -> None:
    out = StringIO()
    call_command("deadline", rule, "--from", "2026-03-02", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert set(answer) == {"rule", "from", "last_day", "provisional", "certainty", "source", "calendar_version", "skipped"}
    assert answer["source"]


def test_the_command_reads_a_file_of_questions(tmp_path) -> None:  # type: ignore[no-untyped-def]
    asked, out = tmp_path / "in.csv", StringIO()
    asked.write_text("rule,from,extend\nDN-HEARING,2026-03-02,\nDN-VERIFY,2026-03-02,30\n", encoding="utf-8")
    call_command("deadline", "--batch", str(asked), stdout=out)
    assert out.getvalue().splitlines() == [
        "rule,from,extend,last_day,provisional", "DN-HEARING,2026-03-02,0,2026-03-09,false", "DN-VERIFY,2026-03-02,30,2026-06-01,false",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [("NO-RULE", "--from", "2026-03-02"), ("DN-HEARING", "--from", "2.3.2026"), ("DN-HEARING", "--from", "2026-03-02", "--extend", "6")],
)
def test_the_command_refuses_aloud(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("deadline", *words)


def test_where_the_day_of_posting_counts_the_period_ends_a_day_earlier() -> None:
    rule, calendar = known_rules()["UP-NOTICE"], calendar_from_db()
    usual, counted = (last_day(rule=rule, start=date(2026, 3, 2), calendar=calendar, counts_start=counts) for counts in (False, True))
    assert (usual.last_day, counted.last_day) == (date(2026, 3, 9), date(2026, 3, 6))


@pytest.mark.parametrize(
    ("rule", "stop", "moved"),
    [
        ("DN-LEGAL-MAX", (date(2026, 3, 4), date(2026, 3, 11)), True),
        ("DN-LEGAL-MAX", (date(2026, 6, 1), date(2026, 6, 10)), False),  # after its end: it stopped nothing
        ("DN-HEARING", (date(2026, 3, 4), date(2026, 3, 11)), False),  # the person's own period runs on
    ],
)
def test_a_suspension_stops_internal_periods_that_still_run(rule: str, stop: tuple[date, date], moved: bool) -> None:
    one, start, calendar = known_rules()[rule], date(2026, 3, 2), calendar_from_db()
    plain, held = (last_day(rule=one, start=start, calendar=calendar, suspended=stops).last_day for stops in ([], [stop]))
    assert (held > plain) == moved


@pytest.mark.parametrize(("rule", "provisional"), [("UP-PROB", False), ("DN-VISIT-3", True), ("DN-HEARING", False)])
def test_only_a_day_that_the_calendar_had_a_say_in_is_provisional(rule: str, provisional: bool) -> None:
    calendar = calendar_from_db()
    assert 2027 not in calendar.years
    answer = last_day(rule=known_rules()[rule], start=date(2026, 6, 1), calendar=calendar)
    assert answer.provisional is provisional
