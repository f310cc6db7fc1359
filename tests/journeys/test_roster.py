"""The system administrator takes a roster in: a workbook with faults, the same one mended, and what it changes before it is taken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.office import Office, set_stage
from tests.journeys.sight import Sight
from tests.workflow_app.test_roster import ROWS, book, changed

pytestmark = pytest.mark.journey
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def checked(page: Page, office: Office, name: str, data: bytes) -> str:
    page.goto(f"{office.base}/roster/")
    page.set_input_files("#id_file", {"name": name, "mimeType": XLSX, "buffer": data})
    page.get_by_role("button", name="检查").click()
    page.wait_for_load_state()
    return page.locator("main").inner_text()


def test_a_workbook_is_refused_with_its_faults_then_checked_and_taken(office: Office) -> None:
    set_stage(office.env, "administrators")
    page = office.page_of("admin1")
    sight, seen = Sight(page), []
    name, sex, born = office.ask("SELECT name, sex, birth_month FROM workflow_app_cadre WHERE number = 'YX00001'")[0]
    moved = ["YX00001", name, sex, born, "YX-30", "局长", "", "2026-02-01", "是"]
    right = ROWS | {"干部": [*ROWS["干部"][:2], moved]} | {"任职经历": changed("任职经历", 0, 2, "YX")["任职经历"]}
    spoilt = changed("干部", 0, 2, "无", changed("单位", 0, 2, "局", changed("任职经历", 0, 5, "2017-01-01", right)))
    assert "处错误，没有导入任何数据" in checked(page, office, "名册.xlsx", book(spoilt))
    seen += sight.faults("roster-faults")
    assert "检查无误" in checked(page, office, "名册（更正）.xlsx", book(right))
    seen += sight.faults("roster-checked")
    page.get_by_role("button", name="确认导入").click()
    page.wait_for_load_state()
    assert "已导入9行" in page.locator("main").inner_text()
    seen += sight.faults("roster-taken")
    assert not seen, "\n".join(seen)
