"""The explanation of a score: a tree of figures, each made of those below it, down to the raw rows.

A node stores a rule and figures, no sentences: pages put them into words in the reader's language. Every `value` is rounded once,
half-up, to four decimals (the total to two), and the node above computes with exactly that figure: who adds up what is shown,
gets what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

STEP = Decimal("0.0001")
CENT = Decimal("0.01")


def rounded(number: Decimal, to: Decimal = STEP) -> Decimal:
    """Half-up, as the reference wants it."""
    return number.quantize(to, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A raw row as it entered: its value, its scale, and whether trimming left it out."""

    row: str
    value: Decimal
    scale: Decimal
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """One figure. `weight` is the share with which it entered the node above, after weights were re-spread."""

    rule: str  # MEAN, TRIMMED, MEASURED, GROUPS, INDICATORS, SHARES, ROUTINE, MULTIPLIED, DEBT, POINTS, FLOORED, TOTAL ...
    key: str  # of the group, indicator or part; empty for a step of the calculation
    name: str
    value: Decimal | None  # None: there is nothing to compute it from
    weight: Decimal | None = None
    figures: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    parts: tuple[Node, ...] = ()
    leaves: tuple[Leaf, ...] = ()

    def plain(self) -> dict[str, Any]:
        """For a JSON field; what is empty is left out."""
        whole: dict[str, Any] = {
            "rule": self.rule, "key": self.key, "name": self.name, "value": _text(self.value), "weight": _text(self.weight),
            "figures": dict(self.figures), "flags": list(self.flags), "parts": [part.plain() for part in self.parts],
            "leaves": [[leaf.row, str(leaf.value), str(leaf.scale), *([True] if leaf.left_out else [])] for leaf in self.leaves],
        }  # fmt: skip
        return {name: value for name, value in whole.items() if value not in (None, "", [], {})}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Node:
        """Back from a JSON field."""
        return cls(
            stored["rule"], stored.get("key", ""), stored.get("name", ""), _number(stored.get("value")), _number(stored.get("weight")),
            tuple(stored.get("figures", {}).items()), tuple(stored.get("flags", ())), tuple(cls.read(one) for one in stored.get("parts", ())),
            tuple(Leaf(one[0], Decimal(one[1]), Decimal(one[2]), len(one) > 3) for one in stored.get("leaves", ())),
        )  # fmt: skip

    def every(self) -> list[Node]:
        """This node and all below it, from the top."""
        found = [self]
        for part in self.parts:
            found += part.every()
        return found

    def all_flags(self) -> tuple[str, ...]:
        """Flags of the whole tree, each once, in their order."""
        return tuple(dict.fromkeys(flag for node in self.every() for flag in node.flags))


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
