"""Not agreeing with a decision: what can be filed, until when, and a guided form to the receipt."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.attacks import PDF
from tests.flows.remedy.story import appealed, build_remedies, demoted, file, go, unit_of
from tests.story import Town, fresh
from tests.workflow_app.portal.conftest import Phone, phone
from workflow_app import conduct
from workflow_app.models import Account, Attachment, Case, Deadline, Decision, Document, Draft, Receipt, Representation, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(town: Town) -> Town:
    return build_remedies(town)


@pytest.fixture
def decision(town: Town) -> Decision:
    return demoted(town)


def attack(who: Phone, decision: Decision, step: str = "apply_for_review", organ: str = "YX", *, follow: bool = True) -> Any:
    data = {"path": "RemedyPath", "step": step, "organ": unit_of(organ).pk}
    return who.post(f"/mine/decisions/{decision.pk}/file/", data, follow=follow)


def reasons(text: str = "考察没有听取分管领导的意见。") -> dict[str, str]:
    return {"reasons-TOTAL_FORMS": "1", "reasons-INITIAL_FORMS": "0", "reasons-0-text": text}


def written(who: Phone) -> Draft:
    """The pages of an application in time."""
    draft = Draft.objects.filter(account=who.account).latest("id")
    who.fill(draft, 1, **reasons())
    who.fill(draft, 2, request="revoke")
    who.fill(draft, 3)
    return draft


def test_the_decision_page_says_what_can_be_done_where_and_until_when(wang: Phone, decision: Decision) -> None:
    page = wang.get(f"/mine/decisions/{decision.pk}/").content.decode()
    assert "申请复核：向中共云溪市委组织部提出" in page and "申诉：向云溪市公务员主管部门提出" in page
    assert "最后一天：2026年4月1日（星期三）" in page
    assert "一共30日" in page
    assert "不会加重处理" in page


def test_the_decision_is_found_from_the_first_page_and_from_the_case(wang: Phone, decision: Decision) -> None:
    for address in ("/mine/", f"/mine/{decision.case_id}/"):
        assert f"/mine/decisions/{decision.pk}/" in wang.get(address).content.decode()


def test_a_review_is_applied_for_page_by_page_and_gets_a_receipt(wang: Phone, decision: Decision) -> None:
    attack(wang, decision)
    draft = written(wang)
    check = wang.get(f"/mine/forms/{draft.token}/check/")
    assert "《复核申请书》" in check.content.decode()
    sent = wang.send(draft)
    assert "已经收到" in sent.content.decode()
    case = Case.objects.get(decision=decision)
    assert (case.state, case.organ.code, case.parent_id) == ("reviewing", "YX", decision.case_id)
    assert Receipt.objects.get(case=case).document.title == "复核申请书"
    assert not Draft.objects.exists()
    assert fresh(Case.objects.get(pk=decision.case_id)).state == "served", "execution goes on"


def test_sent_twice_it_is_one_case_and_one_receipt(wang: Phone, decision: Decision) -> None:
    attack(wang, decision)
    draft = written(wang)
    seen = wang.get(f"/mine/forms/{draft.token}/check/").context["seen"].content_hash
    for _ in range(2):
        answer = wang.post(f"/mine/forms/{draft.token}/send/", {"seen": seen})
        assert "/mine/sent/" in answer.redirect_chain[-1][0]
    assert Case.objects.filter(decision=decision).count() == Receipt.objects.filter(case__decision=decision).count() == 1


def test_who_is_in_time_is_not_asked_why_late(wang: Phone, decision: Decision) -> None:
    assert "第1步，共3步" in attack(wang, decision).content.decode()


def test_who_is_late_may_still_file_and_is_asked_why(wang: Phone, town: Town, decision: Decision, settings: Any) -> None:
    town.later(days=40)
    settings.FIXED_NOW = town.at.isoformat()
    page = wang.get(f"/mine/decisions/{decision.pk}/").content.decode()
    assert "期限到2026年4月1日（星期三），已经过了。有不可抗力或者其他正当理由的，仍然可以提出" in page
    attack(wang, decision)
    draft = written(wang)
    answer = wang.get(f"/mine/forms/{draft.token}/")
    assert "为什么超过了期限" in answer.content.decode()
    refused = wang.fill(draft, 4)
    assert refused.status_code == 409 and "RM-REVIEW-FILE" in refused.content.decode()
    wang.fill(draft, 4, late_reason="因病住院，有出院证明。")
    wang.send(draft)
    assert Case.objects.get(decision=decision).settled["apply_for_review"]["late"] is True


def test_a_second_filing_of_the_same_matter_says_what_can_be_done_instead(wang: Phone, town: Town, decision: Decision) -> None:
    attack(wang, decision)
    draft = written(wang)
    file(town, decision, "apply_for_review")
    answer = wang.get(f"/mine/forms/{draft.token}/check/")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "正在办理。" in text and "在原案件中补充材料" in text
    assert "考察没有听取分管领导的意见。" in text, "what was written stays"
    assert attack(wang, decision).status_code == 409


def test_a_decision_about_somebody_else_is_not_mine_to_attack(town: Town, decision: Decision) -> None:
    other = phone(town.people["placement_office1"])
    assert other.get(f"/mine/decisions/{decision.pk}/").status_code == 404
    assert attack(other, decision).status_code == 404
    assert not Draft.objects.exists()


def test_an_organ_that_may_not_take_it_is_not_filed_with(wang: Phone, decision: Decision) -> None:
    assert attack(wang, decision, organ="YX-01").status_code == 404


def test_after_the_last_remedy_the_page_says_so(wang: Phone, town: Town, decision: Decision) -> None:
    go(town, file(town, decision, "apply_for_review"), "review", "serve_decision")
    page = wang.get(f"/mine/decisions/{decision.pk}/").content.decode()
    assert "同一决定只能申请一次复核。可以在期限内提出申诉。" in page


def test_a_remedy_says_where_it_stands_and_can_be_withdrawn_with_a_receipt(wang: Phone, town: Town, decision: Decision) -> None:
    case = file(town, decision, "apply_for_review")
    page = wang.get(f"/mine/{case.pk}/").content.decode()
    assert "由没有办过原案的人办理" in page and "机关应当遵守的期限" in page
    draft = wang.begin(case, "withdraw")
    wang.fill(draft, 1, voluntary="on", reason="已经沟通清楚。")
    wang.send(draft)
    assert Receipt.objects.get(document__step="withdraw").document.title == "撤回申请书"


def test_a_supplement_that_is_asked_for_is_answered_with_files(wang: Phone, town: Town, decision: Decision) -> None:
    case = go(
        town,
        file(town, decision, "appeal"),
        ("admit", {"outcome": "ask_supplement", "material": "no", "missing": "原决定书复印件"}),
        "serve_decision",
    )
    assert case.state == "supplementing"
    wang.get(f"/mine/items/{case.task_set.get(step='supplement').pk}/")
    draft = Draft.objects.latest("id")
    wang.fill(draft, 1, text="补交原决定书复印件。", enclosures_new=SimpleUploadedFile("决定书.pdf", PDF))
    wang.send(draft)
    assert fresh(case).state == "filed"
    assert Attachment.objects.get(case=case).name == "决定书.pdf"


def test_a_representative_for_the_case_files_against_its_decision_and_sees_the_remedy(town: Town, decision: Decision) -> None:
    account = Account.objects.create(username="lawyer", password="!")
    proof = Upload.objects.create(
        sha256="0" * 64, name="x.pdf", mime="application/pdf", size=9, data=PDF, uploaded_by=account, uploaded_at=town.at
    )
    Representation.objects.create(
        principal=town.wang, account=account, name="陈正", relation="律师", ground="MANDATE", case_id=decision.case_id, proof=proof,
        valid_from=town.today, standing="VALID", asked_at=town.at,
    )  # fmt: skip
    lawyer = phone(account)
    attack(lawyer, decision)
    lawyer.send(written(lawyer))
    case = Case.objects.get(decision=decision)
    assert Receipt.objects.get(case=case).sender == "陈正（代王建国）"
    assert "委托代理人" in str(Document.objects.get(case=case).content)
    assert lawyer.get(f"/mine/{case.pk}/").status_code == 200


@pytest.mark.parametrize(("text", "said"), [("", "请填写"), ("。……！", "请填写"), ("长" * 20001, "写了20001字，最多20000字")])
def test_empty_or_endless_reasons_are_refused_and_what_was_written_stays(wang: Phone, decision: Decision, text: str, said: str) -> None:
    attack(wang, decision)
    draft = Draft.objects.get(account=wang.account)
    answer = wang.fill(draft, 1, **reasons(text))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert text in wang.get(f"/mine/forms/{draft.token}/1/").content.decode()
    assert not Case.objects.filter(decision=decision).exists()


def test_after_the_last_remedy_of_all_nothing_is_offered_and_the_page_says_why(wang: Phone, town: Town, decision: Decision) -> None:
    appealed(town, decision, "uphold")
    appealed(town, decision, "uphold", step="reappeal", prefix="prov")
    page = wang.get(f"/mine/decisions/{decision.pk}/").content.decode()
    assert "再申诉处理决定是最终决定。发现新的事实的，可以向有关机关反映。" in page
    assert "/file/" not in page or "<button" not in page.split("再申诉处理决定是最终决定。")[1].split("</li>")[0]
    answer = attack(wang, decision, "reappeal", "YL-92")
    assert answer.status_code in (404, 409)
    assert not Draft.objects.exists()


def test_after_the_decision_a_withdrawal_comes_too_late_and_the_answer_says_what_is_left(
    wang: Phone, town: Town, decision: Decision
) -> None:
    case = go(town, file(town, decision, "apply_for_review"), "review")
    answer = wang.post(f"/mine/{case.pk}/begin/withdraw/")
    assert answer.status_code == 409
    assert "还不能或者不能再提出“撤回”" in answer.content.decode()


def test_material_sent_after_the_period_is_refused_and_the_text_stays(wang: Phone, town: Town, decision: Decision, settings: Any) -> None:
    asked = ("admit", {"outcome": "ask_supplement", "material": "no", "missing": "原决定书复印件"})
    case = go(town, file(town, decision, "appeal"), asked, "serve_decision")
    wang.get(f"/mine/items/{case.task_set.get(step='supplement').pk}/")
    draft = Draft.objects.latest("id")
    wang.fill(draft, 1, text="补交原决定书复印件。")
    town.later(days=30)
    settings.FIXED_NOW = town.at.isoformat()
    conduct.expire(Deadline.objects.get(case=case, rule_id="RM-SUPPLEMENT").pk, at=town.at)
    answer = wang.get(f"/mine/forms/{draft.token}/check/")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "这一步已经结束" in text and "补交原决定书复印件。" in text
    page = wang.get(f"/mine/{case.pk}/").content.decode()
    assert "补正期限已过" in page and "以邮戳为准" in page
