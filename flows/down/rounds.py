"""Rounds of a case: what a return forgets, so that facts of an earlier pass never leak into a later one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flows.down.states import S, State

SENSITIVE = {"REMOVE", "DEMOTE"}
HEARING = ("inform_cadre", "serve_information", "answer", "withdraw_statement", "record_statement", "weigh_answer")
AFTER_HEARING = ("weigh_tolerance", "assess_risk", "propose", "review_legality", "ask_opinion", "give_opinion", "record_meeting")
OPINION_MARKS = ("review_passed", "objected", "pending_case")


class Rounds:
    """What later steps of a case know of earlier ones, and when they forget it."""

    settled: Any
    round: Any
    mark: Callable[..., None]
    unmark: Callable[..., None]

    def take_note(self, step: str) -> None:
        """Set the marks that follow from what `step` settled."""
        noted = self.settled.get(step, {})
        for mark in ("tolerance_claimed", "report_asked"):
            if noted.get(mark):
                self.mark(mark)
        if step == "propose":
            (self.mark if noted.get("pay_changes") else self.unmark)("pay_changes")
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
        self.forget("heavier", *HEARING, *AFTER_HEARING)
        self.unmark("hearing_closed", "tolerance_claimed", "tolerance_weighed", "risk_weighed", "risk_uncontrolled", *OPINION_MARKS)
        if self.settled.get("report_findings", {}).get("tolerance_claimed"):  # raised ex officio: not a word of the cadre's, so it stays
            self.mark("tolerance_claimed")
        return S.FOUND

    def _hearing_stands(self) -> State:
        found = self.settled.get("report_findings", {})
        self.settled["weigh_answer"] = {**self.settled.get("weigh_answer", {}), **{name: found.get(name) for name in ("kind", "measure")}}
        return S.HEARD

    def _close_hearing(self) -> State:
        self.mark("hearing_closed")
        return S.HEARD
