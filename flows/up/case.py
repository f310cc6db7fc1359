"""States of the way up and what may lawfully follow (django-fsm). Who is next stands in path.py."""

from __future__ import annotations

from django.db.models import TextChoices

from flows.anywhere.case import AnywhereTransitions
from flows.moves import moves_among
from flows.up import guards
from workflow_app.models import Case


class State(TextChoices):
    """Where a case stands."""

    MOTION = "motion", "动议"
    RETURNED = "returned", "动议退回"
    TO_INTERVIEW = "recommendation", "待谈话调研推荐"
    TO_MEET = "meeting_recommendation", "待会议推荐"
    RECOMMENDED = "recommended", "待推荐报告"
    ANNOUNCING = "announcing", "待发竞争上岗公告"
    APPLYING = "applying", "竞争上岗报名"
    SCORING = "scoring", "竞争上岗评分"
    QUALIFYING = "qualifying", "资格审核"
    QUALIFIED = "qualified", "待确定考察对象"
    CANDIDATE = "candidate_confirmed", "已确定考察对象"
    EXAMINING = "examination", "考察和核查"
    CHECK_PENDING = "check_pending", "核查待定"
    SUPPLEMENTING = "supplementing", "补充考察"
    STOPPING = "stopping", "考察核查不通过"
    CHECKED = "checks", "待凡提四必审核"
    CONSULTING = "consultation", "征求意见"
    DELIBERATION = "deliberation", "待讨论决定"
    DEFERRED = "deferred", "缓议"
    RECONSIDERING = "reconsideration", "待复议"
    ADOPTED = "adopted", "会议已通过"
    DECIDED = "decided", "待公示"
    NOTICE = "public_notice", "任职前公示"
    TO_TALK = "appointment_talk", "待任职谈话"
    TALKED = "talked", "待任职"
    APPOINTED = "appointed", "已任职"
    PROBATION = "probation", "任职试用期"
    CONFIRMED = "confirmed", "试用期满正式任职"
    PROBATION_FAILED = "probation_failed", "试用期不合格"
    NOT_ELECTED = "not_elected", "未当选"
    STOPPED = "stopped", "已停止"
    DROPPED = "dropped", "不予动议"
    TRANSFERRED = "transferred", "已移送"
    CLOSED = "closed", "已归档"


S = State
FINAL = {S.DROPPED, S.TRANSFERRED, S.CLOSED}
# Examination and checks run side by side: an act of one branch leaves the others lawful.
BLOCK = (S.EXAMINING, S.CHECK_PENDING, S.SUPPLEMENTING)
AFTER_RECOMMENDING = ("recommend_by_interview", "recommend_by_meeting", "report_recommendation", "qualify", "confirm_candidates")
AFTER_CONFIRMING = (
    "announce_examination", "plan_examination", "record_interview", "appraise", "examine", "ask_check", "answer_check", "close_four_checks",
    "ask_opinion", "give_opinion", "record_meeting",
)  # fmt: skip
AFTER_DECIDING = ("record_meeting", "decide", "post_notice", "verify_report", "close_notice")
NOTED = ("meeting_first", "meeting_droppable", "weights_whole", "vote_carried", "exemption_stated", "notice_has_run", "year_over")
NOTICE_MARKS = ("vote_carried", "exemption_stated", "notice_has_run", "notice_closed", "report_affects")


moves = moves_among(State, lambda: guards.GUARDS)


