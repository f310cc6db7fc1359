"""D13 终止办理."""

from typing import Any

import pytest

from flows.down.steps.terminate import Ground, Terminate, TerminateFacts
from flows.roles import Duty, Role
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, sources

STEP = Terminate()
SAMPLE = {"ground": "not_established", "explanation": "经核实，反映的问题不存在。", "effect": "材料归档，恢复正常使用。"}
FOUND = [
    ("not_established", "not_established"),
    ("exonerated", "exonerated"),
    ("rejected", "rejected"),
    ("refused", "refused"),
    ("settled", "improved"),
]
BY_LIFE = ["retired", "left", "death", "other"]


def refused(state: str, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, situation(case(state)))


@pytest.mark.parametrize(("state", "ground"), FOUND)
def test_the_ground_is_what_was_found(state: str, ground: str) -> None:
    assert refused(state, ground=ground) == ("", "")
    assert TerminateFacts(situation=situation(case(state))).fields["ground"].initial == ground
    assert [refused(state, ground=other)[0] for _, other in FOUND if other != ground] == ["D13-GROUND"] * 4


@pytest.mark.parametrize("state", ["verifying", "hearing", "served", "not_established"])
def test_retirement_leaving_and_death_end_a_case_in_every_state(state: str) -> None:
    assert [refused(state, ground=ground) for ground in BY_LIFE] == [("", "")] * 4


@pytest.mark.parametrize("ground", [ground for _, ground in FOUND])
def test_a_running_case_does_not_end_by_a_finding_that_was_not_made(ground: str) -> None:
    assert refused("verifying", ground=ground) == ("D13-GROUND", "ground")


def test_author_and_approver_differ() -> None:
    assert STEP.duty == Duty.AUTHOR
    assert [(slot.role, slot.duty) for slot in STEP.slots(situation(), SAMPLE)] == [(Role.ORG_LEADER, Duty.APPROVER)]


@pytest.mark.parametrize(
    ("state", "cleared"), [("not_established", True), ("exonerated", True), ("rejected", True), ("refused", False), ("hearing", False)]
)
def test_the_name_is_cleared_where_the_path_clears_it(state: str, cleared: bool) -> None:
    at = situation(case(state))
    assert STEP.settle(at, SAMPLE | {"ground": "retired"}) == {"ground": "retired", "clear_name": cleared}
    rows = dict(STEP.content(at, SAMPLE | {"ground": "retired"}).rows)
    assert rows["澄清正名"] == ("是" if cleared else "否")
    assert "澄清正名" in printed(STEP, SAMPLE | {"ground": "retired"}, at)


def test_the_paper_names_ground_reason_and_effect() -> None:
    html = printed(STEP, SAMPLE, situation(case("not_established")))
    for text in ("王建国", "云组案〔2026〕1号", Ground.NOT_ESTABLISHED.label, SAMPLE["explanation"], SAMPLE["effect"]):
        assert text in html


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"ground", "explanation", "effect"}


@pytest.mark.parametrize(
    ("state", "then"),
    [
        ("not_established", "to_clear"), ("exonerated", "to_clear"), ("rejected", "to_clear"), ("refused", "terminated"),
        ("settled", "terminated"), ("verifying", "terminated"), ("tracking", "terminated"),
    ],
)  # fmt: skip
def test_the_name_is_cleared_first_where_nothing_was_found(state: str, then: str) -> None:
    assert moved(STEP, case(state)) == then


def test_a_case_that_has_ended_or_is_about_to_is_not_terminated() -> None:
    assert not {"terminated", "to_clear", "to_transfer", "merged", "no_case", "transferred", "closed"} & sources(STEP)
    assert (STEP.deadline, STEP.overriding, STEP.open_to_subject) == ("DN-END", True, True)
