"""My cases in plain words, my file, and who has read it."""

from __future__ import annotations

import re

import pytest

from flows.down.states import State
from flows.down.told import TOLD
from tests.story import TO_SERVED, Town, begin, fresh, item_of, open_case, run
from tests.workflow_app.portal.conftest import TO_HEARING, Phone, phone
from workflow_app.models import Case, Deadline, Document, Read
from workflow_app.nodes import PATHS

pytestmark = pytest.mark.django_db


def test_before_i_am_told_there_is_nothing_to_see(wang: Phone, town: Town) -> None:
    case = run(town, open_case(town), *TO_HEARING[:4])
    assert Document.objects.filter(case=case, open_to_subject=True).exists(), "the list of evidence is there already"
    assert "现在没有与您有关的案件" in wang.get("/mine/").content.decode()
    for address in (f"/mine/{case.pk}/", f"/mine/{case.pk}/file/", f"/cases/{case.pk}/", f"/cases/{case.pk}/bundle.zip"):
        assert wang.get(address).status_code == 404, address
    paper = Document.objects.filter(case=case, open_to_subject=True).earliest("id")
    assert wang.get(f"/papers/{paper.pk}/").status_code == 404


def test_a_case_says_where_it_stands_and_what_comes_next(wang: Phone, hearing: Case) -> None:
    page = wang.get(f"/mine/{hearing.pk}/").content.decode()
    told = TOLD[State.HEARING]
    assert told.now in page and told.next in page
    assert "2026年3月9日（星期一）" in page


def test_a_date_explains_itself_in_plain_words(wang: Phone, hearing: Case) -> None:
    page = wang.get(f"/mine/{hearing.pk}/").content.decode()
    for sentence in (
        "从2026年3月2日（星期一）起算，当天不算，第二天是第一天，一共5个工作日。", "中间的休息日不算：3月7日（星期六）、3月8日（星期日）。",
        "最后一天24点以前提交，都算按时。", "这个期限是本系统设定的，法律没有规定具体天数。",
    ):  # fmt: skip
        assert sentence in page


def test_internal_clocks_of_the_organ_are_not_shown_as_mine(wang: Phone, hearing: Case) -> None:
    assert Deadline.objects.filter(case=hearing).count() > 1
    assert [one.title for one in wang.get(f"/mine/{hearing.pk}/").context["periods"]] == ["陈述申辩"]


def test_after_service_the_remedy_periods_are_shown(wang: Phone, town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED)
    shown = {one.title: str(one.due.day) for one in wang.get(f"/mine/{case.pk}/").context["periods"]}
    assert shown["申请复核"] == "2026-04-01"


@pytest.mark.parametrize("path", PATHS)
def test_every_state_has_its_plain_words(path: str) -> None:
    states = {str(state) for state in PATHS[path].process_class.STATES}
    assert set(map(str, PATHS[path].told)) == states or not PATHS[path].told


@pytest.mark.parametrize("state", State)
def test_plain_words_hold_no_code_and_no_hard_word(state: State) -> None:
    told = TOLD[state]
    text = told.title + told.now + told.next
    assert not re.search(r"[A-Za-z]|SD-|D\d", text)
    assert not any(word in text for word in ("当事人", "流程", "节点", "系统默认", "届满"))


def test_a_matter_that_was_handed_over_is_not_told_here(wang: Phone, town: Town, hearing: Case) -> None:
    begin(town, hearing, "transfer", by="org_leader1", organ=str(town.discipline.pk))
    assert fresh(hearing).state == "transferred"
    for address in (f"/mine/{hearing.pk}/", f"/mine/{hearing.pk}/file/", "/mine/"):
        assert "移送" not in wang.get(address).content.decode(), address


def test_the_file_holds_evidence_talks_decision_and_my_own_papers(wang: Phone, town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED)
    groups = {title: [paper.title for paper in papers] for title, papers in wang.get(f"/mine/{case.pk}/file/").context["groups"]}
    assert groups["证据清单"] == ["证据材料清单"]
    assert groups["谈话记录"] == ["调整谈话记录"]
    assert groups["决定和理由"] == ["调整决定书"]
    assert groups["我提交的材料"] == ["陈述申辩书"]


def test_what_is_withheld_is_named_with_its_reason_but_not_counted_or_dated(wang: Phone, town: Town) -> None:
    case = run(town, open_case(town), *TO_HEARING[:2])
    for _ in range(2):
        begin(town, case, "record_interview", by="examination_team1")
    run(town, case, *TO_HEARING[2:])
    page = wang.get(f"/mine/{case.pk}/file/").content.decode()
    held_back = page[page.index("不提供的材料和理由") :]
    assert held_back.count("《个别谈话记录》") == 1
    assert "属于干部人事工作秘密" in held_back
    assert "2026年" not in held_back


def test_the_source_of_evidence_is_nowhere_in_my_file(wang: Phone, hearing: Case) -> None:
    paper = Document.objects.get(case=hearing, step="list_evidence")
    assert "来自一名工作人员" not in wang.get(f"/papers/{paper.pk}/").content.decode()


def test_an_internal_paper_is_not_opened_by_guessing_its_number(wang: Phone, hearing: Case) -> None:
    paper = Document.objects.get(case=hearing, step="report_findings")
    assert wang.get(f"/papers/{paper.pk}/").status_code == 404
    assert wang.get(f"/papers/{paper.pk}/pdf").status_code == 404


def test_looking_at_a_notice_is_recorded_and_is_not_service(wang: Phone, town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED[:-1])
    paper = Document.objects.get(case=case, step="decide")
    page = wang.get(f"/papers/{paper.pk}/").content.decode()
    assert "这次查阅已记录，但不等于正式送达。" in page
    assert Read.objects.filter(account=wang.account, what="paper", ref=paper.pk).count() == 1
    assert fresh(case).state == "told"
    assert not Deadline.objects.filter(case=case, rule_id="RM-REVIEW-FILE").exists()


def test_the_readers_register_names_office_time_and_step_but_no_person(wang: Phone, town: Town, hearing: Case) -> None:
    handler = town.people["case_handler1"]
    phone(handler).get(f"/cases/{hearing.pk}/")
    auditor, case_page = phone(town.people["auditor1"]), f"/cases/{hearing.pk}/"
    auditor.post(f"/cases/{hearing.pk}/reason/", {"reason": "按年度计划抽查", "next": case_page})
    auditor.get(case_page)
    page = wang.get(f"/mine/{hearing.pk}/readers/")
    rows = {(one.office, one.what, one.stage) for one in page.context["rows"]}
    assert ("云溪市经办人", "案件情况", "请您陈述申辩") in rows
    assert ("云溪市审计监督", "案件情况", "请您陈述申辩") in rows
    text = page.content.decode()
    assert handler.display_name not in text
    assert "2026年3月2日 09:00" in text


def test_a_reading_before_i_was_told_stands_in_the_register_too(wang: Phone, town: Town) -> None:
    case = run(town, open_case(town), *TO_HEARING[:2])
    phone(town.people["examination_team1"]).get(f"/items/{item_of(case, 'list_evidence').pk}/")
    town.later(hours=1)
    run(town, case, *TO_HEARING[2:])
    rows = wang.get(f"/mine/{case.pk}/readers/").context["rows"]
    assert ("云溪市考察组", "办理“证据材料”", "核实认定") in {(one.office, one.what, one.stage) for one in rows}
