"""Whole lives of a case on the way up in the browser: from the motion to the confirmed appointment, and the ways off it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.answers_up import POST, UP
from tests.journeys.office import set_stage

if TYPE_CHECKING:
    from tests.journeys.office import Office

pytestmark = pytest.mark.journey
TO_CANDIDATE = ("recommend_by_interview", "recommend_by_meeting", "report_recommendation", "qualify", "confirm_candidates")


def rise(office: Office, case: int, *steps: Any) -> None:
    """Act after act: names, or (name, values)."""
    for one in steps:
        step, values = (one, {}) if isinstance(one, str) else one
        office.act(case, step, **{**UP.get(step, {}), **values})


def moved(office: Office, cadre: str = "YX00001", **values: Any) -> int:
    """One leader moves to fill the post from the page of motions, another approves; returns the key of the case."""
    page = office.page_of("org_leader1")
    page.goto(f"{office.base}/")
    page.click("nav a:has-text('动议')")
    page.fill("[name=q]", cadre)
    page.click("form.gov-filter button")
    page.click("td.acts a")
    return _signed(office, page, values)


def _signed(office: Office, page: Any, values: dict[str, Any]) -> int:
    office.fill(page, {**UP["initiate"], **values})
    page.click("button[value=preview]")
    page.click("button[value=sign]")
    page.wait_for_url("**/cases/*/")
    case = int(page.url.rstrip("/").rsplit("/", 1)[1])
    office._others(office.item(case, "initiate")[0])
    return case


def seats(office: Office, role: str, count: int) -> list[int]:
    """Cadres who sit at a desk of the city."""
    found = office.ask(
        "SELECT a.cadre_id FROM workflow_app_seat s JOIN workflow_app_account a ON a.id = s.account_id JOIN workflow_app_desk d ON d.id = s.desk_id"
        " JOIN workflow_app_unit u ON u.id = d.unit_id WHERE d.role = ? AND u.code = 'YX' ORDER BY s.id LIMIT ?", role, count,
    )  # fmt: skip
    return [key for (key,) in found]


def organ(office: Office, code: str) -> str:
    """Key of a unit."""
    return str(office.ask("SELECT id FROM workflow_app_unit WHERE code = ?", code)[0][0])


def announced(office: Office, case: int) -> None:
    """The pre-notice, and the working days until the examination begins."""
    team = {f"team-{n}-cadre": key for n, key in enumerate(seats(office, "examination_team", 2))}
    codes = {"archive": "YX-95", "matters": "YX-96", "discipline": "YX-90", "petition": "YX-97"}
    organs = {f"{name}_organ": organ(office, code) for name, code in codes.items()}
    rise(office, case, ("announce_examination", {**team, **organs, "begins_on": (office.now + timedelta(days=4)).date()}))
    office.later(days=4)


def examined(office: Office, case: int) -> None:
    """Examination and four checks, side by side."""
    announced(office, case)
    rise(office, case, "plan_examination")
    office.begin(case, "record_interview", "examination_team1")
    rise(office, case, "appraise", "examine", *["ask_check"] * 4, *["answer_check"] * 4)


def noticed(office: Office, case: int) -> None:
    """From the motion to the posted notice."""
    rise(office, case, *TO_CANDIDATE)
    examined(office, case)
    rise(office, case, ("close_four_checks", {"organs": [organ(office, "YX-91")]}), "ask_opinion", "give_opinion")
    rise(office, case, "record_meeting", ("decide", {"begun": POST}), "post_notice")


def appointed(office: Office, case: int) -> None:
    """After the notice: talk and appointment on trial."""
    office.later(days=10)
    rise(office, case, "close_notice", "talk", "appoint")


def trial_over(office: Office) -> None:
    """Eleven months, the worker, and one month more."""
    office.later(days=340)
    office.work_off()
    office.later(days=32)


def confirmed(office: Office, case: int) -> None:
    """The year goes by, and the leaders conclude."""
    assert office.state(case) == "probation"
    trial_over(office)
    rise(office, case, "conclude_probation", "archive")
    assert (office.state(case), post_held(office, case)) == ("closed", POST)
    assert office.books_agree(case)


def post_held(office: Office, case: int) -> str:
    """Unit and post of the person concerned in the people data."""
    found = office.ask(
        "SELECT u.name || p.title FROM workflow_app_case k JOIN workflow_app_cadre c ON c.id = k.cadre_id JOIN workflow_app_post p"
        " ON p.id = c.post_id JOIN workflow_app_unit u ON u.id = c.unit_id WHERE k.id = ?", case,
    )  # fmt: skip
    return str(found[0][0]) if found else ""


def test_a_single_post_up_to_the_confirmed_appointment(office: Office) -> None:
    case = moved(office)
    noticed(office, case)
    appointed(office, case)
    confirmed(office, case)
    papers = office.papers(case)
    assert {
        "U-PLAN",
        "U-REC",
        "U-QUAL",
        "U-PRE",
        "U-EXAM",
        "U-4CHK",
        "U-MEET",
        "U-FORM",
        "U-NOTICE",
        "U-NOTREP",
        "U-APPT",
        "U-TRIAL",
        "U-INDEX",
    } <= set(papers)
    assert all(pdf.startswith(b"%PDF") for pdf in papers.values())


def test_a_report_during_the_notice_is_verified_and_overruled(office: Office) -> None:
    case = moved(office)
    noticed(office, case)
    stranger = office.browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN").new_page()
    stranger.goto(f"{office.base}/notices/")
    stranger.click("ul.big-list a")
    assert POST in stranger.inner_text("main")
    number = office.ask("SELECT number FROM workflow_app_case WHERE id = ?", case)[0][0]
    assert number not in stranger.content()
    stranger.click("a:has-text('反映问题')")
    stranger.fill("[name=text]", "该同志在水库除险加固招标中打招呼，请核查。")
    stranger.click("button:has-text('提交')")
    assert "已经收到" in stranger.inner_text("main")
    stranger.context.close()
    office.later(days=10)
    leader = office.page_of("org_leader1")
    leader.goto(f"{office.base}/items/{office.item(case, 'close_notice')[0]}/")
    office.fill(leader, {})
    leader.click("button[value=preview]")
    leader.wait_for_selector("[role=alert]")
    assert "没有核查完毕" in leader.inner_text("main"), "whatever is pressed"
    rise(office, case, "verify_report", "close_notice")
    assert office.state(case) == "appointment_talk"
    assert "U-VERIFY" in office.papers(case)


def test_an_adverse_check_stops_the_case(office: Office) -> None:
    case = moved(office)
    rise(office, case, *TO_CANDIDATE)
    announced(office, case)
    rise(office, case, "ask_check", ("answer_check", {"outcome": "adverse"}))
    assert office.state(case) == "stopping"
    rise(office, case, ("close_four_checks", {"outcome": "stop"}), "archive")
    assert office.state(case) == "closed"
    open_items = office.ask("SELECT count(*) FROM workflow_app_workitem WHERE process_id = ? AND status IN ('NEW', 'ASSIGNED')", case)
    assert open_items == [(0,)], "everything else was withdrawn"
    assert office.books_agree(case)


def test_probation_failed(office: Office) -> None:
    case = moved(office)
    before = post_held(office, case)
    set_stage(office.env, "on_trial")
    assert post_held(office, case) == POST != before
    trial_over(office)
    former = office.ask("SELECT json_extract(settled, '$.appoint.former.post') FROM workflow_app_case WHERE id = ?", case)[0][0]
    rise(office, case, ("conclude_probation", {"outcome": "failed", "placed_in": former}))
    assert (office.state(case), post_held(office, case)) == ("probation_failed", before)
    rise(office, case, "archive")
    assert office.books_agree(case)


def test_a_restored_cadre_rises_again(office: Office) -> None:
    set_stage(office.env, "fallen")
    down, number = office.ask("SELECT id, number FROM workflow_app_case")[0]
    office.later(days=520)
    office.begin(down, "suggest_return", "org_leader1", outcome="suggested")
    page = office.page_of("org_leader1")
    page.goto(f"{office.base}/leads/")
    lead = office.ask("SELECT id FROM workflow_app_lead WHERE suggests = 'RETURN'")[0][0]
    page.click(f"td.acts a[href$='/leads/{lead}/']")
    case = _signed(office, page, {})
    page.goto(f"{office.base}/cases/{case}/")
    assert number in page.inner_text("aside"), "the link is shown on the case that goes up"
    page.goto(f"{office.base}/cases/{down}/")
    assert "由本案引出" in page.inner_text("aside"), "and on the one that came down"
    set_stage(office.env, "on_trial")
    confirmed(office, case)


def vacancy_moved(office: Office) -> int:
    """A motion to fill a post by competition."""
    page = office.page_of("org_leader1")
    page.goto(f"{office.base}/open/?q=云溪市水利局")
    page.click("button:has-text('竞争上岗') >> nth=0")
    page.wait_for_url("**/open/*/?path=UpPath")
    return _signed(office, page, {"outcome": "compete", "post": None})


def applied(office: Office, who: str) -> None:
    """Somebody applies in the portal."""
    page = office.page_of(who)
    page.goto(f"{office.base}/competitions/")
    page.click("ul.big-list a")
    office.fill(page, {})
    page.click("button[value=preview]")
    page.click("button[value=sign]")
    page.wait_for_url("**/mine/sent/*/")
    assert "已经收到" in page.inner_text("main")


def test_a_competition_with_six_applicants(office: Office) -> None:
    case = vacancy_moved(office)
    panel = {f"panel-{n}-cadre": key for n, key in enumerate(seats(office, "competition_panel", 3))}
    rise(office, case, ("announce_competition", panel))
    six = [f"yx{n:05}" for n in range(7, 13)]
    for who in six:
        applied(office, who)
    office.later(days=8)
    ours = {office.ask("SELECT cadre_id FROM workflow_app_account WHERE username = ?", who)[0][0]: who for who in six}
    rise(office, case, ("check_applicants", {"eligible": None}))
    eligible = json.loads(office.ask("SELECT settled FROM workflow_app_case WHERE id = ?", case)[0][0])["check_applicants"]["eligible"]
    scores = {f"scores-{n}-score": 95 if n // 2 == 1 else 80 for n in range(2 * len(eligible))}
    rise(office, case, ("score_applicants", {"chosen": False, "reason": "", **scores}))
    winner = office.ask("SELECT cadre_id FROM workflow_app_case WHERE id = ?", case)[0][0]
    assert winner == eligible[1], "the case goes on about the first"
    office.subject = ours[winner]
    rise(office, case, "qualify", "confirm_candidates")
    assert office.state(case) == "candidate_confirmed"
    papers = office.ask("SELECT code, count(*) FROM workflow_app_document WHERE case_id = ? GROUP BY code", case)
    assert dict(papers)["U-APPLY"] == 6 and {"U-COMP", "U-APPCHK", "U-SCORE"} <= set(dict(papers))
    set_stage(office.env, "on_trial")
    confirmed(office, case)
    office.papers(case)
