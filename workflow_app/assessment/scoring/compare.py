"""Comparing like with like, counting years, thresholds and quotas. Nothing here decides about anybody (assessment §7, guards)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from workflow_app.assessment.scoring.inputs import HUNDRED
from workflow_app.assessment.scoring.tree import CENT, rounded

SMALLEST = 5  # members of a comparison group (P): below that nobody is ranked
EXCELLENT, QUALIFIED = Decimal(90), Decimal(80)  # political quality (003 甘肃): both boundaries pass
SPREAD = Decimal(30)  # per cent: below, the indicator's weight is halved next year (003 甘肃)


@dataclass(frozen=True)
class Standing:
    """A place in the like group. `rank` is None where the group is too small or the person has no score."""

    rank: int | None
    size: int
    last: bool = False
    shared: bool = False


def standings(scores: Mapping[str, Decimal | None]) -> dict[str, Standing]:
    """Places by score, equal scores share a place. Last is only who stands at the bottom alone; a group has five at least."""
    counted = sorted((value for value in scores.values() if value is not None), reverse=True)
    size, place = len(counted), {value: number for number, value in reversed(list(enumerate(counted, 1)))}
    if size < SMALLEST:
        return {person: Standing(None, size) for person in scores}
    alike = Counter(counted)
    return {
        person: Standing(None, size) if score is None else Standing(place[score], size, place[score] == size, alike[score] > 1)
        for person, score in scores.items()
    }


class Graded(Protocol):
    """Something with a grade; an empty one is a year without a grade."""

    grade: str


type_year = TypeVar("type_year", bound=Graded)


def chain(years: Mapping[int, type_year], year: int, length: int, holds: Callable[[type_year], bool]) -> bool:
    """Whether `holds` for `length` years in a row up to `year`; a year that is missing or without a grade breaks the chain."""
    rows = [years.get(year - n) for n in range(length)]
    return all(row is not None and row.grade != "" and holds(row) for row in rows)


def political(score: Decimal) -> str:
    """EXCELLENT from 90.00, QUALIFIED from 80.00, STUDY below; two decimals, half-up. Below 90 there is no 优秀 that year."""
    shown = rounded(score, CENT)
    if shown >= EXCELLENT:
        return "EXCELLENT"
    return "QUALIFIED" if shown >= QUALIFIED else "STUDY"


def places_for(number: int, share: Decimal) -> int:
    """How many of `number` may be graded 优秀: rounded down (P), so that the cap is never exceeded."""
    return int(number * share // HUNDRED)


def within(scores: Mapping[str, Decimal | None], share: Decimal) -> tuple[str, ...]:
    """Who stands within the quota by score. Equals who would exceed it stay out together: people choose among them, not the order."""
    counted = sorted((value for value in scores.values() if value is not None), reverse=True)
    reach = {value: number for number, value in enumerate(counted, 1)}  # the last place that a score takes
    ordered = sorted(((score, person) for person, score in scores.items() if score is not None), key=lambda one: (-one[0], one[1]))
    return tuple(person for score, person in ordered if reach[score] <= places_for(len(scores), share))


def spread(scores: Sequence[Decimal]) -> Decimal | None:
    """Difference of highest and lowest in per cent of the highest; None without scores. Below 30 the scores are too close (003)."""
    if not scores or max(scores) == 0:
        return None
    return rounded((max(scores) - min(scores)) * HUNDRED / max(scores), CENT)
