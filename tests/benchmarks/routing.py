"""The routing that every contender runs: two stretches of the way down whose papers need one signature.

Inquiry (D1): asked, answered badly, so asked again (a loop by a switch), answered, checked, on to the approval.
Review (D8-D9): the legality review passes (a switch), two organs are asked side by side (a split), both answer (a join),
on to the meeting (a switch). Each stretch is five acts; an act is a claim and a completion.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Act:
    """One act: the step, the outcome that a switch asks for (or ""), and changes to the facts."""

    step: str
    outcome: str = ""
    facts: tuple[tuple[str, Any], ...] = ()
    branch: str = ""  # name of the branch, where a contender names parallel nodes apart

    @property
    def changes(self) -> dict[str, Any]:
        """Changes to the lawful facts."""
        return dict(self.facts)


ONE_OF_TWO = (("answers", [{"text": "因汛期停工。"}, {"text": ""}]),)
STRETCHES: dict[str, tuple[Act, ...]] = {
    "inquiry": (
        Act("inquire"), Act("answer_inquiry", "unclear", ONE_OF_TWO), Act("inquire"), Act("answer_inquiry", "answered"),
        Act("check_rectification", "not_improved", (("outcome", "not_improved"),)),
    ),
    "review": (
        Act("review_legality", "pass"), Act("ask_opinion", branch="discipline"), Act("ask_opinion", branch="partner"),
        Act("give_opinion", "no_objection", branch="discipline"), Act("give_opinion", "no_objection", branch="partner"),
    ),
}  # fmt: skip
ENDS = {"inquiry": "approve_opening", "review": "record_meeting"}
type_job = tuple[str, int]  # stretch, key of the case


def stretches(count: int) -> list[str]:
    """`count` stretches, half of each kind."""
    return [("inquiry", "review")[n % 2] for n in range(count)]
