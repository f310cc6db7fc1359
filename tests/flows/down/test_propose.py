"""D7 调整建议."""

from typing import Any

import pytest

from flows.down.steps.propose import Propose
from flows.roles import Duty
from tests.flows.down.stand import MEASURE, TODAY, case, demanded, moved, printed, refusal, situation, sources
from tests.story import Town, open_case
from workflow_app.steps import Situation

STEP = Propose()
SAMPLE: dict[str, Any] = {
    "outcome": "propose", "kind": "REMOVE", "months": 12, "rank_steps": 0, "starts_on": TODAY, "pay_changes": True, "placement": "安排四级调研员。",
    "reason": "不能胜任现职。", "discipline_organ": "31", "co_authority": "",
}  # fmt: skip
TOLD = {"inform_cadre": {"kind": "REMOVE", "situations": ["S08"], "measure": MEASURE}}
READY = ("hearing_closed", "tolerance_weighed", "risk_weighed")


def at(marks: tuple[str, ...] = READY, **settled: Any) -> Situation:
    return situation(case("heard", marks=marks, settled=TOLD | settled))


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_the_form_asks_for_a_reasoned_proposal() -> None:
    assert demanded(STEP) == {"outcome", "reason"}
    assert "heavier" not in dict(STEP.Facts().fields["outcome"].choices), "it is computed, never chosen"


def test_a_proposal_names_kind_and_the_discipline_organ() -> None:
    assert refused() == ("", "")
    assert refused(kind="") == ("D7-KIND", "kind")
    assert refused(discipline_organ="") == ("D9-DISCIPLINE", "discipline_organ")


def test_one_organ_is_asked_once() -> None:
    assert refused(co_authority="31") == ("D9-ORGANS", "co_authority")
    assert refused(co_authority="32") == ("", "")


@pytest.mark.parametrize("outcome", ["keep", "none", "return_evidence"])
def test_other_outcomes_need_neither(outcome: str) -> None:
    assert refused(outcome=outcome, kind="", discipline_organ="") == ("", "")


@pytest.mark.parametrize(
    ("changes", "rule"), [({}, "D6-CHANGE"), ({"months": 18}, "D6-CHANGE"), ({"kind": "TO_RANK"}, ""), ({"months": 6}, ""), ({"outcome": "none"}, "")]
)  # fmt: skip
def test_an_uncontrollable_plan_must_become_lighter(changes: dict[str, Any], rule: str) -> None:
    uncontrolled = at(marks=(*READY, "risk_uncontrolled"), assess_risk={"measure": MEASURE})
    assert refusal(STEP, SAMPLE | changes, uncontrolled)[0] == rule
    assert refusal(STEP, SAMPLE | changes, at(assess_risk={"measure": MEASURE}))[0] == ""


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "propose"), ({"kind": "TO_RANK"}, "propose"), ({"kind": "DEMOTE"}, "heavier"), ({"months": 13}, "heavier"),
        ({"rank_steps": 1}, "heavier"), ({"outcome": "none"}, "none"), ({"outcome": "keep"}, "keep"), ({"outcome": "return_evidence"}, "return_evidence"),
    ],
)  # fmt: skip
def test_heavier_than_the_cadre_was_told_goes_back_to_the_hearing(changes: dict[str, Any], outcome: str) -> None:
    assert STEP.outcome(at(), SAMPLE | changes) == outcome


def test_author_and_approver_are_two_people() -> None:
    assert (STEP.role, STEP.duty) == ("org_leader", Duty.AUTHOR)
    assert [(slot.role, slot.duty) for slot in STEP.slots(at(), SAMPLE)] == [("org_leader", Duty.APPROVER)]


