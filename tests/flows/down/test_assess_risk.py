"""D6 社会风险评估."""

from typing import Any

import pytest

from flows.down.steps.assess_risk import AssessRisk
from tests.flows.down.stand import MEASURE, case, demanded, moved, printed, refusal, situation, sources

STEP = AssessRisk()
NAMES = ("acceptance", "opinion", "team", "continuity", "rights", "dispute")


def scores(total: int, **changes: Any) -> dict[str, Any]:
    """Six scores of 0 to 5 that add up to `total`."""
    given = [min(5, max(0, total - 5 * n)) for n in range(6)]
    return {**dict(zip(NAMES, given, strict=True)), "grounds": "听取宣传、信访意见。", "measures": "", **changes}


def test_the_form_asks_for_six_scores_of_0_to_5_and_grounds() -> None:
    assert demanded(STEP) == {*NAMES, "grounds"}
    for name in NAMES:
        assert STEP.Facts({**scores(6), name: "6"}).errors.keys() == {name} == STEP.Facts({**scores(6), name: "-1"}).errors.keys()


@pytest.mark.parametrize(
    ("total", "level"),
    [(0, "controllable"), (11, "controllable"), (12, "with_measures"), (19, "with_measures"), (20, "not_controllable"), (30, "not_controllable")],
)  # fmt: skip
def test_the_sum_decides_the_level(total: int, level: str) -> None:
    assert STEP.outcome(situation(), scores(total)) == level


def test_from_twelve_points_on_measures_are_named() -> None:
    assert refusal(STEP, scores(11), situation(case("heard"))) == ("", "")
    assert refusal(STEP, scores(12), situation(case("heard"))) == ("D6-MEASURES", "measures")
    assert refusal(STEP, scores(12, measures="做好解释工作。"), situation(case("heard"))) == ("", "")


@pytest.mark.parametrize(
    ("on", "marks", "wanted"),
    [(True, ("sensitive",), True), (False, ("sensitive",), False), (True, (), False), (True, ("sensitive", "risk_weighed"), False)],
)
def test_it_is_taken_for_removal_and_demotion_once_for_a_plan(on: bool, marks: tuple[str, ...], wanted: bool) -> None:
    assert STEP.wanted(case("heard", switches={"risk": on}, marks=marks)) is wanted


@pytest.mark.parametrize(("level", "uncontrolled"), [("controllable", False), ("with_measures", False), ("not_controllable", True)])
def test_an_uncontrollable_plan_must_change(level: str, uncontrolled: bool) -> None:
    assessed = case("heard")
    assert moved(STEP, assessed, level) == "heard"
    assert (assessed.has("risk_weighed"), assessed.has("risk_uncontrolled")) == (True, uncontrolled)
    assert sources(STEP) == {"heard"}


def test_it_is_about_the_plan_that_remains_after_the_hearing() -> None:
    told, lightened = {"measure": MEASURE}, {"measure": MEASURE | {"months": 6}}
    about = lambda **settled: STEP.settle(situation(case("heard", settled=settled)), scores(12))["measure"]  # noqa: E731
    assert about(inform_cadre=told) == MEASURE
    assert about(inform_cadre=told, weigh_answer=lightened)["months"] == 6  # type: ignore[index]


def test_it_is_due_and_two_handlers_sign() -> None:
    assert (STEP.role, STEP.deadline, STEP.open_to_subject) == ("case_handler", "DN-RISK", False)
    assert [slot.role for slot in STEP.slots(situation(), scores(0))] == ["case_handler"]


def test_the_form_of_assessment_shows_scores_sum_level_grounds_and_measures() -> None:
    html = printed(STEP, scores(13, measures="做好解释工作。"), situation(case("heard")))
    for text in (
        "王建国",
        "13分",
        "采取措施后可控",
        "听取宣传、信访意见。",
        "做好解释工作。",
        "群众接受度",
        "舆论风险",
        "班子稳定",
        "工作连续性",
        "个人权益",
        "法律争议",
    ):
        assert text in html
