"""D3 专项考察报告."""

from typing import Any

import pytest

from flows.down.steps.report_findings import ReportFindings
from tests.flows.down.stand import case, demanded, moved, printed, refusal, situation, somebody, sources
from workflow_app.steps import Situation

STEP = ReportFindings()
SAMPLE: dict[str, Any] = {
    "findings": [{"fact": "连续两年未完成任务。", "evidence": "1，2"}], "method": "个别谈话12人次。", "situations": ["S08"],
    "causes": "主观上督办不力，客观上汛期影响。", "favourable": "2023年考核优秀。", "outcome": "established", "kind": "REMOVE", "months": 12,
    "rank_steps": 0, "tolerance_claimed": False, "reason": "事实清楚。",
}  # fmt: skip
TOLD = {"kind": "REMOVE", "situations": ["S08", "S10"], "measure": {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}}


def at(actor: int = 11, marks: tuple[str, ...] = (), **settled: Any) -> Situation:
    known = {
        "plan_examination": {"team": [11, 12, 13], "team_names": ["李敏文", "赵安", "周丽"]}, "list_evidence": {"names": ["1. 台账", "2. 记录"]},
        "approve_opening": {"scope": "2024至2025年"}, "record_interview": {"count": 12},
    }  # fmt: skip
    return situation(case("verifying", marks=marks, settled=known | settled), actor=somebody(actor))


def refused(actor: int = 11, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at(actor))


def test_the_form_asks_for_method_causes_favourable_facts_and_a_reasoned_conclusion() -> None:
    assert demanded(STEP) == {"method", "causes", "favourable", "outcome", "reason"}
    assert "confirmed" not in dict(STEP.Facts().fields["outcome"].choices), "it is computed, never chosen"


def test_only_members_of_this_team_report() -> None:
    assert refused() == ("", "")
    assert refused(actor=14) == ("SD-1", "")


def test_established_names_facts_situations_and_kind() -> None:
    assert refused(findings=[]) == ("D3-FACTS", "findings")
    assert refused(situations=[]) == ("D3-KIND", "situations")
    assert refused(kind="") == ("D3-KIND", "situations")


@pytest.mark.parametrize("outcome", ["not_established", "transfer"])
def test_other_conclusions_need_neither(outcome: str) -> None:
    assert refused(outcome=outcome, findings=[], situations=[], kind="") == ("", "")


@pytest.mark.parametrize("evidence", ["", " ", "3", "1，3", "1,2,4"])
@pytest.mark.parametrize("outcome", ["established", "not_established"])
def test_every_finding_names_evidence_of_this_round(evidence: str, outcome: str) -> None:
    assert refused(outcome=outcome, findings=[{"fact": "未完成任务。", "evidence": evidence}]) == ("D3-EVIDENCE", "findings")


def test_all_other_members_sign() -> None:
    assert [slot.cadre for slot in STEP.slots(at(), SAMPLE)] == [12, 13]


@pytest.mark.parametrize(
    ("marks", "changes", "outcome"),
    [
        (("hearing_closed",), {}, "confirmed"),
        (("hearing_closed",), {"kind": "TO_RANK"}, "confirmed"),
        (("hearing_closed",), {"situations": ["S08", "S09"]}, "established"),
        (("hearing_closed",), {"kind": "DEMOTE"}, "established"),
        (("hearing_closed",), {"months": 18}, "established"),
        (("hearing_closed",), {"outcome": "not_established"}, "not_established"),
        ((), {}, "established"),
    ],
)
def test_a_hearing_stands_while_nothing_becomes_heavier(marks: tuple[str, ...], changes: dict[str, Any], outcome: str) -> None:
    assert STEP.outcome(at(marks=marks, inform_cadre=TOLD), SAMPLE | changes) == outcome


def test_without_a_notice_there_is_no_hearing_that_stands() -> None:
    assert STEP.outcome(at(marks=("hearing_closed",)), SAMPLE) == "established"


@pytest.mark.parametrize(
    ("outcome", "marks", "state"),
    [
        ("established", (), "found"), ("not_established", (), "not_established"), ("transfer", (), "to_transfer"),
        ("confirmed", ("hearing_closed",), "heard"), ("confirmed", (), ""),
    ],
)  # fmt: skip
def test_the_conclusion_decides_the_way(outcome: str, marks: tuple[str, ...], state: str) -> None:
    assert moved(STEP, case("verifying", marks=marks), outcome) == state
    assert sources(STEP) == {"verifying"}


def test_a_removal_or_demotion_is_sensitive_and_stops_being_so() -> None:
    found = case("verifying")
    moved(STEP, found, "established", kind="REMOVE")
    assert found.has("sensitive")
    lighter = case("verifying", marks=("sensitive",))
    moved(STEP, lighter, "established", kind="LATERAL")
    assert not lighter.has("sensitive")


def test_tolerance_may_be_raised_ex_officio_and_survives_a_new_hearing() -> None:
    assert STEP.settle(at(), SAMPLE | {"tolerance_claimed": True})["tolerance_claimed"]
    assert not STEP.settle(at(), SAMPLE | {"tolerance_claimed": True, "outcome": "not_established"})["tolerance_claimed"]
    raised = case("verifying", marks=("hearing_closed", "tolerance_weighed"))
    assert moved(STEP, raised, "established", tolerance_claimed=True) == "found"
    assert raised.has("tolerance_claimed")
    dropped = case("verifying", marks=("tolerance_claimed",))
    moved(STEP, dropped, "established")
    assert not dropped.has("tolerance_claimed"), "the claim of an earlier hearing is forgotten"


def test_findings_that_became_milder_are_what_remains_of_a_hearing_that_stands() -> None:
    weighed = {"weigh_answer": {"points": ["意见"], "kind": "REMOVE", "measure": TOLD["measure"]}}
    stands = case("verifying", marks=("hearing_closed",), settled=weighed)
    milder = {"kind": "LATERAL", "measure": {"kind": "LATERAL", "months": 0}}
    assert moved(STEP, stands, "confirmed", **milder) == "heard"
    assert stands.settled["weigh_answer"] == {"points": ["意见"], **milder}


def test_what_was_found_is_settled() -> None:
    settled = STEP.settle(at(), SAMPLE)
    assert (settled["kind"], settled["situations"], settled["facts_found"], settled["conclusion"]) == (
        "REMOVE", ["S08"], "连续两年未完成任务。", "事实清楚。",
    )  # fmt: skip
    assert settled["measure"] == {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}
    assert STEP.settle(at(), SAMPLE | {"outcome": "not_established"})["measure"] is None


def test_the_report_stays_inside_and_shows_facts_with_evidence_causes_and_the_team() -> None:
    assert (STEP.deadline, STEP.open_to_subject) == ("DN-VERIFY", False)
    html = printed(STEP, SAMPLE, at())
    for text in (
        "2024至2025年", "李敏文、赵安、周丽", "12人次", "S08", "免职", "连续两年未完成任务。", "1，2", "督办不力", "2023年考核优秀。", "事实清楚。",
        "情形成立，告知本人并听取陈述申辩",
    ):  # fmt: skip
        assert text in html
