"""Transitions of the steps that any path allows at any time; most leave the state as it is."""

from __future__ import annotations

from typing import Any

from django_fsm import RETURN_VALUE, transition


class AnywhereTransitions:
    """Mixed into each path's case."""

    state: Any
    settled: dict[str, Any]
    recused: Any
    kept_out: Any

    def _after_opinions(self) -> str:
        """Where a case that waits for a pending investigation goes on; only the way down has one."""
        return str(self.state)

    @transition(field="state", source="*", target=RETURN_VALUE())
    def suspend(self, outcome: str) -> str:
        """Clocks stop; the state stays, except that a case that waited for this goes on to what the opinions ask."""
        return str(self._after_opinions()) if self.state == "pending" else str(self.state)

    @transition(field="state", source="*", target=RETURN_VALUE())
    def transfer(self, outcome: str) -> str:
        """The case goes to the discipline organ and ends here."""
        return "transferred"

    @transition(field="state", source="*", target=RETURN_VALUE())
    def apply_recusal(self, outcome: str) -> str:
        """Somebody asks that a person keep out: until it is decided, that person does (SD-14)."""
        self.recused = {**self.kept_out, str(self.settled["apply_recusal"]["person"]): "pending"}
        return str(self.state)

    @transition(field="state", source="*", target=RETURN_VALUE())
    def decide_recusal(self, outcome: str) -> str:
        """Granted: the person stays out. Refused: the person goes on."""
        person = str(self.settled["decide_recusal"]["person"])
        others = {cadre: how for cadre, how in self.kept_out.items() if cadre != person}
        self.recused = {**others, person: "granted"} if outcome == "granted" else others
        return str(self.state)

    def _stays(self, outcome: str) -> str:
        return str(self.state)


def _staying(name: str, doc: str) -> Any:
    def move(self: AnywhereTransitions, outcome: str) -> str:
        return self._stays(outcome)

    move.__name__, move.__doc__ = name, doc
    move.__qualname__ = f"AnywhereTransitions.{name}"
    return transition(field="state", source="*", target=RETURN_VALUE())(move)


for _name, _doc in {
    "resume": "Clocks go on.",
    "ask_extension": "The person concerned has more time.",
    "ask_evidence": "The person concerned asks to see evidence.",
    "show_evidence": "The request is answered.",
    "extend": "A period is extended.",
    "announce_service": "A public notice is posted; it serves on its last day.",
    "correct_paper": "A clerical error is corrected.",
    "withdraw_statement": "The statement is withdrawn; its record stays.",
    "attach_scan": "A scan is put to the file.",
}.items():
    setattr(AnywhereTransitions, _name, _staying(_name, _doc))
