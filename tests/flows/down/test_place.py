"""D14 安置."""

import pytest

from flows.down.steps.place import Place, Placed
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, situation, sources

STEP = Place()
SAMPLE = {
    "options": "市交通运输局四级调研员\n市公路事业发展中心专家岗", "match": "熟悉工程管理。", "training": "", "mentor": "冯强", "salary": "按四级调研员执行",
    "starts_on": TODAY, "outcome": "placed", "wish": "愿意从事技术工作。",
}  # fmt: skip


def test_it_is_taken_where_placement_is_switched_on() -> None:
    assert STEP.wanted(case(switches={"placement": True}))
    assert not STEP.wanted(case(switches={"placement": False}))


@pytest.mark.parametrize("outcome", Placed.values)
def test_the_result_is_the_one_stated(outcome: str) -> None:
    assert STEP.outcome(situation(), SAMPLE | {"outcome": outcome}) == outcome


def test_the_plan_shows_posts_pay_mentor_and_the_wish() -> None:
    html = printed(STEP, SAMPLE, situation())
    for text in (
        "市交通运输局四级调研员",
        "市公路事业发展中心专家岗",
        "熟悉工程管理。",
        "冯强",
        "按四级调研员执行",
        "愿意从事技术工作。",
        "已安置",
        "2026年3月20日",
    ):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"options", "match", "salary", "starts_on", "outcome", "wish"}


def test_placement_and_formalities_are_awaited_together() -> None:
    assert moved(STEP, case("served", awaited=2), "placed") == "served"
    assert moved(STEP, case("waiting", awaited=2), "placed") == "waiting"
    assert moved(STEP, case("served", awaited=1), "declined") == "tracking"
    assert sources(STEP) == {"served", "waiting"}
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == ("placement_office", "DN-PLACE", True)
