"""Who might be talked to, and who must be in a round of assessment: listed by people, with those who are missing."""

from __future__ import annotations

import pytest

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from tests.workflow_app.care.helped import served
from tests.workflow_app.learning.talked import AGREED, REASON, held, planned
from tests.workflow_app.learning.taught import lists_of
from workflow_app import talking
from workflow_app.learning import candidates, groups
from workflow_app.models import (
    AssessmentResult,
    Cadre,
    ImportBatch,
)
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


def test_who_was_adjusted_whose_grade_fell_and_who_was_rated_can_be_planned_for(town: Town) -> None:
    served(town)
    found = candidates.candidates(town.city, "ADJUSTED", town.today)
    assert [one.cadre for one in found] == [town.wang] and "送达本人" in found[0].fact
    town.later(days=400)
    assert candidates.candidates(town.city, "ADJUSTED", town.today) == [], "no longer new"


def test_a_grade_that_fell_is_told_with_both_years_and_one_that_did_not_is_not(town: Town) -> None:
    batch = ImportBatch.objects.create(file_name="r.xlsx", digest="d", rows=1, imported_at=town.at)
    people = [town.wang, *(Cadre.objects.create(number=f"YX0040{n}", name="何远", sex="男", unit=town.wang.unit) for n in range(2))]
    grades = (("EXCELLENT", "BASIC"), ("COMPETENT", "COMPETENT"), ("BASIC", "EXCELLENT"))
    for cadre, (before, after) in zip(people, grades, strict=True):
        for year, grade in ((2024, before), (2025, after)):
            AssessmentResult.objects.create(
                cadre=cadre, year=year, unit=cadre.unit, post_title="副局长", post_level="COUNTY_DEPUTY", comparison_group="g", grade=grade,
                batch=batch, row=1,
            )  # fmt: skip
    found = candidates.candidates(town.city, "FELL", town.today)
    assert [(one.cadre, one.fact) for one in found] == [(town.wang, "2025年度基本称职，上一年度优秀")]
    planned(town)
    assert candidates.candidates(town.city, "FELL", town.today) == []
    assert candidates.candidates(town.city, "MUST", town.today) == [], "who must be talked to is named by people"


def test_signed_lists_wait_for_a_talk_until_one_is_planned(town: Town) -> None:
    lists = lists_of(town)
    assert [one.ground for one in candidates.candidates(town.city, "FEEDBACK", town.today)] == [lists.pk]
    talk = planned(town, kind="FEEDBACK", feedback=lists, reason="年度考核结果面对面反馈。")
    assert candidates.candidates(town.city, "FEEDBACK", town.today) == []
    talking.drop(talk, "本人外派学习，另行安排。", by=town.people["org_leader1"], at=town.at)
    assert [one.ground for one in candidates.candidates(town.city, "FEEDBACK", town.today)] == [lists.pk]


def test_the_register_of_a_round_shows_who_of_each_group_was_talked_to_and_who_is_missing(town: Town) -> None:
    campaign, leader = closed(town), town.people["org_leader1"]
    low = talking.add_group(town.city, "结果靠后的", "市委组织部2026年1号文第六条", by=leader, at=town.at)
    moved = talking.add_group(town.city, "岗位变动的", "市委组织部2026年1号文第六条", by=leader, at=town.at)
    others = list(Cadre.objects.filter(number__startswith="YX0002").order_by("number"))
    talk = planned(town, kind="MUST", campaign=campaign, group=low)
    planned(town, cadre=others[0], kind="MUST", campaign=campaign, group=low, due_on=town.today)
    with pytest.raises(Refused, match="已经安排过"):
        planned(town, kind="MUST", campaign=campaign, group=low)
    planned(town, kind="MUST", campaign=campaign, group=moved)
    held(town, talk)
    with pytest.raises(Refused, match="已经安排过"):
        planned(town, kind="MUST", campaign=campaign, group=low)
    town.later(days=1)
    first, second = groups.register(campaign, town.today)
    assert (len(first.talks), first.held, [one.cadre for one in first.waiting], [one.cadre for one in first.late]) == (
        2,
        1,
        [others[0]],
        [others[0]],
    )
    assert (second.held, len(second.waiting), second.late) == (0, 1, ())
    assert [len(one.talks) for one in groups.register(campaign, town.today, town.wang.pk)] == [1, 0], "nobody sees their own row"


def test_a_group_has_a_basis_and_one_name_and_is_ended_with_a_reason(town: Town) -> None:
    leader = town.people["org_leader1"]
    with pytest.raises(Refused, match="请写明依据"):
        talking.add_group(town.city, "结果靠后的", "", by=leader, at=town.at)
    with pytest.raises(Refused, match="请写明名称"):
        talking.add_group(town.city, " ", "市委组织部2026年1号文", by=leader, at=town.at)
    low = talking.add_group(town.city, "结果靠后的", "市委组织部2026年1号文", by=leader, at=town.at)
    with pytest.raises(Refused, match="已经有同名的类别"):
        talking.add_group(town.city, "结果靠后的", "市委组织部2026年1号文", by=leader, at=town.at)
    with pytest.raises(Refused, match="请写明停用的理由"):
        talking.end_group(low, "", by=leader, at=town.at)
    campaign = closed(town)
    planned(town, kind="MUST", campaign=campaign, group=low)
    talking.end_group(low, "文件已经修订，不再列为必谈。", by=leader, at=town.at)
    with pytest.raises(Refused, match="已经停用"):
        talking.end_group(low, "文件已经修订，不再列为必谈。", by=leader, at=town.at)
    other = Cadre.objects.get(number="YX00020")
    low.refresh_from_db()
    with pytest.raises(Refused, match="已经停用"):
        planned(town, cadre=other, kind="MUST", campaign=campaign, group=low)
    assert [one.group for one in groups.register(campaign, town.today)] == [low], "what was planned in it stays to be read"
    talking.add_group(town.city, "结果靠后的", "市委组织部2026年2号文", by=leader, at=town.at)
    assert REASON and AGREED
