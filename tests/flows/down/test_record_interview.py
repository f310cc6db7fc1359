"""D3 个别谈话."""

from typing import Any

from flows.down.steps.record_interview import RecordInterview
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, somebody, sources
from workflow_app.steps import Situation

STEP = RecordInterview()
SAMPLE = {
    "talk": [{"question": "项目为何滞后？", "answer": "前期论证不足。"}], "held_on": TODAY, "place": "市交通运输局会议室",
    "interviewee": "郑海洋", "description": "该单位一名中层干部", "read_back": True,
}  # fmt: skip


def at(actor: int = 11, **settled: Any) -> Situation:
    return situation(case("verifying", settled={"plan_examination": {"team": [11, 12, 13]}} | settled), actor=somebody(actor))


def refused(actor: int = 11, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at(actor))


def test_the_form_asks_for_the_talk_and_a_description_that_may_be_disclosed() -> None:
    assert demanded(STEP) == {"talk", "held_on", "place", "interviewee", "description"}


def test_only_members_of_this_team_talk() -> None:
    assert refused() == ("", "")
    assert refused(actor=14) == ("SD-1", "")


def test_it_was_held_and_read_back() -> None:
    assert refused(held_on=TODAY.replace(day=21)) == ("D3-DATE", "held_on")
    assert refused(read_back=False) == ("D3-READBACK", "read_back")


def test_another_member_signs() -> None:
    [slot] = STEP.slots(at(), SAMPLE)
    assert (slot.role, slot.among) == ("examination_team", (12, 13))


def test_a_substitute_signs_instead_of_a_member_who_was_recused() -> None:
    replaced = {"decide_recusal": {"replaced": {"12": 14}}}
    assert STEP.slots(at(**replaced), SAMPLE)[0].among == (14, 13)
    assert refusal(STEP, SAMPLE, at(12, **replaced)) == ("SD-1", "")
    assert refusal(STEP, SAMPLE, at(14, **replaced)) == ("", "")


def test_talks_of_a_round_are_counted() -> None:
    assert STEP.settle(at(), SAMPLE) == {"count": 1}
    assert STEP.settle(at(record_interview={"count": 2}), SAMPLE) == {"count": 3}


def test_it_is_repeatable_and_leaves_the_case_where_it_is() -> None:
    assert moved(STEP, case("verifying")) == "verifying"
    assert sources(STEP) == {"verifying"}


def test_the_person_who_talked_stays_sealed() -> None:
    assert STEP.sealed == ("interviewee",)
    assert not STEP.open_to_subject
    html = printed(STEP, SAMPLE, at())
    assert "郑海洋" not in html
    for text in ("该单位一名中层干部", "问：项目为何滞后？", "答：前期论证不足。", "市交通运输局会议室", "2026年3月20日", "已核对"):
        assert text in html
