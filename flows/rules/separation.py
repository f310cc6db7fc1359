"""SD-1 to SD-19: which duties exclude each other in one case, as one table of data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows.roles import Duty
from workflow_app.hands import EARLIER, Conflict


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
    Pair(Duty.PANELIST, Duty.DECISION_MAKER, "SD-3", "竞争上岗评委不得参加同一案件的表决"),
    # Whoever applies for a post does nothing else in its competition, as the person concerned does nothing in the own case.
    *(Pair(Duty.APPLICANT, duty, "SD-9", "报名人不得在同一竞争上岗中承担其他工作") for duty in Duty if duty != Duty.APPLICANT),
    Pair(Duty.ADMITTER, Duty.COMMITTEE_MEMBER, "SD-6", "办理受理的人员不得担任同一案件的公正委员会成员"),
    Pair(Duty.COMMITTEE_MEMBER, Duty.APPEAL_DECIDER, "SD-19", "公正委员会成员不得签发同一案件的处理决定"),
)

# Duties of a remedy that only somebody without a hand in the decision, or in an earlier remedy against it, may take on.
FRESH = {
    Duty.REVIEW_HANDLER: ("SD-4", "原处理决定的承办人员不得办理复核"),
    Duty.ADMITTER: ("SD-5", "办理过原处理决定或者前一程序的人员不得办理受理审查"),
    Duty.COMMITTEE_MEMBER: ("SD-6", "参加过原处理决定或者前一程序的人员不得担任公正委员会成员"),
    Duty.APPEAL_DECIDER: ("SD-7", "参加过原处理决定或者前一程序的人员不得作出申诉处理决定"),
}


def broken_by(existing: Iterable[str], new: str) -> Conflict | None:
    """The rule that a person with `existing` duties would break by taking on `new`."""
    had = set(existing)
    if new in FRESH and any(duty.startswith(EARLIER) for duty in had):
        rule, reason = FRESH[Duty(new)]
        return Conflict(rule, f"{reason}。", "由未参加过该决定和前一程序的人员办理。")
    for pair in PAIRS:
        if (pair.one == new and pair.other in had) or (pair.other == new and pair.one in had):
            return Conflict(pair.rule, f"{pair.reason}。", "由同一岗位中未参与本案的人员办理。")
    return None
