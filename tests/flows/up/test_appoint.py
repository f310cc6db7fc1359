"""U11 任职."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.appoint import Appoint
from tests.flows.up.stand import PLAN, POST, TODAY, case, moved, printed, refusal, situation
from workflow_app.law import current_edition
from workflow_app.models import Post, Unit
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = Appoint()
SAMPLE: dict[str, Any] = {
    "outcome": "on_trial", "post": POST, "held": 5, "rank": "", "ended": "", "elected_on": None, "no_trial_ground": "", "filing_required": False, "filed_on": None,
}  # fmt: skip


@pytest.fixture(autouse=True)
def registered(db: None) -> None:
    """The post as the people data have it."""
    unit = Unit.objects.create(pk=4, code="YX-SL", name="市水利局", kind="DEPARTMENT", path="/1/4/")
    Post.objects.create(pk=5, unit=unit, title="局长", level="COUNTY_HEAD", leadership_post=True)


def at(elected: bool = False) -> Situation:
    settled = {"initiate": PLAN | {"elected": elected}, "decide": {"begun": POST, "decided_on": "2026-03-06"}}
    return situation(case("talked", settled=settled, law=current_edition()))


def test_a_post_that_is_not_elected_is_held_on_trial() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE | {"outcome": "appointed"}, at()) == ("U12-TRIAL", "no_trial_ground")
    assert refusal(STEP, SAMPLE | {"outcome": "appointed", "no_trial_ground": "平级转任，不实行试用期。"}, at()) == ("", "")


def test_an_elected_post_has_no_trial_and_names_the_day_of_the_election() -> None:
    assert refusal(STEP, SAMPLE, at(elected=True)) == ("U12-ELECTED", "outcome")
    assert refusal(STEP, SAMPLE | {"outcome": "appointed"}, at(elected=True)) == ("U11-ELECTED", "elected_on")
    assert refusal(STEP, SAMPLE | {"outcome": "appointed", "elected_on": TODAY.replace(day=21)}, at(elected=True)) == (
        "U11-ELECTED",
        "elected_on",
    )
    assert refusal(STEP, SAMPLE | {"outcome": "appointed", "elected_on": TODAY}, at(elected=True)) == ("", "")


def test_only_an_elected_post_can_be_lost_in_an_election() -> None:
    assert refusal(STEP, SAMPLE | {"outcome": "not_elected"}, at()) == ("U11-ELECTED", "outcome")
    assert refusal(STEP, SAMPLE | {"outcome": "not_elected", "elected_on": TODAY}, at(elected=True)) == ("", "")


@pytest.mark.parametrize(("filed", "rule"), [
    (None, ("UP-PROB-FILE", "filed_on")), (date(2026, 2, 24), ("UP-PROB-FILE", "filed_on")), (date(2026, 2, 13), ("", "")),
])  # fmt: skip
def test_where_filing_is_required_it_is_done_a_month_ahead(filed: date | None, rule: tuple[str, str]) -> None:
    assert refusal(STEP, SAMPLE | {"filing_required": True, "filed_on": filed}, at()) == rule


def test_the_post_is_the_decided_one() -> None:
    assert refusal(STEP, SAMPLE | {"post": "市财政局局长"}, at()) == ("U11-POST", "post")
    assert refusal(STEP, SAMPLE | {"held": 99}, at()) == ("U11-DATA", "held")
    Post.objects.update(title="主任")
    assert refusal(STEP, SAMPLE, at()) == ("U11-DATA", "held")


def test_tenure_counts_from_the_decision_and_probation_from_the_notice() -> None:
    settled = STEP.settle(at(), SAMPLE)
    assert (settled["tenure_from"], settled["trial_from"], settled["trial_until"]) == ("2026-03-06", TODAY, date(2027, 3, 20))
    assert STEP.begins(at(), SAMPLE) == {"UP-PROB": TODAY}


def test_an_elected_persons_tenure_counts_from_the_election_and_no_trial_runs() -> None:
    facts = SAMPLE | {"outcome": "appointed", "elected_on": date(2026, 3, 19)}
    assert STEP.settle(at(True), facts) == {
        "post": POST, "held": 5, "tenure_from": "2026-03-19", "trial_from": None, "trial_until": None,
        "former": {"post": 3, "unit": 2, "rank": ""},
    }  # fmt: skip
    assert STEP.begins(at(True), facts) == {}


@pytest.mark.parametrize(("outcome", "state"), [("appointed", "appointed"), ("on_trial", "probation"), ("not_elected", "not_elected")])
def test_where_it_leads(outcome: str, state: str) -> None:
    assert moved(case("talked"), "appoint", outcome) == state
    assert moved(case("appointment_talk"), "appoint", outcome) == ""


@pytest.mark.parametrize(("facts", "title", "text"), [
    ({}, "试任职通知", "试用期一年"), ({"outcome": "appointed"}, "任职通知", "任命王建国为"), ({"outcome": "not_elected"}, "未当选情况记录", "按原职务管理"),
])  # fmt: skip
def test_each_outcome_has_its_paper(facts: dict[str, Any], title: str, text: str) -> None:
    html = printed(STEP, SAMPLE | facts, at())
    assert title in html and text in html
