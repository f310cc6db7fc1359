"""R6 申诉处理决定: by another organ, on the committee's opinion, never heavier."""

from typing import Any

import pytest

from flows.remedy.path import RemedyPath
from flows.remedy.steps.decide import Decide
from tests.flows.remedy.stand import NO_CHANGE, case, printed, refusal, situation

pytestmark = pytest.mark.django_db
STEP = Decide()
SAMPLE: dict[str, Any] = {
    "replies": [{"reason": "延期系汛期所致。", "reply": "属实。"}, {"reason": "程序有误。", "reply": "程序合法。"}], "facts_found": "经查属实。",
    "grounds": "《公务员法》第九十五条。", "outcome": "uphold", "back_to": "", "departure": "", **NO_CHANGE,
}  # fmt: skip


def at(opinion: str = "uphold", *, level: str = "appeal", about: dict[str, Any] | None = None, measure: Any = None) -> Any:
    heard = {"hear": {"outcome": opinion, "measure": measure, "back_to": ""}}
    return situation(case(level, state="heard", about=about, settled=heard))


def test_the_opinion_is_followed_or_the_departure_is_explained() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE, at("revoke")) == ("R6-OPINION", "departure")
    assert refusal(STEP, SAMPLE | {"departure": "事实已经查清。"}, at("revoke")) == ("", "")


def test_another_measure_than_the_committees_is_a_departure() -> None:
    removal = {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}
    facts = SAMPLE | removal | {"outcome": "change"}
    assert refusal(STEP, facts, at("change", measure=removal)) == ("", "")
    assert refusal(STEP, facts | {"months": 6}, at("change", measure=removal)) == ("R6-OPINION", "departure")


def test_the_original_organ_never_decides() -> None:
    own = {"respondent": {"unit": 9, "units": [9], "name": "云溪市公务员主管部门"}}
    assert refusal(STEP, SAMPLE, at(about=own))[0] == "SD-5"


def test_every_reason_is_answered_and_nothing_gets_heavier() -> None:
    assert refusal(STEP, SAMPLE | {"replies": []}, at()) == ("R-REPLY", "replies")
    worse = SAMPLE | {"outcome": "change", "kind": "DEMOTE", "months": 30, "rank_steps": 1}
    assert refusal(STEP, worse, at("change")) == ("SD-18", "kind")


def test_a_remand_says_where_it_begins_anew_and_that_it_cannot_get_heavier() -> None:
    facts = SAMPLE | {"outcome": "remand"}
    assert refusal(STEP, facts, at("remand")) == ("R6-REMAND", "back_to")
    html = printed(STEP, facts | {"back_to": "D7"}, at("remand"))
    assert "重新提出调整建议" in html
    assert "不得重于原决定" in html
    assert STEP.overturning(at("remand"), facts | {"back_to": "D7"}) == {"outcome": "remand", "measure": None, "back_to": "D7"}


@pytest.mark.parametrize(
    ("level", "title", "rule"), [("appeal", "申诉处理决定书", "RM-APPEAL-DECIDE"), ("reappeal", "再申诉处理决定书", "RM-REAPPEAL-DECIDE")]
)
def test_title_and_period_are_those_of_the_level(level: str, title: str, rule: str) -> None:
    here = at(level=level)
    assert f"<h1>{title}</h1>" in printed(STEP, SAMPLE, here)
    assert STEP.deadline_for(here.case, {}) == rule


def test_a_re_appeal_decision_is_final() -> None:
    assert "本决定为最终决定。" in printed(STEP, SAMPLE, at(level="reappeal"))


def test_the_form_starts_from_the_opinion() -> None:
    start = STEP.on_desk(at("revoke"))
    assert (start["outcome"], len(start["replies"])) == ("revoke", 2)


@pytest.mark.parametrize("step", ["review", "hear", "decide"])
def test_what_a_change_puts_in_place_is_asked_after_the_outcome(step: str) -> None:
    asked = list(RemedyPath.node_of(step).step.Facts().fields)
    after = asked.index("outcome") + 1
    assert asked[after : after + 5] == ["kind", "months", "rank_steps", "pay_cut", "grade"]
    assert asked[0] != "kind"
