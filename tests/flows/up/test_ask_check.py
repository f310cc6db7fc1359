"""U6 请求核查."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.ask_check import AskCheck
from tests.flows.up.stand import TODAY, case, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = AskCheck()
SAMPLE: dict[str, Any] = {
    "question": "党风廉政方面是否有不同意见？",
    "legal_basis": "选拔任用工作规定",
    "period": "现任职务以来",
    "received_on": TODAY,
}


def at(check: str = "discipline") -> Situation:
    return situation(case("examination"), subject={"check": check, "title": "纪检监察机关意见必听", "organ": 5, "organ_name": "市纪委监委"})


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_one_closed_question_is_asked() -> None:
    assert refused() == ("", "")


@pytest.mark.parametrize("question", ["请提供全部银行流水。", "有无问题？是否受过处分？"])
def test_no_other_than_one_question(question: str) -> None:
    assert refused(question=question) == ("U6-QUESTION", "question")


def test_not_before_the_organ_has_it() -> None:
    assert refused(received_on=TODAY.replace(day=21)) == ("U6-DATE", "received_on")


def test_the_period_of_the_discipline_organ_has_its_own_rule() -> None:
    assert STEP.begins(at(), SAMPLE) == {"UP-DISCIP-REPLY": TODAY}
    assert STEP.begins(at("archive"), SAMPLE) == {"UP-CHECK-REPLY": TODAY}


def test_the_letter_asks_for_a_conclusion_and_no_raw_data() -> None:
    html = printed(STEP, SAMPLE, at())
    assert "市纪委监委" in html and "不附原始材料" in html and "项目默认" in html and "现任职务以来" in html


def test_it_leaves_the_state_alone() -> None:
    assert moved(case("check_pending"), "ask_check") == "check_pending"
