"""A score comes from its raw rows and says how."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.workflow_app.assessment.scheme import LEADER, PEERS, PUBLIC, RESULTS, SERVICE, person, raws, scheme
from workflow_app.assessment.scoring.inputs import Adjusted, Adjustment, Kind, Rated, Raw, Scheme, Veto
from workflow_app.assessment.scoring.means import of_group, trimmed_count
from workflow_app.assessment.scoring.sheet import Sheet
from workflow_app.assessment.scoring.tree import Node

VALUES = some.lists(some.integers(0, 10000).map(lambda n: Decimal(n) / 100), min_size=1, max_size=70)


def score_of(one: Rated, plan: Scheme | None = None) -> Node:
    return Sheet(plan or scheme(), [one]).total(one.person)


@pytest.mark.parametrize(("number", "cut"), [(1, 0), (19, 0), (20, 1), (39, 1), (40, 2), (59, 2), (60, 3)])
def test_five_per_cent_are_left_out_at_each_end_and_fewer_than_twenty_are_not_trimmed(number: int, cut: int) -> None:
    assert trimmed_count(number) == cut
    node = of_group(PEERS, raws("service", "peers", *range(number)))
    assert sum(leaf.left_out for leaf in node.leaves) == 2 * cut
    assert ("NO_TRIM" in node.flags) == (cut == 0)
    assert len(node.leaves) == number, "every raw row stays to be seen"


@given(VALUES)
def test_the_trimmed_mean_is_that_of_its_naive_twin(values: list[Decimal]) -> None:
    left = sorted(values)
    for _ in range(int(0.05 * len(values))):
        left.remove(min(left))
        left.remove(max(left))
    node = of_group(PEERS, raws("service", "peers", *[str(one) for one in values]))
    assert node.value is not None
    assert abs(node.value - sum(left) / len(left)) <= Decimal("0.00005")


@given(some.permutations(range(25)), some.lists(some.integers(0, 100), min_size=25, max_size=25))
def test_who_gave_which_rating_changes_nothing(order: list[int], values: list[int]) -> None:
    rows = raws("service", "peers", *values)
    shuffled = tuple(Raw(rows[n].row, "service", rows[place].value, "peers") for n, place in enumerate(order))
    assert of_group(PEERS, rows).value == of_group(PEERS, shuffled).value
    assert score_of(person(raws=rows)).value == score_of(person(raws=shuffled)).value


def test_scales_are_converted_four_point_eight_of_five_is_ninety_six() -> None:
    assert of_group(PUBLIC, raws("service", "public", "4.8", scale=5)).value == 96
    assert of_group(PUBLIC, raws("service", "public", 7, scale=10)).value == 70


def test_everybody_says_eighty_so_it_is_eighty() -> None:
    assert score_of(person()).value == Decimal("80.00")
    assert score_of(person()).all_flags() == ("NO_TRIM",)


@given(some.integers(0, 100), some.integers(0, 100), some.integers(0, 100), some.integers(0, 100))
def test_the_total_is_the_weighted_sum(leader: int, peers: int, public: int, result: int) -> None:
    rated = (Decimal(30 * leader + 30 * peers + 40 * public)) / 100
    wanted = (rated * 20 + Decimal(result) * 50 + rated * 30) / 100
    found = score_of(person(leader=leader, peers=peers, public=public, result=result)).value
    assert found is not None
    assert abs(found - wanted) <= Decimal("0.005")


def test_a_missing_group_gives_its_weight_to_the_others_and_it_is_flagged() -> None:
    rows = raws("service", "leader", 90) + raws("service", "public", 60, 60)
    node = next(one for one in score_of(person(raws=rows)).every() if one.key == "service")
    assert [str(part.weight) for part in node.parts] == ["42.8571", "0", "57.1429"]
    assert node.value == Decimal("72.8571"), "(30 x 90 + 40 x 60) / 70"
    assert "RESPREAD" in node.flags
    assert "MISSING_GROUP" in node.parts[1].flags


def test_a_group_with_too_few_answers_counts_as_missing() -> None:
    plan = scheme(groups=(LEADER, PEERS, replace(PUBLIC, least=30)))
    for answers, counted in ((29, False), (30, True)):
        rows = raws("service", "leader", 90) + raws("service", "public", *[60] * answers)
        node = [one for one in score_of(person(raws=rows), plan).every() if one.key == "public"][-1]  # of the service
        assert (node.value is not None) == counted


def test_seven_to_three() -> None:
    plan = scheme(quantitative=Decimal(70))
    assert score_of(person(result=100, leader=50, peers=50, public=50), plan).value == Decimal("85.00")


@pytest.mark.parametrize(
    ("plan", "more", "value", "flag"),
    [
        ({"routine": Decimal(40)}, {"routine": raws("", "", 90, 100)}, "86.00", None),
        ({"routine": Decimal(40)}, {}, "80.00", "ROUTINE_MISSING"),
        ({"multiplier_base": Decimal(80)}, {"coefficient": Decimal(84)}, "84.00", None),
        ({"multiplier_base": Decimal(80)}, {}, "80.00", "COEFFICIENT_MISSING"),
        ({}, {"adjusted": (Adjusted("debt:1", Adjustment.DEBT, Decimal(3), "债务率超上限3个百分点"),)}, "75.20", None),
        ({}, {"adjusted": (Adjusted("debt:1", Adjustment.DEBT, Decimal(60), "债务率超上限60个百分点"),)}, "0.00", None),
        ({}, {"adjusted": (Adjusted("b", Adjustment.BONUS, Decimal(2), "揭榜"), Adjusted("d", Adjustment.DEDUCTION, Decimal("0.5"), "通报"))}, "81.50", None),
        ({}, {"falsified": ("results",)}, "40.00", "FALSIFIED"),
        ({}, {"vetoes": (Veto("v", "违反政治纪律，已认定"),)}, "80.00", "VETO"),
    ],
)  # fmt: skip
def test_steps_after_the_indicators(plan: dict[str, Any], more: dict[str, Any], value: str, flag: str | None) -> None:
    node = score_of(person(**more), scheme(**plan))
    assert str(node.value) == value
    assert flag is None or flag in node.all_flags()


def test_below_a_floor_the_total_is_at_most_what_the_scheme_says() -> None:
    plan = scheme(indicators=(scheme().indicators[0], RESULTS, replace(SERVICE, floor=Decimal(60))))
    good = {"leader": 90, "peers": 90, "result": 100}
    assert score_of(person(public=15, **good), plan).value == Decimal("80.00"), "60.00 is not below"
    node = score_of(person(public=14, **good), plan)
    assert str(node.value) == "59.99"
    assert "FLOORED" in node.all_flags()


def test_a_low_score_of_somebody_whom_the_public_approves_is_heard_again() -> None:
    for public, result, heard in ((80, 40, True), (79, 40, False), (80, 100, False)):
        assert ("REHEAR" in score_of(person(leader=50, peers=50, public=public, result=result)).flags) == heard, (public, result)


def test_nothing_rated_is_no_score_and_not_a_zero() -> None:
    node = score_of(person(raws=()))
    assert node.value is None
    assert "NO_SCORE" in node.flags


def test_the_explanation_goes_into_json_and_comes_back_the_same() -> None:
    node = score_of(person(public=71), scheme(routine=Decimal(40)))
    stored = json.dumps(node.plain(), ensure_ascii=False)
    assert Node.read(json.loads(stored)) == node
    rows = {leaf.row for one in node.every() for leaf in one.leaves}
    assert rows == {raw.row for raw in person().raws}, "down to every raw row"


def test_what_is_shown_adds_up_to_what_is_shown() -> None:
    node = score_of(person(leader=71, peers=83, public=66, result=77))
    for one in node.every():
        if one.rule in ("GROUPS", "INDICATORS", "SHARES"):
            summed = sum((part.weight or 0) * (part.value or 0) for part in one.parts) / Decimal(100)
            assert one.value is not None
            assert abs(summed - one.value) <= Decimal("0.0005"), one


@given(some.lists(some.tuples(some.integers(0, 5), some.integers(0, 100)), min_size=1, max_size=8))
def test_changing_raw_rows_one_by_one_ends_where_computing_anew_ends(changes: list[tuple[int, int]]) -> None:
    sheet = Sheet(scheme(), [person("a", public=60), person("b"), *[person(str(n), result=50 + n) for n in range(4)]])
    for one in sheet.people:
        sheet.score(one)
    for place, value in changes:
        old = sheet.people["a"].raws[place]
        sheet.change("a", replace(old, value=Decimal(value)))
    anew = Sheet(scheme(), sheet.people.values())
    assert [sheet.score(one) for one in sheet.people] == [anew.score(one) for one in anew.people]


def test_one_changed_rating_computes_anew_only_what_stands_above_it() -> None:
    sheet = Sheet(scheme(), [person(str(n), result=50 + n) for n in range(30)])
    for one in sheet.people:
        sheet.score(one)
    assert sheet.computed == {"cell": 180, "indicator": 90, "part": 60, "total": 30, "political": 30, "approval": 30, "standings": 1}
    sheet.computed.clear()
    peers = next(raw for raw in sheet.people["7"].raws if (raw.indicator, raw.group) == ("service", "peers"))
    sheet.change("7", replace(peers, value=Decimal(12)))
    for one in sheet.people:
        sheet.score(one)
    assert sheet.computed == {"cell": 1, "indicator": 1, "part": 1, "total": 1, "standings": 1}
    sheet.computed.clear()
    measured = next(raw for raw in sheet.people["7"].raws if raw.group == "")
    sheet.change("7", replace(measured, value=Decimal(12)))
    for one in sheet.people:
        sheet.score(one)
    assert sheet.computed == {"indicator": 1, "part": 1, "total": 1, "standings": 1}


def test_kinds_of_indicators_are_the_two_of_the_reference() -> None:
    assert {one.value for one in Kind} == {"QUANTITATIVE", "QUALITATIVE"}
