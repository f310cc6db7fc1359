"""RW 撤回: in writing, of one's own will, before the decision."""

import pytest

from flows.remedy.case import State
from flows.remedy.steps.withdraw import Withdraw
from tests.flows.remedy.stand import case, printed, refusal, situation
from tests.flows.remedy.story import entered, file, go
from tests.story import Town, begin
from workflow_app.conduct import OutOfTurn
from workflow_app.models import WorkItem

STEP = Withdraw()
SAMPLE = {"reason": "已经谈妥。", "voluntary": True}


def test_it_is_voluntary() -> None:
    assert refusal(STEP, SAMPLE, situation(case())) == ("", "")
    assert refusal(STEP, SAMPLE | {"voluntary": False}, situation(case())) == ("RW-WILL", "voluntary")


@pytest.mark.parametrize("state", sorted(State.values))
def test_only_before_the_decision(state: str) -> None:
    before = {"reviewing", "filed", "asked", "supplementing", "lapsed", "admitted", "accepted", "hearing_panel", "heard"}
    assert may_withdraw(state) is (state in before)


def may_withdraw(state: str) -> bool:
    return bool(case(state=state).withdraw._django_fsm.has_transition(state))


def test_the_paper_says_that_it_is_voluntary() -> None:
    html = printed(STEP, SAMPLE, situation(case()))
    assert "撤回申请书" in html
    assert "已经谈妥。" in html


@pytest.mark.django_db
def test_until_the_organ_has_answered_nothing_else_is_done(town: Town) -> None:
    remedy = file(town, entered(town), "apply_for_review")
    begin(town, remedy, "withdraw", by="wang")
    with pytest.raises(OutOfTurn, match="撤回"):
        go(town, remedy, "review")
    remedy = go(town, remedy, ("end", {"outcome": "goes_on"}))
    assert remedy.state == "reviewing"
    assert WorkItem.objects.filter(process=remedy, step="review", status="NEW").exists()
    assert go(town, remedy, "review").state == "decided"
