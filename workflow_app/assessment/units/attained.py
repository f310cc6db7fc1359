"""How far a target was reached, and its colour by the thresholds of assessment §6 (project defaults). Values only.

A figure where more is better reaches value / target, one where less is better (days of handling) target / value; never more than 100.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from workflow_app.assessment.scoring.inputs import HUNDRED
from workflow_app.assessment.scoring.tree import CENT, rounded
from workflow_app.assessment.warnings.colours import GREEN, YELLOW, Found, Line, of_month, shade_of
from workflow_app.models import UnitTarget

MONTH, QUARTER = re.compile(r"20\d\d-(0[1-9]|1[0-2])"), re.compile(r"20\d\dQ[1-4]")


@dataclass(frozen=True)
class Reached:
    """What a unit reached in a period; `row` names where it stands."""

    row: int
    value: Decimal
    due: Decimal


def attainment(value: Decimal, due: Decimal, better: str) -> Decimal:
    """Per cent of what was due, 0 to 100, two decimals half-up. `due` is above nothing."""
    if better == UnitTarget.Better.LOW:
        return HUNDRED if value <= due else rounded(due * HUNDRED / value, CENT)
    return HUNDRED if value >= due else rounded(value * HUNDRED / due, CENT)


def fits(period: str, rhythm: str, year: int) -> bool:
    """Whether a period is of the year and written in the target's rhythm: 2026-03 or 2026Q1."""
    form = MONTH if rhythm == UnitTarget.Rhythm.MONTH else QUARTER
    return form.fullmatch(period) is not None and period.startswith(str(year))


def over(period: str, today: date) -> bool:
    """Whether a period has ended."""
    last = int(period[5:]) * 3 if "Q" in period else int(period[5:])
    return (int(period[:4]), last) < (today.year, today.month)


def coloured(name: str, better: str, periods: Mapping[str, Reached]) -> dict[str, tuple[str, Decimal, dict[str, Any]]]:
    """Of each period its colour, attainment, and everything that is needed to compute it by hand. Months below green in a row darken it."""
    lines = {period: [Line(one.row, name, attainment(one.value, one.due, better))] for period, one in periods.items()}
    made = {}
    for period, one in periods.items():
        [line] = lines[period]
        if "Q" in period:
            shade, reasons = shade_of(line.score), [{"rule": "W-SCORE", "shade": shade_of(line.score), "item": "", "months": []}]
        else:
            found: Found = of_month(period, lines)
            shade, reasons = found.shade, found.inputs()["reasons"]
        told = {"score": str(line.score), "green": str(GREEN), "yellow": str(YELLOW), "value": str(one.value), "due": str(one.due),
                "better": better, "row": one.row, "reasons": reasons}  # fmt: skip
        made[period] = (shade, line.score, told)
    return made
