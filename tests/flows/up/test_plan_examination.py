"""U5 考察工作方案."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.plan_examination import PlanExamination
from tests.flows.up.stand import case, member, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = PlanExamination()
SAMPLE: dict[str, Any] = {
    "scope": "德能勤绩廉。", "method": "个别谈话、民主测评。", "timetable": "一周。", "team": [{"cadre": n, "no_tie": True} for n in (11, 12, 13)],
}  # fmt: skip


def at(actor: int = 11) -> Situation:
    return situation(
        case("examination", settled={"announce_examination": {"team": [11, 12, 13], "begins_on": "2026-03-24"}}), actor=member(actor)
    )


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_the_announced_team_plans() -> None:
    assert refused() == ("", "")


def test_the_team_is_the_announced_one() -> None:
    assert refused(team=SAMPLE["team"][:2]) == ("U5-TEAM", "team")
    assert refused(team=[*SAMPLE["team"][:2], {"cadre": 14, "no_tie": True}]) == ("U5-TEAM", "team")


def test_every_member_declares() -> None:
    assert refused(team=[*SAMPLE["team"][:2], {"cadre": 13, "no_tie": False}]) == ("SD-10", "team")


def test_only_a_member_plans() -> None:
    assert refusal(STEP, SAMPLE, at(actor=14)) == ("SD-1", "team")


def test_every_member_has_a_hand_as_investigator() -> None:
    assert [(cadre, str(duty)) for cadre, duty in STEP.hands(at(), SAMPLE)] == [(n, "investigator") for n in (11, 12, 13)]


@pytest.mark.parametrize("state", ["examination", "check_pending", "supplementing"])
def test_it_leaves_the_checks_beside_it_alone(state: str) -> None:
    assert moved(case(state), "plan_examination") == state
    assert moved(case("stopping"), "plan_examination") == ""


@pytest.mark.django_db
def test_the_plan_lists_members_with_their_declaration(people: dict[int, str]) -> None:
    html = printed(STEP, SAMPLE, at())
    assert "李敏文" in html and "组长" in html and "2026年3月24日" in html
