"""Red, yellow, green from monthly statements (assessment §6, thresholds are project defaults). Values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workflow_app.assessment.scoring.tree import CENT, rounded
from workflow_app.models import Colour

GREEN, YELLOW = Decimal(80), Decimal(60)  # green from 80.00, yellow from 60.00, red below; two decimals, half-up
Shade = Colour.Shade
DARKER = (Shade.GREEN, Shade.YELLOW, Shade.RED)


@dataclass(frozen=True)
class Line:
    """One line of a month's statement; `row` names where it stands."""

    row: int
    item: str
    score: Decimal
    falsified: bool = False


@dataclass(frozen=True)
class Reason:
    """Why it is (at least) this colour: rule, and the item and months behind it."""

    rule: str  # W-SCORE, W-FALSE, W-RUN2, W-RUN3
    shade: str
    item: str = ""
    months: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """A month's colour with what it was computed from."""

    month: str
    shade: str
    score: Decimal
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]

    def inputs(self) -> dict[str, Any]:
        """For the JSON field: everything that is needed to compute it again by hand."""
        return {
            "score": str(self.score), "green": str(GREEN), "yellow": str(YELLOW),
            "lines": [{"row": one.row, "item": one.item, "score": str(one.score), "falsified": one.falsified} for one in self.lines],
            "reasons": [{"rule": one.rule, "shade": one.shade, "item": one.item, "months": list(one.months)} for one in self.reasons],
        }  # fmt: skip


def shade_of(score: Decimal) -> str:
    """The colour of one score: 80.00 is green, 79.99 and 60.00 are yellow, 59.99 is red."""
    shown = rounded(score, CENT)
    return Shade.GREEN if shown >= GREEN else Shade.YELLOW if shown >= YELLOW else Shade.RED


def before(month: str, back: int = 1) -> str:
    """The month `back` months earlier: 2026-01 -> 2025-12."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 - back
    return f"{number // 12}-{number % 12 + 1:02}"


def quarter(month: str) -> str:
    """2026-05 -> 2026Q2."""
    return f"{month[:4]}Q{(int(month[5:]) - 1) // 3 + 1}"


def of_month(month: str, months: Mapping[str, Sequence[Line]]) -> Found:
    """The colour of `month`; earlier months make the runs of an item. A month without the item breaks its run."""
    lines = tuple(sorted(months[month], key=lambda one: one.item))
    score = rounded(sum((one.score for one in lines), Decimal()) / len(lines), CENT)
    reasons = [Reason("W-SCORE", shade_of(score))]
    reasons += [Reason("W-FALSE", Shade.RED, one.item, (month,)) for one in lines if one.falsified]
    reasons += [found for one in lines if (found := _run(one.item, month, months))]
    darkest = max((one.shade for one in reasons), key=lambda shade: DARKER.index(Shade(shade)))
    return Found(month, darkest, score, lines, tuple(reasons))


def _run(item: str, month: str, months: Mapping[str, Sequence[Line]]) -> Reason | None:
    """Months in a row, up to three, in which the item was not green."""
    run: list[str] = []
    while len(run) < 3:
        now = before(month, len(run))
        if not any(one.item == item and shade_of(one.score) != Shade.GREEN for one in months.get(now, ())):
            break
        run.insert(0, now)
    if len(run) < 2:
        return None
    return Reason("W-RUN3", Shade.RED, item, tuple(run)) if len(run) == 3 else Reason("W-RUN2", Shade.YELLOW, item, tuple(run))
