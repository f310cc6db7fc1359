"""States of the way down and what may lawfully follow (django-fsm). Who is next stands in path.py."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import TextChoices
from django_fsm import RETURN_VALUE, TransitionNotAllowed, transition

from flows.anywhere.case import AnywhereTransitions
from flows.down.guards import unmet
from workflow_app.models import Case


class State(TextChoices):
    """Where a case stands."""

    CLUE = "clue", "线索"
    TRIAGED = "triaged", "待启动审批"
    TO_REMIND = "to_remind", "待谈话提醒"
    TO_INQUIRE = "to_inquire", "待函询"
    TO_ADMONISH = "to_admonish", "待诫勉"
    INQUIRED = "inquired", "函询待复"
    ADMONISHED = "admonished", "已诫勉"
    RECTIFYING = "rectifying", "整改中"
    CHECKING = "checking", "整改核查"
    SETTLED = "settled", "提醒后办结"
    OPENED = "opened", "已启动"
    VERIFYING = "verifying", "核实认定"
    FOUND = "found", "待告知"
    INFORMED = "informed", "已告知"
    HEARING = "hearing", "陈述申辩"
    TALKING = "talking", "当面陈述"
    WEIGHING = "weighing", "核实陈述"
    HEARD = "heard", "陈述已结"
    PROPOSED = "proposed", "已提建议"
    REVIEWED = "reviewed", "审查通过"
    CONSULTING = "consulting", "征求意见"
    PENDING = "pending", "涉立案待定"
    CONSULTED = "deliberation", "待会议决定"
    ADOPTED = "adopted", "会议已通过"
    DECIDED = "decided", "已决定"
    TOLD = "told", "已谈话"
    SERVED = "served", "已送达"
    WAITING = "waiting", "待人大（政协）程序"
    TRACKING = "tracking", "跟踪管理"
    TRACKED = "tracked", "回访完成"
    EVALUATED = "evaluated", "跟踪评估完成"
    NOT_ESTABLISHED = "not_established", "认定不成立"
    EXONERATED = "exonerated", "容错免责"
    REJECTED = "rejected", "不予调整"
    REFUSED = "refused", "不予启动"
    TO_CLEAR = "to_clear", "待澄清正名"
    TERMINATED = "terminated", "已终止"
    TO_TRANSFER = "to_transfer", "待移送"
    MERGED = "merged", "已并案"
    NO_CASE = "no_case", "不予立案"
    TRANSFERRED = "transferred", "已移送"
    CLOSED = "closed", "已归档"


FINAL = {State.MERGED, State.NO_CASE, State.TRANSFERRED, State.CLOSED}
OPEN = [state for state in State if state not in FINAL]
SENSITIVE = {"REMOVE", "DEMOTE"}
S = State


def moves(*sources: State) -> Callable[[Callable[[Any, str], State]], Callable[[Any, str], State]]:
    """A transition whose outcome decides the next state; guards.py is asked first."""

    def declare(method: Callable[[Any, str], State]) -> Callable[[Any, str], State]:
        @transition(field="state", source=list(sources), target=RETURN_VALUE(*State))
        @wraps(method)
        def guarded(self: DownCase, outcome: str) -> State:
            guard = unmet(self, method.__name__, outcome)
            if guard is not None:
                raise TransitionNotAllowed(guard.__doc__, object=self, method=method)
            return method(self, outcome)

        return guarded  # type: ignore[no-any-return]

    return declare


class DownCase(AnywhereTransitions, Case):
    """A case on the way down."""

    START = State.CLUE
    STATES = tuple(State)
    FINAL = FINAL

    class Meta:
        proxy = True

    def take_note(self, step: str) -> None:
        """Set the marks that follow from what `step` settled."""
        noted = self.settled.get(step, {})
        for mark in ("tolerance_claimed", "pay_changes", "report_asked"):
            if noted.get(mark):
                self.mark(mark)
        if noted.get("remedy"):
            self.mark("remedy_stated")
        if step in ("report_findings", "weigh_answer", "propose") and noted.get("kind"):
            (self.mark if noted["kind"] in SENSITIVE else self.unmark)("sensitive")

    def forget(self, *steps: str) -> None:
        """Drop what steps of an earlier pass settled, so that it cannot leak into this one."""
        self.settled = {name: value for name, value in self.settled.items() if name not in steps}

    def _back_to_evidence(self) -> State:
        self.round += 1
        self.forget("list_evidence", "report_findings", "record_interview", *AFTER_HEARING)
        self.unmark("tolerance_weighed", "risk_weighed", "risk_uncontrolled", *OPINION_MARKS)
        return S.VERIFYING

    def _back_to_proposal(self) -> State:
        self.forget("review_legality", "ask_opinion", "give_opinion", "record_meeting")
        self.unmark(*OPINION_MARKS)
        return S.HEARD

    def _hear_again(self) -> State:
        self.forget("heavier", "inform_cadre", "serve_information", "answer", "record_statement", "weigh_answer", *AFTER_HEARING)
        self.unmark("hearing_closed", "tolerance_claimed", "tolerance_weighed", "risk_weighed", "risk_uncontrolled", *OPINION_MARKS)
        return S.FOUND

    def _close_hearing(self) -> State:
        self.mark("hearing_closed")
        return S.HEARD

    def _after_warning(self) -> State:
        return S.RECTIFYING if self.has("report_asked") else S.CHECKING

    def _one_answer_less(self, state: State, then: State) -> State:
        self.awaited -= 1
        return then if self.awaited == 0 else state

    # D0-D2
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
        return {"approve": S.OPENED, "return": S.CLUE, "refuse": S.REFUSED}[outcome]

    # D3
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
        return {"confirmed": S.HEARD, "not_established": S.NOT_ESTABLISHED, "transfer": S.TO_TRANSFER}[outcome]

    # D4
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

    # D5-D8
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
            self.unmark("review_passed", *OPINION_MARKS)
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

    # D9-D10
    @moves(S.PROPOSED, S.REVIEWED, S.CONSULTING)
    def ask_opinion(self, outcome: str) -> State:
        """One organ was asked."""
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

    # D11-D17
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


AFTER_HEARING = ("weigh_tolerance", "assess_risk", "propose", "review_legality", "ask_opinion", "give_opinion", "record_meeting")
OPINION_MARKS = ("review_passed", "objected", "pending_case")
