"""Units in the browser: from a scheme about units to lists that the head of a unit answers; statements by file; results for the organ above."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.journeys.sight import NARROW, Sight
from tests.journeys.test_assessment import anonymous, go, rate

if TYPE_CHECKING:
    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
NAME = "重点项目攻坚考核"


def planned(office: Office) -> str:
    """A scheme about units, published by a colleague; a round of two units, started; its address."""
    page = go(office, "assessment_office1", "/assessment/schemes/new/")
    page.fill("#id_name", NAME)
    page.select_option("#id_kind", "SPECIAL")
    page.select_option("#id_about", "UNITS")
    page.click("main form button")
    for name, value in {"group-PUBLIC": "100", "weight-B02": "40", "weight-Q01": "60"}.items():
        page.fill(f"[name='{name}']", value)
    assert not page.locator("#id_linked_EXCELLENT").count(), "only schemes about people link"
    page.click("button[value=draft]")
    go(office, "assessment_office2", page.url.removeprefix(office.base)).click("button[value=publish]")
    page = go(office, "assessment_office1", "/assessment/campaigns/new/")
    page.fill("#id_name", NAME)
    page.select_option("#id_version", label=f"{NAME}（第1版）")
    page.fill("#id_closes", f"{office.now + timedelta(days=3):%Y-%m-%dT%H:%M}")
    page.click("main form button")
    page.fill("#id_numbers", "YX-D01 YX-D99")
    page.click("button[value=units]")
    assert "YX-D99" in page.inner_text("#faults")
    assert page.input_value("#id_numbers") == "YX-D01 YX-D99", "what was typed stays"
    page.fill("#id_numbers", "YX-D01 YX-D07")
    page.fill("#id_region", "攻坚一组")
    page.click("button[value=units]")
    assert "已列入2个被考核单位" in page.inner_text("main")
    page.click("button[value=start]")
    return page.url.removeprefix(office.base)


def test_from_a_scheme_about_units_to_lists_that_its_head_answers(office: Office) -> None:
    place = planned(office)
    for link in anonymous(office, place):
        visitor = office.page_of("visitor")
        visitor.set_viewport_size(NARROW)  # type: ignore[arg-type]
        visitor.goto(link)
        assert "评价云溪市发展改革局" in visitor.inner_text("h1")
        rate(visitor, 8)
    office.later(days=3, hours=1)
    office.work_off()
    page = go(office, "assessment_office1", place)
    page.locator("td a", has_text="拟订").first.click()
    for name, value in {
        "RESULT-0-text": "重点项目按期开工。", "PROBLEM-0-text": "前期手续办理偏慢。", "MEND-0-text": "前期手续办理偏慢",
        "MEND-0-measure": "并联审批，每周调度", "MEND-0-due_on": f"{office.now + timedelta(days=30):%Y-%m-%d}", "MEND-0-responsible": "孙安安",
    }.items():  # fmt: skip
        page.fill(f"[name='{name}']", value)
    page.click("button[value=draft]")
    leader = go(office, "org_leader1", page.url.removeprefix(office.base))
    leader.click("button[value=sign]")
    assert "单位还没有签收" in leader.inner_text(".note")
    head = go(office, "yx00001", "/mine/")
    sight = Sight(head)
    head.locator("a", has_text=f"云溪市发展改革局 · {NAME}").click()
    head.click("button[value=receive]")
    mend = head.locator("div.stands", has_text="并联审批")
    mend.locator("summary", has_text="提交整改情况").click()
    mend.locator("textarea[name=text]").first.fill("已经实行并联审批，三项手续办结。")
    mend.locator("button[value=prove]").click()
    assert "三项手续办结" in head.inner_text("main")
    assert not sight.faults("my_feedback")
    clerk = go(office, "yx00005", "/mine/")
    assert NAME not in clerk.inner_text("main"), "who does not lead the unit has nothing to answer"


def test_a_month_goes_out_and_comes_in_by_file_and_red_reaches_the_head(office: Office, tmp_path: Path) -> None:
    page = go(office, "assessment_office1", "/assessment/units/")
    sight = Sight(page)
    with page.expect_download() as waiting:
        page.click("a[download]")
    file = tmp_path / "targets.xlsx"
    waiting.value.save_as(file)
    book = load_workbook(file)
    sheet = book["对账单"]
    assert sheet.cell(2, 1).value == "YX-D01"
    sheet.cell(2, 5).value = 200
    book.save(file)
    page.set_input_files("#id_file", file)
    page.click("main form.narrow button")
    assert "写明理由" in page.inner_text("#faults"), "a correction says why"
    sheet.cell(2, 8).value = "平台重新核定工单时长"
    book.save(file)
    page.set_input_files("#id_file", file)
    page.click("main form.narrow button")
    assert "1项对账" in page.inner_text("main")
    first = page.locator("tbody tr").first
    assert "24.00%" in first.inner_text() and "红色" in first.inner_text()
    first.locator("summary").click()
    assert "越低越好" in first.inner_text()
    assert not sight.faults("unit_targets")
    told = go(office, "yx00001", "/messages/")
    assert "红色提醒：云溪市发展改革局" in told.inner_text("main")


def test_settled_results_are_signed_and_taken_out_for_the_organ_above(office: Office, tmp_path: Path) -> None:
    place = office.ask("SELECT campaign_id FROM workflow_app_gradessettled")[0][0]
    page = go(office, "org_leader1", f"/assessment/campaigns/{place}/report/")
    sight = Sight(page)
    page.fill("#id_to", "中共云岭省委组织部")
    page.click("button[value=sign]")
    assert "考报〔" in page.inner_text("main ul")
    assert not sight.faults("campaign_report")
    paper = page.request.get(f"{office.base}{page.locator('main ul a').first.get_attribute('href')}")
    assert paper.status == 200 and paper.body().startswith(b"%PDF")
    page.fill("#id_to", "中共云岭省委组织部")
    with page.expect_download() as waiting:
        page.click("button[value=export]")
    file = tmp_path / "results.xlsx"
    waiting.value.save_as(file)
    assert [cell.value for cell in load_workbook(file).active[2]][:3] == [office.now.year, "YX-D01", "云溪市发展改革局"]
    graded = office.ask("SELECT c.id FROM workflow_app_campaign c WHERE c.name LIKE '%年度科员测评'")[0][0]
    quota = go(office, "assessment_office1", f"/assessment/campaigns/{graded}/grades/")
    assert "6×25%" in quota.inner_text("main"), "the grade of the unit changed the share of its people"
