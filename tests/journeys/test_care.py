"""Care and return in the browser: from a pool entry to a case on the way up, and what expires on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.journeys.answers_up import UP
from tests.journeys.office import set_stage
from tests.journeys.sight import WIDE, Sight

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
CADRE, POOL = "YX00005", "乡镇主职人选库"


def go(office: Office, who: str, place: str) -> Page:
    """Somebody's page at an address."""
    page = office.page_of(who)
    page.goto(f"{office.base}{place}")
    return page


def in_pool(office: Office) -> str:
    """Set up by a leader, proposed by the handler, confirmed by another leader; the address of the entry."""
    page = go(office, "org_leader1", "/desk/")
    page.click("nav a:has-text('人选库')")
    page.fill("[name=name]", POOL)
    page.fill("[name=purpose]", "为乡镇正职储备，注重基层一线经历。")
    page.click("main form button:has-text('设立')")
    place = page.url.removeprefix(office.base)
    handler = go(office, "case_handler1", place)
    handler.fill("[name=q]", CADRE)
    handler.click("button:has-text('查找干部')")
    handler.click("td.acts a")
    handler.select_option("[name=ground]", "EXCELLENT")
    handler.fill("[name=reasons]", "在柳溪片区防汛中连续驻守，群众转移无一遗漏。")
    handler.fill("[name=evidence]", "市防指2025年第8期通报")
    handler.click("main form button:has-text('提出')")
    assert "没有该干部连续三年优秀的记录" in handler.inner_text("#faults")
    assert "柳溪片区" in handler.input_value("[name=reasons]"), "what was typed stays"
    handler.select_option("[name=ground]", "TESTED")
    handler.click("main form button:has-text('提出')")
    return confirmed(office, handler.url.removeprefix(office.base))


def confirmed(office: Office, place: str) -> str:
    """The handler cannot; another leader finds the message and confirms."""
    handler = go(office, "case_handler1", place)
    assert "提出人不得审定" in handler.inner_text("aside") and not handler.locator("button[value=decide]").count()
    leader = go(office, "org_leader2", "/messages/")
    leader.locator(f"main a:has-text('{POOL}')").press("Enter")
    leader.wait_for_url(f"**{place}")
    leader.check("input[value=CONFIRMED]")
    leader.click("button[value=decide]")
    assert "请写明理由" in leader.inner_text(".refusal") and leader.is_checked("input[value=CONFIRMED]")
    leader.fill("#id_reason", "事迹属实，同意入库。")
    leader.click("button[value=decide]")
    assert "在库，有效期至2028-03-02" in leader.inner_text("main")
    return place


def test_a_pool_entry_becomes_a_case_on_the_way_up(office: Office) -> None:
    place = in_pool(office)
    own = go(office, "yx00005", "/mine/")
    own.click("a:has-text('帮扶和人选库')")
    assert POOL in own.inner_text("main"), "the pool tells its people"
    page = go(office, "org_leader1", place)
    page.click("a:has-text('从这名人选启动动议')")
    assert POOL in page.inner_text("aside")
    office.fill(page, UP["initiate"])
    page.click("button[value=preview]")
    page.click("button[value=sign]")
    page.wait_for_url("**/cases/*/")
    case = int(page.url.rstrip("/").rsplit("/", 1)[1])
    office._others(office.item(case, "initiate")[0])
    assert office.state(case) == "recommendation" and office.books_agree(case)
    number = office.ask("SELECT number FROM workflow_app_case WHERE id = ?", case)[0][0]
    page.goto(f"{office.base}/cases/{case}/")
    page.click(f"aside a:has-text('{POOL}')")
    assert page.url == f"{office.base}{place}" and number in page.inner_text("ol.timeline"), "linked both ways, shown on both"


def test_an_expired_entry_is_greyed_with_its_reason_and_opens_nothing(office: Office) -> None:
    place = in_pool(office)
    office.later(days=2 * 366)
    page = go(office, "org_leader1", place)
    assert "现在不能使用：2028-03-02已过期" in page.inner_text("aside")
    assert not page.locator("a:has-text('从这名人选启动动议')").count()
    page.goto(f"{office.base}{place}open/")
    assert "已过期" in page.inner_text(".refusal") and "重新提出并审定" in page.inner_text(".refusal")
    assert office.ask("SELECT count(*) FROM workflow_app_case")[0][0] == 0


