"""Scores of a competition (seed practice, P)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.rules.competition import leaders, ranking, total, weights_are_whole

WEIGHTS = {"笔试": 40, "面试": 35, "民主测评": 25}


@pytest.mark.parametrize(("weights", "whole"), [
    ([40, 35, 25], True), ([100], True), ([40, 35, 24], False), ([40, 35, 26], False), ([120, -20], False), ([100, 0], False), ([], False),
])  # fmt: skip
def test_weights_sum_to_exactly_a_hundred_and_none_is_empty(weights: list[int], whole: bool) -> None:
    assert weights_are_whole(weights) is whole


def test_the_total_is_rounded_half_up_to_two_decimals() -> None:
    assert total({"笔试": Decimal("80.01"), "面试": Decimal("80.00"), "民主测评": Decimal("80.00")}, WEIGHTS) == Decimal("80.00")
    assert total({"甲": Decimal("80.01"), "乙": Decimal("80.00")}, {"甲": 50, "乙": 50}) == Decimal("80.01")


def test_a_group_without_a_score_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(KeyError):
        total({"笔试": Decimal(80)}, WEIGHTS)


def test_the_highest_comes_first_and_equals_lead_together() -> None:
    scores = {3: {"甲": Decimal(90)}, 1: {"甲": Decimal(90)}, 2: {"甲": Decimal(95)}}
    assert [one for one, _ in ranking(scores, {"甲": 100})] == [2, 1, 3]
    assert leaders(ranking(scores, {"甲": 100})) == [2]
    assert leaders(ranking({k: v for k, v in scores.items() if k != 2}, {"甲": 100})) == [1, 3]
