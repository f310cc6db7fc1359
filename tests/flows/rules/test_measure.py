"""What is heavier: the order of kinds, then any amount; and lighter, which trades nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.law import KINDS
from flows.rules.measure import Measure, heavier, lighter

MEASURES = st.builds(
    Measure, kind=st.sampled_from(sorted(KINDS)), months=st.integers(0, 3), rank_steps=st.integers(0, 2), pay_cut=st.integers(0, 2)
)
ORDER = [("LATERAL", "TO_RANK"), ("RETRAIN", "TO_RANK"), ("TO_RANK", "REMOVE"), ("REMOVE", "DEMOTE")]


@pytest.mark.parametrize(("less", "more"), ORDER)
def test_the_kind_decides_before_every_amount(less: str, more: str) -> None:
    assert heavier(Measure(more), Measure(less, months=36, rank_steps=3, pay_cut=50))


def test_lateral_adjustment_and_retraining_weigh_the_same() -> None:
    assert not heavier(Measure("LATERAL"), Measure("RETRAIN"))
    assert not heavier(Measure("RETRAIN"), Measure("LATERAL"))


@pytest.mark.parametrize("amount", ["months", "rank_steps", "pay_cut"])
def test_within_a_kind_each_single_amount_makes_it_heavier(amount: str) -> None:
    assert heavier(Measure("DEMOTE", **{amount: 1}), Measure("DEMOTE"))
    assert not heavier(Measure("DEMOTE"), Measure("DEMOTE", **{amount: 1}))


def test_a_shorter_restriction_does_not_pay_for_a_lower_rank() -> None:
    told, proposed = Measure("DEMOTE", months=24, rank_steps=1), Measure("DEMOTE", months=12, rank_steps=2)
    assert heavier(proposed, told)  # so it is told and heard again
    assert not lighter(proposed, told)


def test_settled_values_come_back_as_the_same_measure() -> None:
    measure = Measure("DEMOTE", 24, 1, 10)
    assert Measure.of(measure.plain()) == measure
    assert Measure.of({"kind": "LATERAL", "months": None}) == Measure("LATERAL")


@given(MEASURES)
def test_nothing_is_heavier_or_lighter_than_itself(one: Measure) -> None:
    assert not heavier(one, one)
    assert not lighter(one, one)


@given(MEASURES, MEASURES, MEASURES)
def test_lighter_is_a_strict_order(one: Measure, two: Measure, three: Measure) -> None:
    assert not (lighter(one, two) and lighter(two, one))
    if lighter(one, two) and lighter(two, three):
        assert lighter(one, three)


@given(MEASURES, MEASURES)
def test_two_measures_are_equal_in_weight_or_one_is_heavier(one: Measure, two: Measure) -> None:
    same = replace(one, kind="X") == replace(two, kind="X") and one.weight == two.weight
    assert (heavier(one, two) or heavier(two, one)) is not same


@given(MEASURES, MEASURES, MEASURES)
def test_what_is_heavier_than_the_heavier_is_heavier_where_kinds_differ(one: Measure, two: Measure, three: Measure) -> None:
    if one.weight > two.weight > three.weight:
        assert heavier(one, two) and heavier(two, three) and heavier(one, three) and not heavier(three, one)
