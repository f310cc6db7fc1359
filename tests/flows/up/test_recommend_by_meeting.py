"""U2 会议推荐."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.recommend_by_meeting import RecommendByMeeting
from tests.flows.up.stand import TODAY, case, moved, printed, refusal, situation

STEP = RecommendByMeeting()
SAMPLE: dict[str, Any] = {
    "held_on": TODAY, "place": "一号会议室", "due": 60, "present": 55, "given": 55, "returned": 54, "valid": 53,
    "votes": [{"name": "王建国", "post_title": "市交通运输局副局长", "votes": 44}],
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation())


def test_ballots_that_add_up_are_recorded() -> None:
    assert refused() == ("", "")


@pytest.mark.parametrize("changes", [{"given": 56}, {"returned": 56}, {"valid": 55}])
def test_no_more_ballots_come_back_than_went_out(changes: dict[str, int]) -> None:
    assert refused(**changes) == ("U2-TALLY", "valid")


def test_nobody_has_more_votes_than_there_are_valid_ballots() -> None:
    assert refused(votes=[SAMPLE["votes"][0] | {"votes": 54}]) == ("U2-TALLY", "votes")


def test_in_either_order_both_are_held_before_the_report() -> None:
    assert moved(case("meeting_recommendation", marks=("interviewed",)), "recommend_by_meeting") == "recommended"
    assert moved(case("meeting_recommendation"), "recommend_by_meeting") == "recommendation"


def test_the_paper_gives_the_tally_and_no_voter() -> None:
    html = printed(STEP, SAMPLE, situation())
    assert "55／54／53" in html and "44" in html
