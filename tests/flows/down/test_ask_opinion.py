"""D9 征求意见."""

from typing import Any

import pytest

from flows.down.steps.ask_opinion import AskOpinion
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources
from workflow_app.steps import Situation

STEP = AskOpinion()
SAMPLE = {"question": "王建国是否有影响任免的情形？", "material": "调整建议方案摘要", "received_on": TODAY}
PASSED = ("review_passed",)


def at(kind: str = "discipline", name: str = "市纪委监委") -> Situation:
    asked = case("reviewed", settled={"propose": {"kind": "REMOVE"}})
    return situation(asked, subject={"organ": 31, "organ_name": name, "kind": kind})


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_the_form_asks_for_one_question_the_material_and_the_day_of_receipt() -> None:
    assert demanded(STEP) == {"question", "material", "received_on"}


def test_the_organ_has_the_letter() -> None:
    assert refused() == ("", "")
    assert refused(received_on=TODAY.replace(day=21)) == ("D9-DATE", "received_on")


def test_it_did_not_have_it_before_there_was_a_proposal() -> None:
    asked = situation(case("reviewed", settled={"propose": {"kind": "REMOVE", "proposed_on": "2026-03-18"}}), subject=dict(at().subject))
    assert refusal(STEP, SAMPLE | {"received_on": TODAY.replace(day=18)}, asked) == ("", "")
    assert refusal(STEP, SAMPLE | {"received_on": TODAY.replace(day=17)}, asked) == ("D9-DATE", "received_on")


@pytest.mark.parametrize(("kind", "rule"), [("discipline", "DN-OPINION"), ("coauthority", "DN-COAUTH")])
def test_the_organs_time_counts_from_the_day_it_has_the_letter(kind: str, rule: str) -> None:
    assert STEP.begins(at(kind), SAMPLE | {"received_on": TODAY.replace(day=18)}) == {rule: TODAY.replace(day=18)}
    assert STEP.deadline is None


@pytest.mark.parametrize("state", ["proposed", "reviewed", "consulting"])
def test_nobody_is_asked_before_the_legality_review_has_passed(state: str) -> None:
    on = {"legal_review": True}
    assert moved(STEP, case(state, marks=PASSED, switches=on), organ="市纪委监委") == "consulting"
    assert moved(STEP, case(state, switches=on), organ="市纪委监委") == ""
    assert moved(STEP, case(state, switches={"legal_review": False}), organ="市纪委监委") == "consulting"


def test_it_follows_proposal_and_review() -> None:
    assert sources(STEP) == {"proposed", "reviewed", "consulting"}


def test_who_knows_of_the_case_is_kept() -> None:
    assert STEP.settle(at(), SAMPLE) == {"organ": "市纪委监委"}
    asked = case("reviewed", marks=PASSED, settled={"circle": {"organs": ["省交通运输厅党组"]}})
    moved(STEP, asked, organ="市纪委监委")
    assert set(asked.settled["circle"]["organs"]) == {"市纪委监委", "省交通运输厅党组"}


def test_the_letter_asks_within_the_time_that_the_organ_has() -> None:
    assert not STEP.open_to_subject
    html = printed(STEP, SAMPLE, at())
    for text in ("市纪委监委", "王建国", "拟作免职", "是否有影响任免的情形", "调整建议方案摘要", "10个工作日内答复", "2026年3月20日"):
        assert text in html
    assert "逾期未答复视为同意" not in html
    assert "1个月内答复，逾期未答复视为同意" in printed(STEP, SAMPLE, at("coauthority", "省交通运输厅党组"))
