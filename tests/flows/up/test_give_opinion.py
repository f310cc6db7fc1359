"""U7 意见答复."""

from __future__ import annotations

from typing import Any

from flows.up.steps.give_opinion import GiveOpinion
from tests.flows.up.stand import case, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = GiveOpinion()
SAMPLE: dict[str, Any] = {"outcome": "agree", "reason": "", "signer": "郑安"}


def at(kind: str = "coauthority") -> Situation:
    return situation(case("consultation"), subject={"organ": 3, "organ_name": "省交通运输厅党组", "kind": kind})


def test_agreement_needs_no_reason_and_disagreement_does() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE | {"outcome": "disagree"}, at()) == ("U7-REASON", "reason")


def test_nobody_but_the_calendar_deems() -> None:
    assert refusal(STEP, SAMPLE | {"outcome": "deemed_agreed"}, at()) == ("UP-COAUTH", "outcome")
    assert "deemed_agreed" not in dict(STEP.Facts.base_fields["outcome"].choices)  # type: ignore[attr-defined]


def test_only_an_assisting_authority_agrees_by_silence() -> None:
    assert STEP.silence(at()) == {"outcome": "deemed_agreed", "reason": "", "signer": ""}
    assert STEP.silence(at("lead")) is None


def test_silence_has_its_own_paper_that_says_so() -> None:
    html = printed(STEP, STEP.silence(at()) or {}, at())
    assert "未答复情况记录" in html and "视为同意（未答复）" in html


def test_the_last_answer_opens_the_meeting() -> None:
    assert moved(case("consultation", awaited=2), "give_opinion", "agree") == "consultation"
    assert moved(case("consultation", awaited=1), "give_opinion", "deemed_agreed") == "deliberation"


def test_disagreement_is_marked_for_the_meeting() -> None:
    here = case("consultation", awaited=1)
    here.give_opinion("disagree")
    assert here.state == "deliberation" and here.has("disagreed")
