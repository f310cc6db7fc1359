"""D1 函询."""

from datetime import datetime
from typing import Any

import pytest

from flows.down.steps.inquire import Inquire
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from workflow_app.clock import TZ

STEP = Inquire()
SAMPLE = {"questions": [{"text": "项目为何延期？"}, {"text": "是否按程序报批？"}], "served_on": TODAY, "outcome": "sent"}


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("to_inquire")))


def test_the_form_asks_at_least_one_question_and_for_the_day_of_receipt() -> None:
    assert demanded(STEP) == {"questions", "served_on", "outcome"}


def test_receipt_is_proven_not_planned() -> None:
    assert refused() == ("", "")
    assert refused(served_on=TODAY.replace(day=21)) == ("D1-DATE", "served_on")


@pytest.mark.parametrize(("outcome", "then"), [("sent", "checking"), ("sent_with_report", "rectifying")])
def test_a_report_is_asked_for_only_where_the_letter_says_so(outcome: str, then: str) -> None:
    asked = case("to_inquire")
    assert moved(STEP, asked, outcome) == "inquired"
    asked.answer_inquiry("answered")
    assert asked.state == then


def test_it_is_taken_when_triage_said_so_or_a_reply_was_unclear() -> None:
    assert sources(STEP) == {"to_inquire"}


def test_reply_and_report_are_due_from_the_day_of_receipt() -> None:
    assert STEP.starts == {"DN-INQ-REPLY": "served_on", "DN-RECTIFY": "served_on"}
    assert STEP.settle(situation(), SAMPLE) == {"questions": ["项目为何延期？", "是否按程序报批？"]}


def test_the_cadre_reads_the_numbered_questions_and_the_time_to_answer() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, situation())
    for text in ("王建国", "1. 项目为何延期？", "2. 是否按程序报批？", "15个工作日", "2026年3月20日"):
        assert text in html


def test_the_day_is_not_before_the_clue_was_registered() -> None:
    opened = case("to_inquire", created=datetime(2026, 3, 19, 9, tzinfo=TZ))
    assert refusal(STEP, SAMPLE | {"served_on": TODAY.replace(day=19)}, situation(opened)) == ("", "")
    assert refusal(STEP, SAMPLE | {"served_on": TODAY.replace(day=18)}, situation(opened)) == ("D1-DATE", "served_on")
