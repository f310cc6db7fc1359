"""RW 终结: after a withdrawal; both sides are told."""

import pytest

from flows.remedy.steps.end import End
from tests.flows.remedy.stand import case, printed, situation

STEP = End()


@pytest.mark.parametrize(("outcome", "title"), [("ended", "终结通知书"), ("goes_on", "继续办理通知书")])
def test_each_outcome_has_its_paper_to_both_sides(outcome: str, title: str) -> None:
    html = printed(STEP, {"outcome": outcome, "reason": "经核实出于自愿。"}, situation(case()))
    assert f"<h1>{title}</h1>" in html
    assert "王建国、中共云溪市委组织部" in html
    assert "提出的复核申请（市公申〔2026〕1号），申请人书面申请撤回" in html


def test_only_an_end_takes_the_rest_off_the_desks() -> None:
    assert (STEP.overrides("ended"), STEP.overrides("goes_on")) == (True, False)


def test_it_opens_by_a_withdrawal_only() -> None:
    assert not STEP.by_hand
