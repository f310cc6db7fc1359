"""Counts of people that may be shown: at least `K` or nothing, and nothing that follows from the rest by subtraction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

K = 5


@dataclass(frozen=True)
class Shown:
    """Counts as shown; None is hidden. Zero is shown: it is about nobody."""

    cells: dict[str, int | None]
    total: int | None


def suppress(counts: Mapping[str, int], k: int = K) -> Shown:
    """Hide every count below `k`, and further ones until the hidden are two at least and `k` people together; else the total as well."""
    total = sum(counts.values())
    hidden = {name for name, number in counts.items() if 0 < number < k}
    open_ones = sorted((number, name) for name, number in counts.items() if number >= k)
    while hidden and open_ones and not _enough(counts, hidden, k):
        hidden.add(open_ones.pop(0)[1])
    told = not hidden or _enough(counts, hidden, k)
    return Shown({name: None if name in hidden else number for name, number in counts.items()}, total if told else None)


def _enough(counts: Mapping[str, int], hidden: set[str], k: int) -> bool:
    return sum(counts[name] for name in hidden) >= k  # one small count alone is fewer than `k`: then there are two at least
