"""D2 启动审批."""

from typing import Any

import pytest

from flows.down.steps.approve_opening import ApproveOpening
from flows.roles import Duty
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources

STEP = ApproveOpening()
SAMPLE = {
    "facts_known": "连续两年排名末位。", "situations": ["S08"], "scope": "2024至2025年履职情况。", "team": "市委组织部、市审计局各一人",
    "no_tie": True, "outcome": "approve", "reason": "线索具体，有必要核实。",
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("triaged")))


def test_the_form_asks_for_facts_scope_team_and_a_reason() -> None:
    assert demanded(STEP) == {"facts_known", "situations", "scope", "team", "outcome", "reason"}


def test_the_form_starts_from_the_clue() -> None:
    clue = {"summary": "重点项目滞后。", "situations": ["S08", "S10"]}
    form = STEP.Facts(situation=situation(case("triaged", settled={"register_clue": clue})))
    assert (form.fields["facts_known"].initial, form.fields["situations"].initial) == ("重点项目滞后。", ["S08", "S10"])


def test_whoever_has_a_tie_does_not_approve() -> None:
    assert refused() == ("", "")
    assert refused(no_tie=False) == ("SD-12", "no_tie")


def test_author_and_approver_are_two_people() -> None:
    assert (STEP.role, STEP.duty) == ("org_leader", Duty.AUTHOR)
    assert [(slot.role, slot.duty) for slot in STEP.slots(situation(), SAMPLE)] == [("org_leader", Duty.APPROVER)]


@pytest.mark.parametrize(("outcome", "state"), [("approve", "opened"), ("return", "clue"), ("refuse", "refused")])
def test_it_opens_returns_or_refuses(outcome: str, state: str) -> None:
    assert moved(STEP, case("triaged"), outcome) == state
    assert sources(STEP) == {"triaged"}


@pytest.mark.parametrize(("outcome", "begins"), [("approve", {"DN-VERIFY": TODAY}), ("return", {}), ("refuse", {})])
def test_verification_is_due_from_the_approval(outcome: str, begins: dict[str, Any]) -> None:
    assert STEP.deadline == "DN-OPEN"
    assert STEP.begins(situation(), SAMPLE | {"outcome": outcome}) == begins


def test_what_may_be_verified_is_settled() -> None:
    assert STEP.settle(situation(), SAMPLE) == {"situations": ["S08"], "scope": "2024至2025年履职情况。"}


def test_the_form_of_approval_stays_inside_and_shows_scope_team_and_the_declaration() -> None:
    assert not STEP.open_to_subject
    html = printed(STEP, SAMPLE, situation())
    for text in (
        "连续两年排名末位。",
        "S08",
        "2024至2025年履职情况。",
        "市审计局",
        "已声明无回避关系",
        "同意启动",
        "线索具体，有必要核实。",
    ):
        assert text in html
