"""Oversight opens a file with a reason; in one's own work nobody is asked."""

from __future__ import annotations

import pytest

from tests.story import Town, open_case, run, signed_in
from workflow_app import seals
from workflow_app.models import Case, Desk, Document, Read, Seat, Unit
from workflow_app.verification import verify_all

pytestmark = pytest.mark.django_db
WHY = "抽查本季度案件办理期限"


@pytest.fixture
def case(town: Town) -> Case:
    return run(town, open_case(town), "approve_opening")


def test_the_auditor_says_why_and_then_reads_and_both_are_sealed(town: Town, case: Case) -> None:
    auditor, place = signed_in(town.people["auditor1"]), f"/cases/{case.pk}/"
    asked = auditor.get(place).content.decode()
    assert "请写明事由" in asked
    assert "王建国" not in asked
    assert not Read.objects.exists()
    assert auditor.post(f"{place}reason/", {"reason": WHY, "next": place}).headers["Location"] == place
    assert "王建国" in auditor.get(place).content.decode()
    read = Read.objects.get(account=town.people["auditor1"])
    assert (read.what, read.reason) == ("case", WHY)
    seals.seal(town.at)
    assert verify_all().findings == []


def test_no_paper_proof_or_bundle_goes_around_the_question(town: Town, case: Case) -> None:
    paper = Document.objects.filter(case=case).first()
    assert paper is not None
    for place in (f"/papers/{paper.pk}/", f"/papers/{paper.pk}/pdf", f"/cases/{case.pk}/bundle.zip", f"/cases/{case.pk}/records/1.json"):
        answer = signed_in(town.people["auditor1"]).get(place)
        assert "请写明事由" in answer.content.decode() or answer.status_code == 404, place
    assert not Read.objects.exists()


@pytest.mark.parametrize("reason", ["", "看看", "  。  "])
def test_an_empty_reason_is_no_reason(town: Town, case: Case, reason: str) -> None:
    auditor = signed_in(town.people["auditor1"])
    answer = auditor.post(f"/cases/{case.pk}/reason/", {"reason": reason})
    assert (answer.status_code, "事由应写明" in answer.content.decode()) == (422, True)
    assert "请写明事由" in auditor.get(f"/cases/{case.pk}/").content.decode()


def test_a_reason_for_one_case_is_none_for_another_and_none_tomorrow(town: Town, case: Case) -> None:
    auditor = signed_in(town.people["auditor1"])
    auditor.post(f"/cases/{case.pk}/reason/", {"reason": WHY})
    session = auditor.session
    assert [name.split(":")[1] for name in list(session.keys()) if name.startswith("why:")] == [str(case.pk)]
    (name,) = [name for name in list(session.keys()) if name.startswith("why:")]
    session[name.rsplit(":", 1)[0] + ":2020-01-01"] = session.pop(name)
    session.save()
    assert "请写明事由" in auditor.get(f"/cases/{case.pk}/").content.decode()


def test_the_handler_and_wang_are_not_asked(town: Town, case: Case) -> None:
    assert "请写明事由" not in signed_in(town.people["case_handler1"]).get(f"/cases/{case.pk}/").content.decode()
    assert "请写明事由" not in signed_in(town.people["wang"]).get(f"/cases/{case.pk}/", follow=True).content.decode()


def test_nobody_gives_reasons_for_a_case_they_may_not_see(town: Town, case: Case) -> None:
    assert signed_in(town.people["partner1"]).post(f"/cases/{case.pk}/reason/", {"reason": WHY}).status_code == 404


def test_the_way_back_leads_nowhere_else(town: Town, case: Case) -> None:
    answer = signed_in(town.people["auditor1"]).post(f"/cases/{case.pk}/reason/", {"reason": WHY, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == f"/cases/{case.pk}/"


def test_oversight_reaches_the_units_below_and_not_beside(town: Town, case: Case) -> None:
    county = Unit.objects.create(code="YX-20", name="清河县", kind="COUNTY", parent=town.city, path="/x/")
    county.path = f"{town.city.path}{county.pk}/"
    county.save()
    Case.objects.filter(pk=case.pk).update(organ=county)
    auditor = town.people["auditor1"]
    assert Case.objects.visible_to(auditor, on=town.today).filter(pk=case.pk).exists()
    unit = Unit.objects.create(code="YX-21", name="白沙县", kind="COUNTY", parent=town.city, path=f"{town.city.path}{county.pk + 1}/")
    beside = Desk.objects.create(role="auditor", unit=unit, name="白沙县审计监督")
    Seat.objects.filter(account=auditor).update(desk=beside)
    assert not Case.objects.visible_to(auditor, on=town.today).filter(pk=case.pk).exists()


def test_a_search_is_a_recorded_reading(town: Town, case: Case) -> None:
    signed_in(town.people["case_handler1"]).get("/search/?q=王建国")
    assert Read.objects.get(what="search").reason == "王建国"