@pytest.mark.parametrize(
    ("outcome", "marks", "state"),
    [
        ("propose", READY, "proposed"), ("propose", ("hearing_closed",), "proposed"), ("none", READY, "rejected"),
        ("heavier", READY, "found"), ("return_evidence", READY, "verifying"), ("keep", (*READY, "objected"), "deliberation"),
        ("keep", READY, ""),
        ("propose", ("tolerance_claimed",), ""), ("propose", ("sensitive",), ""),
    ],
)  # fmt: skip
def test_the_way_on(outcome: str, marks: tuple[str, ...], state: str) -> None:
    proposed = case("heard", marks=marks, switches={"tolerance": True, "risk": True})
    assert moved(STEP, proposed, outcome, organs=[{"organ": 31}], measure=MEASURE) == state
    assert sources(STEP) == {"heard"}


def test_every_organ_named_is_awaited() -> None:
    proposed = case("heard", marks=READY)
    moved(STEP, proposed, "propose", organs=[{"organ": 31}, {"organ": 32}])
    assert proposed.awaited == 2


def test_a_heavier_proposal_is_what_the_cadre_is_told_next_and_the_hearing_reopens() -> None:
    proposed = case("heard", marks=READY)
    moved(STEP, proposed, "heavier", organs=[], kind="DEMOTE", measure=MEASURE | {"kind": "DEMOTE"}, situations=["S08"])
    assert proposed.settled["heavier"]["kind"] == "DEMOTE"
    assert not proposed.has("hearing_closed")


def test_sent_back_for_evidence_verification_is_due_anew() -> None:
    assert STEP.deadline == "DN-PROPOSE"
    assert STEP.begins(at(), SAMPLE | {"outcome": "return_evidence"}) == {"DN-VERIFY": TODAY}
    assert STEP.begins(at(), SAMPLE) == {}


@pytest.mark.django_db
def test_the_proposal_is_settled_with_the_organs_to_be_asked(town: Town) -> None:
    asked = SAMPLE | {"discipline_organ": str(town.discipline.pk), "co_authority": str(town.partner.pk)}
    settled = STEP.settle(at(), asked)
    assert settled["organs"] == [
        {"organ": town.discipline.pk, "organ_name": "市纪委监委", "kind": "discipline"},
        {"organ": town.partner.pk, "organ_name": "省交通运输厅党组", "kind": "coauthority"},
    ]
    assert (settled["kind"], settled["measure"], settled["situations"], settled["pay_changes"]) == ("REMOVE", MEASURE, ["S08"], True)
    assert len(STEP.settle(at(), SAMPLE | {"discipline_organ": str(town.discipline.pk)})["organs"]) == 1  # type: ignore[arg-type]
    kept = STEP.settle(at(propose=settled), SAMPLE | {"outcome": "keep", "reason": "异议不成立。"})
    assert kept == {**settled, "objection_reply": "异议不成立。"}


@pytest.mark.django_db
def test_the_form_starts_from_what_remains_after_the_hearing_and_offers_the_organs(town: Town) -> None:
    opened = open_case(town)
    opened.settled = TOLD | {"weigh_answer": {"kind": "TO_RANK", "measure": {"months": 6, "rank_steps": 1}}}
    form = STEP.Facts(situation=Situation(opened, None, town.at, {}))
    assert [form.fields[name].initial for name in ("kind", "months", "rank_steps")] == ["TO_RANK", 6, 1]
    for field in ("discipline_organ", "co_authority"):
        assert {value for value, _ in form.fields[field].choices} == {"", str(town.discipline.pk), str(town.partner.pk)}
    opened.settled = TOLD
    assert STEP.Facts(situation=Situation(opened, None, town.at, {})).fields["months"].initial == 12


def test_the_proposal_stays_inside_and_shows_reason_kind_placement_and_pay() -> None:
    assert not STEP.open_to_subject
    html = printed(STEP, SAMPLE, at(report_findings={"facts_found": "连续两年未完成任务。"}))
    for text in (
        "王建国", "S08", "提出调整建议", "免职", "12个月（可配置数值）", "安排四级调研员。", "2026年3月20日", "连续两年未完成任务。", "不能胜任现职。",
    ):  # fmt: skip
        assert text in html
    assert "加重，重新告知本人" in printed(STEP, SAMPLE | {"kind": "DEMOTE"}, at())
