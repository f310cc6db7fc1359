"""D3 证据材料."""

from typing import Any

import pytest

from flows.down.steps.list_evidence import ListEvidence
from tests.flows.down.stand import TODAY, case, demanded, moved, printed, refusal, situation, somebody, sources
from workflow_app.steps import Situation

STEP = ListEvidence()
ROW = {
    "name": "2025年度项目台账", "source": "一名工作人员提供", "obtained_by": "李文、赵安", "obtained_on": TODAY, "proves": "项目进度", "secret": False,
    "file": None,
}  # fmt: skip


def at(actor: int = 11, **settled: Any) -> Situation:
    return situation(case("verifying", settled={"plan_examination": {"team": [11, 12]}} | settled), actor=somebody(actor))


def refused(actor: int = 11, **changes: Any) -> tuple[str, str]:
    return refusal(STEP, {"evidence": [ROW, ROW | changes]}, at(actor))


def test_the_form_asks_for_at_least_one_piece_with_source_collectors_and_purpose() -> None:
    assert demanded(STEP) == {"evidence"}
    assert set(STEP.Facts.rows["evidence"](data={}).errors) == {"name", "source", "obtained_by", "obtained_on", "proves"}


def test_only_members_of_this_team_list_evidence() -> None:
    assert refused() == ("", "")
    assert refused(actor=14) == ("SD-1", "")


def test_classified_material_is_refused_at_input() -> None:
    assert refused(secret=True) == ("涉密", "evidence")


@pytest.mark.parametrize("names", ["李文", "李文、", "李文、 ", "李文、李文"])
def test_two_people_obtain_evidence(names: str) -> None:
    assert refused(obtained_by=names) == ("SD-1", "evidence")


def test_evidence_was_not_obtained_tomorrow() -> None:
    assert refused(obtained_on=TODAY.replace(day=21)) == ("D3-DATE", "evidence")


@pytest.mark.django_db
def test_an_attachment_exists() -> None:
    assert refused(file=404) == ("附件", "evidence")


def test_another_member_signs() -> None:
    assert [(slot.role, slot.among) for slot in STEP.slots(at(), {"evidence": [ROW]})] == [("examination_team", (12,))]


def test_numbers_go_on_through_the_lists_of_a_round() -> None:
    first = STEP.settle(at(), {"evidence": [ROW, ROW | {"name": "会议记录"}]})
    assert first == {"names": ["1. 2025年度项目台账", "2. 会议记录"]}
    more = STEP.settle(at(list_evidence=first), {"evidence": [ROW | {"name": "现场照片"}]})
    assert more["names"][-1] == "3. 现场照片"  # type: ignore[index]


def test_it_leaves_the_case_in_verification() -> None:
    assert moved(STEP, case("verifying")) == "verifying"
    assert sources(STEP) == {"verifying"}


def test_the_cadre_sees_the_list_and_never_a_source() -> None:
    assert STEP.open_to_subject
    assert STEP.sealed == ("evidence",)
    html = printed(STEP, {"evidence": [ROW]}, at(list_evidence={"names": ["1. 会议记录"]}))
    assert "一名工作人员提供" not in html
    for text in ("王建国", "第1轮", ">2<", "2025年度项目台账", "李文、赵安", "2026年3月20日", "项目进度"):
        assert text in html
