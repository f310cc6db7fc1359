"""SD-1 to SD-19: which duties exclude each other in one case, as one table of data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.roles import Duty
from workflow_app.hands import Conflict


@dataclass(frozen=True)
class Pair:
    """Two duties that one person may not both have in a case."""

    one: Duty
    other: Duty
    rule: str
    reason: str


PAIRS = (
    Pair(Duty.INVESTIGATOR, Duty.LEGAL_REVIEWER, "SD-2", "考察人员不得担任同一案件的法律审核人"),
    Pair(Duty.INVESTIGATOR, Duty.DECISION_MAKER, "SD-3", "考察人员不得参加同一案件的表决"),
    Pair(Duty.LEGAL_REVIEWER, Duty.DECISION_MAKER, "SD-3", "法律审核人不得参加同一案件的表决"),
    Pair(Duty.INVESTIGATOR, Duty.TOLERANCE_PANEL, "SD-8", "考察人员不得参加同一案件的容错认定"),
)


def broken_by(existing: Iterable[str], new: str) -> Conflict | None:
    """The rule that a person with `existing` duties would break by taking on `new`."""
    had = set(existing)
    for pair in PAIRS:
        if (pair.one == new and pair.other in had) or (pair.other == new and pair.one in had):
            return Conflict(pair.rule, f"{pair.reason}。", "由同一岗位中未参与本案的人员办理。")
    return None
