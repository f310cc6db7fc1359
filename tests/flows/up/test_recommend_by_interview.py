"""U2 谈话调研推荐."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.recommend_by_interview import CONDITIONS, RecommendByInterview
from tests.flows.up.stand import PLAN, TODAY, case, moved, printed, refusal, situation

STEP = RecommendByInterview()
SAMPLE: dict[str, Any] = {
    "held_on": TODAY, "due": 40, "present": 36, "unit_is_small": True, "same_audience": True, "concentrated": True, "outcome": "meeting",
    "summary": "意见集中。", "votes": [
        {"name": "王建国", "post_title": "市交通运输局副局长", "votes": 30}, {"name": "孙志远", "post_title": "市财政局副局长", "votes": 6},
    ],
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation())


def test_talks_with_a_tally_that_adds_up_are_recorded() -> None:
    assert refused() == ("", "")


@pytest.mark.parametrize(("changes", "rule"), [
    ({"held_on": TODAY.replace(day=21)}, ("U2-DATE", "held_on")), ({"present": 41}, ("U2-TALLY", "present")),
    ({"votes": [{"name": "王建国", "post_title": "", "votes": 37}]}, ("U2-TALLY", "votes")),
    ({"votes": [{"name": "孙志远", "post_title": "", "votes": 3}]}, ("U2-TALLY", "votes")),
    ({"votes": [SAMPLE["votes"][0], SAMPLE["votes"][0]]}, ("U2-TALLY", "votes")),
])  # fmt: skip
def test_a_tally_that_does_not_add_up_is_refused(changes: dict[str, Any], rule: tuple[str, str]) -> None:
    assert refused(**changes) == rule


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_meeting_is_dropped_only_under_all_three_conditions(condition: str) -> None:
    assert refused(outcome="drop_meeting") == ("", "")
    assert refused(outcome="drop_meeting", **{condition: False}) == ("U2-DROP", "outcome")


def test_a_meeting_that_was_held_first_cannot_be_dropped() -> None:
    at = situation(case(settled={"initiate": PLAN | {"meeting_first": True}}))
    assert refusal(STEP, SAMPLE | {"outcome": "drop_meeting"}, at) == ("U2-DROP", "outcome")


def test_the_meeting_follows_unless_it_was_held_or_may_be_dropped() -> None:
    here = case("recommendation")
    assert moved(here, "recommend_by_interview", "meeting") == "meeting_recommendation"
    assert moved(here, "recommend_by_interview", "drop_meeting", meeting_droppable=True) == "recommended"
    assert moved(here, "recommend_by_interview", "drop_meeting", meeting_droppable=False) == ""
    assert moved(case("recommendation", marks=("met",)), "recommend_by_interview", "meeting") == "recommended"


def test_the_person_concerned_is_on_the_list_from_the_start() -> None:
    assert STEP.on_desk(situation())["votes"][0]["name"] == "王建国"


def test_the_paper_lists_everybody_by_votes() -> None:
    html = printed(STEP, SAMPLE, situation())
    assert html.index("王建国") < html.index("孙志远") and "40／36" in html
