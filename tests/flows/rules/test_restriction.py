"""Until when the restriction runs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.restriction import ends_on, is_over

DAYS = st.dates(date(2004, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("effective_on", "months", "end"),
    [
        (date(2026, 3, 15), 12, date(2027, 3, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_it_ends_on_the_same_day_of_the_month_or_on_its_last(effective_on: date, months: int, end: date) -> None:
    assert ends_on(effective_on=effective_on, months=months) == end


@given(DAYS, st.integers(0, 36))
def test_it_still_bars_on_its_last_day_and_no_longer_on_the_next(effective_on: date, months: int) -> None:
    last = ends_on(effective_on=effective_on, months=months)
    assert not is_over(effective_on=effective_on, months=months, today=last)
    assert is_over(effective_on=effective_on, months=months, today=last + timedelta(days=1))


@given(DAYS, st.integers(0, 35))
def test_a_month_more_never_ends_earlier(effective_on: date, months: int) -> None:
    assert ends_on(effective_on=effective_on, months=months) < ends_on(effective_on=effective_on, months=months + 1)
