"""Training and talks in the browser: a class from the first form to the person's own record, with a workbook in between."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.journeys.sight import Sight

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def go(office: Office, who: str, place: str) -> Page:
    """Somebody's page at an address."""
    page = office.page_of(who)
    page.goto(f"{office.base}{place}")
    return page


def registered(office: Office) -> Page:
    """The leader registers a class, first without its last day."""
    page = go(office, "org_leader1", "/desk/")
    page.click("nav a:has-text('培训')")
    page.select_option("[name=kind]", "SPECIAL")
    for name, value in {
        "topic": "基层治理能力专题班", "purpose": "补群众工作能力的课。", "organizer": "市委组织部", "place": "市委党校", "first": "2026-03-02", "hours": "16",
    }.items():  # fmt: skip
        page.fill(f"[name={name}]", value)
    page.click("main button:has-text('登记班次')")
    assert page.locator("#faults").count() == 1 and page.input_value("[name=topic]") == "基层治理能力专题班"
    page.fill("[name=last]", "2026-03-03")
    page.click("main button:has-text('登记班次')")
    return page


def test_a_class_from_its_registration_to_the_persons_record(office: Office) -> None:
    page = registered(office)
    sight, place = Sight(page), page.url.removeprefix(office.base)
    page.fill("[name=q]", "YX00005")
    page.click("button:has-text('查找干部')")
    page.check("input[name=cadre]")
    page.fill("[name=call-reason]", "分管信访工作，补群众工作的课。")
    page.click("button[value=call]")
    assert "已列入1人" in page.inner_text("main")
    seen = sight.faults("class-called")
    own = go(office, "yx00005", "/messages/")
    own.locator("main a:has-text('基层治理能力专题班')").press("Enter")
    own.wait_for_url("**/mine/training/")
    own.click("button[value=COMING]")
    assert "已经答复参加" in own.inner_text("main")
    office.later(days=3)
    page = go(office, "org_leader1", place)
    with page.expect_download() as sent:
        page.click("a[download]")
    book = load_workbook(BytesIO(sent.value.path().read_bytes()))
    row = next(row for row in book["参训结果"].iter_rows(min_row=2) if row[0].value == "YX00005")
    for cell, value in zip(row[2:5], ("完成", 16, "结业92分"), strict=True):
        cell.value = value
    assert "不写分数、名次" in handed_in(page, book)
    row[4].value = "能独立主持群众座谈会。"
    assert "登记结果1人" in handed_in(page, book)
    seen += sight.faults("class-results")
    own = go(office, "yx00005", "/mine/training/")
    assert "能独立主持群众座谈会。" in own.inner_text("main") and "16.0学时" in own.inner_text("main")
    seen += Sight(own).faults("own-training")
    assert not seen, "\n".join(seen)


def handed_in(page: Page, book: object) -> str:
    """The workbook is sent; what the page says then."""
    out = BytesIO()
    book.save(out)  # type: ignore[attr-defined]
    page.set_input_files("#id_file", {"name": "结果.xlsx", "mimeType": XLSX, "buffer": out.getvalue()})
    page.click("button[value=file]")
    page.wait_for_load_state()
    return page.inner_text("main")


def planned(office: Office) -> Page:
    """The leader plans a talk for somebody whose grade fell; the refusal keeps what was typed."""
    page = go(office, "org_leader1", "/training/talks/?kind=FELL&q=YX00005")
    page.click("main ul.plain a:has-text('YX00005')")
    page.fill("[name=reason]", "年度考核等次下降，了解工作中的困难。")
    page.fill("[name=talker]", "YX00005")
    page.click("main button:has-text('安排谈话')")
    assert "不能由本人与自己谈话" in page.inner_text("#faults")
    page.fill("[name=talker]", "YX00009")
    page.click("main button:has-text('安排谈话')")
    assert "已安排，还没有谈" in page.inner_text("main")
    return page


def test_a_talk_from_its_plan_to_the_persons_signature(office: Office) -> None:
    office_page = planned(office)
    sight = Sight(office_page)
    seen = sight.faults("talk-planned")
    talker = go(office, "yx00009", "/messages/")
    talker.locator("main a:has-text('请您与')").first.press("Enter")
    talker.wait_for_url("**/mine/talks/")
    talker.click("main summary:has-text('登记谈话情况')")
    talker.fill("textarea[name=agreed]", "每月书面汇报一次重点工作进度。")
    talker.click("button[value=held]")
    seen += Sight(talker).faults("talk-held")
    own = go(office, "yx00005", "/mine/talks/")
    own.click("button[value=CORRECT]")
    assert "请写明不同意见" in own.inner_text(".refusal")
    own.click("button[value=AGREE]")
    assert "已谈，本人签收" in own.inner_text("main")
    seen += Sight(own).faults("talk-signed")
    office_page.reload()
    assert "本人已经签收，不再更改" in office_page.inner_text("main")
    assert not seen, "\n".join(seen)


def test_a_survey_of_a_class_is_asked_answered_and_not_shown_for_too_few(office: Office) -> None:
    key = office.ask("SELECT id FROM workflow_app_trainingclass WHERE kind = 'LECTURE'")[0][0]
    page = go(office, "org_leader1", f"/training/classes/{key}/survey/")
    sight = Sight(page)
    page.fill("[name=closes_on]", "2026-03-06")
    page.click("main button:has-text('发出调查')")
    assert "截止以前谁也看不到结果" in page.inner_text("main")
    seen = sight.faults("survey-sent")
    own = go(office, "yx00009", "/mine/training/")
    own.click("main button:has-text('领取链接并填写')")
    own.click("main button:has-text('提交')")
    assert "还没有选择" in own.inner_text("#faults")
    seen += Sight(own).faults("survey-form")
    for box in own.locator("fieldset").all():
        box.locator("input").first.check()
    own.fill("#words", "希望多讲身边的案例。")
    own.click("main button:has-text('提交')")
    assert "已经提交" in own.inner_text("main")
    office.later(days=5)
    page.reload()
    page.click("main button:has-text('结束并打开答卷')")
    assert "不足五份" in page.inner_text("main") and "身边的案例" not in page.inner_text("main")
    assert not seen, "\n".join(seen)
