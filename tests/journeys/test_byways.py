"""Lives of a case that leave the straight way: settled early, suspended, somebody recused, handed to another organ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.test_down import TO_HEARING, walk

if TYPE_CHECKING:
    from tests.journeys.office import Office

pytestmark = pytest.mark.journey


def test_a_reminded_cadre_rectifies_and_the_matter_is_settled(office: Office) -> None:
    case = office.open_lead("YX00001", outcome="remind")
    walk(office, case, ("remind", {"outcome": "report_asked"}), "report_rectification", ("check_rectification", {"outcome": "improved"}))
    assert office.state(case) == "settled"
    walk(office, case, ("terminate", {"ground": "improved"}), "archive")
    assert office.state(case) == "closed"
    assert {"D-CLUE", "D-RECTC", "D-END", "D-INDEX"} <= set(office.papers(case))
    assert office.books_agree(case)


def test_a_case_is_suspended_and_goes_on_where_it_stood_with_its_time_given_back(office: Office) -> None:
    case = office.open_lead("YX00001")
    walk(office, case, *TO_HEARING[:3])
    before = office.ask(
        "SELECT due_on FROM workflow_app_workitem WHERE process_id = ? AND step = 'report_findings' AND status = 'NEW'", case
    )
    office.begin(case, "suspend", "case_handler1", outcome="suspended", ground="illness")
    team = office.page_of("examination_team1")
    team.goto(f"{office.base}/cases/{case}/")
    assert "案件中止期间不能办理" in team.inner_text("main") and "起中止" in team.inner_text("aside")
    office.later(days=20)
    office.work_off()
    office.begin(case, "resume", "case_handler1")
    after = office.ask(
        "SELECT due_on FROM workflow_app_workitem WHERE process_id = ? AND step = 'report_findings' AND status = 'NEW'", case
    )
    assert after > before, "the days of the suspension do not count"
    walk(office, case, "report_findings")
    assert office.state(case) == "found"
    assert "X-SUSP" in office.papers(case)
    assert office.books_agree(case)


def test_a_member_of_the_team_is_recused_and_a_colleague_takes_over(office: Office) -> None:
    case = office.open_lead("YX00001")
    walk(office, case, *TO_HEARING[:2])
    ((one,), *_) = office.ask("SELECT a.cadre_id FROM workflow_app_account a WHERE a.username = 'examination_team1'")
    other = office.ask("SELECT cadre_id FROM workflow_app_account WHERE username = 'examination_team4'")[0][0]
    office.begin(case, "apply_recusal", "examination_team1", person=one, ground="kin")
    team = office.page_of("examination_team1")
    team.goto(f"{office.base}/cases/{case}/")
    assert "回避申请尚未决定" in team.inner_text("main"), "already before the decision nothing is done and nothing read"
    walk(office, case, ("decide_recusal", {"outcome": "granted", "substitute": other}))
    team.goto(f"{office.base}/cases/{case}/")
    assert "您无权查看" in team.inner_text("main"), "whoever keeps out reads no more of the file"
    page = office.page_of("examination_team2")
    page.goto(f"{office.base}/cases/{case}/")
    assert page.locator("a.btn-primary[href*='/items/']").count(), "the colleague goes on"
    assert office.books_agree(case)


def test_a_case_is_handed_to_the_organ_of_discipline_and_ends_here(office: Office) -> None:
    case = office.open_lead("YX00001")
    walk(office, case, *TO_HEARING[:3])
    organ = office.ask("SELECT id FROM workflow_app_unit WHERE code = 'YX-90'")[0][0]
    office.begin(case, "transfer", "org_leader1", organ=str(organ), clue="涉嫌违规收受礼金的线索一件。")
    assert office.ask("SELECT finished IS NOT NULL FROM workflow_app_case WHERE id = ?", case) == [(1,)]
    page = office.page_of("case_handler1")
    page.goto(f"{office.base}/cases/{case}/")
    assert "办结" in page.inner_text("main") and "案件已经办结" in page.inner_text("aside")
    assert "X-XFER" in office.papers(case)
    assert office.books_agree(case)
