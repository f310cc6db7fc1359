"""The record of work in the browser: written on a phone, read at the office with a purpose that the person sees, an award, a task taken up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.sight import Sight
from tests.workflow_app.worklog.wrote import photo

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
CADRE, PHONE = "YX00005", {"width": 390, "height": 844}
TEXT = "复核山塘加固验收单七份，补拍现场照片两张。"


def go(office: Office, who: str, place: str) -> Page:
    """Somebody's page at an address."""
    page = office.page_of(who)
    page.goto(f"{office.base}{place}")
    return page


def test_a_line_written_on_a_phone_and_a_photo_that_tells_its_place(office: Office) -> None:
    page = go(office, "yx00005", "/mine/")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.click("a:has-text('我的工作纪实')")
    assert "不产生任何后果" in page.inner_text("main")
    page.fill("[name=text]", TEXT)
    page.fill("[name=duty]", "防汛备汛")
    page.set_input_files("[name=file]", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(latitude=True)})
    page.click("button[value=write]")
    assert "照片带有拍摄位置" in page.inner_text("#faults") and page.input_value("[name=text]") == TEXT, "what was typed stays"
    page.set_input_files("[name=file]", {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.click("button[value=write]")
    assert TEXT in page.inner_text("#month") and "现场.jpg" in page.inner_text("#month")
    page.locator(f".entry:has-text('{TEXT}') a:has-text('更正')").click()
    page.fill("[name=text]", "复核山塘加固验收单八份。")
    page.fill("[name=why]", "份数有误。")
    page.click("button[value=write]")
    assert "已更正" in page.inner_text("#month") and "份数有误" in page.inner_text("#month")
    page.click("a:has-text('年度述职')")
    assert "复核山塘加固验收单八份" in page.input_value("[name=text]") and TEXT not in page.input_value("[name=text]")
    page.click("button[value=hand_in]")
    assert "已于" in page.inner_text(".note")


def test_the_archive_is_opened_with_a_purpose_that_the_person_reads(office: Office) -> None:
    page = go(office, "case_handler1", "/desk/")
    page.click("nav a:has-text('纪实和档案')")
    page.fill("[name=q]", CADRE)
    page.click("button:has-text('查找干部')")
    page.click("td.acts a:has-text('考核档案')")
    assert "嘉奖" not in page.inner_text("main"), "nothing before the purpose"
    page.click("button[value=purpose]")
    assert "5至200个字" in page.inner_text("#purpose_error")
    assert not Sight(page).faults("purpose")
    page.fill("[name=purpose]", "拟订年度考核等次建议")
    page.click("button[value=purpose]")
    assert "嘉奖" in page.inner_text("#awards") and "柳溪流域" in page.inner_text("#accounts")
    page.click("button[value=issue]")
    page.wait_for_selector("text=已经签发")
    own = go(office, "yx00005", "/mine/archive/")
    assert "拟订年度考核等次建议" in own.inner_text("#readers") and "拟订年度考核等次建议" in own.inner_text("#papers")
    link = own.locator("#papers a").get_attribute("href")
    assert own.request.get(f"{office.base}{link}").body().startswith(b"%PDF")


def test_an_award_is_proposed_by_one_agreed_by_another_and_entered_by_its_document(office: Office) -> None:
    page = go(office, "case_handler1", "/worklog/awards/")
    page.locator("td.acts a:has-text('提出')").first.click()
    place = page.url.split("?")[0].removeprefix(office.base)
    page.fill("[name=propose-reason]", "优秀")
    page.click("button[value=propose]")
    assert "请写明理由" in page.inner_text("#propose")
    page.fill("[name=propose-reason]", "年度考核优秀，重点工作均按期完成。")
    page.click("button[value=propose]")
    assert "提出人不得审定" in page.inner_text("#propose")
    leader = go(office, "org_leader1", place)
    leader.click("#propose .entry summary")
    leader.fill("[name=answer-reason]", "成绩属实，同意报批。")
    leader.click("button[value=answer]")
    page.reload()
    assert "同意报批" in page.inner_text("#propose")


def test_a_task_is_posted_taken_up_and_given_to_somebody(office: Office) -> None:
    own = go(office, "yx00005", "/mine/board/")
    own.click("summary:has-text('揭榜')")
    own.fill("[name=bid-plan]", "先摸清六户诉求，逐户签约，三个月完成。")
    own.click("button[value=bid]")
    assert "先摸清六户诉求" in own.inner_text("main")
    leader = go(office, "org_leader1", "/worklog/board/")
    leader.click("td a:has-text('柳溪桥')")
    assert "揭榜截止的次日起选定" in leader.inner_text("main")
    office.later(days=12)
    leader = go(office, "org_leader1", leader.url.removeprefix(office.base))
    leader.click("summary:has-text('选定')")
    leader.fill("[name=choose-reason]", "办法可行，熟悉情况。")
    leader.click("button[value=choose]")
    assert "已选定" in leader.inner_text("main")
    own = go(office, "yx00005", "/messages/")
    assert "已选定揭榜人" in own.inner_text("main")
