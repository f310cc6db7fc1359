"""The audit page: who did and who read what; only auditors, only their own units, and the export is a reading itself."""

from __future__ import annotations

import csv
import io

import pytest

from tests.story import Town, open_case, run, signed_in
from workflow_app import ledger
from workflow_app.models import Account, Case, Office, Read
from workflow_app.pages import audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    case = run(town, open_case(town), "approve_opening", "plan_examination")
    ledger.read(account=town.people["case_handler2"], what="case", ref=case.pk, case=case, at=town.at)
    return case


def page(town: Town, query: str = "") -> str:
    return signed_in(town.people["auditor1"]).get(f"/audit/{query}").content.decode()


def test_it_tells_who_did_what_and_who_read_what(town: Town, case: Case) -> None:
    leader, reader = town.people["org_leader1"].display_name, town.people["case_handler2"].display_name
    acts, reads = page(town), page(town, "?kind=reads")
    assert leader in acts and case.number in acts
    assert reader in reads and "查阅案件页" in reads


def test_it_is_narrowed_by_person_case_and_day(town: Town, case: Case) -> None:
    leader = town.people["org_leader1"]
    assert leader.display_name in page(town, f"?who={leader.username}")
    assert "没有符合条件的记录" in page(town, "?who=nobody")
    assert "没有符合条件的记录" in page(town, "?case=云组下〔1999〕")
    assert "没有符合条件的记录" in page(town, f"?until={town.today.replace(year=2020)}")
    assert case.number in page(town, f"?since={town.today}&until={town.today}")
    assert case.number in page(town, "?since=nonsense")


@pytest.mark.parametrize("who", ["case_handler1", "org_leader1", "wang"])
def test_nobody_else_has_the_page(town: Town, case: Case, who: str) -> None:
    for place in ("/audit/", "/audit/export.csv"):
        assert signed_in(town.people[who]).get(place).status_code == 404


def test_the_audit_administrator_sees_administration_and_no_case(town: Town, case: Case) -> None:
    shen = Account.objects.create(username="shen", office=Office.AUDIT, password="!")
    entry = ledger.Entry(kind="GRANT", at=town.at, actor=town.people["org_leader1"], outcome="given")
    ledger.journal(town.city, entry)
    said = signed_in(shen).get("/audit/").content.decode()
    assert "席位授予" in said
    assert case.number not in said


def test_an_auditor_does_not_see_the_case_about_themself(town: Town, case: Case) -> None:
    auditor = town.people["auditor1"]
    Case.objects.filter(pk=case.pk).update(cadre=auditor.cadre)
    assert case.number not in page(town)


def test_the_export_holds_the_rows_no_formula_and_is_itself_recorded(town: Town, case: Case) -> None:
    ledger.read(account=town.people["case_handler2"], what="case", ref=case.pk, case=case, at=town.at, reason="=1+1")
    answer = signed_in(town.people["auditor1"]).get("/audit/export.csv?kind=reads")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == "时间"
    assert len(rows) == 3
    assert {row[5] for row in rows[1:]} == {"", "'=1+1"}
    assert Read.objects.get(what="audit").ref == 2


def test_who_opens_very_many_cases_on_a_day_is_named_without_reproach(town: Town, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "值得一看" not in page(town)
    monkeypatch.setattr(audit, "MANY", 1)
    monkeypatch.setattr("workflow_app.clock.now", lambda: town.at)
    assert f"{town.people['case_handler2'].display_name}于" in page(town)


def test_later_pages_go_on_where_the_first_ended(town: Town, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PAGE", 2)
    first = page(town)
    assert "下一页" in first
    before = first.split("before=")[1].split('"')[0]
    assert page(town, f"?before={before}") != first
