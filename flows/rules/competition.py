"""Scores of a competition: several groups of raters, each with its weight; the weights sum to 100 % (seed practice, P)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
WHOLE = 100


def weights_are_whole(weights: Sequence[int]) -> bool:
    """Whether the weights sum to exactly 100 %, none of them zero or less."""
    return sum(weights) == WHOLE and all(weight > 0 for weight in weights)


def total(scores: Mapping[str, Decimal], weights: Mapping[str, int]) -> Decimal:
    """The weighted score, two decimals, half up. Raises KeyError when a group has given no score."""
    points = sum((scores[group] * weight for group, weight in weights.items()), Decimal(0)) / WHOLE
    return points.quantize(CENT, ROUND_HALF_UP)


def ranking(scores: Mapping[int, Mapping[str, Decimal]], weights: Mapping[str, int]) -> list[tuple[int, Decimal]]:
    """Applicants by total, the highest first; equal totals stay in the order of the applicants' keys."""
    totals = [(applicant, total(of, weights)) for applicant, of in scores.items()]
    return sorted(totals, key=lambda one: (-one[1], one[0]))


def leaders(ranked: Sequence[tuple[int, Decimal]]) -> list[int]:
    """Who has the highest total; more than one when they are equal."""
    return [applicant for applicant, points in ranked if points == ranked[0][1]]
