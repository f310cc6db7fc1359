"""D4 陈述申辩."""

from typing import Any

import pytest

from flows.down.steps.answer import Answer
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources

STEP = Answer()
SAMPLE = {
    "outcome": "statement", "points": [{"text": "延期系汛期所致。"}, {"text": "已按程序报告。"}], "evidence": "停工通知一份", "tolerance_claimed": True,
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("hearing")))


def test_the_form_asks_only_for_the_choice() -> None:
    assert demanded(STEP) == {"outcome"}
    assert "silent" not in dict(STEP.Facts().fields["outcome"].choices), "silence is never chosen"


def test_a_written_statement_says_something() -> None:
    assert refused() == ("", "")
    assert refused(points=[]) == ("D4-POINTS", "points")


@pytest.mark.parametrize("outcome", ["in_person", "waived"])
def test_to_be_heard_in_person_or_to_waive_needs_no_text(outcome: str) -> None:
    assert refused(outcome=outcome, points=[]) == ("", "")


@pytest.mark.parametrize(
    ("outcome", "state", "closed"),
    [("statement", "weighing", False), ("in_person", "talking", False), ("waived", "heard", True), ("silent", "heard", True)],
)
def test_waiving_and_silence_close_the_hearing(outcome: str, state: str, closed: bool) -> None:
    heard = case("hearing")
    assert moved(STEP, heard, outcome) == state
    assert heard.has("hearing_closed") is closed
    assert sources(STEP) == {"hearing"}


def test_points_and_a_claim_of_tolerance_are_settled() -> None:
    assert STEP.settle(situation(), SAMPLE) == {"points": ["延期系汛期所致。", "已按程序报告。"], "tolerance_claimed": True, "filed": True}
    claimed = case("hearing")
    moved(STEP, claimed, "statement", tolerance_claimed=True)
    assert claimed.has("tolerance_claimed")


def test_silence_is_a_fact_and_no_admission() -> None:
    assert (STEP.role, STEP.deadline) == ("subject", "DN-HEARING")
    silent = STEP.silence(situation())
    assert STEP.outcome(situation(), silent) == "silent"
    assert STEP.settle(situation(), silent) == {"points": [], "tolerance_claimed": False, "filed": False}
    html = printed(STEP, silent, situation())
    assert "<h1>未提交陈述情况记录</h1>" in html
    assert "不视为承认" in html


def test_the_statement_prints_every_point() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, situation())
    for text in (
        "<h1>陈述申辩书</h1>",
        "王建国",
        "提交书面陈述申辩",
        "意见1",
        "延期系汛期所致。",
        "意见2",
        "已按程序报告。",
        "停工通知一份",
        "是",
    ):
        assert text in html
