"""Whoever stands for the person in a remedy: every act, both names; a withdrawal only with that power; nobody on both sides."""

from datetime import timedelta
from typing import Any

import pytest

from tests.flows.remedy.story import appealed, committee, demoted, entered, file, go
from tests.story import Town, begin, fresh, item_of, key
from tests.workflow_app.portal.conftest import phone
from workflow_app import conduct
from workflow_app.hands import NotYours, Separated
from workflow_app.models import Account, Case, Document, Receipt, Representation, Upload
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
ASKED = ("admit", {"outcome": "ask_supplement", "material": "no", "missing": "决定书复印件"})


def stands(town: Town, account: Account | None = None, **changes: Any) -> Account:
    """陈正, a lawyer, or somebody else, with a verified authority."""
    lawyer = account or Account.objects.get_or_create(username="lawyer", defaults={"password": "!"})[0]
    proof = Upload.objects.create(
        sha256=f"{Upload.objects.count():064}",
        name="授权委托书.pdf",
        mime="application/pdf",
        size=1,
        data=b"x",
        uploaded_by=lawyer,
        uploaded_at=town.at,
    )
    words: dict[str, Any] = {
        "principal": town.wang, "account": lawyer, "name": "陈正", "relation": "律师", "ground": "MANDATE", "proof": proof,
        "valid_from": town.today, "standing": "VALID", "asked_at": town.at,
    }  # fmt: skip
    Representation.objects.create(**words | changes)
    return lawyer


def signed(case: Case, step: str) -> tuple[str, str]:
    """Title and name under the latest paper of a step."""
    one = Document.objects.filter(case=case, step=step).latest("id").content["paper"]["signatures"][0]
    return one["title"], one["name"]


BOTH = ("委托代理人", "陈正（代王建国）")


def test_review_appeal_and_reappeal_are_filed_by_the_deputy(town: Town) -> None:
    lawyer, decision = stands(town), entered(town)
    review = file(town, decision, "apply_for_review", by=lawyer)
    go(town, review, "review", "serve_decision")
    appeal = file(town, decision, "appeal", by=lawyer)
    appeal = go(
        town, appeal, "admit", "serve_decision", "form_committee", ("hear", {"review_head": "复核程序合法。"}), "decide", "serve_decision"
    )
    again = file(town, decision, "reappeal", by=lawyer)
    assert [signed(case, step) for case, step in ((review, "apply_for_review"), (appeal, "appeal"), (again, "reappeal"))] == [BOTH] * 3
    assert set(Receipt.objects.filter(case__decision=decision).values_list("sender", flat=True)) == {"陈正（代王建国）"}


def test_the_deputy_completes_material_and_asks_for_a_recusal_in_the_persons_name(town: Town) -> None:
    lawyer = stands(town)
    case = go(town, file(town, entered(town), "appeal"), ASKED, "serve_decision")
    case = go(town, case, ("supplement", {"by": lawyer}), "admit", "serve_decision", "form_committee")
    town.people["lawyer"] = lawyer
    begin(town, case, "apply_recusal", by="lawyer", person=town.cadre("civil_appeal_committee2"), ground="kin")
    assert (signed(case, "supplement"), signed(case, "apply_recusal")) == (BOTH, BOTH)
    assert dict(Document.objects.get(case=case, step="apply_recusal").content["content"]["rows"])["申请人"] == "王建国"


@pytest.mark.parametrize("power", [True, False])
def test_a_remedy_is_withdrawn_for_somebody_only_with_that_power(town: Town, power: bool) -> None:
    town.people["lawyer"] = stands(town, may_withdraw=power)
    case = file(town, entered(town), "apply_for_review")
    if power:
        begin(town, case, "withdraw", by="lawyer")
        assert (fresh(case).has("withdrawn"), signed(case, "withdraw")) == (True, BOTH)
        return
    with pytest.raises(NotYours, match="代为撤回"):
        begin(town, case, "withdraw", by="lawyer")
    assert not fresh(case).has("withdrawn")


def test_an_authority_for_the_case_reaches_its_remedies_and_no_others(town: Town) -> None:
    decision = demoted(town)
    lawyer = stands(town, case_id=decision.case_id)
    assert file(town, decision, "apply_for_review", by=lawyer).state == "reviewing"
    with pytest.raises((NotYours, Separated)):
        file(town, entered(town), "apply_for_review", by=lawyer)


@pytest.mark.parametrize("changes", [{"standing": "ASKED"}, {"standing": "ENDED"}, {"valid_to": -1}, {"valid_from": 1}])
def test_an_authority_that_does_not_hold_today_opens_nothing(town: Town, changes: dict[str, Any]) -> None:
    days = {name: town.today + timedelta(days=value) for name, value in changes.items() if isinstance(value, int)}
    if "valid_to" in days:
        days["valid_from"] = town.today - timedelta(days=9)
    lawyer, decision = stands(town, **(changes | days)), entered(town)
    with pytest.raises(NotYours):
        file(town, decision, "apply_for_review", by=lawyer)


def test_a_close_relative_goes_on_after_the_persons_death(town: Town) -> None:
    decision = entered(town)
    case = go(town, file(town, decision, "appeal"), ASKED, "serve_decision")
    Account.objects.filter(cadre=town.wang).update(is_active=False)
    wife = stands(town, Account.objects.create(username="liufang", password="!"), name="刘芳", relation="配偶", ground="DEATH")
    case = go(town, case, ("supplement", {"by": wife}))
    assert (case.state, signed(case, "supplement")) == ("filed", ("近亲属", "刘芳（代王建国）"))


def test_nobody_sits_on_the_committee_who_stands_for_the_person(town: Town) -> None:
    case = go(town, file(town, entered(town), "appeal"), "admit", "serve_decision")
    stands(town, town.people["civil_appeal_committee2"], name="陈正")
    with pytest.raises(RuleBroken) as refused:
        go(town, case, "form_committee")
    assert (refused.value.rule, refused.value.field) == ("SD-11", "committee")
    others = [one for one in committee(town, count=4) if one["cadre"] != town.cadre("civil_appeal_committee2")]
    assert go(town, case, ("form_committee", {"committee": others})).state == "hearing_panel"


def test_who_stands_for_the_person_takes_no_work_of_the_remedy(town: Town) -> None:
    case = file(town, entered(town), "apply_for_review")
    colleague = stands(town, town.people["review_handler1"])
    with pytest.raises(Separated) as refused:
        conduct.claim(item_of(case, "review"), by=colleague, at=town.at, key=key())
    assert refused.value.rule == "SD-11"


def test_the_deputys_phone_shows_the_remedy_and_what_can_be_filed_next(town: Town, settings: Any) -> None:
    decision = demoted(town)
    settings.FIXED_NOW = town.at.isoformat()
    lawyer = phone(stands(town, case_id=decision.case_id))
    case = appealed(town, decision, "uphold")
    assert "代王建国办理" in lawyer.get(f"/mine/{case.pk}/").content.decode()
    page = lawyer.get(f"/mine/decisions/{decision.pk}/").content.decode()
    assert "再申诉：向云岭省公务员主管部门提出" in page
