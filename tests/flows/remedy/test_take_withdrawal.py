"""RW 收到书面撤回申请: by letter, of somebody who filed in the portal; never by one person, and never without asking."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from flows.remedy.case import State
from tests.attacks import PDF
from tests.flows.remedy.story import entered, file, go, scan_of
from tests.flows.remedy.test_overturn import open_steps
from tests.story import Town, begin, fresh, item_of, key, sign_all, signed_in
from workflow_app import conduct
from workflow_app.conduct import OutOfTurn
from workflow_app.hands import NotYours, Separated
from workflow_app.models import Account, Attachment, Case, Document, Holder, SigningSheet
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db


def take(town: Town, case: Case, *, by: str = "case_handler1", **changes: Any) -> Case:
    """王建国's letter of the day before yesterday, arrived today."""
    facts = {"received_on": town.today - timedelta(days=2), "arrived_on": town.today, "file": scan_of(town, by).pk, **changes}
    begin(town, case, "take_withdrawal", by=by, **facts)
    return fresh(case)


def test_two_handlers_enter_it_and_the_organ_answers_it(town: Town) -> None:
    case = take(town, file(town, entered(town), "apply_for_review"))
    assert case.has("withdrawn")
    paper = Document.objects.get(case=case, step="take_withdrawal")
    assert (paper.code, paper.title, paper.open_to_subject) == ("R-WD", "撤回申请书", True)
    assert len({one["account"] for one in paper.content["paper"]["signatures"]}) == 2
    rows = dict(paper.content["content"]["rows"])
    assert {"提出日期", "收到日期", "向本人核实"} <= set(rows)
    assert Attachment.objects.filter(case=case).exists()
    with pytest.raises(OutOfTurn, match="撤回"):
        go(town, case, "review")
    assert go(town, case, ("end", {"outcome": "ended"})).state == "ended"


def test_one_handler_alone_withdraws_nothing(town: Town) -> None:
    case = file(town, entered(town), "apply_for_review")
    by = town.people["case_handler1"]
    item = conduct.begin(case, "take_withdrawal", by=by, at=town.at, key=key())
    facts = {
        "received_on": town.today, "arrived_on": town.today, "reason": "", "verified": "当面核实。", "voluntary": True,
        "file": scan_of(town, "case_handler1").pk,
    }  # fmt: skip
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    assert conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key()) is None
    assert not fresh(case).has("withdrawn")
    with pytest.raises(NotYours):
        conduct.sign(item, seen=SigningSheet.objects.get(pk=item.pk).content_hash, by=by, at=town.at, key=key())
    sign_all(town, item)
    assert fresh(case).has("withdrawn")


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"voluntary": False}, "RW-WILL", "voluntary"), ({"file": None}, "R-PAPER", "file"),
        ({"arrived_on": 1}, "R-PAPER", "arrived_on"), ({"received_on": 1}, "R-PAPER", "received_on"),
    ],
)  # fmt: skip
def test_without_a_letter_or_a_free_will_or_on_impossible_days_nothing_is_entered(
    town: Town, changes: dict[str, Any], rule: str, field: str
) -> None:
    days = {name: town.today + timedelta(days=value) for name, value in changes.items() if type(value) is int}
    case = file(town, entered(town), "apply_for_review")
    with pytest.raises(RuleBroken) as refused:
        take(town, case, **changes | days)
    assert (refused.value.rule, refused.value.field) == (rule, field)
    assert not fresh(case).has("withdrawn")


def test_whoever_has_no_account_withdraws_as_before(town: Town) -> None:
    case = file(town, entered(town), "apply_for_review")
    Account.objects.filter(cadre=town.wang).update(is_active=False)
    with pytest.raises(RuleBroken, match="没有账号"):
        take(town, case)
    begin(town, case, "withdraw", by="case_handler2", received_on=town.today, arrived_on=town.today)
    assert fresh(case).has("withdrawn")


@pytest.mark.parametrize("by", ["wang", "civil_case_handler1"])
def test_only_a_handler_of_the_organ_enters_it(town: Town, by: str) -> None:
    case = file(town, entered(town), "apply_for_review")
    with pytest.raises((NotYours, Separated)):
        take(town, case, by=by)


