"""Dates that explain themselves: against a naive counter, out of the stored explanation, and in words."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from workflow_app import because, clock
from workflow_app.clock import Calendar, Rule, calendar_from_db, last_day
from workflow_app.law import known_rules
from workflow_app.pages import dates

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db
RULES = known_rules()


def test_every_date_from_2004_to_2026_equals_a_day_by_day_counter() -> None:
    calendar = calendar_from_db()
    start, checked = date(2004, 1, 1), 0
    while start <= date(2026, 12, 31):
        day, counted = start, 0
        while counted < 60:
            day += DAY
            rests = (
                day in calendar.rest or (day.weekday() > 4 and day not in calendar.makeup) if day.year in calendar.years else _plain(day)
            )
            if rests:
                continue
            counted += 1
            assert calendar.workdays_on(start, counted) == day, (start, counted)
            checked += 1
        start += DAY
    assert checked == 8401 * 60


def _plain(day: date) -> bool:
    return day.weekday() > 4 or (day.month, day.day) in clock.FIXED_HOLIDAYS


def one_of_many(dice: random.Random, calendar: Calendar) -> clock.Answer:
    rule = dice.choice(sorted(RULES.values(), key=lambda one: one.rule_id))
    start = date(2004, 1, 5) + DAY * dice.randrange(8000)
    spans = []
    for _ in range(dice.choice((0, 0, 1, 2))):
        first = start + DAY * dice.randrange(40)
        spans.append((first, first + DAY * dice.randrange(90)))
    extend = dice.randint(0, rule.extend_by)
    return last_day(rule=rule, start=start, calendar=calendar, extend=extend, suspended=spans, counts_start=dice.random() < 0.2)


def test_ten_thousand_stored_explanations_give_the_same_answer_again() -> None:
    dice, calendar = random.Random(20261121), calendar_from_db()
    for _ in range(10_000):
        answer = one_of_many(dice, calendar)
        told = clock.again(answer.explanation, calendar)
        assert (told.last_day, told.provisional, told.explanation) == (answer.last_day, answer.provisional, answer.explanation)


def test_an_explanation_needs_no_law_table() -> None:
    answer = last_day(rule=RULES["DN-VERIFY"], start=date(2026, 3, 2), calendar=calendar_from_db(), extend=30)
    told = {**answer.explanation, "length": 10}
    assert clock.again(told, calendar_from_db()).explanation["unmoved"] == "2026-04-11", "ten days and thirty more"


@pytest.mark.parametrize(
    ("rule", "start", "target"),
    [("DN-HEARING", date(2026, 3, 2), "2026-03-06"), ("DN-LEGAL-MAX", date(2026, 3, 2), "2026-03-18"), ("DN-VERIFY", date(2026, 3, 2), "2026-04-24"),
     ("DN-ADM-BAR", date(2026, 3, 2), None), ("UP-NOTICE", date(2026, 3, 2), None)],
)  # fmt: skip
def test_a_target_lies_before_the_last_lawful_day_of_an_act(rule: str, start: date, target: str | None) -> None:
    assert last_day(rule=RULES[rule], start=start, calendar=calendar_from_db()).explanation["target"] == target


def test_yellow_from_the_target_day_and_red_on_the_last_lawful_one() -> None:
    told = last_day(rule=RULES["DN-LEGAL-MAX"], start=date(2026, 3, 2), calendar=calendar_from_db()).explanation
    last = date.fromisoformat(told["last_day"])
    levels = {day: dates.due(last, date(2026, 3, day), told=told).level for day in (17, 18, 20, 23, 24)}
    assert levels == {17: "ok", 18: "warning", 20: "warning", 23: "danger", 24: "danger"}
    assert dates.due(last, last, told=told, suspended=True).words == "中止中"


def test_the_person_s_own_period_is_never_shown_as_standing_still() -> None:
    told = last_day(rule=RULES["DN-HEARING"], start=date(2026, 3, 2), calendar=calendar_from_db()).explanation
    assert dates.due(date(2026, 3, 9), date(2026, 3, 3), told=told, suspended=True).words != "中止中"


def test_words_name_rule_source_certainty_and_every_skipped_day() -> None:
    answer = last_day(rule=RULES["RM-REVIEW-FILE"], start=date(2026, 5, 1), calendar=calendar_from_db())
    words = "".join(because.why(answer.explanation))
    for part in ("RM-REVIEW-FILE", "自2026-05-01起30日", "2026-05-31（周日）", "顺延", "公务员法 art.95"):
        assert part in words
    assert "项目默认，不是法定" in "".join(
        because.why(last_day(rule=RULES["DN-PLACE"], start=date(2026, 3, 2), calendar=calendar_from_db()).explanation)
    )


def test_a_figure_of_the_project_is_never_printed_as_law() -> None:
    calendar = calendar_from_db()
    for rule in RULES.values():
        paper = because.on_paper(last_day(rule=rule, start=date(2026, 9, 28), calendar=calendar).explanation)
        assert ("不是法定期限" in paper) == ("PROJECT DEFAULT" in rule.source), rule.rule_id
        assert "PROJECT" not in paper


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_period_opened_while_the_case_stands_still_starts_with_the_resumption(days: int) -> None:
    rule: Rule = RULES["DN-LEGAL-MAX"]
    opened, calendar = date(2026, 3, 10), calendar_from_db()
    gone_on = opened + DAY * days
    held = last_day(rule=rule, start=opened, calendar=calendar, suspended=[(date(2026, 2, 2), gone_on)])
    assert (
        held.last_day
        == last_day(rule=rule, start=gone_on - (0 if calendar.is_workday(gone_on)[0] else 1) * DAY, calendar=calendar).last_day
    )
