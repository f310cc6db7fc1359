"""U2 民主推荐报告."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.up.steps.report_recommendation import ReportRecommendation
from tests.flows.up.stand import PLAN, case, moved, printed, refusal, situation
from workflow_app.law import current_edition
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = ReportRecommendation()
SAMPLE = {"outcome": "enough", "analysis": "多数干部认为其担当作为。"}


def at(votes: int = 30, **settled: Any) -> Situation:
    talks = {"held_on": "2026-03-03", "due": 40, "present": 36, "votes": [["王建国", "市交通运输局副局长", votes]]}
    meeting = {"held_on": "2026-03-05", "due": 60, "present": 55, "votes": [["王建国", "市交通运输局副局长", votes]]}
    return situation(
        case("recommended", settled={"recommend_by_interview": talks, "recommend_by_meeting": meeting, **settled}, law=current_edition())
    )


def test_enough_support_goes_on() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")


def test_nobody_without_a_vote_has_enough_support() -> None:
    assert refusal(STEP, SAMPLE, at(votes=0)) == ("U2-SUPPORT", "outcome")
    assert refusal(STEP, SAMPLE | {"outcome": "stop"}, at(votes=0)) == ("", "")


def test_the_result_is_valid_for_a_year_from_the_later_of_both_and_the_span_does_not_roll() -> None:
    assert STEP.begins(at(), SAMPLE) == {"UP-REC-VALID": date(2026, 3, 5)}
    assert STEP.settle(at(), SAMPLE) == {"completed_on": date(2026, 3, 5), "valid_until": date(2027, 3, 5)}
    assert STEP.begins(at(), SAMPLE | {"outcome": "repeat"}) == {}


@pytest.mark.parametrize(("outcome", "state"), [("enough", "qualifying"), ("repeat", "recommendation"), ("stop", "stopped")])
def test_where_it_leads(outcome: str, state: str) -> None:
    assert moved(case("recommended"), "report_recommendation", outcome) == state


def test_a_repeat_starts_in_the_planned_order_and_forgets_the_earlier_votes() -> None:
    here = at().case
    here.mark("meeting_first")
    here.report_recommendation("repeat")  # type: ignore[attr-defined]
    assert here.state == "meeting_recommendation" and "recommend_by_interview" not in here.settled


def test_a_directed_recommendation_holds_for_that_post_only() -> None:
    html = printed(STEP, SAMPLE, at(initiate=PLAN | {"directed": True}))
    assert "只对本职位有效" in html and "2027年3月5日" in html and "应参加60人" in html
    assert "自2026年3月5日起12个月" in html and "不因休息日顺延" in html, "how the date came about"
