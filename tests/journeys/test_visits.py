"""Visits and checks in the browser: over the limit and past it, from a report to a lead, and a sample that is drawn and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.sight import WIDE, Sight

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
UNIT = "云溪市水利局"  # visited once already today (the demonstration)


def go(office: Office, who: str, place: str) -> Page:
    """Somebody's page at an address."""
    page = office.page_of(who)
    page.goto(f"{office.base}{place}")
    return page


def number_of(office: Office, who: str) -> str:
    """The cadre number of an account."""
    asked = "SELECT k.number FROM workflow_app_cadre k JOIN workflow_app_account a ON a.cadre_id = k.id WHERE a.username = ?"
    return str(office.ask(asked, who)[0][0])


def fill_plan(office: Office, page: Page) -> None:
    """Somebody of the unit in the team first."""
    one, two = (number_of(office, f"examination_team{n}") for n in (1, 2))
    page.fill("[name=unit]", UNIT)
    page.select_option("[name=kind]", "FLIGHT")
    page.fill("[name=purpose]", "核查水库除险工程进度数据与台账是否一致。")
    page.fill("[name=basis]", "云考核办〔2026〕5号")
    page.fill("[name=team]", f"{one} 工程管理\n{two} 财务审计")


def test_a_visit_over_the_limit_goes_on_by_approval_and_its_finding_becomes_a_lead_once(office: Office) -> None:
    leader = go(office, "org_leader1", "/visits/load/")
    leader.click("summary:has-text('设定或者改变上限')")
    leader.fill("[name=most]", "1")
    leader.fill("[name=source]", "云溪市委办〔2026〕9号")
    leader.click("button[value=limit]")
    assert "已到上限" in leader.inner_text("main table")
    page = go(office, "case_handler1", "/visits/")
    page.click("a:has-text('安排走访')")
    fill_plan(office, page)
    page.click("main form button:has-text('安排')")
    told = page.inner_text("#faults")
    assert "改革疲劳锁" in told and "云溪市委办〔2026〕9号" in told and "批准增加一次" in told
    assert "水库除险" in page.input_value("[name=purpose]"), "what was typed stays"
    assert not Sight(page).faults("new_visit-refused")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    leader.goto(f"{office.base}/visits/load/")
    leader.select_option("[name=unit]", label=f"{UNIT}（1）")
    leader.fill("[name=reason]", "汛期将至，除险工程须再次核查。")
    leader.click("button[value=leave]")
    page.click("main form button:has-text('安排')")
    page.wait_for_url("**/visits/*/")
    assert "汛期将至" in page.inner_text("main")
    finish(office, page)


def finish(office: Office, handler: Page) -> None:
    """The team reports; the handler enters the matter where matters are entered, and links it."""
    place = handler.url.removeprefix(office.base)
    team = go(office, "examination_team1", "/mine/visits/")
    team.click(f"a:has-text('{UNIT}：飞行检查')")
    team.fill("[name=talks]", "4")
    team.fill("[name=summary]", "查阅除险工程台账，与登记的进度对照。")
    team.fill("[name=findings]", "上报进度比台账高十个百分点")
    team.click("button[value=report]")
    assert "没有写佐证材料" in team.inner_text("#faults")
    assert not Sight(team).faults("visit-report-refused")
    team.set_viewport_size(WIDE)  # type: ignore[arg-type]
    team.fill("[name=findings]", "上报进度比台账高十个百分点｜除险工程台账第2册")
    team.click("button[value=report]")
    assert "发现的问题" in team.inner_text("main")
    leads = "SELECT count(*) FROM workflow_app_lead WHERE rule_id = 'T-13'"
    before = office.ask(leads)[0][0]
    handler.goto(f"{office.base}{place}")
    handler.click("a:has-text('情况登记'):visible >> nth=-1")
    handler.click("summary:has-text('选择情况') >> nth=0")
    handler.click("a:has-text('T-13') >> nth=0")
    handler.select_option("[name=channel]", "督查检查")
    handler.check("[name=checked]")
    handler.fill("[name=result]", "上报进度与台账不符")
    handler.fill("[name=source]", "飞行检查报告")
    handler.click("main form button:has-text('登记')")
    handler.wait_for_url("**/leads/*/")
    handler.goto(f"{office.base}{place}")
    handler.click("#findings summary:has-text('处理')")
    handler.check("input[value=FINDING]")
    handler.select_option("[name=matter]", index=1)
    handler.click("button[value=dispose]")
    assert "已在“情况登记”中登记" in handler.inner_text("#findings")
    assert office.ask(leads)[0][0] == before + 1, "raised there, and linked here"


def test_a_sample_is_checked_by_another_and_recomputed_before_everybodys_eyes(office: Office) -> None:
    page = go(office, "case_handler1", "/samples/")
    page.click("main table a >> nth=0")
    if not page.locator("main table a").count():  # the newest round is not drawn yet
        page.goto(f"{office.base}/samples/{office.ask('SELECT campaign_id FROM workflow_app_sampleplan')[0][0]}/")
    assert "种子、范围和抽出的事项一致" in page.inner_text("aside")
    page.click("main table a >> nth=0")
    page.click("button[value=begin]")
    page.click("button[value=conclude]")
    assert "没有选择结论" in page.inner_text(".refusal")
    for way, paper in (("LEDGER", "任务台账第1册"), ("AUDIT", "审计报告第2号")):
        page.select_option("[name=way]", way)
        page.fill("[name=paper]", paper)
        page.fill("[name=says]", "与登记的完成率相同。")
        page.check("input[name=agrees][value=yes]")
        page.click("button[value=paper]")
    page.check("input[value=RIGHT]")
    page.fill("[name=proof]", "台账和审计报告与登记逐项相符。")
    page.click("button[value=conclude]")
    assert "属实" in page.inner_text("main .page-head")
    assert not Sight(page).faults("sample_check-right")
