"""Every page of every role: readable by all, on a desk and on a phone, light, and with nothing foreign in it.

The pages come from the address table itself; one that is not listed here fails.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import made_once
from tests.journeys.office import Office, environment, manage, opened, set_stage
from tests.journeys.sight import Sight

pytestmark = pytest.mark.journey

ROLES = (
    "case_handler1", "org_leader1", "examination_team1", "examination_team2", "tolerance_panel1", "legal_reviewer1", "opinion_organ1",
    "meeting_secretary1", "decision_body1", "appointing_organ1", "placement_office1", "archivist1", "auditor1", "competition_panel1", "review_handler1", "appeal_office1", "appeal_committee1", "appeal_organ1", "original_organ1",
    "yx00001", "yx00003", "yx00005", "yx00006", "yx00009", "admin1", "admin2", "admin3", "visitor",
)  # fmt: skip
# These walk everything that they can open; the others what is theirs and what differs from role to role.
WIDE = {"case_handler1", "org_leader1", "auditor1", "yx00001", "admin1", "visitor"}
DIFFERS = {"home", "desk", "task", "case", "portal", "portal_case"}
FIRST_PAGE_BYTES = 150 * 1024

# Name of a page -> who must be able to see it, and its addresses (a question to the database gives the key in them).
CASE = "SELECT c.id FROM workflow_app_case c JOIN workflow_app_cadre k ON k.id = c.cadre_id WHERE k.number IN ('YX00001', 'YX00002') ORDER BY c.id"
# Items at a person's desks, or for the person concerned.
ITEMS = """SELECT i.id FROM workflow_app_workitem i JOIN workflow_app_case c ON c.id = i.process_id JOIN workflow_app_desk d ON d.id = i.desk_id
JOIN workflow_app_account a ON a.username = ? WHERE i.status IN ('NEW', 'ASSIGNED') AND (d.role = 'subject' AND c.cadre_id = a.cadre_id
OR EXISTS (SELECT 1 FROM workflow_app_seat s WHERE s.account_id = a.id AND s.desk_id = d.id)) ORDER BY i.id"""
NOTICES = "SELECT token FROM workflow_app_notice"
CODES = "SELECT verify_code FROM workflow_app_document LIMIT 1"
FILINGS = "SELECT d.id, 'RemedyPath', 'apply_for_review', d.organ_id FROM workflow_app_decision d LIMIT 1"
LETTERS = "SELECT decision_id, id, 'take_withdrawal' FROM workflow_app_case WHERE decision_id IS NOT NULL AND state = 'reviewing'"
LEADS = """SELECT min(l.id) FROM workflow_app_lead l JOIN workflow_app_desk d ON d.id = l.desk_id JOIN workflow_app_unit u ON u.id = d.unit_id
WHERE l.closed_at IS NULL AND d.role = 'case_handler' AND u.code = 'YX'"""
ENTRIES = "SELECT e.id FROM workflow_app_poolentry e"
WRITERS = "SELECT DISTINCT cadre_id FROM workflow_app_workline"
VISITOR = "visitor"  # somebody who is not signed in
DECISIONS = "SELECT id FROM workflow_app_decision"
PAGES: dict[str, tuple[str, str]] = {
    "home": ("", ""), "sign_in": ("", ""), "desk": ("case_handler1", ""), "task": ("case_handler1", ITEMS), "case": ("auditor1", CASE),
    "leads": ("case_handler1", ""), "lead": ("case_handler1", LEADS),
    "choose": ("case_handler1", ""), "open_for": ("case_handler1", "SELECT id FROM workflow_app_cadre WHERE number = 'YX00009'"),
    "papers": ("auditor1", ""), "paper": ("auditor1", "SELECT max(id) FROM workflow_app_document GROUP BY case_id"), "uploads": ("case_handler1", ""),
    "search": ("auditor1", ""), "meeting": ("meeting_secretary1", ""), "portal": ("yx00001", ""), "portal_case": ("yx00001", CASE),
    "letters": ("admin1", ""), "audit": ("auditor1", ""), "portal_decision": ("", DECISIONS), "authorities": ("case_handler1", ""), "portal_file": ("yx00001", CASE), "portal_readers": ("yx00001", CASE),
    "portal_answer": ("yx00003", ITEMS), "portal_sent_list": ("yx00001", ""), "portal_sent": ("", "SELECT document_id FROM workflow_app_receipt"),
    "notices": (VISITOR, ""), "notice": (VISITOR, NOTICES), "report": (VISITOR, NOTICES), "ask_genuine": (VISITOR, ""), "genuine": (VISITOR, CODES),
    "reported": ("examination_team1", ITEMS), "competitions": ("yx00001", ""), "competition": ("", NOTICES),
    "decisions": ("case_handler1", ""), "decision": ("case_handler1", DECISIONS), "enter_filing": ("", FILINGS), "enter_letter": ("case_handler1", LETTERS),
    "decision_enter": ("case_handler1", "SELECT id FROM workflow_app_cadre WHERE number = 'YX00009'"),
    "messages": ("case_handler1", ""), "calendar": ("admin1", ""), "roster": ("admin1", ""), "absence": ("case_handler1", ""),
    "mfa_index": ("case_handler1", ""), "account_reauthenticate": ("case_handler1", ""),
    "portal_deputies": ("yx00001", ""), "portal_deputy_ask": ("yx00001", ""),
    "portal_assessment": ("yx00001", ""),
    "warnings": ("case_handler1", ""), "warning": ("case_handler1", "SELECT id FROM workflow_app_cadre WHERE number = 'YX00009'"),
    "workload": ("org_leader1", ""), "figures": ("org_leader1", ""), "scored": ("case_handler1", ""),
    "workload_desk": ("org_leader1", "SELECT min(d.id) FROM workflow_app_desk d JOIN workflow_app_unit u ON u.id = d.unit_id WHERE u.code = 'YX' AND d.role = 'org_leader'"),
    "scores": ("", "SELECT min(campaign_id) FROM workflow_app_subject s JOIN workflow_app_score c ON c.subject_id = s.id HAVING count(*) > 0"),
    "score": ("", "SELECT min(id) FROM workflow_app_score HAVING count(*) > 0"),
    "findings": ("case_handler1", ""), "enter_finding": ("case_handler1", "SELECT id, 'T-13' FROM workflow_app_cadre WHERE number = 'YX00009'"),
    "assessment": ("assessment_office1", ""), "library": ("assessment_office1", "SELECT id FROM workflow_app_library"),
    "new_scheme": ("assessment_office1", ""), "scheme": ("assessment_office2", "SELECT id FROM workflow_app_scheme"),
    "new_campaign": ("assessment_office1", ""), "campaign": ("assessment_office2", "SELECT id FROM workflow_app_campaign"),
    "campaign_figures": ("assessment_office1", "SELECT id FROM workflow_app_campaign WHERE kind = 'ROUND' ORDER BY id"),
    "campaign_grades": ("assessment_office1", "SELECT c.id FROM workflow_app_campaign c JOIN workflow_app_schemeversion v ON v.id = c.version_id JOIN workflow_app_scheme s ON s.id = v.scheme_id WHERE c.closed_at IS NOT NULL AND s.kind = 'ANNUAL'"),
    "unit_targets": ("assessment_office1", ""), "unit_years": ("org_leader1", ""),
    "campaign_report": ("org_leader1", "SELECT campaign_id FROM workflow_app_gradessettled"),
    "campaign_joint": ("assessment_office2", "SELECT campaign_id FROM workflow_app_jointmeeting"),
    "promotions": ("org_leader1", ""), "my_retrospect": ("", "SELECT id FROM workflow_app_finding WHERE rule_id = 'T-06'"),
    "three_lists": ("assessment_office2", "SELECT subject_id FROM workflow_app_feedback"), "mending": ("assessment_office1", ""),
    "grade_notices": ("assessment_office1", "SELECT campaign_id FROM workflow_app_gradessettled"),
    "paper_forms": ("assessment_office1", "SELECT max(id) FROM workflow_app_campaign WHERE kind = 'ROUND' AND opened_at IS NOT NULL AND closed_at IS NULL"),
    "contracts": ("case_handler1", ""), "contract": ("case_handler1", "SELECT id FROM workflow_app_appointmentcontract"), "portal_contracts": ("yx00001", ""),
    "enter_contract": ("case_handler1", "SELECT id FROM workflow_app_cadre WHERE number = 'YX00009'"),
    "envelopes": ("auditor1", ""), "my_ratings": ("yx00005", ""),
    "pools": ("org_leader1", ""), "pool": ("case_handler1", "SELECT id FROM workflow_app_pool"),
    "pool_entry": ("org_leader1", ENTRIES), "open_from_entry": ("org_leader1", f"{ENTRIES} JOIN workflow_app_pooldecision d ON d.entry_id = e.id"),
    "propose_entry": ("case_handler1", "SELECT min(p.id), k.id FROM workflow_app_pool p, workflow_app_cadre k WHERE k.number = 'YX00010' GROUP BY k.id"),
    "portal_care": ("yx00006", ""), "care": ("placement_office1", ""), "care_plan": ("placement_office1", "SELECT id FROM workflow_app_careplan"),
    "classes": ("assessment_office1", ""), "training_class": ("org_leader1", "SELECT id FROM workflow_app_trainingclass ORDER BY id"),
    "participant": ("org_leader1", "SELECT training_class_id, id FROM workflow_app_participant ORDER BY id LIMIT 6"), "class_hours": ("org_leader1", ""),
    "class_survey": ("org_leader1", "SELECT id FROM workflow_app_trainingclass ORDER BY id"),
    "training_of": ("org_leader1", "SELECT cadre_id FROM workflow_app_careplan"), "portal_training": ("yx00009", ""),
    "talks": ("org_leader1", ""), "talk": ("org_leader1", "SELECT id FROM workflow_app_talk ORDER BY id"), "portal_talks": ("yx00009", ""),
    "plan_talk": ("org_leader1", "SELECT 'FELL', id FROM workflow_app_cadre WHERE number = 'YX00014'"),
    "talk_round": ("org_leader1", "SELECT max(campaign_id) FROM workflow_app_talk HAVING max(campaign_id) > 0"),
    "fitting": ("placement_office1", "SELECT cadre_id FROM workflow_app_careplan"), "returns": ("org_leader1", ""),
    "visits": ("case_handler1", ""), "new_visit": ("case_handler1", ""), "visit": ("case_handler1", "SELECT id FROM workflow_app_visit ORDER BY id"),
    "visit_load": ("org_leader1", ""), "visit_coverage": ("case_handler1", ""), "closer_units": ("org_leader1", ""),
    "samples": ("case_handler1", ""), "sample": ("org_leader1", "SELECT campaign_id FROM workflow_app_sampleplan"),
    "sample_check": ("case_handler1", "SELECT min(id) FROM workflow_app_samplecheck"), "portal_visits": ("yx00001", ""),
    "surveys": ("assessment_office1", ""), "survey": ("assessment_office1", "SELECT id FROM workflow_app_survey"),
    "experts": ("assessment_office1", ""), "consultations": ("assessment_office1", ""),
    "consultation": ("assessment_office2", "SELECT id FROM workflow_app_consultation"),
    "my_opinions": ("yx00005", ""), "rulings": ("assessment_office1", ""), "ruling": ("assessment_office1", "SELECT id FROM workflow_app_ruling"),
    "matrix": ("assessment_office1", ""), "lessons": ("assessment_office2", ""), "pilots": ("assessment_office1", ""),
    "pilot": ("org_leader1", "SELECT id FROM workflow_app_pilot"), "quality": ("assessment_office1", ""),
    "spreads": ("org_leader1", "SELECT id FROM workflow_app_campaign WHERE kind = 'ROUND' AND closed_at IS NOT NULL ORDER BY id DESC"),
    "worklogs": ("org_leader1", ""), "worklog_of": ("assessment_office1", WRITERS), "archive_of": ("case_handler1", WRITERS),
    "awards": ("org_leader1", ""), "award_of": ("case_handler1", WRITERS),
    "portal_worklog": ("yx00005", ""), "my_summary": ("yx00005", "SELECT 2026"), "portal_archive": ("yx00005", ""),
    "objectives_of": ("org_leader1", WRITERS), "groundwork_of": ("case_handler1", WRITERS), "board": ("org_leader1", ""),
    "challenge": ("org_leader1", "SELECT id FROM workflow_app_challenge"), "my_objectives": ("yx00005", ""), "my_challenges": ("yx00005", ""),
}  # fmt: skip
# Open only on the way through them, where the journey of the second factor looks at them (test_second_factor.py).
ON_THE_WAY = {
    "account_login", "admin_login", "openid_connect_login", "openid_connect_callback", "mfa_authenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_deactivate_totp",
    "open_plan",  # looked at by the journey of help (test_care.py)
    "answer_survey",  # looked at by the journey of training (test_learning.py)
    "rate", "my_feedback", "my_grade",  # looked at by the journeys of assessment (test_assessment.py)
    "survey_form", "my_opinion",  # and by those of its revision (test_revising.py)
    "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
}  # fmt: skip
GUIDED = {"portal_form", "portal_form_page", "portal_check"}  # the pages of a guided form, opened after portal_answer
KEPT_TO = {"letters", "genuine"}  # others are told that they may not see it; codes are answered only so often
ACTS = {
    "fetch_link", "fetch_survey", "fetch_class_survey",
    "open_for_post", "message", "lift_bar", "all_read", "decide_calendar", "end_absence", "portal_attack", "portal_begin", "portal_send", "portal_discard", "portal_deputy_end", "retry_letter", "close_letter", "authority_decide",
    "sign_out", "give_reason", "take_next", "bulk", "claim", "release", "assign", "drop", "sign", "decline", "begin", "close_lead", "pick", "set_language",
}  # fmt: skip
FILES = {
    "figures_file",
    "expert_letter",
    "ruling_text",
    "grade_notice_pdf",
    "grade_receipt_pdf",
    "grade_preview_pdf",
    "library_file",
    "plan_file",
    "class_file",
    "class_hours_file",
    "care_paper",
    "sample_frame",
    "visit_report",
    "care_preview",
    "work_file",
    "archive_preview",
    "archive_paper",
    "figures_form",
    "list_pdf",
    "report_preview",
    "campaign_paper",
    "unit_targets_file",
    "sheet_pdf",
    "proof",
    "paper_pdf",
    "paper_file",
    "healthz",
    "metrics",
    "bundle",
    "audit_csv",
    "message_count",
    "reported_file",
    "record_proof",
    "heads",
    "portal_receipt",
    "portal_content",
    "authority_proof",
    "mfa_download_recovery_codes",
    "roster_form",
}  # not pages: a paper, or an answer to a machine
ASKED = {
    "desk": ("?due=over", "?mine=1"),
    "search": ("?q=王", "?q=没有这个人"),
    "papers": ("?q=没有",),
    "choose": ("?q=YX00009",),
    "talks": tuple(f"?kind={kind}" for kind in ("ADJUSTED", "FELL", "RETURNED", "ASKED", "FEEDBACK", "MUST")),
    "training_class": ("?gaps=1", "?q=发展改革局"),
    "class_hours": ("?q=发展改革局",),
    "case": ("?show=period", "?show=read"),
}


def addresses(patterns: Any, before: str = "") -> Iterator[str]:
    """Names of every address but the administration's, whose pages are listed from its register, and the interface for machines."""
    for one in patterns:
        if isinstance(one, URLResolver) and not str(one.namespace).startswith(("admin", "api")):
            yield from addresses(one.url_patterns)
        elif isinstance(one, URLPattern):
            yield str(one.name)


