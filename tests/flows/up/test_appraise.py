"""U5 民主测评."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.appraise import Appraise
from tests.flows.up.stand import TEAM, TODAY, case, member, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = Appraise()
SAMPLE: dict[str, Any] = {
    "held_on": TODAY, "due": 40, "given": 38, "returned": 38, "valid": 36, "excellent": 30, "competent": 5, "basic": 1, "incompetent": 0,
    "secret_ballot": True,
}  # fmt: skip


def at(actor: int = 11) -> Situation:
    return situation(case("examination", settled={"plan_examination": TEAM}), actor=member(actor))


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_a_secret_ballot_that_adds_up_is_recorded() -> None:
    assert refused() == ("", "")


def test_an_open_ballot_is_refused() -> None:
    assert refused(secret_ballot=False) == ("SD-17", "secret_ballot")


@pytest.mark.parametrize("changes", [{"given": 41}, {"returned": 39}, {"valid": 39}, {"excellent": 31}, {"basic": 0}])
def test_ballots_that_do_not_add_up_are_refused(changes: dict[str, int]) -> None:
    assert refused(**changes) == ("U5-TALLY", "valid")


def test_only_members_count_and_a_second_one_signs() -> None:
    assert refusal(STEP, SAMPLE, at(actor=14)) == ("SD-1", "")
    assert [slot.among for slot in STEP.slots(at(), SAMPLE)] == [(12, 13)]


def test_not_in_the_future() -> None:
    assert refused(held_on=TODAY.replace(day=21)) == ("U5-DATE", "held_on")


def test_the_paper_holds_the_tally_and_no_rater() -> None:
    html = printed(STEP, SAMPLE, at())
    assert "40／38／38／36" in html and "无记名" in html
    assert not {"rater", "raters", "voters"} & set(STEP.Facts.base_fields), "nobody can even be named"


def test_it_leaves_the_state_alone() -> None:
    assert moved(case("supplementing"), "appraise") == "supplementing"
