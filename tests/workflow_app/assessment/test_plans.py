"""Plans of campaigns: who rates whom, by rule or by workbook; a plan with faults is not started; reminders reach who has not fetched."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from tests.workflow_app.assessment.stage import Hall
from workflow_app import assessing
from workflow_app.assessment.campaigns import closing, links, planning
from workflow_app.assessment.campaigns.planning import BadPlan, Frame
from workflow_app.assessment.campaigns.reading import rated_of
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Campaign, Established, Invitation, Measured, Message, Rating, Record, Score, Subject
from workflow_app.refusing import Refused
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db


def sheet(*rows: tuple[str, ...]) -> BytesIO:
    """A table of raters as a workbook."""
    made = Workbook()
    first = made.active
    assert first is not None
    first.title = "评价关系"
    for row in (planning.COLUMNS, *rows):
        first.append(list(row))
    out = BytesIO()
    made.save(out)
    out.seek(0)
    return out


def test_peers_of_the_unit_are_proposed_and_never_the_person_rated(hall: Hall) -> None:
    campaign = hall.campaign(started=False)
    Invitation.objects.all().delete()
    assert planning.propose(campaign) == 2
    found = {(one.rater.cadre_id and str(one.rater), one.group) for one in Invitation.objects.select_related("rater__cadre")}
    assert found == {("何晓晨", "PEERS"), ("吕志远", "PEERS")}
    assert planning.propose(campaign) == 0, "a second time adds nobody"


def test_a_plan_goes_out_and_comes_back_as_a_workbook(hall: Hall) -> None:
    campaign = hall.campaign(started=False)
    rows = list(load_workbook(BytesIO(planning.written(campaign)))["评价关系"].iter_rows(values_only=True))
    assert rows[0] == planning.COLUMNS
    assert len(rows) == 4
    assert planning.take_in(campaign, "关系.xlsx", BytesIO(planning.written(campaign))) == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("YX99999", "", "同级班子成员", "YX00021", ""), "第3行A（被考核人编号）列：“YX99999”；应为本次测评被考核人的编号"),
        (("YX00001", "", "同级班子成员", "YX00001", ""), "第3行D（评价人编号）列：“YX00001”；应为不是被考核人本人"),
        (("YX00001", "", "朋友", "YX00021", ""), "第3行C（评价主体）列：“朋友”"),
        (("YX00001", "", "群众与服务对象", "YX00021", ""), "第3行C（评价主体）列"),
        (("YX00001", "", "同级班子成员", "YX00022", ""), "每人对同一被考核人只列一行"),
    ],
)
def test_every_fault_of_a_plan_is_in_its_place_and_the_old_plan_stays(hall: Hall, row: tuple[str, ...], words: str) -> None:
    campaign = hall.campaign(started=False)
    with pytest.raises(BadSheet) as refused:
        planning.take_in(campaign, "关系.xlsx", sheet(("YX00001", "王建国", "同级班子成员", "YX00022", "吕志远"), row))
    assert any(words in str(one) for one in refused.value.faults), [str(one) for one in refused.value.faults]
    assert Invitation.objects.count() == 3


def test_a_plan_without_people_or_with_too_few_raters_is_not_started(hall: Hall) -> None:
    campaign = hall.campaign(started=False)
    Invitation.objects.filter(group="SUPERIOR").delete()
    with pytest.raises(BadPlan) as refused:
        assessing.start(campaign, by=hall.office, at=hall.at)
    assert refused.value.faults == ["王建国：评价主体“上级分管领导”只有0人；方案要求不少于1人"]
    assert not Message.objects.exists()
    assessing.start(campaign, by=hall.office, at=hall.at, short="分管领导岗位空缺")
    campaign.refresh_from_db()
    assert campaign.is_open
    Subject.objects.filter(pk__in=[]).delete()
    empty = planning.plan(
        hall.town.city, campaign.version, Frame("空的", 2025, "年度", hall.at + timedelta(days=1)), by=hall.office, at=hall.at
    )
    with pytest.raises(BadPlan):
        assessing.start(empty, by=hall.office, at=hall.at, short="就是要启动看看")


def test_only_a_published_scheme_makes_a_round(hall: Hall) -> None:
    frame = Frame("未发布", 2025, "年度", hall.at + timedelta(days=1))
    with pytest.raises(Refused, match="已经发布的方案"):
        planning.plan(hall.town.city, None, frame, by=hall.office, at=hall.at)
    with pytest.raises(Refused, match="截止时间"):
        planning.plan(hall.town.city, hall.published(), Frame("过期", 2025, "年度", hall.at), by=hall.office, at=hall.at)


def test_a_started_plan_is_fixed(hall: Hall) -> None:
    campaign = hall.campaign()
    for change in (
        lambda: planning.add_subjects(campaign, []), lambda: planning.propose(campaign), lambda: planning.take_in(campaign, "x", sheet()),
    ):  # fmt: skip
        with pytest.raises(Refused, match="已经启动"):
            change()


def test_the_invited_are_told_and_reminded_once_a_day_while_they_have_not_fetched(hall: Hall) -> None:
    campaign = hall.campaign()
    he, other = hall.peers
    assert {one.account_id for one in Message.objects.all()} == {he.pk, other.pk, hall.town.people["org_leader1"].pk}
    links.fetch(Invitation.objects.get(rater=he).pk, by=he, at=hall.at)
    assert assessing.remind(campaign, by=hall.office, at=hall.at) == 2
    assert not Message.objects.filter(account=he, key__startswith=f"rate:{campaign.pk}:2026").exists()
    with pytest.raises(Refused, match="今天已经催办"):
        assessing.remind(campaign, by=hall.office, at=hall.at)


def test_the_worker_reminds_before_the_end_and_closes_at_it_once(hall: Hall) -> None:
    campaign = hall.campaign()
    hall.rate(campaign, hall.peers[0], 8)
    Worker().assess(campaign.closes_at - timedelta(days=1))
    Worker().assess(campaign.closes_at - timedelta(hours=2))
    assert campaign.reminders.count() == 1
    assert Worker().assess(campaign.closes_at) == 1
    assert Worker().assess(campaign.closes_at) == 0
    campaign.refresh_from_db()
    assert (campaign.closed_at, campaign.closed_by) == (campaign.closes_at, None)
    Worker().work_off(campaign.closes_at)
    assert Score.objects.get(subject__campaign=campaign).explanation, "what the ratings say is computed by whoever is there"


def test_progress_counts_forms_and_says_which_groups_are_short(hall: Hall) -> None:
    campaign = hall.campaign()
    subject = Subject.objects.get(campaign=campaign)
    for token in assessing.issue_links(subject, "PUBLIC", 3, by=hall.office, at=hall.at)[:1]:
        hall.answer(token, 7)
    hall.rate(campaign, hall.peers[0], 7)
    parts = {one.key: (one.expected, one.answered, one.share, one.short) for one in closing.progress(campaign)}
    assert parts == {"SUPERIOR": (1, 0, 0, 1), "PEERS": (2, 1, 50, 0), "PUBLIC": (3, 1, 33, 1)}
    assert Record.objects.get(kind="ASSESS", outcome="links").actor == hall.office


def test_links_are_made_for_groups_without_names_only(hall: Hall) -> None:
    subject = Subject.objects.get(campaign=hall.campaign())
    for group, count in (("PEERS", 5), ("THIRD", 5), ("PUBLIC", 0), ("PUBLIC", 501)):
        with pytest.raises(Refused):
            assessing.issue_links(subject, group, count, by=hall.office, at=hall.at)


def test_scoring_gets_every_raw_row_with_its_scale_and_group_and_no_rater(hall: Hall) -> None:
    campaign = hall.campaign()
    hall.rate(campaign, hall.peers[0], 8)
    hall.rate(campaign, hall.peers[1], 6)
    assert rated_of(campaign)[0].raws == (), "nothing before it is closed"
    assessing.close(campaign.pk, by=None, why="", at=campaign.closes_at)
    subject = Subject.objects.get(campaign=campaign)
    facts = {"by": hall.office, "at": hall.at}
    Established.objects.create(subject=subject, kind="DEBT", amount=Decimal("2"), why="审计报告第3号", **facts)
    Established.objects.create(subject=subject, kind="ROUTINE", amount=Decimal("91.5"), why="四个季度平均", **facts)
    found = rated_of(Campaign.objects.get(pk=campaign.pk))[0]
    assert sorted((one.indicator, one.group, str(one.value), str(one.scale)) for one in found.raws) == [
        ("J01", "PEERS", "6.00", "10.00"), ("J01", "PEERS", "8.00", "10.00"), ("Z01", "PEERS", "6.00", "10.00"), ("Z01", "PEERS", "8.00", "10.00"),
    ]  # fmt: skip
    assert found.person == str(hall.town.wang.pk)
    assert [one.amount for one in found.adjusted] == [Decimal("2.00")]
    assert [one.value for one in found.routine] == [Decimal("91.50")]
    assert "YX00021" not in repr(found)
    assert Rating.objects.count() == 4


def test_a_corrected_figure_counts_and_the_first_one_stays(hall: Hall) -> None:
    campaign = hall.campaign()
    subject = Subject.objects.get(campaign=campaign)
    assert campaign.version is not None
    row = campaign.version.indicators.all()[0]
    for value, reason in (("80", ""), ("85", "统计口径更正")):
        Measured.objects.create(
            subject=subject, indicator=row, value=value, scale=100, source="台账", reason=reason, by=hall.office, at=hall.at
        )
    assert [str(one.value) for one in rated_of(campaign)[0].raws] == ["85.00"]
    assert Measured.objects.count() == 2
