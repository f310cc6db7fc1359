"""D4 陈述申辩告知."""

from typing import Any

from flows.down.steps.inform_cadre import InformCadre
from tests.flows.down.stand import MEASURE, TODAY, case, demanded, moved, printed, refusal, situation, somebody, sources
from workflow_app.steps import Situation

STEP = InformCadre()
SAMPLE = {"facts_found": "连续两年未完成任务。", "contact": "李敏文，0571-0000"}
FOUND = {"kind": "REMOVE", "situations": ["S08"], "measure": MEASURE, "facts_found": "连续两年未完成任务。"}
HEAVIER = {"kind": "DEMOTE", "situations": ["S08"], "measure": MEASURE | {"kind": "DEMOTE"}}


def at(actor: int = 11, **settled: Any) -> Situation:
    known = {"plan_examination": {"team": [11, 12]}, "report_findings": FOUND, "list_evidence": {"names": ["1. 项目台账"]}}
    return situation(case("found", settled=known | settled), actor=somebody(actor))


def test_the_form_asks_for_the_facts_and_starts_from_the_report() -> None:
    assert demanded(STEP) == {"facts_found", "contact"}
    assert STEP.Facts(situation=at()).fields["facts_found"].initial == "连续两年未完成任务。"


def test_only_members_of_this_team_inform() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE, at(14)) == ("SD-1", "")


def test_the_evidence_is_listed_before_the_cadre_is_told() -> None:
    assert refusal(STEP, SAMPLE, at(list_evidence={})) == ("D4-EVIDENCE", "")


def test_what_the_cadre_was_told_is_kept_for_later_comparison() -> None:
    told = {"kind": "REMOVE", "situations": ["S08"], "measure": MEASURE}
    assert STEP.settle(at(), SAMPLE) == {**told, "informed_on": TODAY}
    assert STEP.settle(at(heavier=HEAVIER), SAMPLE) == {**HEAVIER, "informed_on": TODAY}


def test_it_awaits_service() -> None:
    assert moved(STEP, case("found")) == "informed"
    assert sources(STEP) == {"found"}
    assert (STEP.role, STEP.signers, STEP.deadline) == ("examination_team", 1, None)


def test_the_notice_tells_facts_grounds_kind_evidence_time_and_every_right() -> None:
    assert STEP.open_to_subject
    html = printed(STEP, SAMPLE, at())
    for text in (
        "王建国", "连续两年未完成任务。", "S08", "免职", "1. 项目台账", "5个工作日", "不视为承认", "不会导致加重", "李敏文，0571-0000", "提交证据",
        "查阅本通知书所列证据材料清单", "回避", "延长陈述申辩期限一次",
    ):  # fmt: skip
        assert text in html


def test_a_heavier_proposal_is_told_as_such() -> None:
    assert "降职" in printed(STEP, SAMPLE, at(heavier=HEAVIER))
