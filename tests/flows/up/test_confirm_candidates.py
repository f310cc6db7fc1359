"""U3 确定考察对象."""

from __future__ import annotations

from datetime import date

import pytest

from flows.up.steps.confirm_candidates import ConfirmCandidates
from tests.flows.up.stand import case, moved, printed, refusal, situation
from workflow_app.steps import Situation

STEP = ConfirmCandidates()
SAMPLE = {"outcome": "confirm", "grounds": "人岗相适。"}


def at(today: date = date(2027, 3, 5), until: str | None = "2027-03-05") -> Situation:
    settled = {"report_recommendation": {"valid_until": until}} if until else {"score_applicants": {"winner": 7}}
    return situation(case("qualified", settled=settled), today=today)


def test_a_recommendation_holds_to_the_end_of_its_last_day() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE, at(date(2027, 3, 6))) == ("UP-REC-VALID", "outcome")
    assert refusal(STEP, SAMPLE | {"outcome": "lapsed"}, at(date(2027, 3, 6))) == ("", "")


def test_a_valid_recommendation_is_not_called_lapsed() -> None:
    assert refusal(STEP, SAMPLE | {"outcome": "lapsed"}, at()) == ("UP-REC-VALID", "outcome")


def test_a_competition_has_no_recommendation_to_lapse() -> None:
    assert refusal(STEP, SAMPLE, at(date(2030, 1, 1), until=None)) == ("", "")
    assert "竞争上岗" in printed(STEP, SAMPLE, at(until=None))


@pytest.mark.parametrize(("outcome", "state"), [("confirm", "candidate_confirmed"), ("exclude", "stopped"), ("lapsed", "recommendation")])
def test_where_it_leads(outcome: str, state: str) -> None:
    assert moved(case("qualified"), "confirm_candidates", outcome) == state


def test_a_lapse_forgets_the_recommendation_and_the_qualification() -> None:
    here = at().case
    here.settled |= {"qualify": {"x": 1}, "recommend_by_interview": {"votes": []}}
    here.confirm_candidates("lapsed")  # type: ignore[attr-defined]
    assert set(here.settled) == {"initiate"}


def test_the_list_names_the_person_the_way_and_the_grounds() -> None:
    html = printed(STEP, SAMPLE, at())
    assert all(text in html for text in ("王建国", "民主推荐", "2027年3月5日", "人岗相适。"))
