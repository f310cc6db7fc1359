"""考核联席会议: organs answer about those named, nobody about themselves or a relation; nothing is decided there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.united import Bureaus, built, subjects
from workflow_app import assessing, clock, reporting
from workflow_app.assessment.units import joint
from workflow_app.assessment.units.joint import BadMeeting, Present, Said, Sitting
from workflow_app.models import Campaign, CampaignPaper, GradeProposal, JointAnswer, JointMeeting, Lead, Record, Tie, UnitGradeProposal
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db
ORGANS = (Present("市纪委监委", "韩立秋"), Present("市审计局", "杜若飞", "YX00035"))


@pytest.fixture
def bureaus(hall: Hall) -> Bureaus:
    """Six bureaus."""
    return built(hall)


@pytest.fixture
def campaign(bureaus: Bureaus) -> Campaign:
    """A closed round about them."""
    return bureaus.rated()


def sitting(campaign: Campaign, **changes: Any) -> Sitting:
    """Two organs about 市财政局 and 市水利局."""
    finance, water = subjects(campaign)[:2]
    answers = (
        Said(finance, "市纪委监委", "NOTHING"), Said(finance, "市审计局", "NOTHING"),
        Said(water, "市审计局", "MATTER", "审计报告〔2025〕18号", "专项资金结存较多，正在整改"),
    )  # fmt: skip
    held = campaign.closed_at.date()  # type: ignore[union-attr]
    return replace(Sitting(held, "白书林", "2025年度单位考核情况会商", ORGANS, answers, "请考核办公室一并研究后提出等次。"), **changes)


def test_a_meeting_is_kept_with_who_came_and_what_each_said_and_decides_nothing(bureaus: Bureaus, campaign: Campaign) -> None:
    made = reporting.hold(campaign, sitting(campaign), **bureaus.words)
    assert made.organs == [["市纪委监委", "韩立秋", ""], ["市审计局", "杜若飞", "YX00035"]]
    assert JointAnswer.objects.count() == 3
    assert [one.document for one in joint.matters(campaign)[subjects(campaign)[1].pk]] == ["审计报告〔2025〕18号"]
    assert Record.objects.get(outcome="joint_meeting").actor == bureaus.hall.office
    assert not (Lead.objects.exists() or GradeProposal.objects.exists() or UnitGradeProposal.objects.exists())
    with pytest.raises(DatabaseError), transaction.atomic():
        JointMeeting.objects.update(outcome="改过的意见")


def test_every_fault_of_a_record_is_named_and_nothing_is_kept(bureaus: Bureaus, campaign: Campaign) -> None:
    finance, water = subjects(campaign)[:2]
    wrong = sitting(
        campaign, held_on=bureaus.hall.at.date() + timedelta(days=1), convener="", topic="会", outcome="好",
        organs=(Present("市纪委监委", ""), Present("市纪委监委", "韩立秋", "YX99999")),
        answers=(
            Said(finance, "市公安局", "NOTHING"), Said(finance, "市纪委监委", ""), Said(finance, "市纪委监委", "NOTHING", "某文件", ""),
            Said(water, "市纪委监委", "MATTER", "", "有些问题"),
        ),
    )  # fmt: skip
    with pytest.raises(BadMeeting) as refused:
        reporting.hold(campaign, wrong, **bureaus.words)
    said = "\n".join(refused.value.faults)
    for words in (
        "召开日期", "召集人：没有写", "议题：没有写或者过短", "会议意见：没有写", "只有1个；应不少于2个", "写了两次", "没有写出席人",
        "名册中没有编号YX99999", "市公安局：该机关没有出席", "答复了两次", "没有选择答复", "应写明文件和事由", "文件和事由应空白",
    ):  # fmt: skip
        assert words in said, said
    with pytest.raises(BadMeeting, match="1处错误") as refused:
        reporting.hold(campaign, sitting(campaign, answers=()), **bureaus.words)
    assert "应逐名" in refused.value.faults[0]
    assert not JointMeeting.objects.exists()


def test_who_came_for_an_organ_does_not_answer_about_their_own_unit_or_a_tie(bureaus: Bureaus, campaign: Campaign) -> None:
    audit = subjects(campaign)[5]
    with pytest.raises(BadMeeting) as refused:
        reporting.hold(campaign, sitting(campaign, answers=(Said(audit, "市审计局", "NOTHING"),)), **bureaus.words)
    assert refused.value.faults == ["市审计局、市审计局：出席人杜若飞须回避这一项；由该机关另一人员答复"]
    people = bureaus.hall.campaign()
    assessing.close(people.pk, by=bureaus.hall.office, why="测试用，提前结束", at=bureaus.hall.at)
    people.refresh_from_db()
    about_wang = sitting(campaign, answers=(Said(people.subjects.get(), "市审计局", "NOTHING"),))
    Tie.objects.create(one=bureaus.hall.town.wang, other=bureaus.heads[5].cadre, kind="IN_LAW", declared_at=bureaus.hall.at)  # type: ignore[misc]
    with pytest.raises(BadMeeting, match="1处错误") as refused:
        reporting.hold(people, about_wang, **bureaus.words)
    assert "须回避" in refused.value.faults[0]


def test_no_meeting_about_a_round_that_still_runs(bureaus: Bureaus) -> None:
    with pytest.raises(Refused, match="测评结束以后才召开"):
        joint.enter(bureaus.hall.campaign(), Sitting(bureaus.hall.at.date(), "", "", (), (), ""), bureaus.hall.at.date(), **bureaus.words)


def test_minutes_are_signed_by_another_once(bureaus: Bureaus, campaign: Campaign) -> None:
    made = reporting.hold(campaign, sitting(campaign), **bureaus.words)
    with pytest.raises(Refused, match="不得自己签发"):
        reporting.minutes(made, **bureaus.words)
    paper = reporting.minutes(made, by=bureaus.hall.second, at=bureaus.hall.at)
    table = paper.content["content"]["tables"][0]["rows"]
    assert ["市水利局", "市审计局", "有需要研究的情况（附文件）", "审计报告〔2025〕18号：专项资金结存较多，正在整改"] in [
        list(row) for row in table
    ]
    with pytest.raises(Refused, match="已经签发"):
        reporting.minutes(made, by=bureaus.hall.second, at=bureaus.hall.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        JointAnswer.objects.create(meeting=made, subject=subjects(campaign)[2], organ="市审计局", answer="MATTER")


def test_the_page_keeps_what_was_typed_and_hides_answers_about_oneself(
    bureaus: Bureaus, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: bureaus.hall.at)
    one, two, url = Client(), Client(), f"/assessment/campaigns/{campaign.pk}/joint/"
    for client, account in ((one, bureaus.hall.office), (two, bureaus.hall.second)):
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    water = subjects(campaign)[1]
    typed = {
        "do": "hold", "held_on": "2026-01-10", "convener": "白书林", "topic": "2025年度单位考核情况会商", "outcome": "请考核办公室研究后提出等次。",
        "organ-0-name": "市纪委监委", "organ-0-person": "韩立秋", "said-0-subject": water.pk, "said-0-organ": "市纪委监委", "said-0-answer": "MATTER",
        "said-0-document": "监督意见〔2025〕3号", "said-0-matter": "项目招标程序不规范，已发提醒",
    }  # fmt: skip
    refused = one.post(url, typed)
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "只有1个；应不少于2个" in said and "监督意见〔2025〕3号" in said and 'value="MATTER" selected' in said
    assert one.post(url, {**typed, "held_on": "昨天"}).status_code == 422
    assert one.post(url, {**typed, "said-1-organ": "市纪委监委"}).status_code == 422
    assert one.post(url, {**typed, "organ-1-name": "市审计局", "organ-1-person": "杜若飞"}).status_code == 302
    grades = one.get(f"/assessment/campaigns/{campaign.pk}/grades/").content.decode()
    assert "联席会议：市纪委监委有需要研究的情况（监督意见〔2025〕3号）" in grades
    meeting = JointMeeting.objects.get()
    assert one.post(url, {"do": "minutes", "meeting": meeting.pk}).status_code == 422
    assert two.post(url, {"do": "minutes", "meeting": "x"}).status_code == 422
    assert two.post(url, {"do": "minutes", "meeting": meeting.pk}).status_code == 302
    pdf = f"/assessment/papers/{CampaignPaper.objects.get().pk}.pdf"
    assert two.get(pdf).status_code == 200
    moved = bureaus.hall.second.cadre
    assert moved is not None
    moved.unit = bureaus.units[1]
    moved.save()
    assert "监督意见" not in two.get(url).content.decode()
    assert two.get(pdf).status_code == 404