def write(page: Page, form: str, **values: str) -> None:
    """Open a small form of the plan, fill it in and send it."""
    button = page.locator(f"button[value={form}]").last
    details = page.locator("details", has=button).last
    if details.get_attribute("open") is None:
        details.locator("summary").first.click()
    for name, value in values.items():
        details.locator(f"[name={form}-{name}]").last.fill(value)
    button.click()


def planned(office: Office) -> Page:
    """The placement office makes a plan, with a training that it first enters the wrong way round."""
    page = go(office, "placement_office1", "/care/plans/")
    page.click("td.acts a:has-text('制定计划')")
    assert not Sight(page).faults("open_plan")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.fill("[name=aim]", "一年内熟悉新岗位，能够独立承担一个片区的任务。")
    page.click("main form button:has-text('制定')")
    words = {"course": "项目管理专题班", "place": "市委党校", "gap": "工程统筹不力，由考核反馈指出"}
    first, last = f"{office.now + timedelta(days=10):%Y-%m-%d}", f"{office.now + timedelta(days=30):%Y-%m-%d}"
    write(page, "train", **words, first=last, last=first)
    assert "结束日期早于开始日期" in page.inner_text("#trainings")
    assert page.locator("[name=train-course]").input_value() == "项目管理专题班", "what was typed stays"
    write(page, "train", first=first, last=last)
    return page


def test_help_after_coming_down_and_counselling_only_by_consent(office: Office) -> None:
    set_stage(office.env, "demoted")
    page = planned(office)
    judge = office.ask(
        "SELECT k.number FROM workflow_app_account a JOIN workflow_app_cadre k ON k.id = a.cadre_id WHERE a.username = 'decision_body1'"
    )[0][0]
    write(page, "mentor", mentor=judge)
    assert "参加过本案的办理或者决定" in page.inner_text("#mentor")
    write(page, "mentor", mentor="YX00014")
    write(
        page,
        "visit",
        visitors="安置部门两名同志",
        asked="希望尽快参加培训。",
        promised="协调春季班名额",
        due_on=f"{office.now + timedelta(days=20):%Y-%m-%d}",
    )
    page.click("button[value=offer]")
    assert "本人还没有表示" in page.inner_text("aside") and not page.locator("button[value=counselled]").count()
    mentor = go(office, "yx00014", "/mine/care/")
    mentor.click("button[value=ACCEPTED]")
    own = go(office, "yx00001", "/mine/")
    own.click("a:has-text('帮扶和人选库')")
    told = own.inner_text("main")
    assert "项目管理专题班" in told and "协调春季班名额" in told and "同意" in told
    own.click("button[value=CONSENT]")
    page.reload()
    assert page.locator("aside .greyed:has-text('向本人提供')").count(), "offered once"
    write(page, "counselled", held_on=f"{office.now:%Y-%m-%d}")
    assert f"{office.now:%Y-%m-%d}进行" in page.inner_text("aside")
    own.click("button[value=WITHDRAW]")
    assert "没有任何不利后果" in own.inner_text("main")
    page.reload()
    assert "撤回同意" in page.inner_text("aside") and not page.locator("button[value=counselled]").count()
    page.locator("form", has=page.locator("a:has-text('预览帮扶计划')")).locator("button[value=issue]").click()
    own.reload()
    link = own.locator("a:has-text('《帮扶计划》')").get_attribute("href")
    paper = own.request.get(f"{office.base}{link}")
    assert paper.status == 200 and paper.body().startswith(b"%PDF")


def test_whose_restriction_is_over_is_listed_and_a_leader_proposes_the_return(office: Office) -> None:
    set_stage(office.env, "fallen")
    page = go(office, "org_leader1", "/care/plans/returns/")
    assert "现在没有影响期已满的人员" in page.inner_text("main")
    office.later(days=520)
    page = go(office, "org_leader1", "/care/plans/")
    page.click("a:has-text('影响期已满的人员')")
    assert "正常" in page.inner_text("main table"), "what the visits found"
    assert not Sight(page).faults("returns")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.click("button:has-text('提出重新使用建议')")
    page.wait_for_url("**/items/*/")
    assert "重新使用建议" in page.inner_text("h1")
    assert office.ask("SELECT count(*) FROM workflow_app_lead WHERE suggests = 'RETURN'")[0][0] == 0, (
        "nothing before somebody has signed it"
    )
