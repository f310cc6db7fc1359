"""U9 公示反映核查."""

from __future__ import annotations

from typing import Any

import pytest

from flows.up.steps.verify_report import VerifyReport
from tests.flows.up.rising import open_case, reported, to_notice
from tests.flows.up.stand import TEAM, case, member, moved, printed, refusal, situation
from tests.story import Town
from workflow_app.models import WorkItem
from workflow_app.steps import Situation

STEP = VerifyReport()
SAMPLE: dict[str, Any] = {"summary": "反映招标问题。", "method": "调阅档案。", "finding": "经查没有违规。", "outcome": "no_effect"}


def at(actor: int = 11, **settled: Any) -> Situation:
    of = case("public_notice", settled={"plan_examination": TEAM, **settled}, awaited=1)
    return situation(of, actor=member(actor), subject={"report": 5, "organ_name": "第1件反映"})


def test_two_members_of_the_team_verify() -> None:
    assert refusal(STEP, SAMPLE, at()) == ("", "")
    assert refusal(STEP, SAMPLE, at(actor=14)) == ("SD-1", "")
    assert [slot.among for slot in STEP.slots(at(), SAMPLE)] == [(12, 13)]


def test_a_finding_is_words() -> None:
    assert refusal(STEP, SAMPLE | {"finding": "无。"}, at()) == ("U9-FINDING", "finding")


def test_each_verified_report_is_one_less_and_an_effect_is_kept() -> None:
    here = case("public_notice", awaited=2)
    here.verify_report("affects")
    assert (here.state, here.awaited, here.has("report_affects")) == ("public_notice", 1, True)
    here.verify_report("no_effect")
    assert (here.awaited, here.has("report_affects")) == (0, True), "a later harmless one does not undo it"
    assert moved(case("talked"), "verify_report", "affects") == ""


def test_all_reports_are_kept_for_the_report_on_the_notice() -> None:
    settled = STEP.settle(at(verify_report={"reports": [["甲", "乙", "丙"]]}), SAMPLE)
    assert settled["reports"] == [["甲", "乙", "丙"], ["反映招标问题。", "经查没有违规。", "查无此事或者不影响任职"]]


def test_the_paper_keeps_who_reported_sealed() -> None:
    assert "已密封" in printed(STEP, SAMPLE, at())


@pytest.mark.django_db
def test_what_was_reported_is_read_above_the_form_and_not_copied(town: Town) -> None:
    opened = to_notice(town, open_case(town))
    reported(town, opened, "在水库除险加固招标中打招呼。", name="李某")
    item = WorkItem.objects.get(process=opened, step="verify_report")
    item.process.cadre = town.wang
    form = STEP.Facts(situation=Situation(item.process, town.people["examination_team1"], town.at, item.subject))
    assert "在水库除险加固招标中打招呼。" in form.fields["summary"].help_text and "李某" not in form.fields["summary"].help_text
    assert not form.fields["summary"].initial
