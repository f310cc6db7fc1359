"""A meeting of the committee, as its secretary records it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.journeys.office import set_stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
TALLY, QUORUM = "[data-tally]", "[data-quorum]"


def preview_and_sign(page: Page) -> None:
    page.click("button[value=preview]")
    page.wait_for_selector("button[value=sign], [role=alert]")
    page.click("button[value=sign]")


def test_the_secretary_records_two_cases_of_one_meeting(office: Office) -> None:
    set_stage(office.env, "meeting")
    page = office.page_of("meeting_secretary1")
    page.goto(f"{office.base}/meeting/")
    for number in range(4):
        page.uncheck(f"[name=present] >> nth={number}")
    assert "到会5人，不足三分之二" in page.inner_text(QUORUM)
    for number in range(1, 4):
        page.check(f"[name=present] >> nth={number}")
    assert "到会8人，达到三分之二" in page.inner_text(QUORUM)
    page.click("main form .btn-primary")
    assert "没有填写会议名称和地点" in page.inner_text("#refusal"), "what was entered stays, what is missing is said"
    page.fill("[name=place]", "市委常委会会议，常委会议室")
    page.check("[name=leader] >> nth=8")
    assert not page.is_checked("[name=present] >> nth=0")
    page.fill("input.order >> nth=0", "2")
    page.fill("input.order >> nth=1", "1")
    page.click("main form .btn-primary")

    assert "第1项，共2项" in page.inner_text(".agenda")
    assert page.input_value("[name=place]") == "市委常委会会议，常委会议室"
    assert [page.input_value(f"[name=members-{n}-order]") for n in range(9)] == [*"12345678", ""], "the chair last, the absent not at all"
    assert page.is_checked("[name=members-7-leader]")
    page.check("[name=members-2-recused]")
    assert page.is_disabled("[name=members-2-vote]") and page.input_value("[name=members-2-order]") == ""
    assert page.input_value("[name=members-7-order]") == "7", "whoever has left leaves no gap"
    assert "参加本案7人（达到三分之二），回避1人" in page.inner_text(TALLY)
    page.select_option("[name=members-0-view]", "disagree")
    assert page.input_value("[name=members-0-vote]") == "disagree"
    assert "不同意1" in page.inner_text(TALLY) and "还有6人未表决" in page.inner_text(TALLY)
    page.click("[data-rest-agree]")
    assert "同意6，不同意1" in page.inner_text(TALLY) and "按票数：通过" in page.inner_text(TALLY)
    page.check("[name=outcome][value=adopt]")
    page.click("text=由以上记录生成纪要草稿")
    assert "应当回避，在讨论前离场" in page.input_value("[name=minutes]") and "同意6票，不同意1票" in page.input_value("[name=minutes]")
    preview_and_sign(page)

    assert "第2项，共2项" in page.inner_text(".agenda")
    assert page.locator("[name$=-recused]:checked").count() == 0, "a recusal belongs to its case"
    page.click("[data-rest-agree]")
    assert "同意8" in page.inner_text(TALLY)
    page.check("[name=outcome][value=postpone]")
    page.click("text=由以上记录生成纪要草稿")
    page.click("button[value=preview]")
    assert "不能记为缓议" in page.inner_text("main"), "a result that is not the vote's is refused"
    page.check("[name=outcome][value=adopt]")
    preview_and_sign(page)

    assert page.url.endswith("/meeting/")
    assert page.inner_text("main").count("等待主持人签名") == 2
    chair = office.page_of("decision_body9")
    for (item,) in office.ask("SELECT item_id FROM workflow_app_signingsheet ORDER BY item_id"):
        chair.goto(f"{office.base}/items/{item}/")
        chair.click("form.sign-bar button.btn-primary")
        chair.wait_for_url("**/cases/*/")
    page.reload()
    assert page.inner_text("main").count("通过建议") == 2 and page.inner_text("main").count("已签名办结") == 2
    page.click("text=结束会议")
    assert "没有等待会议讨论的案件" in page.inner_text("main")
    papers = office.ask("SELECT content FROM workflow_app_document WHERE code = 'D-MEET'")
    tables = [json.loads(text)["content"]["tables"][0]["rows"] for (text,) in papers]
    assert sorted(sum(row[2] == "回避" for row in rows) for rows in tables) == [0, 1]
