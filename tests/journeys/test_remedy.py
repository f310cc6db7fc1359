"""Remedies in the browser: the person concerned on a phone, the organs at their desks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.office import set_stage

if TYPE_CHECKING:
    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
RESULT = {"kind": False, "months": 0, "rank_steps": 0, "pay_cut": 0, "back_to": ""}
FIVE = dict.fromkeys(("person", "matter", "time", "organ", "material"), "yes")
SERVED = {"mode": "in_person", "organ_received_on": None}


def demoted(office: Office) -> tuple[int, int]:
    """The subject was demoted and served: the case, and the decision."""
    set_stage(office.env, "demoted")
    return office.ask("SELECT case_id, id FROM workflow_app_decision WHERE case_id IS NOT NULL")[0]


def entered(office: Office, number: str) -> int:
    """The demo decision about somebody, who is the subject from now on."""
    office.subject = number.lower()
    text = "SELECT d.id FROM workflow_app_decision d JOIN workflow_app_cadre c ON c.id = d.cadre_id WHERE c.number = ?"
    return int(office.ask(text, number)[0][0])


def file(office: Office, decision: int, step: str, **values: Any) -> int:
    """The subject files on the phone, from the page of the decision to the receipt; the new case."""
    page = office.page_of(office.subject)
    assert page.viewport_size == {"width": 390, "height": 844}
    page.goto(f"{office.base}/mine/")
    page.click(f"a[href='/mine/decisions/{decision}/']")
    page.locator(f"form:has(input[name=step][value={step}]) button").first.click()
    office.guided(page, {"request": "revoke", **values})
    assert "回执" in page.inner_text("main")
    return int(office.ask("SELECT max(id) FROM workflow_app_case WHERE decision_id = ?", decision)[0][0])


def put_forward(office: Office, case: int, step: str, **values: Any) -> None:
    """The subject begins something from the own page of the case."""
    page = office.page_of(office.subject)
    page.goto(f"{office.base}/mine/{case}/")
    page.click(f"form[action$='/begin/{step}/'] button")
    office.guided(page, values)


def committee(office: Office) -> dict[str, Any]:
    """Three members, the first in the chair."""
    rows = office.ask(
        "SELECT a.cadre_id FROM workflow_app_seat s JOIN workflow_app_account a ON a.id = s.account_id"
        " JOIN workflow_app_desk d ON d.id = s.desk_id JOIN workflow_app_unit u ON u.id = d.unit_id"
        " WHERE d.role = 'appeal_committee' AND u.code = 'YX-92' ORDER BY s.id LIMIT 3"
    )
    return {f"committee-{n}-cadre": cadre for n, (cadre,) in enumerate(rows)} | {f"committee-{n}-chair": n == 0 for n in range(3)}


def accepted(office: Office, case: int, **values: Any) -> None:
    """Accepted, served, and before a committee."""
    office.act(case, "admit", **FIVE, outcome="accept", **values)
    office.act(case, "serve_decision", **SERVED)
    assert office.state(case) == "accepted"
    office.act(case, "form_committee", **committee(office))


def decided(office: Office, case: int, result: str) -> None:
    """Heard, decided, served."""
    votes = {f"votes-{n}-vote": result for n in range(3)}
    office.act(case, "hear", **RESULT, **votes, outcome=result)
    office.act(case, "decide", **RESULT, outcome=result)
    office.act(case, "serve_decision", **SERVED)


def test_demoted_upheld_in_review_revoked_on_appeal_restored_and_the_name_cleared(office: Office) -> None:
    down, decision = demoted(office)
    review = file(office, decision, "apply_for_review")
    assert (office.state(review), office.state(down)) == ("reviewing", "served"), "execution goes on beside it"
    office.act(review, "review", **RESULT, outcome="uphold")
    office.act(review, "serve_decision", **SERVED)
    assert office.state(review) == "concluded"
    appeal = file(office, decision, "appeal")
    accepted(office, appeal)
    decided(office, appeal, "revoke")
    assert (office.state(appeal), office.state(down)) == ("correcting", "to_clear")
    office.act(down, "clear_name")
    office.act(appeal, "correct")
    office.act(appeal, "confirm_correction")
    assert office.state(appeal) == "executed"
    page = office.page_of(office.subject)
    page.goto(f"{office.base}/mine/{appeal}/")
    assert "纠正" in page.inner_text("main")
    assert {"R-APP", "R-DEC", "D-SERVE"} <= set(office.papers(review))
    assert {"R-APL", "R-ACC", "R-COMF", "R-COM", "R-ADEC", "R-FIX", "R-FIXR"} <= set(office.papers(appeal))
    assert "D-CLEAR" in office.papers(down)
    assert all(office.books_agree(case) for case in (down, review, appeal))


def test_a_direct_appeal_out_of_time_is_accepted_for_a_just_cause(office: Office) -> None:
    decision = entered(office, "YX00006")
    office.later(days=60)
    appeal = file(office, decision, "appeal", late_reason="因病住院两个月，出院后立即提出，附住院证明。")
    assert office.state(appeal) == "filed"
    accepted(office, appeal, just_cause=True)
    decided(office, appeal, "uphold")
    assert office.state(appeal) == "concluded"
    assert office.books_agree(appeal)


def test_a_review_is_withdrawn_and_ended(office: Office) -> None:
    decision = entered(office, "YX00006")
    review = file(office, decision, "apply_for_review")
    put_forward(office, review, "withdraw", voluntary=True)
    assert office.state(review) == "reviewing", "until the organ has answered"
    office.act(review, "end", outcome="ended")
    assert office.state(review) == "ended"
    assert {"R-WD", "R-END"} <= set(office.papers(review))
    page = office.page_of(office.subject)
    page.goto(f"{office.base}/mine/decisions/{decision}/")
    assert "同一决定只能申请一次复核" in page.inner_text("main")


def test_a_member_of_the_committee_is_recused_and_replaced(office: Office) -> None:
    decision = entered(office, "YX00006")
    appeal = file(office, decision, "appeal")
    accepted(office, appeal)
    second, fourth = (
        office.ask("SELECT cadre_id FROM workflow_app_account WHERE username = ?", f"appeal_committee{n}-g")[0][0] for n in (2, 4)
    )
    put_forward(office, appeal, "apply_recusal", person=second, ground="kin")
    office.act(appeal, "decide_recusal", outcome="granted", substitute=fourth)
    papers = office.ask("SELECT title FROM workflow_app_document WHERE case_id = ? AND code = 'X-RECD'", appeal)
    assert papers == [("回避决定书",)]
    decided(office, appeal, "uphold")
    assert office.state(appeal) == "concluded"
    signed = office.ask("SELECT content FROM workflow_app_document WHERE case_id = ? AND code = 'R-COM'", appeal)[0][0]
    names = [office.ask("SELECT name FROM workflow_app_cadre WHERE id = ?", one)[0][0] for one in (second, fourth)]
    assert [name in signed for name in names] == [False, True]


def test_what_is_not_supplemented_in_time_is_not_accepted(office: Office) -> None:
    decision = entered(office, "YX00006")
    appeal = file(office, decision, "appeal")
    office.act(appeal, "admit", **{**FIVE, "material": "no"}, outcome="ask_supplement", missing="原决定书复印件")
    office.act(appeal, "serve_decision", **SERVED)
    assert office.state(appeal) == "supplementing"
    page = office.page_of(office.subject)
    page.goto(f"{office.base}/mine/{appeal}/")
    assert "补" in page.inner_text("main")
    office.later(days=20)
    office.work_off()
    assert office.state(appeal) == "lapsed"
    page.goto(f"{office.base}/mine/{appeal}/")
    assert "补正期限已过" in page.inner_text("main")
    assert "以邮戳为准" in page.inner_text("main")
    office.act(appeal, "admit", **{**FIVE, "material": "no"}, outcome="refuse")
    assert office.state(appeal) == "refused"
    refusal = office.ask("SELECT content FROM workflow_app_document WHERE case_id = ? AND title = '不予受理决定书'", appeal)[0][0]
    assert "期限内没有收到补正材料" in refusal and "材料补齐后，可以就同一决定重新提出" in refusal
    office.act(appeal, "serve_decision", **SERVED)
    assert office.state(appeal) == "not_accepted"
    assert {"R-ACC", "R-SUP", "D-SERVE"} <= set(office.papers(appeal))


def test_a_leading_member_is_told_the_track_and_served_on_it(office: Office) -> None:
    decision = entered(office, "YX00003")
    review = file(office, decision, "apply_for_review")
    filed = office.ask("SELECT content FROM workflow_app_document WHERE case_id = ? AND code = 'R-APP'", review)[0][0]
    assert "领导成员" in filed
    office.act(review, "review", **{**RESULT, "kind": "REMOVE", "months": 12}, outcome="change")
    office.act(review, "serve_decision", **SERVED)
    assert office.state(review) == "correcting"
    office.act(review, "correct")
    office.act(review, "confirm_correction")
    assert office.state(review) == "executed"
    assert office.books_agree(review)
