"""D1 函询回复."""

from typing import Any

import pytest

from flows.down.steps.answer_inquiry import AnswerInquiry
from tests.flows.down.stand import case, demanded, moved, printed, situation, sources
from workflow_app.steps import Situation

STEP = AnswerInquiry()
SAMPLE: dict[str, Any] = {"answers": [{"text": "因汛期停工。"}, {"text": "已报批。"}], "remark": ""}


def at() -> Situation:
    return situation(case("inquired", settled={"inquire": {"questions": ["项目为何延期？", "是否按程序报批？"]}}))


def test_the_form_asks_for_an_answer() -> None:
    assert demanded(STEP) == {"answers"}


@pytest.mark.django_db
def test_the_questions_stand_above_the_answers() -> None:
    form = STEP.Facts(situation=at())
    assert form.fields["remark"].help_text == "函询问题：1. 项目为何延期？；2. 是否按程序报批？"


@pytest.mark.parametrize(
    ("answers", "outcome"), [(["是", "否"], "answered"), (["是"], "unclear"), (["是", "  "], "unclear"), (["是", "否", "补充"], "answered")]
)
def test_a_reply_is_unclear_when_a_question_has_no_answer(answers: list[str], outcome: str) -> None:
    assert STEP.outcome(at(), {"answers": [{"text": text} for text in answers]}) == outcome


def test_an_unclear_reply_is_asked_for_once_more_and_then_taken_as_it_is() -> None:
    asked = case("inquired")
    assert moved(STEP, asked, "unclear") == "to_inquire"
    asked.inquire("sent")
    assert moved(STEP, asked, "unclear") == "checking"


@pytest.mark.parametrize("outcome", ["answered", "silent"])
@pytest.mark.parametrize(("marks", "state"), [((), "checking"), (("report_asked",), "rectifying")])
def test_after_the_reply_comes_the_report_or_the_check(outcome: str, marks: tuple[str, ...], state: str) -> None:
    assert moved(STEP, case("inquired", marks=marks), outcome) == state


def test_only_questions_that_were_sent_are_answered() -> None:
    assert sources(STEP) == {"inquired"}


def test_silence_is_recorded_when_the_period_ends_and_admits_nothing() -> None:
    assert (STEP.role, STEP.deadline) == ("subject", "DN-INQ-REPLY")
    silent = STEP.silence(at())
    assert STEP.outcome(at(), silent) == "silent"
    html = printed(STEP, silent, at())
    assert "<h1>函询未答复情况记录</h1>" in html
    assert "不视为承认" in html


def test_the_reply_pairs_questions_and_answers() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE | {"answers": [{"text": "因汛期停工。"}], "remark": "另附说明。"}, at())
    for text in ("<h1>函询回复</h1>", "问：项目为何延期？", "答：因汛期停工。", "问：是否按程序报批？", "（未答复）", "另附说明。"):
        assert text in html
