"""D10 组织决定."""

from datetime import date
from typing import Any

import pytest

from flows.down.steps.decide import Decide
from tests.flows.down.stand import MEASURE, TODAY, case, demanded, moved, printed, refusal, situation, sources
from workflow_app.steps import Situation

STEP = Decide()
SAMPLE = {
    "facts_found": "连续两年未完成年度任务。", "grounds": "《推进领导干部能上能下规定》第五条", "placement": "免去市交通运输局副局长职务。",
    "effective_on": TODAY, "review_organ": "中共云溪市委组织部", "appeal_organ": "云溪市公务员主管部门",
}  # fmt: skip


def at(*, marks: tuple[str, ...] = ("hearing_closed",), months: int = 12) -> Situation:
    return situation(case("adopted", marks=marks, settled={
        "inform_cadre": {"kind": "REMOVE", "situations": ["S08"], "measure": MEASURE},
        "list_evidence": {"names": ["证据一：2025年度项目台账"]},
        "record_meeting": {"kind": "REMOVE", "measure": MEASURE | {"months": months}, "held_on": "2026-03-18"},
    }))  # fmt: skip


def refused(**changes: Any) -> tuple[str, str]:
    return refusal(STEP, SAMPLE | changes, at())


def test_a_decision_with_both_remedies_is_issued() -> None:
    assert refused() == ("", "")


def test_nothing_is_decided_before_the_cadre_was_heard() -> None:
    assert refusal(STEP, SAMPLE, at(marks=())) == ("D4-HEARING", "")


def test_it_takes_no_effect_before_the_vote() -> None:
    assert refused(effective_on=date(2026, 3, 17)) == ("D10-EFFECT", "effective_on")
    assert refused(effective_on=date(2026, 3, 18)) == ("", "")


@pytest.mark.parametrize("organ", ["review_organ", "appeal_organ"])
def test_a_decision_without_a_remedy_is_refused(organ: str) -> None:
    assert refused(**{organ: " "}) == ("D10-REMEDY", organ)


def test_the_appeal_goes_to_another_organ() -> None:
    assert refused(appeal_organ="中共云溪市委组织部 ") == ("SD-5", "appeal_organ")


def test_the_day_the_measure_and_the_remedy_are_settled() -> None:
    settled = STEP.settle(at(), SAMPLE)
    assert (settled["kind"], settled["measure"], settled["months"]) == ("REMOVE", MEASURE, 12)
    assert (settled["effective_on"], settled["decided_on"]) == (TODAY, TODAY)
    assert len(settled["remedy"]) == 4  # type: ignore[arg-type]


@pytest.mark.django_db
def test_the_decision_names_facts_evidence_grounds_measure_and_remedies() -> None:
    html = printed(STEP, SAMPLE, at())
    for text in (
        "王建国", "市交通运输局副局长", "连续两年未完成年度任务。", "2025年度项目台账", "S08", "第五条", "免职，自2026年3月20日起生效", "至2027年3月20日止",
        "30日内向中共云溪市委组织部申请复核", "15日内向云溪市公务员主管部门提出申诉", "不停止本决定的执行", "云组〔2026〕1号",
    ):  # fmt: skip
        assert text in html


def test_no_restriction_is_printed_where_there_is_none() -> None:
    assert "不设影响期。" in printed(STEP, SAMPLE, at(months=0))


def test_the_form_demands_what_the_paper_needs() -> None:
    assert demanded(STEP) == {"facts_found", "grounds", "placement", "effective_on", "review_organ", "appeal_organ"}


def test_it_is_lawful_only_with_the_remedies_stated() -> None:
    assert moved(STEP, case("adopted"), remedy=["可以申请复核"]) == "decided"
    assert moved(STEP, case("adopted"), remedy=[]) == ""
    assert sources(STEP) == {"adopted"}


@pytest.mark.parametrize(
    ("kind", "months", "rule"), [("REMOVE", 12, "DN-BAR-REMOVE"), ("TO_RANK", 6, "DN-BAR-REMOVE"), ("DEMOTE", 24, "DN-BAR-DEMOTE"), ("LATERAL", 0, "")]
)  # fmt: skip
def test_service_is_due_at_once_and_the_restriction_runs_from_the_day_it_takes_effect(kind: str, months: int, rule: str) -> None:
    voted = {"record_meeting": {"measure": MEASURE | {"kind": kind, "months": months}}}
    started = STEP.begins(situation(case(settled=voted)), SAMPLE | {"effective_on": date(2026, 4, 1)})
    assert started == {"DN-SERVE": TODAY, **({rule: date(2026, 4, 1)} if rule else {})}
    assert months in STEP.lengths(situation(case(settled=voted)), SAMPLE).values()


def test_the_committee_issues_a_formal_paper_that_the_cadre_may_read() -> None:
    assert (STEP.role, STEP.formal, STEP.open_to_subject, STEP.signers) == ("decision_body", True, True, 1)
