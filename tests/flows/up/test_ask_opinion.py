"""U7 征求意见."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.ask_opinion import AskOpinion
from tests.flows.up.stand import POST, TODAY, case, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = AskOpinion()
SAMPLE: dict[str, Any] = {"question": "是否同意该任职？", "material": "考察材料摘要。", "received_on": TODAY}


def at(kind: str = "coauthority") -> Situation:
    return situation(case("consultation"), subject={"organ": 3, "organ_name": "省交通运输厅党组", "kind": kind})


def test_not_before_the_organ_has_it() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE | {"received_on": TODAY.replace(day=21)}, at()) == ("U7-DATE", "received_on")


@pytest.mark.parametrize(
    ("kind", "rule", "said"),
    [("coauthority", "UP-COAUTH", "逾期未答复视为同意"), ("lead", "DN-OPINION", "10个工作日内答复（项目默认期限）")],
)
def test_only_the_assisting_authority_is_told_that_silence_is_consent(kind: str, rule: str, said: str) -> None:
    assert STEP.begins(at(kind), SAMPLE) == {rule: TODAY}
    html = printed(STEP, SAMPLE, at(kind))
    assert said in html and POST in html
    assert ("视为同意" in html) is (kind == "coauthority")


def test_it_leaves_the_state_alone() -> None:
    assert moved(case("consultation"), "ask_opinion") == "consultation"
