"""States of a remedy and what may lawfully follow (django-fsm). Who is next stands in path.py."""

from __future__ import annotations

from django.db.models import TextChoices

from flows.anywhere.case import AnywhereTransitions
from flows.moves import moves_among
from flows.remedy import guards
from workflow_app.models import Case


class State(TextChoices):
    """Where a remedy stands."""

    NEW = "new", "待提出"
    REVIEWING = "reviewing", "复核中"
    FILED = "filed", "待受理审查"
    ASKED = "asked", "补正通知待送达"
    SUPPLEMENTING = "supplementing", "待本人补正"
    LAPSED = "lapsed", "补正期满，待决定是否受理"
    ADMITTED = "admitted", "受理通知待送达"
    REFUSED = "refused", "不予受理决定待送达"
    ACCEPTED = "accepted", "已受理"
    PANEL = "hearing_panel", "公正委员会审理"
    HEARD = "heard", "待作出处理决定"
    DECIDED = "decided", "决定待送达"
    CORRECTING = "correcting", "待纠正"
    CORRECTED = "corrected", "纠正执行中"
    EXECUTED = "executed", "已纠正执行"
    CONCLUDED = "concluded", "已办结"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    ENDED = "ended", "已撤回终结"


FINAL = {State.EXECUTED, State.CONCLUDED, State.NOT_ACCEPTED, State.ENDED}
S = State
# Until the decision; after it a withdrawal comes too late.
UNDECIDED = (S.REVIEWING, S.FILED, S.ASKED, S.SUPPLEMENTING, S.LAPSED, S.ADMITTED, S.ACCEPTED, S.PANEL, S.HEARD)


moves = moves_among(State, lambda: guards.GUARDS)


class RemedyCase(AnywhereTransitions, Case):
    """A review, an appeal or a re-appeal against one decision, beside the case that ended with it."""

    START = State.NEW
    STATES = tuple(State)
    FINAL = FINAL

    class Meta:
        proxy = True

    def take_note(self, step: str) -> None:
        """Set the marks that follow from what `step` settled."""
        level = self.settled.get(step, {}).get("level")
        if level:
            self.mark(str(level))

    def extension_of(self, rule: str) -> int:
        """An extension holds for every item that runs under the same period."""
        granted = self.settled.get("extend", {})
        return int(granted.get("by") or 0) if granted.get("rule") == rule else 0

    def _decided(self, outcome: str) -> State:
        if outcome in ("change", "revoke"):
            self.mark("to_correct")
        if outcome in ("revoke", "remand"):
            self.mark("revoked" if outcome == "revoke" else "remanded")
        return S.DECIDED

    # R1-R2 review
    @moves(S.NEW)
    def apply_for_review(self, outcome: str) -> State:
        """Filed with the original organ."""
        return S.REVIEWING

    @moves(S.REVIEWING)
    def review(self, outcome: str) -> State:
        """Decided, or not taken up."""
        return S.REFUSED if outcome == "not_accepted" else self._decided(outcome)

    # R3, R7, R4 appeal, re-appeal, acceptance
    @moves(S.NEW)
    def appeal(self, outcome: str) -> State:
        """Filed with another organ."""
        return S.FILED

    @moves(S.NEW)
    def reappeal(self, outcome: str) -> State:
        """Filed one level up."""
        return S.FILED

    @moves(S.FILED, S.LAPSED)
    def admit(self, outcome: str) -> State:
        """Accepted, refused, or to be completed."""
        if outcome != "refuse":
            self.unmark("lapsed")
        return {"accept": S.ADMITTED, "refuse": S.REFUSED, "ask_supplement": S.ASKED}[outcome]

    @moves(S.SUPPLEMENTING)
    def supplement(self, outcome: str) -> State:
        """Completed, or lapsed: then a person decides, in writing."""
        self.mark("lapsed" if outcome == "lapsed" else "supplemented")
        return S.LAPSED if outcome == "lapsed" else S.FILED

    @moves(S.LAPSED)
    def take_posted(self, outcome: str) -> State:
        """What was posted in time has arrived after all."""
        self.unmark("lapsed")
        self.mark("supplemented")
        return S.FILED

    # R5-R6 committee, decision, service
    @moves(S.ACCEPTED)
    def form_committee(self, outcome: str) -> State:
        """The committee is formed."""
        return S.PANEL

    @moves(S.PANEL)
    def hear(self, outcome: str) -> State:
        """The committee has given its opinion."""
        return S.HEARD

    @moves(S.ACCEPTED, S.PANEL, S.HEARD)
    def extend(self, outcome: str) -> State:
        """The time for the decision is extended."""
        self.mark("extended")
        return State(self.state)

    @moves(S.HEARD)
    def decide(self, outcome: str) -> State:
        """The organ has decided."""
        return self._decided(outcome)

    @moves(S.ASKED, S.ADMITTED, S.REFUSED, S.DECIDED)
    def serve_decision(self, outcome: str) -> State:
        """The paper has reached the person."""
        if self.state == S.DECIDED:
            return S.CORRECTING if self.has("to_correct") else S.CONCLUDED
        return {S.ASKED: S.SUPPLEMENTING, S.ADMITTED: S.ACCEPTED, S.REFUSED: S.NOT_ACCEPTED}[State(self.state)]

    # R8 correction
    @moves(S.CORRECTING)
    def correct(self, outcome: str) -> State:
        """The correction is ordered."""
        return S.CORRECTED

    @moves(S.CORRECTED)
    def confirm_correction(self, outcome: str) -> State:
        """The correction is carried out."""
        return S.EXECUTED

    # RW withdrawal
    @moves(*UNDECIDED)
    def withdraw(self, outcome: str) -> State:
        """The person withdraws; until the organ has answered, nothing is decided."""
        self.mark("withdrawn")
        return State(self.state)

    @moves(*UNDECIDED)
    def take_withdrawal(self, outcome: str) -> State:
        """The person withdraws by letter."""
        self.mark("withdrawn")
        return State(self.state)

    @moves(*UNDECIDED, S.REFUSED)
    def end(self, outcome: str) -> State:
        """Ended, or gone on with."""
        self.unmark("withdrawn")
        return S.ENDED if outcome == "ended" else State(self.state)
