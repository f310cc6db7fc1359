"""D4 陈述申辩采纳."""

from typing import Any

import pytest

from flows.down.steps.weigh_answer import WeighAnswer
from tests.flows.down.stand import MEASURE, TODAY, case, demanded, moved, printed, refusal, situation, somebody, sources
from workflow_app.steps import Situation

STEP = WeighAnswer()
POINT = {"point": "延期系汛期所致。", "accepted": "part", "reason": "停工两个月属实，其余系组织不力。"}
SAMPLE: dict[str, Any] = {
    "points": [POINT, POINT],
    "outcome": "kept",
    "kind": "",
    "months": None,
    "tolerance_claimed": False,
    "reason": "主要事实成立。",
}


def at(actor: int = 11, points: int = 2) -> Situation:
    told = {"kind": "REMOVE", "situations": ["S08"], "measure": MEASURE}
    known = {"plan_examination": {"team": [11, 12]}, "inform_cadre": told, "answer": {"points": ["意见"] * points}}
    return situation(case("weighing", settled=known), actor=somebody(actor))


def refused(actor: int = 11, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at(actor))


def test_the_form_asks_for_every_point_with_its_reason() -> None:
    assert demanded(STEP) == {"points", "outcome", "reason"}
    assert set(STEP.Facts.rows["points"](data={}).errors) == {"point", "accepted", "reason"}


def test_only_members_of_this_team_weigh() -> None:
    assert refused() == ("", "")
    assert refused(actor=14) == ("SD-1", "")


def test_no_point_is_passed_over() -> None:
    assert refused(points=[POINT]) == ("D4-EACH", "points")


@pytest.mark.parametrize(
    ("kind", "months", "rule"),
    [("TO_RANK", 12, ""), ("REMOVE", 6, ""), ("REMOVE", 12, "D4-LIGHTER"), ("REMOVE", 18, "D4-LIGHTER"), ("DEMOTE", 0, "D4-LIGHTER"), ("", None, "D4-LIGHTER")],
)  # fmt: skip
def test_nobody_is_worse_off_for_answering(kind: str, months: int | None, rule: str) -> None:
    assert refused(outcome="lightened", kind=kind, months=months) == (rule, "kind" if rule else "")


def test_a_second_member_signs() -> None:
    assert [(slot.role, slot.among) for slot in STEP.slots(at(), SAMPLE)] == [("examination_team", (12,))]


@pytest.mark.parametrize(
    ("outcome", "state", "closed"),
    [("kept", "heard", True), ("lightened", "heard", True), ("dropped", "not_established", False), ("more_evidence", "verifying", False)],
)
def test_the_result_closes_the_hearing_ends_the_case_or_asks_for_more(outcome: str, state: str, closed: bool) -> None:
    weighed = case("weighing")
    assert moved(STEP, weighed, outcome) == state
    assert weighed.has("hearing_closed") is closed
    assert weighed.round == (2 if outcome == "more_evidence" else 1)
    assert sources(STEP) == {"weighing"}


def test_what_remains_is_settled() -> None:
    assert STEP.settle(at(), SAMPLE)["measure"] == MEASURE
    lightened = STEP.settle(at(), SAMPLE | {"outcome": "lightened", "kind": "LATERAL", "months": 0, "tolerance_claimed": True})
    assert (lightened["kind"], lightened["tolerance_claimed"]) == ("LATERAL", True)
    assert lightened["measure"] == {"kind": "LATERAL", "months": 0, "rank_steps": 0, "pay_cut": 0}


def test_sent_back_for_evidence_verification_is_due_anew() -> None:
    assert STEP.deadline == "DN-ADOPT"
    assert STEP.begins(at(), SAMPLE | {"outcome": "more_evidence"}) == {"DN-VERIFY": TODAY}
    assert STEP.begins(at(), SAMPLE) == {}


def test_the_cadre_reads_what_became_of_every_point() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, at())
    for text in ("王建国", "维持认定", "主要事实成立。", "延期系汛期所致。", "部分采纳", "停工两个月属实"):
        assert text in html
