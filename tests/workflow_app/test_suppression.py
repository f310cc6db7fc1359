"""Counts of people: five or nothing, and nothing that subtraction would tell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from workflow_app.suppression import K, suppress


def test_five_is_shown_and_four_is_not() -> None:
    assert suppress({"甲": 5, "乙": 9}).cells == {"甲": 5, "乙": 9}
    assert suppress({"甲": 4, "乙": 9, "丙": 20}).cells == {"甲": None, "乙": None, "丙": 20}


def test_two_small_ones_of_fewer_than_five_together_take_a_third_with_them() -> None:
    assert suppress({"甲": 2, "乙": 1, "丙": 6, "丁": 20}).cells == {"甲": None, "乙": None, "丙": None, "丁": 20}
    assert suppress({"甲": 2, "乙": 3, "丙": 6}).cells == {"甲": None, "乙": None, "丙": 6}


def test_where_nothing_is_left_to_hide_behind_the_total_is_hidden_too() -> None:
    assert suppress({"甲": 3, "乙": 0}).total is None
    assert suppress({"甲": 1, "乙": 2}).total is None


def test_zero_is_about_nobody() -> None:
    found = suppress({"甲": 0, "乙": 7})
    assert (found.cells, found.total) == ({"甲": 0, "乙": 7}, 7)


@given(some.dictionaries(some.text("甲乙丙丁戊己庚", min_size=1, max_size=2), some.integers(0, 30), max_size=7))
def test_what_is_hidden_cannot_be_worked_out(counts: dict[str, int]) -> None:
    shown = suppress(counts)
    hidden = [counts[name] for name, one in shown.cells.items() if one is None]
    assert all(one is None or one == 0 or one >= K for one in shown.cells.values())
    assert all(one is None or one == counts[name] for name, one in shown.cells.items())
    if hidden and shown.total is not None:
        assert len(hidden) >= 2
        assert shown.total - sum(one or 0 for one in shown.cells.values()) >= K