def test_it_is_not_taken_twice_nor_after_the_decision(town: Town) -> None:
    decision = entered(town)
    case = take(town, file(town, decision, "apply_for_review"))
    with pytest.raises(OutOfTurn):
        take(town, case)
    other = go(town, file(town, entered(town), "apply_for_review"), "review")
    assert other.state == State.DECIDED
    with pytest.raises(OutOfTurn):
        take(town, other)


def letter_page(case: Case, step: str = "take_withdrawal") -> str:
    return f"/decisions/{case.decision_id}/letters/{case.pk}/{step}/"


def test_the_handler_enters_it_from_the_page_of_the_decision_and_a_second_one_signs(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = file(town, entered(town), "apply_for_review")
    handler, url = signed_in(town.people["case_handler1"]), letter_page(case)
    page = handler.get(f"/decisions/{case.decision_id}/").content.decode()
    assert f'href="{url}"' in page and f"/cases/{case.pk}/" not in page, "whoever enters a letter need not see the file"
    asked = handler.get(url).content.decode()
    assert "怎样向本人核实" in asked and "本人签名的书面撤回申请" in asked
    facts = {
        "received_on": town.today, "arrived_on": town.today, "verified": "当面核实。", "voluntary": "on", "key": "w-1",
        "file_new": SimpleUploadedFile("撤回申请.pdf", PDF),
    }  # fmt: skip
    seen = handler.post(url, facts | {"do": "preview"})
    assert seen.status_code == 200 and not fresh(case).task_set.filter(step="take_withdrawal").exists()
    again = facts | {"do": "sign", "seen_hash": seen.context["seen"].content_hash, "file": Holder.objects.get().upload_id}
    again.pop("file_new")
    assert handler.post(url, again).headers["Location"] == f"/decisions/{case.decision_id}/"
    assert not fresh(case).has("withdrawn")
    sign_all(town, item_of(case, "take_withdrawal"))
    assert fresh(case).has("withdrawn")


def test_what_is_refused_keeps_what_was_typed(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = file(town, entered(town), "apply_for_review")
    handler = signed_in(town.people["case_handler1"])
    facts = {"received_on": town.today, "arrived_on": town.today, "verified": "电话里说了。", "do": "preview", "key": "w-2"}
    assert handler.post(letter_page(case), facts).status_code == 422, "no scan"
    refused = handler.post(letter_page(case), facts | {"file": scan_of(town, "case_handler1").pk})
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "撤回须出于本人自愿" in text and "电话里说了。" in text


def test_without_an_account_the_same_page_takes_the_withdrawal_itself(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = file(town, entered(town), "apply_for_review")
    Account.objects.filter(cadre=town.wang).update(is_active=False)
    handler = signed_in(town.people["case_handler1"])
    assert handler.get(letter_page(case)).status_code == 404
    facts = {"voluntary": "on", "key": "w-3", "received_on": town.today, "arrived_on": town.today}
    seen = handler.post(letter_page(case, "withdraw"), facts | {"do": "preview"}).context["seen"].content_hash
    handler.post(letter_page(case, "withdraw"), facts | {"do": "sign", "seen_hash": seen})
    sign_all(town, item_of(case, "withdraw"))
    assert fresh(case).has("withdrawn")
    assert "书面提出，经办人录入。" in dict(Document.objects.get(case=case, step="withdraw").content["content"]["rows"])["提出方式"]


@pytest.mark.parametrize("by", ["wang", "legal_reviewer1", "civil_case_handler1"])
def test_nobody_else_reaches_the_page(town: Town, settings: Any, by: str) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = file(town, entered(town), "apply_for_review")
    assert signed_in(town.people[by]).get(letter_page(case)).status_code == 404


def test_the_handler_of_the_appeal_finds_the_decision_of_the_other_organ(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = file(town, entered(town), "appeal")
    handler = signed_in(town.people["civil_case_handler1"])
    assert f"/decisions/{case.decision_id}/" in handler.get("/decisions/").content.decode()
    assert letter_page(case) in handler.get(f"/decisions/{case.decision_id}/").content.decode()


def test_the_person_sees_what_was_entered_and_that_nothing_is_ended_yet(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = take(town, file(town, entered(town), "apply_for_review"))
    page = signed_in(town.people["wang"]).get(f"/mine/{case.pk}/").content.decode()
    assert "撤回申请书" in page
    assert open_steps(case) == {"review", "end"}
