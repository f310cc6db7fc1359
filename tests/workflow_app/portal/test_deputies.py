"""Acting for somebody: asked for in writing, verified by a handler, both names everywhere, ended at any time."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.attacks import PDF
from tests.story import Town, facts_for, item_of, open_case, run
from tests.workflow_app.portal.conftest import TO_HEARING, Phone, phone
from workflow_app import conduct, receipts
from workflow_app.hands import Separated
from workflow_app.models import Account, Case, Document, Receipt, Record, RecordPart, Representation

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer(town: Town) -> Phone:
    """陈律师, who is no cadre."""
    return phone(Account.objects.create(username="lawyer", password="!"))


@pytest.fixture
def handler(town: Town) -> Phone:
    return phone(town.people["case_handler1"])


def ask(who: Phone, town: Town, **changes: Any) -> Any:
    data = {
        "person": "王建国", "number": "YX00001", "name": "陈正", "relation": "律师", "ground": "MANDATE", "case_number": "", "valid_from": "2026-03-01",
        "valid_to": "2026-12-31", "proof_new": SimpleUploadedFile("授权委托书.pdf", PDF),
    }  # fmt: skip
    return who.post("/mine/deputies/ask/", {name: value for name, value in (data | changes).items() if value is not None})


def accept(handler: Phone, do: str = "accept", **more: str) -> Any:
    return handler.post(f"/authorities/{Representation.objects.latest('id').pk}/decide/", {"do": do, **more})


@pytest.fixture
def stand(lawyer: Phone, handler: Phone, town: Town) -> Representation:
    ask(lawyer, town)
    accept(handler)
    return Representation.objects.get()


def test_before_it_is_verified_nothing_is_seen(lawyer: Phone, town: Town, hearing: Case) -> None:
    assert "等待经办人核验" in ask(lawyer, town).content.decode()
    assert lawyer.get(f"/mine/{hearing.pk}/").status_code == 404


def test_a_handler_sees_the_paper_and_both_names_and_accepts(lawyer: Phone, handler: Phone, town: Town, hearing: Case) -> None:
    ask(lawyer, town)
    page = handler.get("/authorities/").content.decode()
    assert "王建国" in page and "陈正（律师）" in page
    assert handler.get(f"/authorities/{Representation.objects.get().pk}/proof").content == PDF
    accept(handler)
    assert lawyer.get(f"/mine/{hearing.pk}/").status_code == 200
    kept = Record.objects.filter(kind="MANDATE").order_by("seq")
    assert [one.outcome for one in kept] == ["asked", "accepted"]
    assert '"name":"陈正"' in RecordPart.objects.get(chain=kept[0].chain, seq=kept[0].seq, name="facts").value


def test_both_names_stand_on_the_page_the_record_the_paper_and_the_receipt(lawyer: Phone, stand: Representation, hearing: Case) -> None:
    draft = lawyer.begin(hearing)
    assert "陈正（律师）代王建国办理" in lawyer.get(f"/mine/forms/{draft.token}/1/").content.decode()
    lawyer.write_statement(draft)
    lawyer.send(draft)
    paper = Document.objects.get(case=hearing, step="answer")
    signature = paper.content["paper"]["signatures"][0]
    assert (signature["title"], signature["name"]) == ("委托代理人", "陈正（代王建国）")
    actor = RecordPart.objects.get(chain=f"C{hearing.pk}", seq=paper.record_seq, name="actor").value
    assert f'"authority":{stand.pk}' in actor and "陈正（代王建国）" in actor
    assert Receipt.objects.get().sender == "陈正（代王建国）"
    assert ("发送人", "陈正（代王建国）") in receipts.words_of(Receipt.objects.get()).rows


def test_what_was_sent_for_somebody_is_seen_by_that_person(wang: Phone, lawyer: Phone, stand: Representation, hearing: Case) -> None:
    draft = lawyer.begin(hearing)
    lawyer.write_statement(draft)
    lawyer.send(draft)
    assert "陈正（代王建国）" in wang.get("/mine/sent/").content.decode()
    assert "由陈正（代王建国）发送" in wang.get(f"/mine/sent/{Receipt.objects.get().pk}/").content.decode()


def test_the_readers_register_names_who_acts_for_me(wang: Phone, lawyer: Phone, stand: Representation, hearing: Case) -> None:
    lawyer.get(f"/mine/{hearing.pk}/file/")
    rows = {(one.office, one.what) for one in wang.get(f"/mine/{hearing.pk}/readers/").context["rows"]}
    assert ("代为办理人陈正", "案卷") in rows


def test_a_statement_is_withdrawn_for_somebody_only_when_the_authority_says_so(lawyer: Phone, stand: Representation, hearing: Case) -> None:
    draft = lawyer.begin(hearing)
    lawyer.write_statement(draft)
    lawyer.send(draft)
    draft = lawyer.begin(hearing, "withdraw_statement")
    lawyer.fill(draft, 1)
    answer = lawyer.fill(draft, 2, voluntary="on")
    assert answer.status_code == 409
    assert "授权中没有“代为撤回”一项" in answer.content.decode()


def test_a_refusal_carries_its_reason_to_who_asked(lawyer: Phone, handler: Phone, town: Town) -> None:
    ask(lawyer, town)
    assert accept(handler, "refuse").status_code == 409, "not without a reason"
    accept(handler, "refuse", reason="授权书没有本人签名，请补签后重新提出。")
    assert "授权书没有本人签名" in lawyer.get("/mine/deputies/").content.decode()


def test_the_person_ends_it_and_the_door_is_shut_at_once(wang: Phone, lawyer: Phone, stand: Representation, hearing: Case) -> None:
    assert "陈正" in wang.get("/mine/deputies/").content.decode()
    draft = lawyer.begin(hearing)
    wang.post(f"/mine/deputies/{stand.pk}/end/")
    assert lawyer.get(f"/mine/{hearing.pk}/").status_code == 404
    assert lawyer.get(f"/mine/forms/{draft.token}/1/").status_code == 404


def test_after_its_last_day_it_holds_no_more(lawyer: Phone, town: Town, stand: Representation, hearing: Case, settings: Any) -> None:
    settings.FIXED_NOW = "2027-01-01T00:30:00+08:00"
    assert lawyer.get(f"/mine/{hearing.pk}/").status_code == 404


def test_an_authority_for_one_case_shows_that_case_only(lawyer: Phone, handler: Phone, town: Town, hearing: Case) -> None:
    ask(lawyer, town, case_number="云组下〔2026〕9号")
    assert not Representation.objects.exists()
    ask(lawyer, town, case_number=hearing.number)
    accept(handler)
    assert lawyer.get(f"/mine/{hearing.pk}/").status_code == 200
    assert Representation.objects.get().case_id == hearing.pk


@pytest.mark.parametrize("wrong", [{"person": "王建军"}, {"number": "YX00002"}])
def test_who_does_not_name_the_person_rightly_learns_nothing(lawyer: Phone, town: Town, wrong: dict[str, str]) -> None:
    answer = ask(lawyer, town, **wrong)
    assert answer.status_code == 409
    assert "没有找到姓名和编号都相符的干部。" in answer.content.decode()


def test_without_the_written_authority_it_is_not_taken(lawyer: Phone, town: Town) -> None:
    answer = ask(lawyer, town, proof_new=None)
    assert answer.status_code == 422
    assert "请上传授权委托书或者证明" in answer.content.decode()
    assert 'value="陈正"' in answer.content.decode(), "what was typed stays"


def test_the_same_is_not_asked_twice(lawyer: Phone, town: Town) -> None:
    ask(lawyer, town)
    assert "已经提出过" in ask(lawyer, town).content.decode()
    assert Representation.objects.count() == 1


def test_who_worked_on_the_case_cannot_stand_for_the_person(town: Town, hearing: Case) -> None:
    answer = ask(phone(town.people["examination_team1"]), town)
    assert answer.status_code == 409
    assert "您办理过当事人的案件，不能再代其办理。" in answer.content.decode()


def test_who_stands_for_the_person_cannot_work_on_the_case(town: Town, handler: Phone) -> None:
    other = town.people["examination_team4"]
    ask(phone(other), town)
    accept(handler)
    case = run(town, open_case(town), *TO_HEARING, "answer")

    with pytest.raises(Separated, match="代当事人办理的人员不得再办理同一案件"):
        conduct.preview(item_of(case, "weigh_answer"), facts=facts_for(town, "weigh_answer"), by=other, at=town.at)


def test_nobody_verifies_the_own_authority(town: Town) -> None:
    own = phone(town.people["case_handler2"])
    ask(own, town)
    assert "任何人不得核验自己的授权" in accept(own).content.decode()


def test_only_handlers_of_the_persons_organ_verify(lawyer: Phone, town: Town) -> None:
    ask(lawyer, town)
    assert phone(town.people["org_leader1"]).get("/authorities/").status_code == 404
    assert accept(phone(town.people["org_leader1"])).status_code == 404
