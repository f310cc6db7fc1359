"""D1 谈话提醒."""

from datetime import datetime
from typing import Any

import pytest

from flows.down.steps.remind import Remind
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, somebody, sources
from workflow_app.clock import TZ

STEP = Remind()
SAMPLE = {
    "held_on": TODAY, "place": "组织部谈话室", "recorder": "赵安", "matters": "重点项目连续两年滞后。", "explanation": "汛期停工。",
    "request": "三个月内完成剩余工程。", "outcome": "report_asked", "refused": False, "refusal_note": "",
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("to_remind")))


def test_the_form_asks_for_the_talk_as_it_was_held() -> None:
    assert demanded(STEP) == {"held_on", "place", "recorder", "matters", "explanation", "request", "outcome"}


def test_a_talk_is_recorded_after_it_was_held() -> None:
    assert refused() == ("", "")
    assert refused(held_on=TODAY.replace(day=21)) == ("D1-DATE", "held_on")


def test_a_refusal_to_sign_is_described() -> None:
    assert refused(refused=True) == ("D1-REFUSAL", "refusal_note")
    assert refused(refused=True, refusal_note="本人认为事实有出入。") == ("", "")


def test_the_cadre_signs_unless_the_refusal_is_noted() -> None:
    assert [(slot.role, slot.cadre) for slot in STEP.slots(situation(), SAMPLE)] == [("subject", 7)]
    assert STEP.slots(situation(), SAMPLE | {"refused": True, "refusal_note": "拒签"}) == []


@pytest.mark.parametrize(("outcome", "state"), [("report_asked", "rectifying"), ("closed", "settled")])
def test_a_report_is_asked_for_or_the_matter_is_closed(outcome: str, state: str) -> None:
    assert moved(STEP, case("to_remind"), outcome) == state


def test_it_is_taken_when_triage_said_so() -> None:
    assert sources(STEP) == {"to_remind"}


def test_the_report_is_due_six_months_from_the_talk() -> None:
    assert STEP.starts == {"DN-RECTIFY": "held_on"}
    assert STEP.deadline is None
    assert STEP.settle(situation(), SAMPLE) == {"report_asked": True, "request": "三个月内完成剩余工程。"}
    assert STEP.settle(situation(), SAMPLE | {"outcome": "closed"})["report_asked"] is False


def test_the_cadre_may_read_the_record_of_the_talk() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE | {"refused": True, "refusal_note": "本人认为事实有出入。"}, situation(actor=somebody(name="钱正明")))
    for text in (
        "王建国", "市交通运输局副局长", "2026年3月20日", "组织部谈话室", "钱正明", "赵安", "重点项目连续两年滞后。", "汛期停工。",
        "三个月内完成剩余工程。", "要求提交整改情况报告", "本人认为事实有出入。",
    ):  # fmt: skip
        assert text in html


def test_the_day_is_not_before_the_clue_was_registered() -> None:
    opened = case("to_remind", created=datetime(2026, 3, 19, 9, tzinfo=TZ))
    assert refusal(STEP, SAMPLE | {"held_on": TODAY.replace(day=19)}, situation(opened)) == ("", "")
    assert refusal(STEP, SAMPLE | {"held_on": TODAY.replace(day=18)}, situation(opened)) == ("D1-DATE", "held_on")
