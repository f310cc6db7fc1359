"""How heavy an adjustment is (P; design "Heavier"): the kind first, then restriction, rank and pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from flows.law import KINDS


@dataclass(frozen=True)
class Measure:
    """An adjustment: kind, months of restriction, ranks lowered, percent of pay lost."""

    kind: str
    months: int = 0
    rank_steps: int = 0
    pay_cut: int = 0

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Measure:
        """From settled plain values."""
        return cls(str(values["kind"]), *(int(values.get(name) or 0) for name in ("months", "rank_steps", "pay_cut")))

    def plain(self) -> dict[str, Any]:
        """As settled plain values."""
        return asdict(self)

    @property
    def weight(self) -> int:
        """Place of the kind in the order of kinds."""
        return KINDS[self.kind].weight


def heavier(one: Measure, other: Measure) -> bool:
    """Whether `one` is heavier than `other`: by kind, or within a weight by any of the three amounts."""
    if one.weight != other.weight:
        return one.weight > other.weight
    return one.months > other.months or one.rank_steps > other.rank_steps or one.pay_cut > other.pay_cut


def lighter(one: Measure, other: Measure) -> bool:
    """Whether `one` is lighter than `other`: less in some amount and heavier in none, so no amount is traded for another."""
    return heavier(other, one) and not heavier(one, other)
