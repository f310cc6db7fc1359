"""What may lawfully follow on the way down (django-fsm). Who is next stands in path.py."""

from __future__ import annotations

from flows.anywhere.case import AnywhereTransitions
from flows.down import guards
from flows.down.overturned import OverturnedTransitions
from flows.down.rounds import Rounds
from flows.down.states import FINAL, OPEN, S, State
from flows.moves import moves_among
from workflow_app.models import Case

moves = moves_among(State, lambda: guards.GUARDS)


class DownCase(OverturnedTransitions, AnywhereTransitions, Rounds, Case):
    """A case on the way down."""

    START = State.CLUE
    STATES = tuple(State)
    FINAL = FINAL

    class Meta:
        proxy = True

    def _after_warning(self) -> State:
        return S.RECTIFYING if self.has("report_asked") else S.CHECKING

    def _one_answer_less(self, state: State, then: State) -> State:
        self.awaited -= 1
        return then if self.awaited == 0 else state

    @moves(S.CLUE)
    def register_clue(self, outcome: str) -> State:
        """Triage."""
        return {
            "open": S.TRIAGED, "remind": S.TO_REMIND, "inquire": S.TO_INQUIRE, "admonish": S.TO_ADMONISH,
            "merge": S.MERGED, "transfer": S.TO_TRANSFER, "no_case": S.NO_CASE,
        }[outcome]  # fmt: skip

    @moves(S.TO_REMIND)
    def remind(self, outcome: str) -> State:
        """A reminder talk was held."""
        return {"report_asked": S.RECTIFYING, "closed": S.SETTLED}[outcome]

    @moves(S.TO_INQUIRE)
    def inquire(self, outcome: str) -> State:
        """Questions were sent."""
        if outcome == "sent_with_report":
            self.mark("report_asked")
        return S.INQUIRED

    @moves(S.INQUIRED)
    def answer_inquiry(self, outcome: str) -> State:
        """An unclear reply is asked for once more, then taken as it is."""
        if outcome == "unclear" and not self.has("asked_twice"):
            self.mark("asked_twice")
            return S.TO_INQUIRE
        return self._after_warning()

    @moves(S.TO_ADMONISH)
    def admonish(self, outcome: str) -> State:
        """An admonition was given."""
        if outcome == "given_with_report":
            self.mark("report_asked")
        return S.ADMONISHED

    @moves(S.ADMONISHED)
    def review_oneself(self, outcome: str) -> State:
        """The self-review was filed, or was not."""
        return self._after_warning()

    @moves(S.RECTIFYING)
    def report_rectification(self, outcome: str) -> State:
        """The report was filed, or was not."""
        return S.CHECKING

    @moves(S.CHECKING)
    def check_rectification(self, outcome: str) -> State:
        """Improved ends the case, not improved opens it."""
        return {"improved": S.SETTLED, "not_improved": S.TRIAGED}[outcome]

    @moves(S.TRIAGED)
    def approve_opening(self, outcome: str) -> State:
        """Opening was approved, returned or refused."""
        if outcome == "return":
            self.unmark("report_asked", "asked_twice")
        return {"approve": S.OPENED, "return": S.CLUE, "refuse": S.REFUSED}[outcome]

    @moves(S.OPENED)
    def plan_examination(self, outcome: str) -> State:
        """The team is named."""
        return S.VERIFYING

    @moves(S.VERIFYING)
    def record_interview(self, outcome: str) -> State:
        """A talk was recorded."""
        return S.VERIFYING

    @moves(S.VERIFYING)
    def list_evidence(self, outcome: str) -> State:
        """Evidence was listed."""
        return S.VERIFYING

    @moves(S.VERIFYING)
    def report_findings(self, outcome: str) -> State:
        """`confirmed`: not heavier than what the cadre was heard on, so the hearing stands."""
        if outcome == "established":
            return self._hear_again()
        if outcome == "confirmed":
            return self._hearing_stands()
        return {"not_established": S.NOT_ESTABLISHED, "transfer": S.TO_TRANSFER}[outcome]

    @moves(S.FOUND)
    def inform_cadre(self, outcome: str) -> State:
        """The notice is drawn up."""
        return S.INFORMED

    @moves(S.INFORMED)
    def serve_information(self, outcome: str) -> State:
        """The notice is served; the period to answer runs."""
        return S.HEARING

    @moves(S.HEARING)
    def answer(self, outcome: str) -> State:
        """Waiving and silence close the hearing; silence is no admission."""
        if outcome in ("waived", "silent"):
            return self._close_hearing()
        return {"statement": S.WEIGHING, "in_person": S.TALKING}[outcome]

    @moves(S.TALKING, S.WEIGHING)
    def record_statement(self, outcome: str) -> State:
        """The talk was recorded."""
        return S.WEIGHING

    @moves(S.WEIGHING)
    def weigh_answer(self, outcome: str) -> State:
        """What was said is checked point by point."""
        if outcome == "more_evidence":
            return self._back_to_evidence()
        return S.NOT_ESTABLISHED if outcome == "dropped" else self._close_hearing()

    @moves(S.HEARD)
    def weigh_tolerance(self, outcome: str) -> State:
        """Three distinctions."""
        self.mark("tolerance_weighed")
        return S.EXONERATED if outcome == "exonerated" else S.HEARD

    @moves(S.HEARD)
    def assess_risk(self, outcome: str) -> State:
        """Not controllable: the plan must change."""
        self.mark("risk_weighed")
        if outcome == "not_controllable":
            self.mark("risk_uncontrolled")
        return S.HEARD

    @moves(S.HEARD)
    def propose(self, outcome: str) -> State:
        """Equal or lighter goes on; heavier is told and heard anew."""
        if outcome == "propose":
            self.awaited = len(self.settled["propose"]["organs"])
            self._back_to_proposal()  # answers to an earlier proposal are none to this one
            return S.PROPOSED
        if outcome == "heavier":
            told = {name: self.settled["propose"].get(name) for name in ("kind", "measure", "situations")}
            state = self._hear_again()
            self.settled["heavier"] = told
            return state
        if outcome == "return_evidence":
            return self._back_to_evidence()
        return {"keep": S.CONSULTED, "none": S.REJECTED}[outcome]

    @moves(S.PROPOSED)
    def review_legality(self, outcome: str) -> State:
        """Only `pass` lets the proposal go on."""
        if outcome == "pass":
            self.mark("review_passed")
            return S.REVIEWED
        if outcome == "supplement_evidence":
            return self._back_to_evidence()
        return S.REJECTED if outcome == "unlawful_end" else self._back_to_proposal()

    @moves(S.PROPOSED, S.REVIEWED, S.CONSULTING)
    def ask_opinion(self, outcome: str) -> State:
        """One organ was asked; who knows of the case is kept through every return, until the name is cleared."""
        known = self.settled.get("circle", {}).get("organs", [])
        asked = self.settled.get("ask_opinion", {}).get("organ", "")
        self.settled["circle"] = {"organs": sorted({*known, asked} - {""})}
        return S.CONSULTING

    @moves(S.CONSULTING)
    def give_opinion(self, outcome: str) -> State:
        """The last answer decides the way on: a pending case, else an objection, else the meeting."""
        if outcome in ("objection", "pending_case"):
            self.mark("objected" if outcome == "objection" else "pending_case")
        after = S.PENDING if self.has("pending_case") else self._after_opinions()
        return self._one_answer_less(S.CONSULTING, after)

    def _after_opinions(self) -> State:
        return S.HEARD if self.has("objected") else S.CONSULTED

    @moves(S.CONSULTED)
    def record_meeting(self, outcome: str) -> State:
        """The committee voted."""
        if outcome == "return_evidence":
            return self._back_to_evidence()
        if outcome in ("heavier", "return_proposal"):
            return self._back_to_proposal()
        return {"adopt": S.ADOPTED, "adopt_lighter": S.ADOPTED, "postpone": S.CONSULTED, "reject": S.REJECTED}[outcome]

    @moves(S.ADOPTED)
    def decide(self, outcome: str) -> State:
        """The decision is issued."""
        return S.DECIDED

    @moves(S.DECIDED)
    def tell_decision(self, outcome: str) -> State:
        """The decision was told in a talk."""
        return S.TOLD

    @moves(S.TOLD)
    def serve(self, outcome: str) -> State:
        """The decision is served; the remedy periods run."""
        self.awaited = 2 if self.on("placement") else 1
        return S.SERVED

    @moves(S.SERVED, S.WAITING)
    def formalize(self, outcome: str) -> State:
        """Posts are ended or begun, or a congress must act first."""
        if outcome == "waits":
            return S.WAITING
        return S.SERVED if self.has("pay_changes") else self._one_answer_less(S.SERVED, S.TRACKING)

    @moves(S.SERVED)
    def change_treatment(self, outcome: str) -> State:
        """Pay follows the post."""
        self.unmark("pay_changes")
        return self._one_answer_less(S.SERVED, S.TRACKING)

    @moves(S.SERVED, S.WAITING)
    def place(self, outcome: str) -> State:
        """Placement is settled."""
        return self._one_answer_less(State(self.state), S.TRACKING)

    @moves(S.TRACKING)
    def follow_up(self, outcome: str) -> State:
        """Three visits."""
        if not self.has("visit_1"):
            self.mark("visit_1")
        elif not self.has("visit_2"):
            self.mark("visit_2")
        else:
            return S.TRACKED
        return S.TRACKING

    @moves(S.TRACKED)
    def evaluate_follow_up(self, outcome: str) -> State:
        """The three visits are summed up."""
        return S.EVALUATED

    @moves(*(state for state in OPEN if state not in (S.TERMINATED, S.TO_CLEAR, S.TO_TRANSFER)))
    def terminate(self, outcome: str) -> State:
        """The name is cleared after not established, exonerated and rejected."""
        cleared = self.state in (S.NOT_ESTABLISHED, S.EXONERATED, S.REJECTED)
        return S.TO_CLEAR if cleared else S.TERMINATED

    @moves(S.TO_CLEAR)
    def clear_name(self, outcome: str) -> State:
        """The name is cleared within the circle that knew."""
        return S.TERMINATED

    @moves(S.EVALUATED, S.TERMINATED)
    def archive(self, outcome: str) -> State:
        """The file is complete."""
        return S.CLOSED

    @moves(S.CLOSED)
    def suggest_return(self, outcome: str) -> State:
        """On the closed case."""
        return S.CLOSED