class UpCase(AnywhereTransitions, Case):
    """A case on the way up."""

    START = State.MOTION
    STATES = tuple(State)
    FINAL = FINAL

    class Meta:
        proxy = True

    def take_note(self, step: str) -> None:
        """Set the marks that follow from what `step` settled."""
        noted = self.settled.get(step, {})
        for mark in NOTED:
            if mark in noted:
                (self.mark if noted[mark] else self.unmark)(mark)
        if noted.get("clear"):
            self.mark(f"clear_{noted['clear']}")

    def note_report(self) -> None:
        """A report came in: the notice stays open until it is verified."""
        self.awaited += 1

    def concerned(self) -> list[int]:
        """The applicants while their qualification is checked, those who compete while they are scored."""
        if self.state == S.APPLYING:
            return [int(one["cadre"]) for one in self.settled.get("apply_for_post", {}).get("applicants", [])]
        return [int(one) for one in self.settled.get("check_applicants", {}).get("eligible", [])] if self.state == S.SCORING else []

    def forget(self, *steps: str) -> None:
        """Drop what steps of an earlier pass settled, so that it cannot leak into this one."""
        self.settled = {name: value for name, value in self.settled.items() if name not in steps}

    def _recommend(self) -> State:
        self.unmark("interviewed", "met", "meeting_droppable")
        self.forget(*AFTER_RECOMMENDING)
        return S.TO_MEET if self.has("meeting_first") else S.TO_INTERVIEW

    def _one_less(self, state: State, then: State) -> State:
        self.awaited -= 1
        return then if self.awaited == 0 else state

    # U1-U2
    @moves(S.MOTION, S.RETURNED)
    def initiate(self, outcome: str) -> State:
        """The plan is approved (for a recommendation or a competition), returned or dropped."""
        if outcome == "approve":
            return self._recommend()
        return {"compete": S.ANNOUNCING, "return": S.RETURNED, "drop": S.DROPPED}[outcome]

    @moves(S.TO_INTERVIEW)
    def recommend_by_interview(self, outcome: str) -> State:
        """Talks were held; the meeting follows unless it was held before or may be dropped."""
        self.mark("interviewed")
        return S.RECOMMENDED if self.has("met") or outcome == "drop_meeting" else S.TO_MEET

    @moves(S.TO_MEET)
    def recommend_by_meeting(self, outcome: str) -> State:
        """The meeting was held."""
        self.mark("met")
        return S.RECOMMENDED if self.has("interviewed") else S.TO_INTERVIEW

    @moves(S.RECOMMENDED)
    def report_recommendation(self, outcome: str) -> State:
        """Enough support, or not concentrated: once more, or no further."""
        return self._recommend() if outcome == "repeat" else {"enough": S.QUALIFYING, "stop": S.STOPPED}[outcome]

    # U2c
    @moves(S.ANNOUNCING)
    def announce_competition(self, outcome: str) -> State:
        """Applications are open; those of an earlier announcement do not count."""
        self.forget("apply_for_post", "check_applicants")
        return S.APPLYING

    @moves(S.APPLYING)
    def apply_for_post(self, outcome: str) -> State:
        """Somebody applied."""
        return S.APPLYING

    @moves(S.APPLYING)
    def check_applicants(self, outcome: str) -> State:
        """Who may compete is settled, or the post is announced again."""
        return {"proceed": S.SCORING, "announce_again": S.ANNOUNCING, "stop": S.STOPPED}[outcome]

    @moves(S.SCORING)
    def score_applicants(self, outcome: str) -> State:
        """The case goes on about the winner."""
        setattr(self, "cadre_id", self.settled["score_applicants"]["winner"])  # noqa: B010 - a column that mypy cannot type here
        return S.QUALIFYING

    # U3-U4
    @moves(S.QUALIFYING)
    def qualify(self, outcome: str) -> State:
        """The bars were checked; an exclusion ends the case and stays on record."""
        return {"qualified": S.QUALIFIED, "excluded": S.STOPPED}[outcome]

    @moves(S.QUALIFIED)
    def confirm_candidates(self, outcome: str) -> State:
        """The decision body confirms; a recommendation older than a year is repeated."""
        return self._recommend() if outcome == "lapsed" else {"confirm": S.CANDIDATE, "exclude": S.STOPPED}[outcome]

    @moves(S.CANDIDATE)
    def announce_examination(self, outcome: str) -> State:
        """Issued, examination and four checks begin; withdrawn, the candidate is confirmed anew."""
        if outcome == "withdraw":
            return S.QUALIFIED
        self.awaited = 1 + len(self.settled["announce_examination"].get("checks", []))
        return S.EXAMINING

    # U5-U6, side by side
    @moves(*BLOCK)
    def plan_examination(self, outcome: str) -> State:
        """The team's plan stands."""
        return State(self.state)

    @moves(*BLOCK)
    def record_interview(self, outcome: str) -> State:
        """A talk was recorded."""
        return State(self.state)

    @moves(*BLOCK)
    def appraise(self, outcome: str) -> State:
        """Ballots were counted."""
        return State(self.state)

    @moves(*BLOCK)
    def examine(self, outcome: str) -> State:
        """The material is whole, to be supplemented, or speaks against the candidate."""
        if outcome == "proceed":
            return self._one_less(S.EXAMINING, S.CHECKED)
        return {"supplement": S.SUPPLEMENTING, "stop": S.STOPPING}[outcome]

    @moves(*BLOCK)
    def ask_check(self, outcome: str) -> State:
        """One organ was asked."""
        return State(self.state)

    @moves(*BLOCK)
    def answer_check(self, outcome: str) -> State:
        """Clear closes the branch, pending keeps it open, adverse stops everything."""
        if outcome == "clear":
            return self._one_less(S.EXAMINING, S.CHECKED)
        return {"pending": S.CHECK_PENDING, "adverse": S.STOPPING}[outcome]

    @moves(S.CHECKED, S.STOPPING)
    def close_four_checks(self, outcome: str) -> State:
        """All clear, or the case stops here."""
        if outcome == "stop":
            return S.STOPPED
        self.awaited = len(self.settled["close_four_checks"].get("organs", []))
        return S.CONSULTING

    # U7-U8
    @moves(S.CONSULTING)
    def ask_opinion(self, outcome: str) -> State:
        """One organ was asked."""
        return S.CONSULTING

    @moves(S.CONSULTING)
    def give_opinion(self, outcome: str) -> State:
        """Agreed, deemed to agree, or disagreed: then the meeting needs the result of coordination."""
        if outcome == "disagree":
            self.mark("disagreed")
        return self._one_less(S.CONSULTING, S.DELIBERATION)

    @moves(S.DELIBERATION, S.DEFERRED, S.RECONSIDERING)
    def record_meeting(self, outcome: str) -> State:
        """The committee voted; a recommendation that lapsed before the vote is repeated, and everything built on it with it."""
        if outcome == "lapsed":
            self.unmark(*(f"clear_{check}" for check in guards.CHECKS), "disagreed")
            self.forget(*AFTER_CONFIRMING)
            self.round += 1
            return self._recommend()
        return {"adopt": S.ADOPTED, "postpone": S.DEFERRED, "reconsider": S.RECONSIDERING, "reject": S.STOPPED}[outcome]

    @moves(S.ADOPTED)
    def decide(self, outcome: str) -> State:
        """The decision is signed; it is posted unless it is exempt."""
        return S.TO_TALK if outcome == "exempt" else S.DECIDED

    # U9-U10
    @moves(S.DECIDED)
    def post_notice(self, outcome: str) -> State:
        """The notice runs."""
        self.awaited = 0
        return S.NOTICE

    @moves(S.NOTICE)
    def verify_report(self, outcome: str) -> State:
        """A report was verified."""
        if outcome == "affects":
            self.mark("report_affects")
        self.awaited -= 1
        return S.NOTICE

    @moves(S.NOTICE)
    def close_notice(self, outcome: str) -> State:
        """Without effect the talk follows; else the committee takes the matter up again."""
        if outcome == "affected":
            self.unmark(*NOTICE_MARKS)
            self.forget(*AFTER_DECIDING)
            self.round += 1
            return S.RECONSIDERING
        self.mark("notice_closed")
        return S.TO_TALK

    @moves(S.TO_TALK)
    def talk(self, outcome: str) -> State:
        """The talk was held."""
        return S.TALKED

    # U11-U13
    @moves(S.TALKED)
    def appoint(self, outcome: str) -> State:
        """Appointed, on trial, or not elected."""
        return {"appointed": S.APPOINTED, "on_trial": S.PROBATION, "not_elected": S.NOT_ELECTED}[outcome]

    @moves(S.PROBATION)
    def conclude_probation(self, outcome: str) -> State:
        """The trial year is over."""
        return {"confirmed": S.CONFIRMED, "failed": S.PROBATION_FAILED}[outcome]

    @moves(S.APPOINTED, S.CONFIRMED, S.PROBATION_FAILED, S.NOT_ELECTED, S.STOPPED)
    def archive(self, outcome: str) -> State:
        """The file is complete; how it ended stays as a mark."""
        self.mark(f"ended_{self.state}")
        return S.CLOSED