def test_every_address_is_listed() -> None:
    listed = {*PAGES, *GUIDED, *ON_THE_WAY, *ACTS, *FILES}
    assert set(addresses(get_resolver().url_patterns)) == listed, "list a new page here, so that it is looked at"


@pytest.fixture(scope="module")
def staged(furnished: Path, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Office]:
    """An office in the middle of its work, serving collected files as in production."""

    def make(folder: Path) -> None:
        shutil.copy(furnished / "office.sqlite3", folder / "office.sqlite3")
        env = environment(folder) | {"STATIC_ROOT": str(folder / "static")}
        set_stage(env, "everything")
        for words in (("collectstatic", "--no-input", "-v", "0"), ("run_worker", "--once")):
            manage(env, *words)

    made, folder = made_once(tmp_path_factory, "staged", make), tmp_path_factory.mktemp("staged")
    env = environment(folder) | {"STATIC_ROOT": str(made / "static")}
    for name in ("office.sqlite3", "now"):  # the hour too: the stage was set over weeks
        shutil.copy(made / name, folder / name)
    with opened(folder, browser, env) as found:
        yield found


def urls(office: Office, name: str, who: str) -> list[str]:
    """The addresses of a page for a person; what may be asked of it is asked by the one who must see it."""
    seer, keys = PAGES[name]
    plain = [reverse(name, args=row) for row in office.ask(keys, *[who] * keys.count("?"))] if keys else [reverse(name)]
    return plain + [plain[0] + question for question in ASKED.get(name, ()) if who == seer]


