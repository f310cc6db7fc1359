"""U1 动议."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.initiate import Initiate
from tests.flows.up.rising import open_case
from tests.flows.up.stand import POST, case, moved, printed, refusal, situation
from tests.story import Town
from workflow_app.models import Deadline, Unit
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
STEP = Initiate()
SAMPLE: dict[str, Any] = {
    "post": POST, "level": "chief", "elected": False, "posts": 1, "vacancy_ground": "原任到龄免职。", "within_quota": True, "conditions": "任副职两年以上。",
    "scope": "市直机关副职。", "order": "interview_first", "directed": False, "timetable": "三月完成推荐。", "outcome": "approve", "reason": "工作需要。",
}  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation())


def test_a_plan_within_the_quota_is_approved() -> None:
    assert refused() == ("", "")


def test_beyond_the_quota_nothing_is_moved_but_the_motion_may_be_dropped() -> None:
    assert refused(within_quota=False) == ("CSL-43", "within_quota")
    assert refused(within_quota=False, outcome="drop") == ("", "")


def test_the_order_is_reversed_for_a_single_post_only() -> None:
    assert refused(order="meeting_first") == ("", "")
    assert refused(order="meeting_first", posts=2) == ("U2-ORDER", "order")


def test_a_competition_starts_from_the_post_and_a_recommendation_from_a_person() -> None:
    assert refused(outcome="compete") == ("U2C-POST", "outcome")
    vacancy = case()
    vacancy.cadre.number = "ZW-3"
    assert refusal(STEP, SAMPLE, situation(vacancy)) == ("U2C-POST", "outcome")
    assert refusal(STEP, SAMPLE | {"outcome": "compete"}, situation(vacancy)) == ("", "")


def test_a_cadre_whose_restriction_runs_is_not_moved(town: Town) -> None:
    earlier = open_case(town)
    Deadline.objects.create(
        id=999, case=earlier, rule_id="DN-BAR-DEMOTE", starts_on=date(2025, 3, 2), last_day=town.today, explanation={},
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="不得提拔"):
        STEP.check(situation(_of(town), today=town.today), SAMPLE)
    STEP.check(situation(_of(town), today=date(2026, 3, 3)), SAMPLE)


def _of(town: Town) -> Any:
    found = case()
    found.cadre, found.organ = town.wang, Unit.objects.get(code="YX")
    return found


def test_author_and_approver_differ() -> None:
    assert [(slot.role, slot.duty) for slot in STEP.slots(situation(), SAMPLE)] == [("org_leader", "approver")]


@pytest.mark.parametrize(("outcome", "state"), [
    ("approve", "recommendation"), ("compete", "announcing"), ("return", "returned"), ("drop", "dropped"),
])  # fmt: skip
def test_where_it_leads(outcome: str, state: str) -> None:
    assert moved(case(), "initiate", outcome, meeting_first=False) == state


def test_the_plan_says_post_ground_conditions_scope_and_order() -> None:
    html = printed(STEP, SAMPLE, situation())
    for text in (
        "王建国",
        f"{POST}（正职）",
        "原任到龄免职。",
        "任副职两年以上。",
        "市直机关副职。",
        "先谈话调研推荐，后会议推荐",
        "同意，进行民主推荐",
    ):
        assert text in html
