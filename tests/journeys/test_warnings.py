"""A red warning in the browser: to a clue that is closed with a reason, and to a case on the way down that is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from workflow_app.assessment.warnings.statements import COLUMNS

if TYPE_CHECKING:
    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
CADRE = "YX00004"


def take_in(office: Office, folder: Path, month: str, score: object) -> None:
    """The handler takes in a statement of one line about the fourth cadre."""
    name = office.ask("SELECT name FROM workflow_app_cadre WHERE number = ?", CADRE)[0][0]
    book = Workbook()
    for row in (COLUMNS, (month, CADRE, name, "重点项目", score, "", "")):
        book.active.append(list(row))
    book.save(folder / f"{month}.xlsx")
    page = office.page_of("case_handler1")
    page.goto(f"{office.base}/warnings/")
    page.set_input_files("#file", folder / f"{month}.xlsx")
    page.click("#take-in button")
    page.wait_for_load_state()


def leads(office: Office) -> list[tuple[int, str]]:
    """Leads about the cadre."""
    return [
        (key, rule)
        for key, rule in office.ask(
            "SELECT l.id, l.rule_id FROM workflow_app_lead l JOIN workflow_app_cadre c ON c.id = l.cadre_id WHERE c.number = ? AND l.rule_id IN ('W-RED', 'T-07')"
            " ORDER BY l.id",
            CADRE,
        )
    ]  # fmt: skip


def test_a_bad_statement_is_refused_with_its_place_and_a_red_one_becomes_a_clue_that_is_closed(office: Office, tmp_path: Path) -> None:
    take_in(office, tmp_path, "2026-01", "很好")
    page = office.page_of("case_handler1")
    assert "第2行E（得分）列：“很好”" in page.inner_text("#faults")
    assert leads(office) == []
    take_in(office, tmp_path, "2026-01", 55)
    assert "产生1条线索" in page.inner_text("main")
    ((lead, rule),) = leads(office)
    assert rule == "W-RED"
    page.goto(f"{office.base}/leads/{lead}/")
    assert "2026-01岗位对账单红色预警（55.00分），建议谈话提醒" in page.inner_text("main")
    page.fill("#id_close", "已当面了解，因汛期调整任务，不需要谈话提醒。")
    page.click("form[action$='/close/'] button")
    page.wait_for_url("**/leads/")
    page.goto(f"{office.base}/leads/{lead}/")
    assert "不予立案" in page.inner_text("main")
    assert office.ask("SELECT count(*) FROM workflow_app_case")[0][0] == 0


def test_the_second_red_of_a_quarter_becomes_a_case_that_somebody_opens(office: Office, tmp_path: Path) -> None:
    for month in ("2026-01", "2026-02"):
        take_in(office, tmp_path, month, 55)
    found = leads(office)
    assert sorted(rule for _, rule in found) == ["T-07", "W-RED", "W-RED"]
    page = office.page_of("case_handler1")
    page.goto(f"{office.base}/leads/{next(key for key, rule in found if rule == 'T-07')}/")
    assert "2026Q1有2个月红色预警" in page.inner_text("main")
    office.fill(page, {"situations": ["S08"], "outcome": "open"})
    page.click("button[value=preview]")
    page.click("button[value=sign]")
    page.wait_for_url("**/cases/*/")
    case = int(page.url.rstrip("/").rsplit("/", 1)[1])
    office.act(case, "approve_opening")
    assert office.state(case) == "opened"
    assert office.books_agree(case)
