"""U5 个别谈话."""

from __future__ import annotations

from typing import Any

from flows.up.steps.record_interview import RecordInterview
from tests.flows.up.stand import TEAM, TODAY, case, member, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = RecordInterview()
SAMPLE: dict[str, Any] = {
    "held_on": TODAY, "place": "谈话室", "interviewee": "孙志远", "description": "一名中层干部", "read_back": True,
    "talk": [{"question": "表现如何？", "answer": "工作扎实。"}],
}  # fmt: skip


def at(actor: int = 11, talks: int = 0) -> Situation:
    return situation(case("examination", settled={"plan_examination": TEAM, "record_interview": {"count": talks}}), actor=member(actor))


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_a_talk_that_was_held_and_read_back_is_recorded() -> None:
    assert refused() == ("", "")


def test_only_members_of_the_team_talk() -> None:
    assert refusal(STEP, SAMPLE, at(actor=14)) == ("SD-1", "")


def test_not_in_the_future_and_not_without_reading_back() -> None:
    assert refused(held_on=TODAY.replace(day=21)) == ("U5-DATE", "held_on")
    assert refused(read_back=False) == ("U5-READBACK", "read_back")


def test_a_second_member_of_this_team_signs() -> None:
    assert [slot.among for slot in STEP.slots(at(), SAMPLE)] == [(12, 13)]


def test_talks_are_counted_and_change_no_state() -> None:
    assert STEP.settle(at(talks=2), SAMPLE) == {"count": 3}
    assert moved(case("check_pending"), "record_interview") == "check_pending"


def test_the_record_names_the_interviewee_by_the_description_only() -> None:
    html = printed(STEP, SAMPLE, at())
    assert "一名中层干部" in html and "孙志远" not in html and "interviewee" in STEP.sealed
