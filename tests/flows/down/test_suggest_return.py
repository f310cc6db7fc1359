"""D16 重新使用建议."""

from datetime import date

import pytest

from flows.down.steps.suggest_return import SuggestReturn
from flows.roles import Role
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources
from workflow_app.steps import Situation

STEP = SuggestReturn()
SAMPLE = {
    "results": "连续两年考核优秀。",
    "opinions": "所在单位党组一致同意。",
    "outcome": "suggested",
    "proposal": "可列入副处级干部考察范围。",
}


def at(today: date) -> Situation:
    return situation(case("closed", settled={"decide": {"kind": "REMOVE", "effective_on": "2026-03-20", "months": 12}}), today=today)


@pytest.mark.parametrize(("today", "rule"), [(date(2026, 9, 1), "D16-BAR"), (date(2027, 3, 20), "D16-BAR"), (date(2027, 3, 21), "")])
def test_it_is_refused_before_the_restriction_is_over(today: date, rule: str) -> None:
    assert refusal(STEP, SAMPLE, at(today)) == (rule, "")


def test_without_a_decision_there_is_nothing_to_return_from() -> None:
    assert refusal(STEP, SAMPLE, situation(case("closed"))) == ("D16-DECISION", "")


def test_it_is_possible_on_the_closed_case_and_signed_by_two() -> None:
    assert STEP.after_end
    assert [slot.role for slot in STEP.slots(situation(), SAMPLE)] == [Role.ORG_LEADER]


def test_only_a_suggestion_raises_a_lead() -> None:
    assert STEP.lead(situation(), SAMPLE) == {"rule_id": "D16", "suggests": "RETURN", "summary": SAMPLE["proposal"], "role": "org_leader"}
    assert STEP.lead(situation(), SAMPLE | {"outcome": "not_yet"}) is None


@pytest.mark.django_db
def test_the_paper_names_results_opinions_and_the_end_of_the_restriction() -> None:
    html = printed(STEP, SAMPLE, at(date(2027, 3, 21)))
    for text in ("王建国", "2027年3月20日", "建议重新使用", SAMPLE["results"], SAMPLE["opinions"], SAMPLE["proposal"]):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"results", "opinions", "outcome", "proposal"}


def test_it_leaves_the_closed_case_closed() -> None:
    assert moved(STEP, case("closed"), "suggested") == "closed"
    assert sources(STEP) == {"closed"}
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == ("org_leader", None, False)
