"""D5 容错认定."""

from typing import Any

import pytest

from flows.down.steps.weigh_tolerance import WeighTolerance
from flows.roles import Duty
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, somebody, sources
from tests.story import Town, open_case
from workflow_app.steps import Situation

STEP = WeighTolerance()
SAMPLE: dict[str, Any] = {
    "panel": [{"cadre": 21}, {"cadre": 22}, {"cadre": 23}], "claim": "先行先试中的失误。", "distinctions": "属缺乏经验的失误。", "rules_kept": "未违反禁止性规定。",
    "motive": "没有谋取私利。", "procedure": "经集体研究，事后及时补救。", "outcome": "mitigated", "reason": "情节较轻。",
}  # fmt: skip


def refused(*panel: int, actor: int = 21) -> tuple[str, str]:
    facts = SAMPLE | {"panel": [{"cadre": cadre} for cadre in panel]}
    return refusal(STEP, facts, situation(case("heard"), actor=somebody(actor)))


def test_the_form_asks_for_the_whole_test_and_a_panel_of_three() -> None:
    assert demanded(STEP) == {"panel", "claim", "distinctions", "rules_kept", "motive", "procedure", "outcome", "reason"}
    assert STEP.Facts.min_rows["panel"] == 3


def test_the_panel_has_three_different_members_and_the_actor_is_one() -> None:
    assert refused(21, 22, 23) == ("", "")
    assert refused(21, 22) == refused(21, 22, 22) == refused(21, 22, 23, 23) == ("SD-8", "panel")
    assert refused(21, 22, 23, actor=24) == ("SD-8", "panel")


def test_all_other_members_sign_and_every_member_has_a_hand() -> None:
    assert [slot.cadre for slot in STEP.slots(situation(actor=somebody(21)), SAMPLE)] == [22, 23]
    assert STEP.hands(situation(), SAMPLE) == [(cadre, Duty.TOLERANCE_PANEL) for cadre in (21, 22, 23)]


@pytest.mark.parametrize(
    ("on", "marks", "wanted"),
    [
        (True, ("tolerance_claimed",), True), (False, ("tolerance_claimed",), False), (True, (), False),
        (True, ("tolerance_claimed", "tolerance_weighed"), False),
    ],
)  # fmt: skip
def test_it_is_taken_once_where_it_is_on_and_was_claimed(on: bool, marks: tuple[str, ...], wanted: bool) -> None:
    assert STEP.wanted(case("heard", switches={"tolerance": on}, marks=marks)) is wanted


@pytest.mark.parametrize(("outcome", "state"), [("exonerated", "exonerated"), ("mitigated", "heard"), ("not_applicable", "heard")])
def test_exonerated_ends_the_case_and_the_rest_goes_on(outcome: str, state: str) -> None:
    weighed = case("heard")
    assert moved(STEP, weighed, outcome) == state
    assert weighed.has("tolerance_weighed")
    assert sources(STEP) == {"heard"}


def test_its_conclusion_is_settled_and_due() -> None:
    assert (STEP.role, STEP.deadline) == ("tolerance_panel", "DN-TOLERANCE")
    assert STEP.settle(situation(), SAMPLE) == {"conclusion": "mitigated", "reason": "情节较轻。"}


@pytest.mark.django_db
def test_the_cadre_reads_the_test_and_who_applied_it(town: Town) -> None:
    assert STEP.open_to_subject
    panel = [town.people[f"tolerance_panel{n}"].cadre for n in (1, 2, 3)]
    facts = SAMPLE | {"panel": [{"cadre": member.pk} for member in panel]}
    at = Situation(open_case(town), None, town.at, {})
    html = printed(STEP, facts, at)
    for text in (
        "王建国", "、".join(member.name for member in panel), "先行先试中的失误。", "属缺乏经验的失误。", "未违反禁止性规定。", "没有谋取私利。",
        "事后及时补救", "从轻", "情节较轻。",
    ):  # fmt: skip
        assert text in html
    row = STEP.Facts.rows["panel"]()
    STEP.Facts.arrange_row(row, at)
    assert {int(value) for value, _ in row.fields["cadre"].choices if value} == {town.cadre(f"tolerance_panel{n}") for n in (1, 2, 3, 4)}
