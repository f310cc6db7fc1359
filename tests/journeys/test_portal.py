"""The person concerned on a phone of 390 points: nothing typed is lost, nothing is sent twice, every page fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.journeys.conftest import Office

pytestmark = pytest.mark.journey
HEARD, DEMOTED, REVIEWED = "yx00011", "yx00012", "yx00013"
TEXT = "延期一个月系汛期停工所致，停工令和值班记录可以证明。"


def phone(office: Office, who: str) -> Page:
    """Somebody's phone."""
    office.subject = who
    page = office.page_of(who)
    page.goto(f"{office.base}/mine/")
    return page


def go_to_points(page: Page) -> None:
    """To the page where the opinion is written."""
    page.click("main .big-list a >> nth=0")
    page.check("[value=statement]")
    page.click("button[value=next]")
    page.wait_for_url("**/2/")


def finish(page: Page) -> None:
    """From the page of the opinion to the receipt."""
    for _ in range(3):
        here = page.url
        page.click("button[value=next]")
        page.wait_for_url(lambda url, here=here: url != here)
    expect(page.locator("h1")).to_have_text("提交以前，请核对")


def receipts(office: Office) -> int:
    """Receipts of statements in the house."""
    return int(office.ask("SELECT count(*) FROM workflow_app_receipt r JOIN workflow_app_document d ON d.id = r.document_id WHERE d.step = 'answer' AND r.sender = (SELECT name FROM workflow_app_cadre WHERE number = 'YX00011')")[0][0])  # fmt: skip


def test_the_network_breaks_and_nothing_is_lost(busy_office: Office) -> None:
    page = phone(busy_office, HEARD)
    go_to_points(page)
    page.context.set_offline(True)
    page.fill("textarea", TEXT)
    page.click("button[value=next]")
    expect(page.locator("#saved")).to_contain_text("网络断了")
    assert page.url.endswith("/2/"), "the page is not left for an error of the browser"
    assert page.input_value("textarea") == TEXT
    page.context.set_offline(False)
    expect(page.locator("#saved")).to_contain_text("已保存")
    page.reload()
    assert page.input_value("textarea") == TEXT
    finish(page)


def test_the_session_ends_and_nothing_is_lost(busy_office: Office) -> None:
    page = phone(busy_office, HEARD)
    go_to_points(page)
    page.context.clear_cookies(name="sessionid")
    page.fill("textarea", TEXT)
    page.click("button[value=next]")
    expect(page.locator("#saved")).to_contain_text("登录已过期")
    with page.context.expect_page() as opened:
        page.click("#saved a")
    other = opened.value
    sign_in(other)
    other.close()
    page.click("button[value=next]")
    page.wait_for_url("**/3/")
    page.go_back()
    assert page.input_value("textarea") == TEXT


def sign_in(page: Page) -> None:
    """The sign-in form."""
    page.fill("[name=username]", HEARD)
    page.fill("[name=password]", "yunxi-demo-2026")
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_without_any_script_the_session_ends_and_nothing_is_lost(busy_office: Office) -> None:
    office = busy_office
    context = office.browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{office.base}/mine/")
    sign_in(page)
    go_to_points(page)
    context.clear_cookies(name="sessionid")
    page.fill("textarea", TEXT)
    page.click("button[value=next]")
    sign_in(page)
    expect(page.locator("main")).to_contain_text("登录中断以前您写的内容已经找回")
    assert page.input_value("textarea") == TEXT
    finish(page)
    page.click(".portal-send button")
    page.wait_for_url("**/mine/sent/*/")
    context.close()


def test_pressed_twice_it_is_sent_once(busy_office: Office) -> None:
    page = phone(busy_office, HEARD)
    go_to_points(page)
    page.fill("textarea", TEXT)
    finish(page)
    again = page.context.new_page()
    again.goto(page.url)
    page.dblclick(".portal-send button")
    page.wait_for_url("**/mine/sent/*/")
    again.click(".portal-send button")
    again.wait_for_url("**/mine/sent/*/")
    assert page.url == again.url
    assert receipts(busy_office) == 1
    again.close()


def test_a_fault_leads_to_its_field(busy_office: Office) -> None:
    page = phone(busy_office, HEARD)
    page.click("main .big-list a >> nth=0")
    page.click("button[value=next]")
    link = page.locator("#faults a")
    expect(page.locator("#faults")).to_be_focused()
    link.click()
    expect(page.locator(link.get_attribute("href") or "")).to_be_focused()


def test_the_demoted_cadre_asks_for_a_review_to_the_receipt(busy_office: Office) -> None:
    office = busy_office
    page = phone(office, DEMOTED)
    page.click("main >> text=不同意的，可以申请复核或者提出申诉")
    page.click("main >> text=申请复核：向中共云溪市委组织部提出")
    page.fill("textarea", "延期的主要原因是征地没有完成，这一点没有核实。")
    page.click("button[value=next]")
    page.check("[value=change]")
    page.click("button[value=next]")
    page.wait_for_url("**/3/")
    page.click("button[value=next]")
    page.wait_for_url("**/check/")
    expect(page.locator("main")).to_contain_text("《复核申请书》")
    page.click(".portal-send button")
    page.wait_for_url("**/mine/sent/*/")
    expect(page.locator("h1")).to_have_text("已经收到")
    office.work_off()
    expect(page.get_by_text("打开回执（PDF）")).to_be_visible()
    pdf = page.context.request.get(page.get_by_text("打开回执（PDF）").evaluate("e => e.href"))
    assert pdf.body().startswith(b"%PDF")
    page.click("main >> text=看案件进展")
    expect(page.locator("h1")).to_have_text("正在复核")


ADDRESSES = ("", "sent/", "deputies/", "deputies/ask/", "{case}/", "{case}/file/", "{case}/readers/", "decisions/{decision}/")


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_fits_and_its_targets_can_be_hit(busy_office: Office, width: int) -> None:
    office = busy_office
    page = phone(office, REVIEWED)
    page.set_viewport_size({"width": width, "height": 900})
    decision, case = office.ask("SELECT d.id, d.case_id FROM workflow_app_decision d JOIN workflow_app_cadre c ON c.id = d.cadre_id WHERE c.number = 'YX00013'")[0]  # fmt: skip
    for address in ADDRESSES:
        page.goto(f"{office.base}/mine/{address.format(case=case, decision=decision)}")
        assert page.locator("main h1").count() == 1, address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        small = page.eval_on_selector_all(
            "main a:not(p a):not(li p a), main button, main summary, main input:not([type=hidden]):not([type=checkbox]):not([type=radio]), main select",
            "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))",
        )
        assert not small, (address, small)
