"""The revision of assessment in the browser: a scheme rated on a phone and settled, and experts drawn, asked and heard."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.sight import NARROW, Sight

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.journeys.office import Office

pytestmark = pytest.mark.journey


def go(office: Office, who: str, place: str) -> Page:
    """Somebody's page at an address."""
    page = office.page_of(who)
    page.goto(f"{office.base}{place}")
    return page


def test_a_scheme_is_rated_on_a_phone_and_a_low_result_is_settled_with_a_reason(office: Office) -> None:
    running = office.ask(
        "SELECT s.id FROM workflow_app_survey s WHERE NOT EXISTS (SELECT 1 FROM workflow_app_surveyclosing c WHERE c.survey_id = s.id)"
    )
    who = office.ask(
        "SELECT a.username FROM workflow_app_surveyinvitation i JOIN workflow_app_account a ON a.id = i.person_id WHERE i.survey_id = ? ORDER BY i.id",
        running[0][0],
    )[0][0]
    page = go(office, who, "/my-ratings/")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.click("button:has-text('领取链接并填写')")
    page.wait_for_url("**/rate/schemes/*/")
    link, sight = page.url, Sight(page)
    page.check("input[name=fits][value='60']", force=True)
    page.fill("#words", "台账要求偏多。")
    page.click("main form button")
    assert "还没有评分" in page.inner_text("#faults") and page.is_checked("input[name=fits][value='60']")
    assert page.input_value("#words") == "台账要求偏多。", "what was typed stays"
    assert not sight.faults("survey_form")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    for name in ("weights", "raters", "process", "results", "burden"):
        page.check(f"input[name={name}][value='70']", force=True)
    page.click("main form button")
    assert "谢谢，评价已经提交" in page.inner_text("main")
    page.goto(link)
    assert "这个评价链接不能使用" in page.inner_text("main")
    page.goto(f"{office.base}/my-ratings/")
    assert "链接已经领取" in page.inner_text("main")
    settled(office)


def settled(office: Office) -> None:
    """The demo's other scheme is below the line: the leader finds the message and says why it stays."""
    page = go(office, "org_leader1", "/assessment/")
    assert "有1次反向考核低于80分" in page.inner_text("main")
    page.goto(f"{office.base}/messages/")
    page.locator("main a:has-text('低于80分')").first.press("Enter")
    page.wait_for_url("**/revising/surveys/*/")
    page.select_option("[name=settle-outcome]", "KEPT")
    page.fill("[name=settle-reason]", "不改")
    page.click("button[value=settle]")
    assert "请写明理由" in page.inner_text("#faults") and page.input_value("[name=settle-reason]") == "不改"
    page.fill("[name=settle-reason]", "意见集中在台账一项，年中已经减少，明年再看。")
    page.click("button[value=settle]")
    assert "不修订" in page.inner_text("aside.side-col")


def test_experts_are_drawn_by_two_and_one_of_them_answers_in_person(office: Office) -> None:
    place = asked(office)
    page = go(office, "assessment_office1", place)
    page.fill("[name=announce-count]", "2")
    page.click("button[value=announce]")
    assert "由另一名人员抽取" in page.inner_text("aside.side-col")
    second = go(office, "assessment_office2", place)
    second.click("button[value=draw]")
    text = second.inner_text("main")
    assert "一致" in text
    recomputed(office)
    named(office, place)
    page = go(office, "yx00020", "/my-ratings/")
    page.click("a:has-text('作为考核专家提出意见')")
    page.click(".big-list a >> nth=0")
    sight = Sight(page)
    assert "方致远" not in page.inner_text("main"), "nothing of the others"
    page.select_option("[name=word-word]", "ACCEPTED")
    page.click("button[value=word]")
    assert not sight.faults("my_opinion")
    page.select_option("[name=opinion-view]", "AMEND")
    page.fill("[name=opinion-text]", "建议增加实地查看，减少台账检查。")
    page.click("button[value=opinion]")
    assert "您的意见已经提出" in page.inner_text("main")
    library = office.ask("SELECT id FROM workflow_app_library")[0][0]
    assert "建议增加实地查看" in go(office, "assessment_office1", f"/assessment/libraries/{library}/").inner_text("main"), (
        "beside its reviews"
    )


def asked(office: Office) -> str:
    """A question about the library; its address."""
    page = go(office, "assessment_office1", "/revising/consultations/")
    page.select_option("[name=ask-matter]", index=1)
    page.select_option("[name=ask-field]", label="绩效评价")
    page.fill("[name=ask-question]", "指标库明年应当增加或者减少哪些指标？")
    page.fill("[name=ask-due_on]", "2026-04-01")
    page.click("button[value=ask]")
    page.wait_for_url("**/revising/consultations/*/")
    return page.url.removeprefix(office.base)


def recomputed(office: Office) -> None:
    """Whoever has seed and numbers draws the same people, without the system."""
    row: tuple[Any, ...] = office.ask(
        "SELECT d.commitment, d.among, d.count, n.seed, n.chosen FROM workflow_app_expertdraw d JOIN workflow_app_expertdrawn n ON n.draw_id = d.id ORDER BY d.id"
    )[-1]
    commitment, among, count, seed, chosen = row
    assert hashlib.sha256(seed.encode()).hexdigest() == commitment
    assert sorted(json.loads(among), key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).hexdigest())[:count] == json.loads(chosen)


def named(office: Office, place: str) -> None:
    """孙欣 (yx00020) is asked too, by name unless the draw took her."""
    page = go(office, "assessment_office1", place)
    key = office.ask("SELECT a.id FROM workflow_app_assessor a JOIN workflow_app_cadre k ON k.id = a.cadre_id WHERE k.number = 'YX00020'")[
        0
    ][0]
    if page.locator(f"[name=name-assessor] option[value='{key}']").count():
        page.select_option("[name=name-assessor]", str(key))
        page.fill("[name=name-reason]", "多年从事考核工作。")
        page.click("button[value=name]")
