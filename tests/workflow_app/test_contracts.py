"""The register of contracts of appointed civil servants: entered, corrected, reminded of, named in a lead; ended by people on their document."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.story import Town
from workflow_app import clock, engaging
from workflow_app.assessment.triggers import raise_leads
from workflow_app.engaged.contracts import Ended, Terms
from workflow_app.models import AppointmentContract, AssessmentResult, Case, ContractEnding, ImportBatch, Lead, Message, Record, Tie
from workflow_app.refusing import Refused
from workflow_app.telling import chasing

pytestmark = pytest.mark.django_db
TERMS = Terms(
    "云聘〔2025〕3号", "市交通运输局总工程师", date(2025, 1, 1), date(2027, 12, 31), date(2025, 6, 30), "聘任合同（云聘〔2025〕3号）"
)


def words(town: Town, name: str = "case_handler1") -> dict[str, Any]:
    return {"by": town.people[name], "at": town.at}


def terms(**changes: Any) -> Terms:
    return Terms(**{**vars(TERMS), **changes})


@pytest.fixture
def contract(town: Town) -> AppointmentContract:
    return engaging.enter(town.wang, town.city, TERMS, **words(town))


def ended(**changes: Any) -> Ended:
    told: dict[str, Any] = {
        "ground": "BY_ORGAN",
        "document": "解除聘任合同通知书第1号",
        "reason": "依合同第十二条",
        "ended_on": date(2026, 3, 1),
    }
    return Ended(**{**told, "served_on": date(2026, 3, 2), **changes})


def graded(town: Town, grade: str, year: int = 2025) -> AssessmentResult:
    batch = ImportBatch.objects.create(file_name="结果", digest=f"{year}{grade}", rows=1, imported_at=town.at)
    return AssessmentResult.objects.create(
        cadre=town.wang, year=year, unit=town.wang.unit, post_title="总工程师", post_level="COUNTY_DEPUTY", comparison_group="聘任制", grade=grade,
        batch=batch, row=1,
    )  # fmt: skip


def test_it_keeps_term_trial_number_and_document_and_the_person_is_told(town: Town, contract: AppointmentContract) -> None:
    columns = {one.name for one in AppointmentContract._meta.fields}
    assert columns == {
        "id", "cadre", "organ", "number", "post_title", "first", "last", "trial_until", "document", "corrects", "why", "by", "at",
    }, "no pay and no terms of work"  # fmt: skip
    assert Message.objects.filter(account=town.people["wang"], key=f"contract:{contract.pk}", url="/mine/contracts/").exists()
    assert Record.objects.filter(kind="ASSESS", outcome="contract", actor=town.people["case_handler1"]).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        AppointmentContract.objects.update(last=date(2030, 1, 1))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": "x"}, "聘任合同编号"), ({"post_title": ""}, "聘任职位"), ({"document": "合同"}, "依据文件"), ({"last": date(2024, 1, 1)}, "早于开始"),
        ({"trial_until": date(2028, 1, 1)}, "不在合同期"), ({"trial_until": date(2024, 1, 1)}, "不在合同期"),
    ],
)  # fmt: skip
def test_what_no_paper_can_state_is_refused(town: Town, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        engaging.enter(town.wang, town.city, terms(**changes), **words(town))
    assert not AppointmentContract.objects.exists()


def test_a_number_is_given_once_and_terms_do_not_overlap(town: Town, contract: AppointmentContract) -> None:
    with pytest.raises(Refused, match="已经登记"):
        engaging.enter(town.wang, town.city, terms(first=date(2028, 1, 1), last=date(2030, 1, 1), trial_until=None), **words(town))
    with pytest.raises(Refused, match="重叠"):
        engaging.enter(
            town.wang,
            town.city,
            terms(number="云聘二号", first=date(2027, 12, 31), last=date(2028, 12, 31), trial_until=None),
            **words(town),
        )
    following = terms(number="云聘二号", first=date(2028, 1, 1), last=date(2028, 12, 31), trial_until=None)
    assert engaging.enter(town.wang, town.city, following, **words(town)).number == "云聘二号"


def test_nobody_enters_or_ends_their_own_nor_that_of_somebody_tied(town: Town, contract: AppointmentContract) -> None:
    for act in (
        lambda name: engaging.enter(town.wang, town.city, terms(number="另一号"), **words(town, name)),
        lambda name: engaging.end(contract, ended(), **words(town, name)),
    ):
        with pytest.raises(Refused, match="本人的事项"):
            act("wang")
    Tie.objects.create(one_id=town.cadre("case_handler1"), other=town.wang, kind="KIN", declared_at=town.at)
    with pytest.raises(Refused, match="回避关系"):
        engaging.end(contract, ended(), **words(town))


def test_a_correction_is_a_later_entry_with_its_reason(town: Town, contract: AppointmentContract) -> None:
    with pytest.raises(Refused, match="更正理由"):
        engaging.enter(town.wang, town.city, terms(last=date(2027, 6, 30)), corrects=contract, **words(town))
    made = engaging.enter(town.wang, town.city, terms(last=date(2027, 6, 30)), corrects=contract, why="届满日抄错", **words(town))
    with pytest.raises(Refused, match="已经更正"):
        engaging.enter(town.wang, town.city, terms(number="三号"), corrects=contract, why="再改一次看看", **words(town))
    with pytest.raises(Refused, match="已经更正"):
        engaging.end(contract, ended(), **words(town))
    assert made.corrects == contract


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ground": "FIRED"}, "终止情形"), ({"ended_on": date(2026, 3, 3)}, "今天以前"), ({"ended_on": date(2024, 12, 31)}, "今天以前"),
        ({"ground": "OVER"}, "才届满"), ({"served_on": date(2026, 3, 3)}, "送达日期"), ({"document": "文"}, "文书"), ({"reason": ""}, "理由"),
    ],
)  # fmt: skip
def test_an_ending_without_its_document_is_refused(town: Town, contract: AppointmentContract, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        engaging.end(contract, ended(**changes), **words(town))
    assert not ContractEnding.objects.exists()


def test_an_ending_is_noted_once_and_moves_no_case(town: Town, contract: AppointmentContract) -> None:
    engaging.end(contract, ended(), **words(town))
    with pytest.raises(Refused, match="登记终止"):
        engaging.end(contract, ended(), **words(town))
    with pytest.raises(Refused, match="合同已经终止"):
        engaging.enter(town.wang, town.city, terms(last=date(2027, 6, 30)), corrects=contract, why="届满日抄错", **words(town))
    assert Message.objects.filter(account=town.people["wang"], key=f"contract:{contract.pk}:ended").exists()
    assert not Case.objects.exists()


def test_a_failed_year_in_the_term_is_a_lead_that_names_the_contract_and_no_more(town: Town, contract: AppointmentContract) -> None:
    graded(town, "INCOMPETENT")
    assert raise_leads(year=2025, at=town.at, due_on=town.today) == 2, "T-01 as for everybody, and the contract"
    lead = Lead.objects.get(rule_id="C-TERM")
    assert "云聘〔2025〕3号" in lead.summary and lead.suggests == "STUDY" and lead.desk.role == "case_handler"
    assert raise_leads(year=2025, at=town.at, due_on=town.today) == 0
    assert not ContractEnding.objects.exists() and not Case.objects.exists()


@pytest.mark.parametrize(("grade", "year"), [("BASIC", 2025), ("INCOMPETENT", 2024), ("INCOMPETENT", 2028)])
def test_another_grade_or_a_year_outside_the_term_raises_none(town: Town, contract: AppointmentContract, grade: str, year: int) -> None:
    graded(town, grade, year)
    raise_leads(year=year, at=town.at, due_on=town.today)
    assert not Lead.objects.filter(rule_id="C-TERM").exists()


def test_a_contract_that_ended_before_the_year_raises_none_and_one_entered_late_does(town: Town) -> None:
    graded(town, "INCOMPETENT")
    old = engaging.enter(
        town.wang, town.city, terms(first=date(2022, 1, 1), last=date(2026, 1, 31), trial_until=None, number="旧合同"), **words(town)
    )
    assert Lead.objects.get(rule_id="C-TERM").origin == f"C-TERM:{old.pk}:2025", "the grade was there first"
    Lead.objects.filter(rule_id="C-TERM").delete()
    engaging.end(old, ended(ended_on=date(2024, 6, 30), served_on=None), **words(town))
    raise_leads(year=2025, at=town.at, due_on=town.today)
    assert not Lead.objects.filter(rule_id="C-TERM").exists()


def chase(on: date) -> None:
    chasing.chase(datetime.combine(on, datetime.min.time(), tzinfo=clock.TZ).replace(hour=9))


def test_the_end_of_term_and_trial_is_told_once_before_its_day(town: Town) -> None:
    made = engaging.enter(
        town.wang, town.city, terms(first=date(2026, 1, 1), last=date(2026, 12, 31), trial_until=date(2026, 6, 30)), **words(town)
    )
    keys = lambda what: Message.objects.filter(key__startswith=f"contract:{made.pk}:{what}")  # noqa: E731
    chase(date(2026, 6, 15))
    assert not keys("试用期").exists(), "fifteen days before is too early"
    for on in (date(2026, 6, 16), date(2026, 6, 17)):
        chase(on)
    told = dict.fromkeys(keys("试用期").values_list("account__username", flat=True))
    assert set(told) == {"wang", "case_handler1", "case_handler2", "case_handler3", "case_handler4"}
    assert keys("试用期").count() == len(told), "each once"
    chase(made.last - timedelta(days=60))
    assert keys("合同期").filter(account=town.people["wang"]).count() == 1
    engaging.end(made, ended(ended_on=town.today, served_on=None), **words(town))
    Message.objects.filter(key__startswith=f"contract:{made.pk}:合同期").delete()
    chase(made.last - timedelta(days=50))
    assert not keys("合同期").exists(), "what has ended is over"


def client_of(town: Town, name: str, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: town.at)
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_enter_correct_and_end_and_keep_what_was_typed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    office = client_of(town, "case_handler1", monkeypatch)
    typed = {**{name: str(value) for name, value in vars(TERMS).items()}, "document": "短"}
    refused = office.post(f"/contracts/of/{town.wang.pk}/", typed)
    assert refused.status_code == 422 and "云聘〔2025〕3号" in refused.content.decode()
    assert office.post(f"/contracts/of/{town.wang.pk}/", {**typed, "document": TERMS.document}).status_code == 302
    made = AppointmentContract.objects.get()
    assert made.number in office.get("/contracts/").content.decode()
    assert "没有。聘任期内年度考核不称职的" in office.get(f"/contracts/{made.pk}/").content.decode()
    form = office.get(f"/contracts/of/{town.wang.pk}/?corrects={made.pk}").content.decode()
    assert "更正理由" in form and 'value="2027-12-31"' in form
    ending = {
        "ground": "BY_ORGAN",
        "document": "解除通知书第1号",
        "reason": "依合同第十二条",
        "ended_on": "2026-03-01",
        "served_on": "2026-03-02",
    }
    assert office.post(f"/contracts/{made.pk}/", {**ending, "ended_on": "2026-04-01"}).status_code == 422
    assert office.post(f"/contracts/{made.pk}/", ending).status_code == 302
    said = office.get(f"/contracts/{made.pk}/").content.decode()
    assert "解除通知书第1号" in said and "续聘的，登记新的合同" in said
    for name in ("assessment_office1", "wang"):
        assert client_of(town, name, monkeypatch).get(f"/contracts/{made.pk}/").status_code == 404


def test_the_person_sees_the_contract_and_the_track_of_a_dispute_with_its_period(
    town: Town, contract: AppointmentContract, monkeypatch: pytest.MonkeyPatch
) -> None:
    wang = client_of(town, "wang", monkeypatch)
    assert "仲裁" not in wang.get("/mine/contracts/").content.decode(), "nothing is in dispute"
    engaging.end(contract, ended(), **words(town))
    said = wang.get("/mine/contracts/").content.decode()
    assert "自争议发生之日起60日内" in said and "《公务员法》第105条" in said
    assert "最后一天是2026年5月6日" in said, "the 60th day is 2026-05-01, a holiday"
    assert "没有登记您的聘任合同" in client_of(town, "org_leader1", monkeypatch).get("/mine/contracts/").content.decode()
