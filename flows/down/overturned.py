"""What a remedy does to the case of the decision it attacks (D10 onwards): change, revocation, remand.

The door calls `overturn`; no step does. After a remand a linked case begins anew at D3 or D7, with what was found before,
and it can end no heavier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django_fsm import RETURN_VALUE, transition

# What the new case knows of the old one: its state, the node after which it goes on, what was settled, and the marks.
RESTARTS: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "D3": ("opened", "approve_opening", ("register_clue", "circle"), ()),
    "D7": (
        "heard", "weigh_tolerance",
        ("register_clue", "circle", "plan_examination", "list_evidence", "report_findings", "inform_cadre", "serve_information", "answer",
         "weigh_answer", "weigh_tolerance"),
        ("hearing_closed", "sensitive", "tolerance_claimed", "tolerance_weighed"),
    ),
}  # fmt: skip
BARS = {
    "DEMOTE": "DN-BAR-DEMOTE",
    "REMOVE": "DN-BAR-REMOVE",
    "TO_RANK": "DN-BAR-REMOVE",
    "LATERAL": "DN-BAR-REMOVE",
    "RETRAIN": "DN-BAR-REMOVE",
}


@dataclass(frozen=True)
class Restart:
    """Where the new case starts."""

    state: str
    after: str
    settled: dict[str, Any]
    marks: list[str]


class OverturnedTransitions:
    """Mixed into the case of the way down."""

    state: Any
    number: str
    settled: dict[str, Any]
    anchors: dict[str, Any]
    has: Any

    @transition(field="state", source="*", target=RETURN_VALUE())
    def overturn(self, outcome: str) -> str:
        """Changed: it goes on with the lighter measure. Revoked: the name is cleared. Remanded: it ends, and begins anew elsewhere."""
        if outcome == "change":
            self._carry_on_lighter()
            return str(self.state)
        if outcome == "revoke":
            return "to_clear"
        return "closed" if self.state == "closed" else "terminated"

    def _carry_on_lighter(self) -> None:
        measure, decided = self.settled["overturn"]["measure"], self.settled["decide"]
        self.settled["decide"] = {**decided, "kind": measure["kind"], "measure": measure, "months": int(measure["months"])}
        if int(measure["months"]):
            self.anchors = {**self.anchors, BARS[measure["kind"]]: str(decided["effective_on"])[:10]}

    @property
    def bars(self) -> dict[str, int]:
        """Rules of the restriction on promotion: how many months each lasts by the decision as it stands."""
        decided = self.settled.get("decide", {})
        now = BARS.get(str(decided.get("kind")), "")
        return {rule: int(decided.get("months") or 0) if rule == now else 0 for rule in sorted(set(BARS.values()))}

    def restart(self, back_to: str) -> Restart:
        """How the case that redoes this one begins."""
        state, after, steps, marks = RESTARTS[back_to]
        settled = {step: self.settled[step] for step in steps if step in self.settled}
        settled["redo"] = {"of": self.number, "measure": self.settled["decide"]["measure"]}
        return Restart(state, after, settled, sorted(mark for mark in marks if self.has(mark)))