def of_the_administration(page: Page, base: str) -> list[str]:
    """Every list and every form of the reference data that the first page offers to an administrator's office."""
    answer = page.goto(f"{base}{reverse('admin:index')}")
    if "/sign-in/" in page.url or "/login/" in page.url or answer is None or answer.status != 200:
        return []
    offered = page.eval_on_selector_all("#content-main a[href]", "all => all.map(one => one.getAttribute('href'))")
    return [reverse("admin:index"), *dict.fromkeys(offered)]


def guided(page: Page) -> list[str]:
    """Every page of the guided form that is open, and the page on which the answers are checked."""
    if "/mine/forms/" not in page.url:
        return []
    token = page.url.split("/mine/forms/")[1].split("/")[0]
    return [f"/mine/forms/{token}/{number}/" for number in range(1, 8)] + [f"/mine/forms/{token}/check/"]


def shown(page: Page, url: str) -> bool:
    """Whether the page is there for the one who asks; answers that are not complete yet are shown with what is missing."""
    answer = page.goto(url)
    assert answer is not None and answer.status in (200, 404, 409, 422), f"{url}: {answer and answer.status}"
    away = "/sign-in/" in page.url and "/sign-in/" not in url
    return answer.status != 404 and not away


@pytest.mark.parametrize("who", ROLES)
def test_every_page_of_a_role_can_be_used_by_everybody(staged: Office, who: str) -> None:
    page = staged.page_of(who)
    sight, faults, seen = Sight(page), [], set()
    theirs = [name for name in PAGES if PAGES[name][0] == who or (name not in KEPT_TO and (who in WIDE or name in DIFFERS))]
    wanted = [(name, url) for name in theirs for url in urls(staged, name, who)]
    wanted += [("", url) for url in of_the_administration(page, staged.base)] if who.startswith("admin") else []
    for name, url in wanted:
        if shown(page, staged.base + url):
            seen.add(name)
            faults += sight.faults(f"{who}-{name}-{re.sub(r'[/?]+', '-', url.strip('/'))}")
            for number, further in enumerate(guided(page)):
                if shown(page, staged.base + further):
                    faults += sight.faults(f"{who}-{name}-{re.sub(r'[/?]+', '-', url.strip('/'))}-{number}")
    assert not faults, "\n".join(faults)
    assert {name for name, (seer, _) in PAGES.items() if seer == who} <= seen


