"""D15 回访."""

from typing import Any

import pytest

from flows.down.steps.follow_up import FollowUp
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, sources

STEP = FollowUp()
SAMPLE = {
    "visited_on": TODAY, "mood": "情绪稳定。", "performance": "按期完成任务。", "needs": "", "outcome": "normal", "clue": "",
}  # fmt: skip
FIRST = {"follow_up": {"visits": ["2026-01-20：正常。按期完成任务。"]}}


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation())


def test_a_visit_that_was_made_is_recorded() -> None:
    assert refused() == ("", "")
    assert refused(visited_on=TODAY.replace(day=21)) == ("D15-DATE", "visited_on")


@pytest.mark.parametrize(("marks", "rule"), [((), "DN-VISIT-1"), (("visit_1",), "DN-VISIT-2"), (("visit_1", "visit_2"), "DN-VISIT-3")])
def test_each_visit_has_its_own_period(marks: tuple[str, ...], rule: str) -> None:
    assert STEP.deadline_for(case("tracking", marks=marks), {}) == rule


def test_a_new_clue_is_described_and_goes_to_the_desk_as_a_lead_only() -> None:
    assert refused(outcome="lead") == ("D15-LEAD", "clue")
    found = SAMPLE | {"outcome": "lead", "clue": "新任务再次延期。"}
    assert refusal(STEP, found, situation()) == ("", "")
    assert STEP.lead(situation(), found) == {"rule_id": "D15", "suggests": "CASE", "summary": "新任务再次延期。"}


@pytest.mark.parametrize("outcome", ["normal", "support"])
def test_an_ordinary_visit_raises_no_lead(outcome: str) -> None:
    assert STEP.lead(situation(), SAMPLE | {"outcome": outcome, "clue": "无关内容"}) is None


def test_visits_are_kept_for_the_evaluation() -> None:
    at = situation(case("tracking", settled=FIRST))
    assert STEP.settle(at, SAMPLE) == {"visits": [*FIRST["follow_up"]["visits"], "2026-03-20：正常。按期完成任务。"]}


def test_the_record_says_which_visit_it_was() -> None:
    html = printed(STEP, SAMPLE, situation(case("tracking", settled=FIRST)))
    for text in ("王建国", "第2次", "2026年3月20日", "情绪稳定。", "按期完成任务。", "正常"):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"visited_on", "mood", "performance", "outcome"}


def test_three_visits_and_no_more() -> None:
    visited = case("tracking")
    assert [moved(STEP, visited, "normal") for _ in range(3)] == ["tracking", "tracking", "tracked"]
    assert sources(STEP) == {"tracking"}
    assert (STEP.role, STEP.open_to_subject) == ("case_handler", False)
