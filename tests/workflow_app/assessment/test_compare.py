"""Like with like, ties, chains, thresholds, quotas; each at its boundary."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workflow_app.assessment.scoring.compare import chain, places_for, political, spread, standings, within
from workflow_app.models import AssessmentResult

SCORES = some.dictionaries(some.text("abcdefgh", min_size=1, max_size=3), some.one_of(some.none(), some.integers(50, 60).map(Decimal)))


def scores(*values: int | None) -> dict[str, Decimal | None]:
    return {str(n): None if value is None else Decimal(value) for n, value in enumerate(values)}


def test_a_group_of_four_has_no_places_and_one_of_five_has() -> None:
    assert {one.rank for one in standings(scores(90, 80, 70, 60)).values()} == {None}
    assert [one.rank for one in standings(scores(90, 80, 70, 60, 50)).values()] == [1, 2, 3, 4, 5]


def test_who_has_no_score_does_not_make_the_group_larger() -> None:
    assert {one.rank for one in standings(scores(90, 80, 70, 60, None)).values()} == {None}


def test_who_shares_the_bottom_is_not_last() -> None:
    assert [one.last for one in standings(scores(90, 80, 70, 60, 50)).values()] == [False] * 4 + [True]
    tied = standings(scores(90, 80, 70, 50, 50))
    assert not any(one.last for one in tied.values())
    assert [one.rank for one in tied.values()] == [1, 2, 3, 4, 4]
    assert [one.shared for one in tied.values()] == [False] * 3 + [True] * 2


@given(SCORES)
def test_places_agree_with_counting_by_hand(given_scores: dict[str, Decimal | None]) -> None:
    found = standings(given_scores)
    counted = [one for one in given_scores.values() if one is not None]
    for person, one in found.items():
        score = given_scores[person]
        if score is None or len(counted) < 5:
            assert one.rank is None
            assert not one.last
            continue
        assert one.rank == 1 + sum(1 for other in counted if other > score)
        assert one.last == (score == min(counted) and counted.count(score) == 1)


@pytest.mark.parametrize(
    ("score", "meaning"),
    [("90.00", "EXCELLENT"), ("89.99", "QUALIFIED"), ("89.995", "EXCELLENT"), ("89.9949", "QUALIFIED"), ("80.00", "QUALIFIED"), ("79.99", "STUDY"), ("79.995", "QUALIFIED")],
)  # fmt: skip
def test_political_quality_to_two_decimals_half_up(score: str, meaning: str) -> None:
    assert political(Decimal(score)) == meaning


@pytest.mark.parametrize(("number", "share", "places"), [(9, 20, 1), (10, 20, 2), (14, 20, 2), (4, 20, 0), (23, 25, 5), (10, 30, 3)])
def test_the_quota_is_rounded_down(number: int, share: int, places: int) -> None:
    assert places_for(number, Decimal(share)) == places


def test_equals_who_would_exceed_the_quota_stay_out_together() -> None:
    assert within(scores(95, 90, 90, 80, 70, 60, 60, 60, 60, 60), Decimal(20)) == ("0",)
    assert within(scores(90, 90, 80, 80, 70, 60, 60, 60, 60, 60), Decimal(20)) == ("0", "1")


@given(SCORES, some.integers(0, 100))
def test_the_quota_is_never_exceeded(given_scores: dict[str, Decimal | None], share: int) -> None:
    assert len(within(given_scores, Decimal(share))) <= len(given_scores) * share / 100


def year(number: int, grade: str = "COMPETENT") -> AssessmentResult:
    return AssessmentResult(year=number, grade=grade)


def test_a_year_that_is_missing_or_without_a_grade_breaks_a_chain() -> None:
    whole = {n: year(n) for n in (2023, 2024, 2025)}
    assert chain(whole, 2025, 3, lambda row: True)
    assert not chain({**whole, 2024: year(2024, "")}, 2025, 3, lambda row: True)
    assert not chain({2023: whole[2023], 2025: whole[2025]}, 2025, 3, lambda row: True)


def test_a_spread_of_less_than_thirty_per_cent_is_too_close() -> None:
    assert spread([Decimal(100), Decimal(70)]) == Decimal("30.00")
    assert spread([Decimal(100), Decimal("70.01")]) == Decimal("29.99")
    assert spread([]) is None