def test_the_administrators_together_see_all_reference_data(staged: Office) -> None:
    offered = {url for who in ("admin1", "admin2", "admin3") for url in of_the_administration(staged.page_of(who), staged.base)}
    assert offered >= {f"{reverse('admin:index')}{model._meta.app_label}/{model._meta.model_name}/" for model in admin.site._registry}


def test_error_pages_wear_the_house_style(staged: Office) -> None:
    page = staged.page_of("archivist1")
    sight = Sight(page)
    for url, status in (("/no-such-page/", 404), ("/cases/999999/", 404)):
        answer = page.goto(staged.base + url)
        assert answer is not None and answer.status == status
        assert page.locator(".gov-head").count() == 1
        assert not sight.faults(f"error-{status}")


def weight(page: Page, url: str) -> int:
    """Bytes over the wire of a page with everything it loads, nothing cached."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    loaded: list[float] = []
    network.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.goto(url, wait_until="networkidle")
    return int(sum(loaded))


def test_the_first_page_is_light(staged: Office) -> None:
    for who, path in ((None, "/sign-in/"), ("case_handler1", "/desk/"), ("case_handler1", "/leads/"), ("yx00001", "/mine/")):
        page = staged.browser.new_context(locale="zh-CN").new_page()
        if who:
            page.context.add_cookies(staged.page_of(who).context.cookies())
        assert 0 < weight(page, staged.base + path) <= FIRST_PAGE_BYTES, path
        page.context.close()
