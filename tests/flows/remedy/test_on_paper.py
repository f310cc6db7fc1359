"""A person without an account: what comes on paper is entered by a handler and signed by a second one; relatives may file."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.flows.remedy.story import entered, file, go, scan_of
from tests.story import Town, begin, facts_for, fresh, item_of, key, sign_all
from workflow_app import conduct
from workflow_app.hands import NotYours, Separated
from workflow_app.models import Account, Attachment, Case, Deadline, Document, Receipt, Record, Representation, SigningSheet, Tie, Upload
from workflow_app.steps import Refused, RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_account(town: Town) -> Town:
    """王建国 has no account."""
    Account.objects.filter(cadre=town.wang).update(is_active=False)
    return town


def on_paper(town: Town, *, by: str = "case_handler1", received: int = 0, decision: Any = None, **changes: Any) -> Case:
    """A review that came on paper `received` days ago, entered and not yet signed by a second handler."""
    came = town.today - timedelta(days=received)
    found = decision or entered(town)
    return file(town, found, "apply_for_review", by=town.people[by], received_on=came, **changes)


def test_a_handler_enters_it_and_a_second_one_signs(without_account: Town) -> None:
    town = without_account
    case = on_paper(town)
    item = item_of(case, "apply_for_review")
    assert (case.state, item.desk.role) == ("new", "case_handler")
    with pytest.raises(NotYours):
        sheet = SigningSheet.objects.get(pk=item.pk)
        conduct.sign(item, seen=sheet.content_hash, by=town.people["case_handler1"], at=town.at, key=key())
    sign_all(town, item)
    case = fresh(case)
    assert case.state == "reviewing"
    signatures = Document.objects.get(case=case).content["paper"]["signatures"]
    assert [one["title"] for one in signatures] == ["经办人（录入本人书面材料）", "核对人"]
    assert len({one["account"] for one in signatures}) == 2
    assert go(town, case, "review", "serve_decision").state == "concluded"


def test_what_was_sent_along_goes_to_the_file_though_somebody_else_signs_last(without_account: Town) -> None:
    town = without_account
    scan = scan_of(town, "case_handler1")
    case = on_paper(town, enclosures=[{"name": scan.name, "sha256": scan.sha256, "size": scan.size}])
    sign_all(town, item_of(case, "apply_for_review"))
    assert Attachment.objects.get(case=case).name == "来信和信封.pdf"


def test_a_file_that_somebody_else_uploaded_is_not_sent_along(without_account: Town) -> None:
    town = without_account
    scan = scan_of(town, "civil_case_handler1")
    case = on_paper(town, enclosures=[{"name": scan.name, "sha256": scan.sha256, "size": scan.size}])
    with pytest.raises(Refused) as refused:
        sign_all(town, item_of(case, "apply_for_review"))
    assert refused.value.rule == "附件" and not Attachment.objects.exists()


def test_it_counts_from_the_day_it_came(without_account: Town) -> None:
    town = without_account
    decision = entered(town, served=40)
    case = on_paper(town, received=11, decision=decision)
    sign_all(town, item_of(case, "apply_for_review"))
    filed = fresh(case).settled["apply_for_review"]
    assert (filed["filed_on"], filed["late"]) == ((town.today - timedelta(days=11)).isoformat(), False)


def test_the_organs_own_period_counts_from_the_day_it_arrived(without_account: Town) -> None:
    town = without_account
    arrived = town.today - timedelta(days=2)
    case = on_paper(town, received=5, decision=entered(town, served=20), arrived_on=arrived)
    sign_all(town, item_of(case, "apply_for_review"))
    assert Deadline.objects.get(case=case, rule_id="RM-REVIEW-DECIDE").starts_on == arrived
    assert "书面提出，经办人录入。提出日期：2026年2月25日；收到日期：2026年2月28日" in str(Document.objects.get(case=case).content)


@pytest.mark.parametrize("arrived", [-6, 1])
def test_it_did_not_arrive_before_it_was_posted_nor_tomorrow(without_account: Town, arrived: int) -> None:
    town = without_account
    with pytest.raises(RuleBroken) as refused:
        on_paper(town, received=5, decision=entered(town, served=20), arrived_on=town.today + timedelta(days=arrived))
    assert (refused.value.rule, refused.value.field) == ("R-PAPER", "arrived_on")


def test_it_did_not_come_tomorrow(without_account: Town) -> None:
    with pytest.raises(RuleBroken) as refused:
        on_paper(without_account, received=-1)
    assert (refused.value.rule, refused.value.field) == ("R-PAPER", "received_on")


def test_nobody_enters_anything_for_somebody_who_has_an_account(town: Town) -> None:
    with pytest.raises(NotYours):
        on_paper(town)
    assert not Case.objects.filter(decision__isnull=False).exists()


@pytest.mark.parametrize("by", ["legal_reviewer1", "civil_case_handler1"])
def test_only_a_handler_of_the_organ_enters_it(without_account: Town, by: str) -> None:
    with pytest.raises(NotYours):
        on_paper(without_account, by=by)


def test_a_relative_at_the_desk_does_not_enter_it(without_account: Town) -> None:
    town = without_account
    Tie.objects.create(one_id=town.cadre("case_handler1"), other=town.wang, kind="SPOUSE", declared_at=town.at)
    with pytest.raises(Separated):
        on_paper(town)


def test_a_statement_in_a_case_that_runs_is_entered_the_same_way(without_account: Town) -> None:
    town = without_account
    case = on_paper(town)
    sign_all(town, item_of(case, "apply_for_review"))
    begin(town, fresh(case), "withdraw", by="case_handler2")
    assert fresh(case).has("withdrawn")
    acts = Record.objects.filter(case=case, kind="ACT", step="withdraw")
    assert acts.count() == 1


# Close relatives, on incapacity or death: through an account of their own that was verified.


def stands_for(town: Town, ground: str) -> Account:
    """刘芳, with a verified account of her own."""
    relative = Account.objects.create(username="liufang", password="!")
    proof = Upload.objects.create(
        sha256="e" * 64, name="证明.pdf", mime="application/pdf", size=1, data=b"x", uploaded_by=relative, uploaded_at=town.at
    )
    Representation.objects.create(
        principal=town.wang, account=relative, name="刘芳", relation="配偶", ground=ground, proof=proof, valid_from=date(2026, 1, 1),
        standing="VALID", asked_at=town.at,
    )  # fmt: skip
    return relative


@pytest.mark.parametrize("ground", ["INCAPACITY", "DEATH"])
def test_a_close_relative_files_for_the_person(town: Town, ground: str) -> None:
    case = file(town, entered(town), "apply_for_review", by=stands_for(town, ground))
    assert case.state == "reviewing"
    signature = Document.objects.get(case=case).content["paper"]["signatures"][0]
    assert (signature["title"], signature["name"]) == ("近亲属", "刘芳（代王建国）")
    assert Receipt.objects.filter(case=case).exists()


def test_a_relative_does_not_file_for_yesterday(without_account: Town) -> None:
    town = without_account
    relative = stands_for(town, "DEATH")
    case = file(town, entered(town), "apply_for_review", by=relative, received_on=town.today - timedelta(days=9))
    assert fresh(case).settled["apply_for_review"]["filed_on"] == town.today.isoformat()


def test_somebody_whose_authority_is_not_verified_does_not(town: Town) -> None:
    relative = Account.objects.create(username="liufang", password="!")
    with pytest.raises(NotYours):
        file(town, entered(town), "apply_for_review", by=relative)


def test_what_is_entered_stays_when_the_second_handler_sends_it_back(without_account: Town) -> None:
    town = without_account
    case = on_paper(town)
    item = item_of(case, "apply_for_review")
    conduct.decline(item, reason="漏录第二条理由。", by=town.people["case_handler2"], at=town.at, key=key())
    assert fresh(case).state == "new"
    by, reasons = town.people["case_handler1"], [{"text": "理由一。"}, {"text": "理由二。"}]
    facts = facts_for(town, "apply_for_review", path=case.flow_class, received_on=town.today, reasons=reasons)
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key())
    sign_all(town, item)
    assert len(fresh(case).settled["apply_for_review"]["reasons"]) == 2
