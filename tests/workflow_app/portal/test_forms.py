"""The guided form: one thing a page, everything kept, checked as a whole, sent once."""

from __future__ import annotations

import pytest

from tests.story import TO_MEETING, Town, fresh, item_of, members, open_case, run
from tests.workflow_app.portal.conftest import Phone, point
from workflow_app import conduct
from workflow_app.models import Case, Document, Draft, Receipt, Record
from workflow_app.receipts import sent_text

pytestmark = pytest.mark.django_db


def test_an_answer_is_given_page_by_page_and_gets_a_receipt(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.write_statement(draft)
    sent = wang.send(draft)
    assert sent.redirect_chain[-1][0].startswith("/mine/sent/")
    assert "已经收到" in sent.content.decode()
    assert fresh(hearing).state == "weighing"
    receipt = Receipt.objects.get()
    assert (receipt.case_id, receipt.sender) == (hearing.pk, "王建国")
    assert "延期系汛期所致。" in sent_text(receipt)
    assert not Draft.objects.exists(), "what was sent is no draft any more"


def test_every_page_asks_one_thing_and_says_where_one_is(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    page = wang.get(f"/mine/forms/{draft.token}/1/")
    assert page.context["page"].title == "您想怎样答复"
    assert "第1步，共1步" in page.content.decode(), "what is asked next depends on this answer"
    assert "第2步，共4步" in wang.fill(draft, 1, outcome="statement").content.decode()


def test_who_waives_is_asked_nothing_more(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    answer = wang.fill(draft, 1, outcome="waived")
    assert answer.redirect_chain[-1][0].endswith("/check/")
    wang.send(draft)
    assert fresh(hearing).settled["answer"]["filed"] is False


def test_an_answer_on_a_page_that_no_longer_applies_is_not_sent(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.write_statement(draft, "不应当出现的意见")
    wang.fill(draft, 1, outcome="waived")
    wang.send(draft)
    assert "不应当出现的意见" not in sent_text(Receipt.objects.get())


def test_a_fault_is_named_in_a_summary_that_links_to_its_field_and_the_text_stays(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.fill(draft, 1, outcome="statement")
    answer = wang.fill(draft, 2, **point("长" * 20001))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_points-0-text"' in text and 'id="id_points-0-text"' in text
    assert "写了20001字，最多20000字。请缩短，或者把全文做成文件作为附件上传；您写的内容还在。" in text
    assert "长" * 20001 in text


def test_nothing_chosen_is_asked_for_in_words(wang: Phone, hearing: Case) -> None:
    answer = wang.fill(wang.begin(hearing), 1)
    assert "请选择“我的选择”。" in answer.content.decode()


@pytest.mark.parametrize("empty", ["", "   \n", "\u200b\u200b", "。……！"])
def test_an_empty_reason_is_refused(wang: Phone, town: Town, hearing: Case, empty: str) -> None:
    draft = wang.begin(hearing, "apply_recusal")
    wang.fill(draft, 1, person=town.cadre("examination_team1"))
    answer = wang.fill(draft, 2, ground="kin", reason=empty)
    assert answer.status_code == 422
    assert "请填写“具体情况”。" in answer.content.decode()


def test_a_draft_is_kept_page_by_page_and_found_again(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.fill(draft, 1, outcome="statement")
    wang.fill(draft, 2, do="later", **point("写到一半"))
    assert "没写完的草稿" in wang.get("/mine/").content.decode()
    assert "写到一半" in wang.get(f"/mine/forms/{draft.token}/").content.decode()
    assert wang.begin(hearing).pk == draft.pk, "opening the same form again goes on with the same draft"


def test_what_is_typed_is_kept_even_when_it_is_faulty(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.fill(draft, 1, outcome="statement")
    assert wang.fill(draft, 2, do="save", **point("长" * 20001)).json()["saved"]
    assert "长" * 20001 in wang.get(f"/mine/forms/{draft.token}/2/").content.decode()


def test_a_draft_is_sealed_and_nobody_else_opens_it(wang: Phone, town: Town, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.fill(draft, 1, outcome="statement")
    wang.fill(draft, 2, do="save", **point("只有我能看"))
    draft.refresh_from_db()
    assert "只有我能看".encode() not in bytes(draft.typed)
    wang.client.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    assert wang.get(f"/mine/forms/{draft.token}/2/").status_code == 410


def test_a_draft_can_be_thrown_away(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.post(f"/mine/forms/{draft.token}/discard/")
    assert not Draft.objects.exists()


def test_sent_twice_is_one_act_and_one_receipt(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.write_statement(draft)
    seen = wang.get(f"/mine/forms/{draft.token}/check/").context["seen"].content_hash
    first = wang.post(f"/mine/forms/{draft.token}/send/", {"seen": seen})
    again = wang.post(f"/mine/forms/{draft.token}/send/", {"seen": seen})
    assert first.redirect_chain[-1] == again.redirect_chain[-1]
    assert Record.objects.filter(case=hearing, step="answer", kind="ACT").count() == Receipt.objects.count() == 1


def test_what_was_not_seen_is_not_sent(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.write_statement(draft)
    answer = wang.post(f"/mine/forms/{draft.token}/send/", {"seen": "x"})
    assert answer.status_code == 409
    assert "与您预览时不一致" in answer.content.decode()
    assert Draft.objects.exists()


def test_a_rule_that_is_broken_says_which_why_and_the_way_out_and_leads_to_the_page(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.fill(draft, 1, outcome="statement")
    wang.fill(draft, 2, **{"points-TOTAL_FORMS": "0", "points-INITIAL_FORMS": "0"})
    wang.fill(draft, 3)
    answer = wang.fill(draft, 4)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "D4-POINTS" in text and "写明意见，或选择当面陈述、放弃。" in text
    assert f"/mine/forms/{draft.token}/2/" in text


def test_after_the_period_the_form_says_what_can_still_be_done_and_keeps_the_text(wang: Phone, town: Town, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.fill(draft, 1, outcome="statement")
    wang.fill(draft, 2, **point("没有来得及提交的意见"))
    town.later(days=10)
    item = item_of(hearing, "answer")
    assert conduct.expire(item.deadlines.get().pk, at=town.at)
    answer = wang.get(f"/mine/forms/{draft.token}/2/")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "已经结束，不能再提交" in text and "可以复制下来当面或者书面交给承办机关" in text
    assert "没有来得及提交的意见" in text


def test_a_second_answer_to_the_same_notice_is_refused(wang: Phone, hearing: Case) -> None:
    item = item_of(hearing, "answer").pk
    draft = wang.begin(hearing)
    wang.write_statement(draft)
    wang.send(draft)
    answer = wang.get(f"/mine/items/{item}/")
    assert answer.status_code == 409
    assert "可能是已经提交过" in answer.content.decode()


def test_the_same_recusal_is_not_asked_for_twice(wang: Phone, town: Town, hearing: Case) -> None:
    for _ in range(2):
        draft = wang.begin(hearing, "apply_recusal")
        wang.fill(draft, 1, person=town.cadre("examination_team1"))
        wang.fill(draft, 2, ground="kin", reason="系本人妻弟。")
        page = wang.get(f"/mine/forms/{draft.token}/check/")
        if page.status_code == 200:
            wang.post(f"/mine/forms/{draft.token}/send/", {"seen": page.context["seen"].content_hash})
    assert page.status_code == 409
    assert "该人员已在等待回避决定或者已经回避。" in page.content.decode()
    assert Document.objects.filter(case=hearing, code="X-RECA").count() == 1


def test_after_the_last_step_it_says_what_can_still_be_done(wang: Phone, town: Town) -> None:
    case = run(
        town,
        open_case(town),
        *TO_MEETING,
        ("record_meeting", {"outcome": "reject", "members": members(town, 1)}),
        ("terminate", {"ground": "rejected"}),
        "clear_name",
        "archive",
    )
    assert case.finished
    answer = wang.post(f"/mine/{case.pk}/begin/withdraw_statement/")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "案件已经办结" in text and "可以申请复核或者提出申诉" in text


def test_somebody_elses_case_is_not_even_said_to_exist(town: Town, wang: Phone, hearing: Case) -> None:
    wang.client.force_login(town.people["placement_office1"], backend="django.contrib.auth.backends.ModelBackend")
    for address in (
        f"/mine/{hearing.pk}/",
        f"/mine/items/{item_of(hearing, 'answer').pk}/",
        f"/mine/{hearing.pk}/file/",
        f"/mine/{hearing.pk}/readers/",
    ):
        assert wang.get(address).status_code == 404
    assert wang.post(f"/mine/{hearing.pk}/begin/apply_recusal/").status_code == 404


def test_a_text_that_no_form_can_hold_is_refused_and_the_draft_stays(wang: Phone, hearing: Case) -> None:
    draft = wang.begin(hearing)
    wang.fill(draft, 1, outcome="statement")
    wang.fill(draft, 2, do="save", **point("先写的意见"))
    answer = wang.fill(draft, 2, **point("长" * 2_000_000))
    assert answer.status_code == 400
    assert "以前保存的草稿还在" in answer.content.decode()
    assert "先写的意见" in wang.get(f"/mine/forms/{draft.token}/2/").content.decode()
