"""U8 任免决定."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.decide import Decide
from tests.flows.up.stand import POST, case, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = Decide()
SAMPLE: dict[str, Any] = {
    "nation": "汉族", "education": "大学", "party": "中共党员", "work_since": "1996.08", "resume": "1996年参加工作。", "begun": POST, "ended": "市交通运输局副局长",
    "appraisal": "担当作为；有时急躁。", "outcome": "notice", "exempt_ground": "",
}  # fmt: skip


def at(marks: tuple[str, ...] = ("vote_carried",)) -> Situation:
    return situation(case("adopted", marks=marks, settled={"record_meeting": {"held_on": "2026-03-18"}}))


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_what_was_adopted_is_signed() -> None:
    assert refused() == ("", "")


def test_nothing_is_decided_without_a_lawful_vote() -> None:
    assert refusal(STEP, SAMPLE, at(marks=())) == ("M-2", "")
    assert moved(case("adopted"), "decide", "notice") == ""


def test_another_post_needs_another_recommendation() -> None:
    assert refused(begun="市财政局局长") == ("U2-POST", "begun")


def test_the_notice_is_left_out_only_on_a_stated_ground() -> None:
    assert refused(outcome="exempt") == ("U9-EXEMPT", "exempt_ground")
    assert refused(outcome="exempt", exempt_ground="换届考察时已经公示（条例第×条）。") == ("", "")
    here = case("adopted", marks=("vote_carried",))
    assert moved(here, "decide", "exempt", exemption_stated=True) == "appointment_talk"
    assert moved(here, "decide", "exempt", exemption_stated=False) == ""
    assert moved(here, "decide", "notice") == "decided"


def test_the_day_of_the_decision_is_that_of_the_meeting() -> None:
    assert STEP.settle(at(), SAMPLE)["decided_on"] == "2026-03-18"


@pytest.mark.parametrize("field", ["family", "spouse", "children", "id_number", "health"])
def test_nothing_of_private_life_is_asked(field: str) -> None:
    assert field not in STEP.Facts.base_fields


def test_the_form_says_basics_resume_posts_and_appraisal() -> None:
    html = printed(STEP, SAMPLE, at())
    for text in ("王建国", "1974-05", "汉族", "1996.08", POST, "市交通运输局副局长", "2026年3月18日", "担当作为"):
        assert text in html
