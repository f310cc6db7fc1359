"""Means: plain, trimmed, weighted with what is missing re-spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from workflow_app.assessment.scoring.inputs import HUNDRED, Group, Raw
from workflow_app.assessment.scoring.tree import Leaf, Node, rounded

TRIM = 5  # per cent left out at each end (001, lock 6)


def trimmed_count(number: int) -> int:
    """How many are left out at each end: floor(0.05 n)."""
    return number * TRIM // 100


def converted(raw: Raw) -> Decimal:
    """On the scale of 0 to 100: 4.8 of 5 is 96."""
    return raw.value * HUNDRED / raw.scale


def of_group(group: Group, raws: Sequence[Raw]) -> Node:
    """One rater group's figure for one indicator. Raw rows are kept all; the trim is a view of them, by order of value only."""
    ordered = sorted(raws, key=lambda raw: (converted(raw), raw.row))
    cut = trimmed_count(len(ordered)) if group.trimmed else 0
    kept = ordered[cut : len(ordered) - cut]
    leaves = tuple(Leaf(raw.row, raw.value, raw.scale, left_out=not cut <= place < len(ordered) - cut) for place, raw in enumerate(ordered))
    figures = (("n", str(len(ordered))), ("cut", str(cut))) if group.trimmed else (("n", str(len(ordered))),)
    rule = "TRIMMED" if group.trimmed else "MEAN"
    if len(ordered) < max(group.least, 1):
        short = (("least", str(group.least)),) if group.least > 1 else ()
        return Node(rule, group.key, group.name, None, group.weight, (*figures, *short), ("MISSING_GROUP",), leaves=leaves)
    flags = (("NO_TRIM",) if group.trimmed and cut == 0 else ()) + (("HALVED",) if group.halved else ())
    return Node(rule, group.key, group.name, mean([converted(raw) for raw in kept]), group.weight, figures, flags, leaves=leaves)


def mean(values: Sequence[Decimal]) -> Decimal:
    """Arithmetic mean, four decimals."""
    return rounded(sum(values, Decimal()) / len(values))


def weighted(parts: Sequence[Node]) -> tuple[Decimal | None, tuple[Node, ...]]:
    """Sum of weight x value over the parts that have a value, and the parts with the weights they really had (of 100).

    A part without a value gives its weight to the others in proportion (P); None when no part has one.
    """
    present = sum((part.weight or Decimal() for part in parts if part.value is not None), Decimal())
    if not present:
        return None, tuple(replace(part, weight=Decimal()) for part in parts)
    total = sum(((part.weight or Decimal()) * part.value for part in parts if part.value is not None), Decimal()) / present
    spread = [Decimal() if part.value is None else rounded((part.weight or Decimal()) * HUNDRED / present) for part in parts]
    return rounded(total), tuple(replace(part, weight=weight) for part, weight in zip(parts, spread, strict=True))


def missing(parts: Sequence[Node], flag: str) -> tuple[str, ...]:
    """The flag, when some of the parts had nothing to count."""
    return (flag,) if any(part.value is None for part in parts) else ()
