"""U2c 竞争上岗公告."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.announce_competition import AnnounceCompetition
from tests.flows.up.stand import POST, case, moved, printed, refusal, situation
from workflow_app.law import current_edition

STEP = AnnounceCompetition()
SAMPLE: dict[str, Any] = {
    "post": POST, "conditions": "任副职两年以上。", "method": "笔试、面试。", "days": 5, "contact": "0571-0000",
    "groups": [{"group": "笔试", "weight": 60}, {"group": "面试", "weight": 40}], "panel": [{"cadre": n} for n in (11, 12, 13)],
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case("announcing")))


def test_an_announcement_with_whole_weights_and_a_panel_is_issued() -> None:
    assert refused() == ("", "")


@pytest.mark.parametrize("weights", [(60, 39), (60, 41), (100, 1)])
def test_the_weights_sum_to_a_hundred(weights: tuple[int, int]) -> None:
    assert refused(groups=[{"group": "甲", "weight": weights[0]}, {"group": "乙", "weight": weights[1]}]) == ("U2C-WEIGHTS", "groups")


def test_no_group_is_named_twice() -> None:
    assert refused(groups=[{"group": "笔试", "weight": 50}] * 2) == ("U2C-WEIGHTS", "groups")


def test_applications_are_open_for_five_working_days_at_least() -> None:
    assert refused(days=4) == ("UP-COMP-APPLY", "days")


def test_the_panel_has_three_different_members() -> None:
    assert refused(panel=[{"cadre": 11}, {"cadre": 12}]) == refused(panel=[{"cadre": 11}] * 3) == ("U2C-PANEL", "panel")


def test_a_new_announcement_forgets_earlier_applications() -> None:
    here = case("announcing", settled={"apply_for_post": {"applicants": [1]}, "check_applicants": {"eligible": []}})
    here.announce_competition("done")
    assert here.state == "applying" and not {"apply_for_post", "check_applicants"} & set(here.settled)


@pytest.mark.django_db
def test_it_is_posted_from_today_to_the_last_day_and_the_panel_is_not_named(people: dict[int, str]) -> None:
    at = situation(case("announcing", law=current_edition()))
    posting = STEP.posting(at, SAMPLE)
    assert (posting.first_day, posting.last_day, posting.reports_to) == (date(2026, 3, 20), date(2026, 3, 27), "")
    assert not any(name in str(posting) for name in people.values())
    html = printed(STEP, SAMPLE, at)
    assert "2026年3月27日24时止" in html and "60%" in html and "李敏文" not in html


def test_whatever_the_announcement_says_is_needed_before_scoring() -> None:
    assert moved(case("scoring", marks=("weights_whole",)), "score_applicants", winner=8) == "qualifying"
    assert moved(case("scoring"), "score_applicants", winner=8) == ""
