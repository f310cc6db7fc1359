"""Law of the remedies on plain values: never heavier, other organs, a lawful committee, the track."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.law import GRADES, KINDS, MATTERS, TRACKS
from flows.rules.measure import Measure
from flows.rules.remedy import (
    Seat,
    appeal_track,
    committee_fault,
    gets_heavier,
    is_named,
    may_hear_appeal,
    may_hear_reappeal,
    opinion_fault,
)

AMOUNTS = {"months": st.integers(0, 36), "rank_steps": st.integers(0, 3), "pay_cut": st.integers(0, 100)}
ADJUSTMENTS = st.fixed_dictionaries({"kind": st.sampled_from(sorted(KINDS)), **AMOUNTS})
RESULTS = st.one_of(ADJUSTMENTS, st.fixed_dictionaries({"kind": st.sampled_from(sorted(GRADES))}))


def weight(one: dict[str, Any]) -> tuple[str, int]:
    """Which order a result stands in, and where."""
    return ("grade", GRADES[one["kind"]].weight) if one["kind"] in GRADES else ("kind", KINDS[one["kind"]].weight)


# SD-18, over all pairs of kinds and grades, written without a look at the rule.
@pytest.mark.parametrize(("before", "after"), list(product([*KINDS, *GRADES], repeat=2)))
def test_a_kind_further_up_the_order_is_heavier_for_every_pair(before: str, after: str) -> None:
    (of, old), (now, new) = weight({"kind": before}), weight({"kind": after})
    assert gets_heavier({"kind": before}, {"kind": after}) == (of != now or new > old)


@given(before=RESULTS, after=RESULTS)
def test_what_is_not_heavier_is_heavier_in_no_respect(before: dict[str, Any], after: dict[str, Any]) -> None:
    if gets_heavier(before, after):
        return
    (of, old), (now, new) = weight(before), weight(after)
    assert (of, new <= old) == (now, True)
    if of == "kind" and new == old:
        assert all(after[name] <= before[name] for name in AMOUNTS)


@given(before=ADJUSTMENTS, name=st.sampled_from(sorted(AMOUNTS)), more=st.integers(1, 5))
def test_any_amount_added_within_a_kind_is_heavier(before: dict[str, Any], name: str, more: int) -> None:
    assert gets_heavier(before, {**before, name: before[name] + more})


@given(one=RESULTS)
def test_the_same_result_is_never_heavier(one: dict[str, Any]) -> None:
    assert not gets_heavier(one, one)


@given(one=RESULTS, two=RESULTS, three=RESULTS)
def test_what_follows_from_two_lighter_steps_is_no_heavier_kind(one: dict[str, Any], two: dict[str, Any], three: dict[str, Any]) -> None:
    if not gets_heavier(one, two) and not gets_heavier(two, three):
        assert weight(three)[1] <= weight(one)[1]


def test_the_order_of_kinds_is_data() -> None:
    order = sorted(KINDS.values(), key=lambda kind: kind.weight)
    assert [kind.code for kind in order] == ["LATERAL", "RETRAIN", "TO_RANK", "REMOVE", "DEMOTE"]
    assert Measure("LATERAL").weight == Measure("RETRAIN").weight


# Organs: 省(1) > 市(2) > 县(3); departments 9 of the city, 8 of the province, 7 of the county.
PROVINCE, CITY, COUNTY = Seat(1, (1,)), Seat(2, (1, 2)), Seat(3, (1, 2, 3))
OF_PROVINCE, OF_CITY, OF_COUNTY, OTHER_CITY = Seat(8, (1,)), Seat(9, (1, 2)), Seat(7, (1, 2, 3)), Seat(6, (1, 5))


@pytest.mark.parametrize(
    ("organ", "other", "may"),
    [
        (CITY, OF_CITY, True), (CITY, PROVINCE, True), (CITY, OF_PROVINCE, True), (CITY, CITY, False), (CITY, OF_COUNTY, False),
        (CITY, OTHER_CITY, False), (COUNTY, OF_COUNTY, True), (COUNTY, CITY, True), (COUNTY, OF_CITY, True),
    ],
)  # fmt: skip
def test_an_appeal_goes_to_another_organ_of_the_same_line(organ: Seat, other: Seat, may: bool) -> None:
    assert may_hear_appeal(organ, other) is may


@pytest.mark.parametrize(
    ("organ", "other", "may"),
    [
        (OF_CITY, OF_PROVINCE, True), (OF_CITY, PROVINCE, True), (OF_CITY, CITY, False), (OF_CITY, OF_CITY, False),
        (OF_COUNTY, OF_PROVINCE, False), (OF_COUNTY, OF_CITY, True), (OF_PROVINCE, OF_CITY, False), (PROVINCE, PROVINCE, False),
    ],
)  # fmt: skip
def test_a_reappeal_goes_exactly_one_level_up(organ: Seat, other: Seat, may: bool) -> None:
    assert may_hear_reappeal(organ, other) is may


@given(members=st.lists(st.integers(1, 9), max_size=9), chairs=st.lists(st.integers(1, 9), max_size=3))
def test_a_committee_is_odd_distinct_and_has_one_chair(members: list[int], chairs: list[int]) -> None:
    lawful = len(set(members)) == len(members) >= 3 and len(members) % 2 == 1 and len(chairs) == 1
    fault = committee_fault(members, chairs)
    assert (fault is None) == lawful
    assert fault is None or (fault.rule == "SD-6" and fault.reason and fault.way_out)


@given(votes=st.lists(st.sampled_from(["uphold", "revoke", "change"]), min_size=3, max_size=9))
def test_the_opinion_has_more_than_half_of_all_members(votes: list[str]) -> None:
    for outcome in ("uphold", "revoke", "change"):
        assert (opinion_fault(outcome, votes) is None) == (votes.count(outcome) > len(votes) / 2)


@pytest.mark.parametrize(
    ("kind", "leading", "track"),
    [
        ("DEMOTE", False, "civil_servant"), ("DEMOTE", True, "leading_member"), ("LATERAL", False, "civil_servant"),
        ("INCOMPETENT", False, "civil_servant"), ("INCOMPETENT", True, "leading_member"), ("BASIC", False, "annual_grade"),
        ("BASIC", True, "annual_grade"), ("org_measure", True, "org_measure"), ("accountability", False, "accountability"),
        ("supervision", False, "supervision"),
    ],
)  # fmt: skip
def test_the_track_follows_from_the_post_and_the_kind_of_measure(kind: str, leading: bool, track: str) -> None:
    assert appeal_track(kind=kind, leading_member=leading).code == track


def test_other_procedures_are_only_shown() -> None:
    assert {track.code for track in TRACKS.values() if track.use == "information"} == {
        "org_measure",
        "accountability",
        "supervision",
        "engaged",
    }


def test_the_law_names_demotion_removal_and_incompetent_only() -> None:
    assert {kind for kind in MATTERS if is_named(kind)} == {"DEMOTE", "REMOVE", "INCOMPETENT"}
    assert not is_named("unknown")


def test_above_the_highest_place_nobody_hears_a_reappeal() -> None:
    assert not may_hear_reappeal(Seat(1, (1,)), Seat(2, ()))
    assert not may_hear_reappeal(Seat(1, ()), Seat(1, ())), "nor the same organ again"
