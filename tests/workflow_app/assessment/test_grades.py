"""Grades: proposed within the share of 优秀, with reasons, settled by another, and from then on results of the year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.story import Town
from tests.workflow_app.assessment.rated_campaign import closed
from workflow_app import clock, grading
from workflow_app.assessment.results import grades
from workflow_app.assessment.results.computing import compute
from workflow_app.assessment.results.grades import BadGrades, Wish
from workflow_app.models import Account, AssessmentResult, Cadre, Campaign, Case, Established, GradeProposal, Lead, Message, Record, Subject
from workflow_app.refusing import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(town: Town) -> Campaign:
    """Six rated people with scores: 王建国 70, the others 80 to 92; one of six may be 优秀."""
    made = closed(town)
    compute(made, at=town.at)
    return made


def by(town: Town) -> dict[str, Any]:
    return {"by": town.people["assessment_office1"], "at": town.at}


def subjects(campaign: Campaign) -> list[Subject]:
    return list(campaign.subjects.select_related("cadre").order_by("id"))


def wishes(campaign: Campaign, *given: str, reason: str = "") -> list[Wish]:
    return [Wish(one, grade, reason) for one, grade in zip(subjects(campaign), given, strict=False)]


def test_the_share_is_rounded_down_and_one_more_is_refused_with_the_reason(town: Town, campaign: Campaign) -> None:
    assert grades.places_of(campaign) == 1, "20 % of six is 1.2"
    best = subjects(campaign)[-1]
    grading.propose(campaign, [Wish(best, "EXCELLENT")], **by(town))
    with pytest.raises(BadGrades) as refused:
        grading.propose(campaign, [Wish(subjects(campaign)[-2], "EXCELLENT")], **by(town))
    assert refused.value.faults[-1].startswith("优秀2名，超过1名（应参加考核6人×20%，向下取整）")
    assert GradeProposal.objects.count() == 1
    grading.propose(campaign, [Wish(best, "COMPETENT"), Wish(subjects(campaign)[-2], "COMPETENT")], **by(town))
    assert GradeProposal.objects.count() == 3, "a change is a new row"


def test_more_than_the_usual_share_needs_a_document_and_has_a_highest(town: Town, campaign: Campaign) -> None:
    for share, document, words in (("25.01", "市委批复第3号", "不超过25%"), ("25", "", "批准文件"), ("0", "市委批复第3号", "不超过")):
        with pytest.raises(Refused, match=words):
            grading.approve_share(campaign, Decimal(share), document, **by(town))
    grading.approve_share(campaign, Decimal(25), "市委批复第3号", **by(town))
    assert grades.places_of(campaign) == 1, "25 % of six is 1.5"
    campaign.version.scheme.level = "TOWN_DEPUTY"  # type: ignore[union-attr]
    assert grades.highest(campaign) == 30


def test_a_veto_and_politics_below_ninety_rule_excellent_out_and_nothing_else(town: Town, campaign: Campaign) -> None:
    wang, best = subjects(campaign)[0], subjects(campaign)[-1]
    Established.objects.create(subject=best, kind="VETO", why="虚报关键数据，经查实", **by(town))
    compute(campaign, at=town.at)
    for one, words in ((best, "一票否决"), (wang, "低于90.00")):
        with pytest.raises(BadGrades) as refused:
            grading.propose(campaign, [Wish(one, "EXCELLENT")], **by(town))
        assert words in refused.value.faults[0]
    assert len(grading.propose(campaign, [Wish(best, "COMPETENT"), Wish(wang, "COMPETENT")], **by(town))) == 2


def test_low_grades_have_no_share_but_each_needs_its_reason(town: Town, campaign: Campaign) -> None:
    low = wishes(campaign, *["BASIC"] * 6)
    with pytest.raises(BadGrades) as refused:
        grading.propose(campaign, low, **by(town))
    assert len(refused.value.faults) == 6
    assert not GradeProposal.objects.exists()
    made = grading.propose(campaign, wishes(campaign, *["BASIC"] * 5, "", reason="工作有较大失误，见三单"), **by(town))
    assert len(made) == 6, "however many: there is no number to reach or to keep to"


def test_a_low_score_that_the_public_does_not_share_is_heard_again_first(town: Town, campaign: Campaign) -> None:
    wang = subjects(campaign)[0]
    score = wang.scores.latest("id")
    score.pk, score.flags = None, ["REHEAR"]
    score.save()
    with pytest.raises(BadGrades, match="1处错误") as refused:
        grading.propose(campaign, [Wish(wang, "INCOMPETENT", "分管工作长期落后")], **by(town))
    assert "一票复议" in refused.value.faults[0]
    assert grading.propose(campaign, [Wish(wang, "INCOMPETENT", "经复议，维持：分管工作长期落后")], **by(town))


def test_nobody_proposes_their_own_grade(town: Town, campaign: Campaign) -> None:
    with pytest.raises(BadGrades) as refused:
        grading.propose(campaign, wishes(campaign, "COMPETENT"), by=town.people["wang"], at=town.at)
    assert "本人的等次" in refused.value.faults[0]


def test_another_settles_them_as_results_of_the_year_and_the_triggers_follow(town: Town, campaign: Campaign) -> None:
    leader = town.people["org_leader1"]
    grading.propose(campaign, [Wish(subjects(campaign)[0], "INCOMPETENT", "分管工作长期落后，经核实")], **by(town))
    with pytest.raises(BadGrades) as refused:
        grading.settle(campaign, "部务会2026年第2次", by=leader, at=town.at)
    assert sum("还没有等次建议" in one for one in refused.value.faults) == 5
    grading.propose(campaign, [Wish(one, "COMPETENT") for one in subjects(campaign)[1:]], **by(town))
    with pytest.raises(Refused, match="不得自己审定"):
        grading.settle(campaign, "部务会2026年第2次", **by(town))
    with pytest.raises(Refused, match="审定文件"):
        grading.settle(campaign, "", by=leader, at=town.at)
    assert grading.settle(campaign, "部务会2026年第2次", by=leader, at=town.at) == (6, 1)
    result = AssessmentResult.objects.get(cadre=town.wang, year=2025)
    assert (result.grade, str(result.score), result.rank, result.group_size, result.valid_answers) == ("INCOMPETENT", "70.00", 6, 6, 8)
    assert Lead.objects.get().rule_id == "T-01"
    assert Message.objects.get(account=town.people["wang"], key=f"grade:{campaign.pk}").title == "2025年度考核等次：不称职"
    assert Record.objects.filter(kind="ASSESS", outcome="settled", actor=leader).exists()
    assert not Case.objects.exists()
    with pytest.raises(Refused, match="已经审定"):
        grading.propose(campaign, wishes(campaign, "COMPETENT"), **by(town))
    with pytest.raises(DatabaseError), transaction.atomic():
        GradeProposal.objects.update(grade="EXCELLENT")


def test_a_year_that_has_a_result_already_is_not_settled_again(town: Town, campaign: Campaign) -> None:
    grading.propose(campaign, wishes(campaign, *["COMPETENT"] * 6), **by(town))
    grading.settle(campaign, "部务会2026年第2次", by=town.people["org_leader1"], at=town.at)
    version = campaign.version
    other = Campaign.objects.create(
        organ=town.city, name="又一次", year=2025, period="年度", version=version, closes_at=town.at, created_by=by(town)["by"], created_at=town.at,
        opened_by=by(town)["by"], opened_at=town.at, closed_at=town.at,
    )  # fmt: skip
    again = Subject.objects.create(campaign=other, cadre=town.wang, post_title="副局长", comparison_group="市直副职")
    grading.propose(other, [Wish(again, "COMPETENT")], **by(town))
    with pytest.raises(BadGrades, match="1处错误"):
        grading.settle(other, "部务会2026年第3次", by=town.people["org_leader1"], at=town.at)


def client_of(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_page_says_how_many_may_be_excellent_and_never_how_many_should_come_down(
    town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = client_of(town, "assessment_office1", monkeypatch), f"/assessment/campaigns/{campaign.pk}/grades/"
    said = client.get(url).content.decode()
    assert "优秀最多1名：应参加考核6人×20%，向下取整；已建议0名" in said
    assert "较低等次没有比例" in said
    assert "等次由负责人审定" in said
    typed = {f"grade-{one.pk}": "EXCELLENT" for one in subjects(campaign)[-2:]} | {"do": "propose"}
    refused = client.post(url, typed)
    assert refused.status_code == 422
    assert "优秀2名，超过1名" in refused.content.decode()
    assert refused.content.decode().count('value="EXCELLENT" selected') == 2, "what was chosen stays"
    one = {f"grade-{subjects(campaign)[-1].pk}": "EXCELLENT", "do": "propose"}
    assert client.post(url, one).status_code == 302
    assert client.post(url, {"do": "settle", "document": "部务会2026年第2次"}).status_code == 422, "settling is the leader's"
    assert client.post(url, {"do": "share", "share": "三成"}).status_code == 422
    assert client.post(url, {"do": "share", "share": "25", "document": "市委批复第3号"}).status_code == 302
    rest = {f"grade-{one.pk}": "COMPETENT" for one in subjects(campaign)[:-1]} | {"do": "propose"}
    assert client.post(url, rest).status_code == 302
    leader = client_of(town, "org_leader1", monkeypatch)
    assert leader.post(url, {"do": "settle", "document": "部务会2026年第2次"}).status_code == 302
    assert "等次已经成为年度考核结果" in leader.get(url).content.decode()
    assert "2025年度" in client_of(town, "wang", monkeypatch).get("/mine/assessment/").content.decode()


def test_a_round_that_is_not_annual_has_no_grades(town: Town, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign.version.scheme.kind = "ROUTINE"  # type: ignore[union-attr]
    campaign.version.scheme.save()  # type: ignore[union-attr]
    client = client_of(town, "assessment_office1", monkeypatch)
    assert client.get(f"/assessment/campaigns/{campaign.pk}/grades/").status_code == 404
    with pytest.raises(Refused, match="年度考核"):
        grading.propose(Campaign.objects.get(pk=campaign.pk), wishes(campaign, "COMPETENT"), **by(town))


def test_a_person_without_an_account_is_settled_without_a_message(town: Town, campaign: Campaign) -> None:
    assert Cadre.objects.filter(rated__campaign=campaign).count() == 6
    grading.propose(campaign, wishes(campaign, *["COMPETENT"] * 6), **by(town))
    grading.settle(campaign, "部务会2026年第2次", by=town.people["org_leader1"], at=town.at)
    assert set(Message.objects.values_list("account", flat=True)) == {Account.objects.get(cadre=town.wang).pk}
