"""U10 任职谈话."""

from __future__ import annotations

from typing import Any

from flows.up.steps.talk import Talk
from tests.flows.up.stand import TODAY, case, moved, printed, refusal, situation

STEP = Talk()
SAMPLE: dict[str, Any] = {
    "held_on": TODAY, "place": "谈话室", "praise": "担当作为。", "shortcomings": "有时急躁。", "requirements": "团结班子。", "reply": "一定努力。",
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("appointment_talk")))


def test_a_talk_that_was_held_is_recorded() -> None:
    assert refused() == ("", "")
    assert refused(held_on=TODAY.replace(day=21)) == ("U10-DATE", "held_on")


def test_shortcomings_are_named() -> None:
    assert refused(shortcomings=" ") == ("U10-SHORT", "shortcomings")


def test_the_person_signs() -> None:
    assert [(slot.role, slot.cadre) for slot in STEP.slots(situation(), SAMPLE)] == [("subject", 7)]


def test_it_comes_after_the_notice_and_before_the_appointment() -> None:
    assert moved(case("appointment_talk"), "talk") == "talked"
    assert moved(case("public_notice"), "talk") == moved(case("decided"), "talk") == ""


def test_the_record_says_praise_shortcomings_requirements_and_reply() -> None:
    html = printed(STEP, SAMPLE, situation(case("appointment_talk")))
    assert all(text in html for text in ("担当作为。", "有时急躁。", "团结班子。", "一定努力。"))
