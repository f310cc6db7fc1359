"""Units as the rated: the same scheme, raters, figures and explanation as for people; nobody judges the unit they serve in."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from openpyxl import load_workbook

from tests.workflow_app.assessment.stage import Hall
from tests.workflow_app.assessment.united import Bureaus, built, subjects
from workflow_app import assessing, clock, grading, measuring
from workflow_app.assessment.campaigns import planning
from workflow_app.assessment.measuring import workbook
from workflow_app.assessment.measuring.facts import Fact
from workflow_app.assessment.measuring.figures import Figure, indicators_of
from workflow_app.assessment.results import grades
from workflow_app.assessment.results.computing import newest
from workflow_app.assessment.results.grades import BadGrades, Wish
from workflow_app.assessment.schemes.drafting import Draft, GroupRow, IndicatorRow
from workflow_app.assessment.scoring.tree import Node
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import (
    AssessmentResult,
    Bar,
    Campaign,
    Established,
    Invitation,
    Lead,
    Message,
    Rating,
    Record,
    Subject,
    UnitGradeProposal,
    UnitResult,
)
from workflow_app.refusing import Refused
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureaus(hall: Hall) -> Bureaus:
    """Six bureaus."""
    return built(hall)


def test_a_unit_is_scored_like_a_person_and_explained_down_to_the_raw_rows(bureaus: Bureaus) -> None:
    campaign = bureaus.rated()
    scores = newest(campaign)
    first = scores[subjects(campaign)[0].pk]
    # rated 40 %: 80 x 40 % + 80 x 30 % + 70 x 30 % = 77; measured 60 %: 70
    assert first.value == Decimal("72.80")
    rows = [leaf.row for node in Node.read(first.explanation["total"]).every() for leaf in node.leaves]
    raw = {f"rating:{key}" for key in Rating.objects.filter(slip__subject=first.subject).values_list("key", flat=True)}
    assert raw and raw < set(rows)
    assert [one for one in rows if one.startswith("figure:")]
    assert sorted((one.rank, one.group_size) for one in scores.values()) == [(n, 6) for n in range(1, 7)]
    assert not Lead.objects.exists(), "what T-08 says of people is not said of units"


def test_only_units_of_one_kind_and_region_are_compared_and_four_are_not_ranked(bureaus: Bureaus) -> None:
    campaign = bureaus.round(bureaus.scheme(Draft((GroupRow("PUBLIC", Decimal(100)),), (IndicatorRow("Z01", Decimal(100)),))))
    planning.add_units(campaign, bureaus.units[:2], "平原区")
    planning.add_units(campaign, bureaus.units[2:], "山区")
    assert [one.comparison_group for one in subjects(campaign)] == ["云溪市·部门·平原区"] * 2 + ["云溪市·部门·山区"] * 4
    assessing.start(campaign, **bureaus.words)
    for subject in subjects(Campaign.objects.get(pk=campaign.pk)):
        for token in assessing.issue_links(subject, "PUBLIC", 5, **bureaus.words):
            bureaus.hall.answer(token, 8)
    assessing.close(campaign.pk, by=bureaus.hall.office, why="各单位都已经评完", at=bureaus.hall.at)
    Worker().work_off(bureaus.hall.at)
    assert {one.rank for one in newest(campaign).values()} == {None}


def test_a_campaign_is_about_people_or_about_units_and_the_database_holds_one_of_the_two(bureaus: Bureaus) -> None:
    of_units, wang = (
        bureaus.round(bureaus.scheme(Draft((GroupRow("PUBLIC", Decimal(100)),), (IndicatorRow("Z01", Decimal(100)),)))),
        bureaus.hall.town.wang,
    )
    with pytest.raises(Refused, match="不列入个人"):
        planning.add_subjects(of_units, [wang])
    with pytest.raises(Refused, match="不列入单位"):
        planning.add_units(bureaus.hall.campaign(started=False), bureaus.units)
    for both in ({}, {"cadre": wang, "unit": bureaus.units[0]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subject.objects.create(campaign=of_units, post_title="", comparison_group="", **both)


def test_its_own_people_rate_a_unit_as_staff_and_leaders_of_other_units_as_peers(bureaus: Bureaus) -> None:
    said = Draft((GroupRow("PEERS", Decimal(50)), GroupRow("STAFF", Decimal(50))), (IndicatorRow("Z01", Decimal(100)),))
    campaign = bureaus.round(bureaus.scheme(said))
    planning.add_units(campaign, [*bureaus.units[:2], bureaus.hall.town.wang.unit])
    planning.propose(campaign)
    finance = subjects(campaign)[0]
    found = {(one.rater.cadre.name, one.group) for one in finance.invitations.select_related("rater__cadre") if one.rater.cadre}
    assert found == {("丁一鸣", "PEERS"), ("王建国", "PEERS")}, "宋岚 heads it and rates it neither as peer nor as staff"
    transport = subjects(campaign)[2]
    assert {one.group for one in transport.invitations.filter(rater__in=bureaus.hall.peers)} == {"STAFF"}


def test_a_plan_that_lets_a_unit_rate_itself_as_a_peer_is_refused_line_by_line(bureaus: Bureaus) -> None:
    campaign = bureaus.round(bureaus.scheme(Draft((GroupRow("PEERS", Decimal(100)),), (IndicatorRow("Z01", Decimal(100)),))))
    planning.add_units(campaign, bureaus.units[:2])
    planning.propose(campaign)
    book = load_workbook(BytesIO(planning.written(campaign)))
    book.active.cell(2, 4).value = "YX00030"  # 宋岚, of the very bureau
    out = BytesIO()
    book.save(out)
    out.seek(0)
    with pytest.raises(BadSheet) as bad:
        planning.take_in(campaign, "plan.xlsx", out)
    assert "不是被考核单位自己的人员" in str(bad.value.faults[0])
    assert Invitation.objects.filter(subject__campaign=campaign).count() == 2


def test_nobody_enters_figures_of_the_unit_they_serve_in(bureaus: Bureaus) -> None:
    campaign = bureaus.rated()
    subject, row = subjects(campaign)[0], indicators_of(campaign)[0]
    figure = Figure(subject, row, Decimal(100), Decimal(100), "自报材料", "重新核算以后更正")
    with pytest.raises(Refused, match="本单位的数据由其他单位的人员登记"):
        measuring.enter_figure(figure, by=bureaus.heads[0], at=bureaus.hall.at)
    assert measuring.enter_figure(figure, by=bureaus.heads[1], at=bureaus.hall.at), "of another unit it is no bar"
    assert newest(campaign)[subject.pk].value == Decimal("90.80"), "one changed row computes the unit anew"


def test_a_veto_of_a_unit_bars_nobody_by_itself(bureaus: Bureaus) -> None:
    campaign = bureaus.rated()
    day = bureaus.hall.at.date()
    fact = Fact(subjects(campaign)[5], "VETO", None, None, "年度内发生重大安全责任事故", "市安委会", "市安委会〔2025〕9号", day)
    measuring.establish(fact, **bureaus.words)
    assert Established.objects.filter(kind="VETO").count() == 1
    assert not Bar.objects.exists()
    with pytest.raises(BadGrades, match="1处错误") as refused:
        grading.propose(campaign, [Wish(subjects(campaign)[5], "EXCELLENT")], **bureaus.words)
    assert "一票否决" in refused.value.faults[0]


def test_figures_of_units_go_out_and_come_in_by_workbook_unchanged(bureaus: Bureaus) -> None:
    campaign = bureaus.rated()
    data = workbook.written(campaign)
    sheet = load_workbook(BytesIO(data))["定量得分"]
    assert [cell.value for cell in sheet[2]][:2] == ["YX-20", "市财政局"]
    taken = workbook.take_in(campaign, "figures.xlsx", BytesIO(data), bureaus.hall.at.date(), **bureaus.words)
    assert (taken.figures, taken.facts) == ([], [])


def test_the_share_of_excellent_units_is_rounded_down_and_low_grades_say_why(bureaus: Bureaus) -> None:
    campaign = bureaus.rated()
    assert grades.places_of(campaign) == 1, "30 % of six is 1.8"
    first, second = subjects(campaign)[-2:]
    for wishes, words in (
        ([Wish(first, "EXCELLENT"), Wish(second, "EXCELLENT")], "优秀2个，超过1个（参加考核6个单位×30%，向下取整）"),
        ([Wish(first, "POOR")], "须写明理由"), ([Wish(first, "COMPETENT")], "没有这个等次"),
    ):  # fmt: skip
        with pytest.raises(BadGrades) as refused:
            grading.propose(campaign, wishes, **bureaus.words)
        assert words in refused.value.faults[0]
    with pytest.raises(BadGrades) as refused:
        grading.propose(campaign, [Wish(subjects(campaign)[0], "GOOD")], by=bureaus.heads[0], at=bureaus.hall.at)
    assert "本单位的等次" in refused.value.faults[0]
    assert not UnitGradeProposal.objects.exists()


def test_another_settles_the_grades_of_units_and_only_their_leaders_are_told(bureaus: Bureaus) -> None:
    campaign, leader = bureaus.rated(), bureaus.hall.town.people["org_leader1"]
    with pytest.raises(BadGrades) as refused:
        grading.settle(campaign, "市委常委会2026年第3次", by=leader, at=bureaus.hall.at)
    assert len(refused.value.faults) == 6
    wishes = [Wish(one, "GOOD") for one in subjects(campaign)]
    grading.propose(campaign, wishes, **bureaus.words)
    with pytest.raises(Refused, match="不得自己审定"):
        grading.settle(campaign, "市委常委会2026年第3次", **bureaus.words)
    with pytest.raises(BadGrades) as refused:
        grading.settle(campaign, "市委常委会2026年第3次", by=bureaus.heads[2], at=bureaus.hall.at)
    assert refused.value.faults == ["市农业农村局：负责人不得审定本单位的等次"]
    assert grading.settle(campaign, "市委常委会2026年第3次", by=leader, at=bureaus.hall.at) == (6, 0)
    assert set(UnitResult.objects.values_list("grade", flat=True)) == {"GOOD"}
    assert not AssessmentResult.objects.exists(), "the grade of a unit is no grade of its people"
    told = Message.objects.filter(key__startswith="unit_grade:")
    assert set(told.values_list("account", flat=True)) == {one.pk for one in bureaus.heads}
    assert Record.objects.filter(kind="ASSESS", outcome="settled", actor=leader).exists()
    again = bureaus.rated(name="又一次单位考核")
    grading.propose(again, [Wish(one, "GOOD") for one in subjects(again)], **bureaus.words)
    with pytest.raises(BadGrades) as refused:
        grading.settle(again, "市委常委会2026年第4次", by=leader, at=bureaus.hall.at)
    assert refused.value.faults[0] == "市财政局：已有2025年度考核结果"


def signed_in(bureaus: Bureaus, account: object, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: bureaus.hall.at)
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


def test_the_pages_of_a_round_about_units(bureaus: Bureaus, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(bureaus, bureaus.hall.office, monkeypatch)
    made = {
        "library": bureaus.hall.library.pk,
        "name": "市直单位专项考核",
        "kind": "SPECIAL",
        "about": "UNITS",
        "level": "TOWN_HEAD",
        "region_type": "山区",
    }
    assert client.post("/assessment/schemes/new/", made).status_code == 302
    assert bureaus.hall.library.schemes.get(name="市直单位专项考核").level == "", "a level is of people"
    campaign = bureaus.round(bureaus.scheme(Draft((GroupRow("PUBLIC", Decimal(100)),), (IndicatorRow("Z01", Decimal(100)),))))
    url = f"/assessment/campaigns/{campaign.pk}/"
    refused = client.post(url, {"do": "units", "numbers": "YX-20 YX-99 YX"})
    assert refused.status_code == 422
    assert "YX-99、YX" in refused.content.decode(), "neither unknown nor the organ itself"
    assert client.post(url, {"do": "units", "numbers": "YX-20，YX-21", "region": "山区"}).status_code == 302
    said = client.get(url).content.decode()
    assert "市财政局" in said and "列入被考核单位" in said
    closed = bureaus.rated(name="已结束的单位考核")
    for page in ("", "figures/", "grades/"):
        assert "市水利局" in client.get(f"/assessment/campaigns/{closed.pk}/{page}").content.decode()
    assert "没有统一的国家规定" in client.get(f"/assessment/campaigns/{closed.pk}/grades/").content.decode()
    score = newest(closed)[subjects(closed)[1].pk]
    assert "市水利局" in client.get(f"/scores/of/{score.pk}/").content.decode()
    typed = {f"grade-{one.pk}": "GOOD" for one in subjects(closed)} | {"do": "propose"}
    assert client.post(f"/assessment/campaigns/{closed.pk}/grades/", typed).status_code == 302
    leader = signed_in(bureaus, bureaus.hall.town.people["org_leader1"], monkeypatch)
    assert (
        leader.post(f"/assessment/campaigns/{closed.pk}/grades/", {"do": "settle", "document": "市委常委会2026年第3次"}).status_code == 302
    )
    own = signed_in(bureaus, bureaus.heads[1], monkeypatch).get("/mine/assessment/").content.decode()
    assert "市水利局的年度考核" in own and "市水利局 · 已结束的单位考核" in own
    assert "市水利局" not in signed_in(bureaus, bureaus.heads[2], monkeypatch).get("/mine/assessment/").content.decode()


def test_the_lines_own_rounds_come_first_and_are_a_part_of_the_joint_round(bureaus: Bureaus) -> None:
    line = bureaus.rated(name="经济线考核")
    plain = bureaus.rated(name="没有占比的考核")
    with pytest.raises(Refused, match="没有写平时考核（分线考核）的占比"):
        measuring.take_over(line, plain, **bureaus.words)
    said = Draft((GroupRow("PUBLIC", Decimal(100)),), (IndicatorRow("Z01", Decimal(100)),), routine=Decimal(40))
    joint = bureaus.rated(said, name="集团攻坚考核", about="UNITS")
    assert newest(joint)[subjects(joint)[0].pk].value == Decimal("70.00")
    assert measuring.take_over(line, joint, **bureaus.words) == 6
    score = newest(joint)[subjects(joint)[0].pk]
    assert score.value == Decimal("71.12"), "70 x 60 % + 72.80 x 40 %"
    assert Established.objects.filter(subject__campaign=joint, document="经济线考核", kind="ROUTINE").count() == 6
    with pytest.raises(Refused, match="没有可以转入的得分"):
        measuring.take_over(line, joint, **bureaus.words)
    with pytest.raises(Refused, match="同一年度"):
        measuring.take_over(bureaus.hall.campaign(), joint, **bureaus.words)
