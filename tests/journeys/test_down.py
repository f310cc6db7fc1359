"""Whole lives of a case in the browser, from a row of a spreadsheet to the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.journeys.office import Office

pytestmark = pytest.mark.journey

TO_HEARING = ("approve_opening", "plan_examination", "list_evidence", "report_findings", "inform_cadre", "serve_information")
TO_MEETING = ("weigh_answer", "propose", "review_legality", "ask_opinion", "give_opinion")


def walk(office: Office, case: int, *steps: Any) -> None:
    """Act after act; the team consists of two different people."""
    for one in steps:
        step, values = (one, {}) if isinstance(one, str) else one
        if step == "plan_examination":
            team = office.ask(
                "SELECT a.cadre_id FROM workflow_app_seat s JOIN workflow_app_account a ON a.id = s.account_id"
                " JOIN workflow_app_desk d ON d.id = s.desk_id JOIN workflow_app_unit u ON u.id = d.unit_id"
                " WHERE d.role = 'examination_team' AND u.code = 'YX' ORDER BY s.id LIMIT 2"
            )
            values = {f"team-{n}-cadre": cadre for n, (cadre,) in enumerate(team)} | values
        office.act(case, step, **values)


def test_a_clue_from_the_sheet_becomes_a_decision_that_is_served_placed_and_archived(office: Office) -> None:
    case = office.open_lead("YX00001")
    walk(office, case, *TO_HEARING, "answer", *TO_MEETING, "record_meeting", "decide", "tell_decision", "serve", "formalize", "place")
    assert office.state(case) == "tracking"
    for days in (92, 92, 184):
        office.later(days=days)
        office.work_off()
        walk(office, case, "follow_up")
    walk(office, case, "evaluate_follow_up", "archive")
    assert office.state(case) == "closed"
    papers = office.papers(case)
    assert {"D-CLUE", "D-OPEN", "D-INV", "D-INFORM", "D-STMT", "D-LEGAL", "D-MEET", "D-DECN", "D-SERVE", "D-INDEX"} <= set(papers)
    assert all(pdf.startswith(b"%PDF") for pdf in papers.values())
    assert office.books_agree(case)


def test_a_case_that_is_not_established_ends_with_the_name_cleared(office: Office) -> None:
    case = office.open_lead("YX00001")
    walk(office, case, *TO_HEARING[:3], ("report_findings", {"outcome": "not_established"}), ("terminate", {"ground": "not_established"}))
    assert office.state(case) == "to_clear"
    unit = office.ask("SELECT u.name FROM workflow_app_cadre c JOIN workflow_app_unit u ON u.id = c.unit_id WHERE c.number = 'YX00001'")[0][
        0
    ]
    walk(office, case, ("clear_name", {"circle": unit}), "archive")
    assert office.state(case) == "closed"
    assert {"D-END", "D-CLEAR", "D-INDEX"} <= set(office.papers(case))
    assert office.books_agree(case)


def test_a_silent_cadre_is_recorded_as_silent_and_the_case_goes_on(office: Office) -> None:
    case = office.open_lead("YX00001")
    walk(office, case, *TO_HEARING)
    office.later(days=4)
    office.work_off()
    assert office.state(case) == "hearing", "the fifth working day is not over"
    office.later(days=4)
    office.work_off()
    assert office.state(case) == "heard"
    title = office.ask("SELECT title FROM workflow_app_document WHERE case_id = ? AND code = 'D-STMT'", case)
    assert title == [("未提交陈述情况记录",)]
    walk(office, case, *TO_MEETING[1:])
    assert office.state(case) == "deliberation"
    assert "D-STMT" in office.papers(case)


def test_returned_twice_heard_again_and_then_decided(office: Office) -> None:
    case = office.open_lead("YX00001")
    heavier = {"kind": "DEMOTE", "months": 24, "rank_steps": 1}
    against = {f"members-{n}-{said}": "disagree" for n in range(5) for said in ("view", "vote")}
    walk(office, case, *TO_HEARING, "answer", *TO_MEETING, ("record_meeting", {"outcome": "return_evidence", **against}))
    walk(office, case, "list_evidence", ("report_findings", heavier))
    assert office.state(case) == "found", "a heavier kind is told and heard anew"
    walk(office, case, "inform_cadre", "serve_information", "answer", "weigh_answer", "assess_risk", ("propose", heavier))
    walk(office, case, ("review_legality", {"evidence": "mend", "outcome": "supplement_evidence"}))
    walk(
        office,
        case,
        "list_evidence",
        ("report_findings", heavier),
        "assess_risk",
        ("propose", heavier),
        *TO_MEETING[2:],
        "record_meeting",
        "decide",
    )
    assert office.state(case) == "decided"
    assert {"D-RISK", "D-DECN"} <= set(office.papers(case))
    told = office.ask("SELECT count(*) FROM workflow_app_document WHERE case_id = ? AND code = 'D-INFORM'", case)
    assert told == [(2,)], "heard twice"
