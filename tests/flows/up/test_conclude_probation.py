"""U12 试用期满考核."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.conclude_probation import ConcludeProbation
from tests.flows.up.stand import POST, case, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = ConcludeProbation()
SAMPLE: dict[str, Any] = {
    "views": "各方面反映良好。", "vote_due": 40, "vote_valid": 38, "vote_good": 36, "outcome": "confirmed", "reason": "胜任。", "placement": "", "placed_in": None,
}  # fmt: skip


def at(today: date = date(2027, 3, 21)) -> Situation:
    held = {"post": POST, "tenure_from": "2026-03-06", "trial_from": "2026-03-20", "trial_until": "2027-03-20"}
    return situation(case("probation", settled={"appoint": held}), today=today)


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_not_before_the_year_is_over_and_the_span_does_not_roll() -> None:
    assert refusal(STEP, SAMPLE, at(date(2027, 3, 20))) == ("UP-PROB", ""), "20 March 2027 is a Saturday and still belongs to the year"
    assert refused() == ("", "")


@pytest.mark.parametrize("changes", [{"vote_valid": 41}, {"vote_good": 39}])
def test_votes_that_do_not_add_up_are_refused(changes: dict[str, int]) -> None:
    assert refused(**changes) == ("U12-TALLY", "vote_valid")


def test_whoever_failed_is_placed() -> None:
    assert refused(outcome="failed") == ("U12-PLACE", "placement")
    assert refused(outcome="failed", placement="按试任前职级安排。") == ("", "")


@pytest.mark.parametrize(("outcome", "state"), [("confirmed", "confirmed"), ("failed", "probation_failed")])
def test_where_it_leads_and_only_when_the_year_is_over(outcome: str, state: str) -> None:
    assert moved(case("probation"), "conclude_probation", outcome, year_over=True) == state
    assert moved(case("probation"), "conclude_probation", outcome, year_over=False) == ""


@pytest.mark.django_db
def test_confirmed_trial_time_counts_as_tenure() -> None:
    assert "任职时间自2026年3月6日起计算" in printed(STEP, SAMPLE, at())


@pytest.mark.django_db
def test_failed_ends_the_trial_post() -> None:
    html = printed(STEP, SAMPLE | {"outcome": "failed", "placement": "按试任前职级安排。"}, at())
    assert "免去试任职务" in html and "按试任前职级安排。" in html
