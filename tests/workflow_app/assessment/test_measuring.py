"""Figures and established matters: by page and by workbook, with document and name, all of it or nothing, and the scores that follow."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from openpyxl import Workbook, load_workbook

from flows.up import bars
from tests.workflow_app.assessment.stage import GROUPS, Hall
from workflow_app import assessing, clock, listing, measuring
from workflow_app.assessment.feedback import lists
from workflow_app.assessment.feedback.lists import PointRow
from workflow_app.assessment.measuring import facts, workbook
from workflow_app.assessment.results.computing import newest
from workflow_app.assessment.schemes.drafting import Draft, IndicatorRow
from workflow_app.assessment.sheets import BadSheet
from workflow_app.models import Bar, Campaign, Established, Finding, Invitation, Lead, Measured, Record, SchemeIndicator, Score, Subject
from workflow_app.refusing import Refused
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
MEASURED = Draft(
    GROUPS, (IndicatorRow("Z01", Decimal(30)), IndicatorRow("D01", Decimal(70))), quantitative=Decimal(70), routine=Decimal(40)
)


@pytest.fixture
def campaign(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """A closed round, 7:3, everybody gave 王建国 eight of ten."""
    monkeypatch.setattr("tests.workflow_app.assessment.stage.Hall.published.__defaults__", (MEASURED,))
    made = hall.campaign()
    for rater in (*hall.peers, hall.town.people["org_leader1"]):
        hall.rate(made, rater, 8)
    assessing.close(made.pk, by=hall.office, why="都已经评完", at=hall.at)
    Worker().work_off(hall.at)
    return Campaign.objects.select_related("organ", "version__scheme").get(pk=made.pk)


def subject(campaign: Campaign) -> Subject:
    return Subject.objects.select_related("campaign__organ", "campaign__version__scheme", "cadre").get(campaign=campaign)


def value(campaign: Campaign) -> str:
    return str(newest(campaign)[subject(campaign).pk].value)


def book(figures: list[tuple[Any, ...]], matters: list[tuple[Any, ...]]) -> BytesIO:
    made = Workbook()
    made.active.title = "定量得分"
    for row in (workbook.FIGURE_COLUMNS, *figures):
        made.active.append(list(row))
    sheet = made.create_sheet("认定事项")
    for row in (workbook.FACT_COLUMNS, *matters):
        sheet.append(list(row))
    out = BytesIO()
    made.save(out)
    out.seek(0)
    return out


FIGURE = ("YX00001", "王建国", "D01", "重点任务完成率", 90, 100, "市考核办〔2026〕3号", "")
MATTER = ("YX00001", "王建国", "减分", 2, "", "全市通报批评一次", "云溪市委督查室", "督查通报第7期", "2026-01-05")


def test_the_quantitative_share_counts_as_soon_as_a_figure_is_in(hall: Hall, campaign: Campaign) -> None:
    assert value(campaign) == "80.00", "without figures the rated part is all there is"
    measuring.take_in(campaign, "figures.xlsx", book([FIGURE], [MATTER]), by=hall.office, at=hall.at)
    assert value(campaign) == "85.00", "0.7 x 90 + 0.3 x 80, minus 2"
    one = Measured.objects.get()
    assert (one.by, one.source) == (hall.office, "市考核办〔2026〕3号")
    matter = Established.objects.get()
    assert (matter.organ, matter.document, matter.established_on) == ("云溪市委督查室", "督查通报第7期", date(2026, 1, 5))
    assert {"figures", "established", "scored"} <= set(Record.objects.filter(kind="ASSESS").values_list("outcome", flat=True))


def test_a_debt_ratio_over_its_cap_takes_two_per_cent_a_point(hall: Hall, campaign: Campaign) -> None:
    debt = (*MATTER[:2], "负债率超上限（百分点）", 5, "", "负债率超过上限五个百分点", "云溪市审计局", "审计报告第2号", "2026-01-05")
    measuring.take_in(campaign, "figures.xlsx", book([], [debt]), by=hall.office, at=hall.at)
    assert value(campaign) == "72.00"


def test_what_goes_out_comes_back_and_changes_nothing(hall: Hall, campaign: Campaign) -> None:
    empty = load_workbook(BytesIO(workbook.written(campaign)))
    assert [cell.value for cell in empty["定量得分"][2]][:5] == ["YX00001", "王建国", "D01", "重点任务完成率", None]
    measuring.take_in(campaign, "figures.xlsx", book([FIGURE], [MATTER]), by=hall.office, at=hall.at)
    again = measuring.take_in(campaign, "same.xlsx", BytesIO(workbook.written(campaign)), by=hall.office, at=hall.at)
    assert (again.figures, again.facts) == ([], [])


@pytest.mark.parametrize(
    ("figure", "matter", "place"),
    [
        (("YX99999", *FIGURE[1:]), MATTER, "“定量得分”第2行A（被考核人编号）列"),
        ((*FIGURE[:2], "Z01", *FIGURE[3:]), MATTER, "“定量得分”第2行C（指标编号）列"),
        ((*FIGURE[:4], 101, *FIGURE[5:]), MATTER, "“定量得分”第2行E（得分）列"),
        ((*FIGURE[:4], 90, 80, *FIGURE[6:]), MATTER, "0至满分80.00的得分"),
        ((*FIGURE[:6], "", ""), MATTER, "“定量得分”第2行G（依据文件）列"),
        (FIGURE, (*MATTER[:2], "表扬", *MATTER[3:]), "“认定事项”第2行C（种类）列"),
        (FIGURE, (*MATTER[:3], "", *MATTER[4:]), "“认定事项”第2行D（数值）列：空白；应为大于0"),
        (FIGURE, (*MATTER[:2], "负面清单事项", 3, *MATTER[4:]), "一票否决和数据不实没有数值"),
        (FIGURE, (*MATTER[:2], "数据不实", "", "", *MATTER[5:]), "“认定事项”第2行E（指标编号）列"),
        (FIGURE, (*MATTER[:2], "乘数系数", *MATTER[3:]), "本方案规定的种类"),
        (FIGURE, (*MATTER[:6], "", *MATTER[7:]), "“认定事项”第2行G（认定机关）列"),
        (FIGURE, (*MATTER[:8], "2026-01-11"), "认定日期，不晚于今天"),
    ],
)
def test_every_fault_has_its_place_and_nothing_is_half_done(
    hall: Hall, campaign: Campaign, figure: tuple[Any, ...], matter: tuple[Any, ...], place: str
) -> None:
    with pytest.raises(BadSheet) as refused:
        measuring.take_in(campaign, "bad.xlsx", book([figure], [matter]), by=hall.office, at=hall.at)
    assert any(place in str(one) for one in refused.value.faults), [str(one) for one in refused.value.faults]
    assert not Measured.objects.exists()
    assert not Established.objects.exists()


def test_the_same_line_twice_is_a_fault(hall: Hall, campaign: Campaign) -> None:
    with pytest.raises(BadSheet) as refused:
        measuring.take_in(campaign, "bad.xlsx", book([FIGURE, FIGURE], [MATTER, MATTER]), by=hall.office, at=hall.at)
    assert [(one.sheet, one.row) for one in refused.value.faults] == [("定量得分", 3), ("认定事项", 3)]


def test_a_correction_needs_its_reason_and_the_first_figure_stays(hall: Hall, campaign: Campaign) -> None:
    measuring.take_in(campaign, "one.xlsx", book([FIGURE], []), by=hall.office, at=hall.at)
    other = (*FIGURE[:4], 92, *FIGURE[5:])
    with pytest.raises(BadSheet, match="1处错误"):
        measuring.take_in(campaign, "two.xlsx", book([other], []), by=hall.office, at=hall.at)
    measuring.take_in(campaign, "three.xlsx", book([(*other[:7], "统计口径更正")], []), by=hall.office, at=hall.at)
    assert [str(one) for one in Measured.objects.order_by("id").values_list("value", flat=True)] == ["90.00", "92.00"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Measured.objects.update(value=1)


def fact(campaign: Campaign, kind: str, code: str = "") -> facts.Fact:
    row = SchemeIndicator.objects.filter(version=campaign.version, indicator__indicator__code=code).first()
    return facts.Fact(subject(campaign), kind, None, row, "完成率由九成改报为十成", "云溪市统计局", "核查通报第4号", date(2026, 1, 8))


def test_a_false_key_figure_scores_nothing_and_bars_promotion_for_two_years_but_opens_no_case(hall: Hall, campaign: Campaign) -> None:
    measuring.take_in(campaign, "one.xlsx", book([FIGURE], []), by=hall.office, at=hall.at)
    made = measuring.establish(fact(campaign, "FALSIFIED", "D01"), by=hall.office, at=hall.at)
    assert value(campaign) == "24.00", "0.7 x 0 + 0.3 x 80"
    bar = Bar.objects.get()
    assert (bar.rule_id, bar.first_day, bar.last_day) == ("B-FRAUD", date(2026, 1, 8), date(2028, 1, 7))
    assert "由人按规定评定" in bar.reason
    assert not Lead.objects.exists()
    with pytest.raises(Refused, match="已经登记"):
        measuring.establish(fact(campaign, "FALSIFIED", "D01"), by=hall.office, at=hall.at)
    measuring.take_back(made, "复查认定为口径差异", by=hall.office, at=hall.at)
    assert value(campaign) == "87.00"
    bar.refresh_from_db()
    assert bar.lifted_on == date(2026, 1, 10), "the bar ends with the matter"
    assert Established.objects.filter(pk=made.pk).exists(), "what was taken back stays to be read"


def test_a_false_report_of_an_indicator_that_is_not_core_bars_nobody(hall: Hall, campaign: Campaign) -> None:
    row = SchemeIndicator.objects.get(version=campaign.version, indicator__indicator__code="D01")
    row.indicator.core = False
    measuring._established(
        campaign, Established(pk=1, subject=subject(campaign), kind="FALSIFIED", indicator=row, established_on=date(2026, 1, 8)), by=hall.office, at=hall.at
    )  # fmt: skip
    assert not Bar.objects.exists()
    assert "不是核心指标" in Finding.objects.get().outcome


def test_a_veto_is_shown_and_takes_no_points(hall: Hall, campaign: Campaign) -> None:
    measuring.establish(fact(campaign, "VETO"), by=hall.office, at=hall.at)
    assert value(campaign) == "80.00"
    assert "VETO" in Score.objects.order_by("-id")[0].flags


def test_a_veto_bars_promotion_for_a_year_until_it_is_taken_back_and_opens_no_case(hall: Hall, campaign: Campaign) -> None:
    made = measuring.establish(fact(campaign, "VETO"), by=hall.office, at=hall.at)
    bar = Bar.objects.get()
    assert (bar.rule_id, bar.first_day, bar.last_day) == ("B-VETO", date(2026, 1, 8), date(2027, 1, 7))
    assert bars.restriction(hall.town.wang.pk, date(2026, 6, 1)).barred
    assert not Lead.objects.exists()
    measuring.take_back(made, "复查认定为口径差异", by=hall.office, at=hall.at)
    assert not bars.restriction(hall.town.wang.pk, date(2026, 6, 1)).barred


def test_nobody_enters_their_own_and_after_signing_nothing_changes(hall: Hall, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="本人"):
        measuring.establish(fact(campaign, "VETO"), by=hall.town.people["wang"], at=hall.at)
    made = measuring.establish(fact(campaign, "VETO"), by=hall.office, at=hall.at)
    rows = [PointRow("RESULT", "按期完成城南片区道路改造。")]
    draft = lists.draft(subject(campaign), rows, by=hall.office, at=hall.at)
    listing.sign_lists(draft, by=hall.town.people["org_leader1"], at=hall.at)
    with pytest.raises(BadSheet, match="1处错误") as refused:
        measuring.take_in(campaign, "late.xlsx", book([FIGURE], []), by=hall.office, at=hall.at)
    assert "三单已经签发" in str(refused.value.faults[0])
    with pytest.raises(Refused, match="已经签发"):
        measuring.take_back(made, "复查认定为口径差异", by=hall.office, at=hall.at)


def post(hall: Hall, client: Client, campaign: Campaign, **typed: str) -> Any:
    client.force_login(hall.office, backend="django.contrib.auth.backends.ModelBackend")
    return client.post(f"/assessment/campaigns/{campaign.pk}/figures/", {"subject": str(subject(campaign).pk), **typed})


def test_the_page_takes_one_figure_and_keeps_what_was_typed_when_it_refuses(
    hall: Hall, campaign: Campaign, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: hall.at)
    row = SchemeIndicator.objects.get(version=campaign.version, indicator__indicator__code="D01")
    typed = {"do": "figure", "indicator": str(row.pk), "value": "90", "scale": "100"}
    refused = post(hall, client, campaign, **typed, source="")
    assert refused.status_code == 422
    assert "依据文件的名称和文号" in refused.content.decode()
    assert 'name="value" inputmode="decimal" value="90"' in refused.content.decode()
    assert post(hall, client, campaign, **typed, source="市考核办〔2026〕3号").status_code == 302
    shown = client.get(f"/assessment/campaigns/{campaign.pk}/figures/").content.decode()
    assert "应有1项，已登记1项" in shown
    assert "市考核办〔2026〕3号" in shown
    assert post(hall, client, campaign, do="fact", kind="BONUS", amount="abc").status_code == 422
    matter = {"do": "fact", "kind": "BONUS", "amount": "1.5", "why": "承担全省试点任务", "organ": "云溪市委", "document": "市委表彰第1号"}
    assert post(hall, client, campaign, **matter, established_on="2026-01-08").status_code == 302
    assert (
        post(hall, client, campaign, do="take_back", matter=str(Established.objects.get().pk), why="写错了人，另行登记").status_code == 302
    )
    assert "已撤回" in client.get(f"/assessment/campaigns/{campaign.pk}/figures/").content.decode()
    assert client.get(f"/assessment/campaigns/{campaign.pk}/figures.xlsx").status_code == 200


def test_whoever_has_no_seat_at_the_office_finds_no_page(hall: Hall, campaign: Campaign, client: Client) -> None:
    client.force_login(hall.town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    for place in ("figures/", "figures.xlsx"):
        assert client.get(f"/assessment/campaigns/{campaign.pk}/{place}").status_code == 404


def test_figures_are_entered_before_the_round_closes_too(hall: Hall) -> None:
    draft = Draft(GROUPS, MEASURED.indicators, quantitative=Decimal(70))
    version = hall.published(draft)
    running = Campaign.objects.create(
        organ=hall.town.city, name="进行中", year=2025, period="年度", version=version, closes_at=hall.at + timedelta(days=3), created_by=hall.office,
        created_at=hall.at, opened_by=hall.office, opened_at=hall.at,
    )  # fmt: skip
    Subject.objects.create(campaign=running, cadre=hall.town.wang, post_title="副局长", comparison_group="市直副职")
    assert not Invitation.objects.filter(subject__campaign=running).exists()
    measuring.take_in(running, "early.xlsx", book([FIGURE], []), by=hall.office, at=hall.at)
    assert Measured.objects.count() == 1
    assert not Score.objects.filter(subject__campaign=running).exists()
