"""The counter: whoever has no account writes on paper; a handler enters it on a page, a second one signs, and it counts the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from flows.down.path import DownPath
from flows.remedy.path import RemedyPath
from flows.up.path import UpPath
from tests.flows.remedy.story import build_remedies, entered, file, go
from tests.story import TO_MEETING, Town, facts_for, fresh, item_of, key, open_case, run, sign_all
from tests.workflow_app.portal.conftest import Phone, phone
from workflow_app import conduct
from workflow_app.models import Absence, Account, Case, Deadline, Document, Record, SigningSheet, WorkItem
from workflow_app.steps import RuleBroken

pytestmark = pytest.mark.django_db
TO_HEARING = TO_MEETING[: TO_MEETING.index("answer")]


@pytest.fixture
def town(town: Town) -> Town:
    return build_remedies(town)


@pytest.fixture
def handler(town: Town) -> Phone:
    return phone(town.people["case_handler1"])


@pytest.fixture(autouse=True)
def _now(settings: Any, town: Town) -> None:
    settings.FIXED_NOW = town.at.isoformat()


def no_account(town: Town) -> None:
    """王建国 has no account any more."""
    Account.objects.filter(cadre=town.wang).update(is_active=False)


def hearing(town: Town) -> Case:
    return run(town, open_case(town), *TO_HEARING)


def weighing(town: Town) -> Case:
    return run(town, hearing(town), "answer")


def admonished(town: Town) -> Case:
    return run(town, open_case(town, outcome="admonish"), "admonish")


def inquired(town: Town) -> Case:
    return run(town, open_case(town, outcome="inquire"), "inquire")


def rectifying(town: Town) -> Case:
    return run(town, open_case(town, outcome="remind"), ("remind", {"outcome": "report_asked"}))


def reviewing(town: Town) -> Case:
    return file(town, entered(town), "apply_for_review")


def reviewing_on_paper(town: Town) -> Case:
    """A review that came on paper as well: so the handlers' desk knows of it."""
    no_account(town)
    case = file(town, entered(town), "apply_for_review", by=town.people["case_handler1"])
    sign_all(town, item_of(case, "apply_for_review"))
    return fresh(case)


def supplementing(town: Town) -> Case:
    case = file(town, entered(town), "appeal")
    return go(town, case, ("admit", {"outcome": "ask_supplement", "material": "no", "missing": "决定书复印件"}), "serve_decision")


# Act of the person -> the case in which it is taken.
ACTS: dict[str, Callable[[Town], Case]] = {
    "answer": hearing, "answer_inquiry": inquired, "review_oneself": admonished, "report_rectification": rectifying, "ask_extension": hearing,
    "ask_evidence": hearing, "apply_recusal": hearing, "withdraw_statement": weighing, "supplement": supplementing, "withdraw": reviewing,
}  # fmt: skip
FILED = {"apply_for_review", "appeal", "reappeal"}  # these have a page of their own: tests/flows/remedy/test_decision_pages.py


def facts_of(town: Town, case: Case, step: str) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "ask_evidence": {"pieces": ["1. 2025年度项目台账"], "way": "look"},
        "apply_recusal": {"person": town.cadre("examination_team2"), "ground": "kin", "from_paper": True},
    }.get(step, {})
    if step == "ask_extension":
        changes = {"period": str(Deadline.objects.get(case=case, rule_id="DN-HEARING").pk)}
    return facts_for(town, step, path=case.flow_class, **changes)


def test_every_act_of_the_person_is_among_them() -> None:
    nodes = [node for path in (DownPath, RemedyPath, UpPath) for node in path.humans()]
    assert {node.step.name for node in nodes if node.step.role in ("subject", "concerned")} == set(ACTS) | FILED


def counter(handler: Phone, case: Case, step: str) -> WorkItem:
    """The handler finds the act on the case page and opens its form."""
    page = handler.get(f"/cases/{case.pk}/").content.decode()
    waiting = WorkItem.objects.filter(process=case, step=step, status="NEW").first()
    if waiting is not None:
        assert f"/items/{waiting.pk}/" in page and "录入书面材料" in page
        item = waiting
    else:
        assert f"/cases/{case.pk}/begin/{step}/" in page
        handler.post(f"/cases/{case.pk}/begin/{step}/", {"key": key()})
        item = item_of(case, step)
    return item


@pytest.mark.parametrize("step", sorted(ACTS))
def test_it_is_found_entered_and_signed_by_two(town: Town, handler: Phone, step: str) -> None:
    case = reviewing_on_paper(town) if step == "withdraw" else ACTS[step](town)
    no_account(town)
    if case.organ != town.city:
        handler = phone(town.people["civil_case_handler1"])
    item = counter(handler, case, step)
    form = handler.get(f"/items/{item.pk}/")
    assert form.status_code == 200
    if step != "apply_recusal":
        assert "按本人的书面材料原样录入" in form.content.decode()
    facts = facts_of(town, case, step)
    seen = conduct.preview(item, facts=facts, by=handler.account, at=town.at).content_hash
    assert conduct.complete(item, facts=facts, seen=seen, by=handler.account, at=town.at, key=key()) is None
    assert SigningSheet.objects.filter(pk=item.pk).exists(), "nothing holds before the second signature"
    sign_all(town, item) if case.organ == town.city else second(town, item)
    assert Record.objects.filter(case=case, step=step, kind="ACT").count() == 1
    signatures = Document.objects.get(case=case, step=step).content["paper"]["signatures"]
    assert len({one["account"] for one in signatures}) == 2
    assert all(one["cadre"] != town.wang.pk for one in signatures)


def second(town: Town, item: WorkItem) -> None:
    sheet = SigningSheet.objects.get(pk=item.pk)
    conduct.sign(item, seen=sheet.content_hash, by=town.people["civil_case_handler2"], at=town.at, key=key())


@pytest.mark.parametrize("step", sorted(ACTS))
def test_of_somebody_with_an_account_nothing_is_entered(town: Town, handler: Phone, step: str) -> None:
    case = ACTS[step](town)
    page = handler.get(f"/cases/{case.pk}/").content.decode() if case.organ == town.city else ""
    assert "录入书面材料" not in page.replace("由承办机关经办人录入书面材料", "")
    for item in WorkItem.objects.filter(process=case, step=step, status="NEW"):
        assert handler.get(f"/items/{item.pk}/").status_code == 404
    if step != "apply_recusal" and step not in {item.step for item in WorkItem.objects.filter(process=case, status="NEW")}:
        answer = handler.post(f"/cases/{case.pk}/begin/{step}/", {"key": key()})
        assert answer.status_code in (404, 409)


def test_a_recusal_asked_for_on_paper_names_the_person_and_only_a_handler_enters_it(town: Town, handler: Phone) -> None:
    case = hearing(town)
    no_account(town)
    facts = facts_of(town, case, "apply_recusal")
    member = town.people["examination_team1"]
    item = conduct.begin(case, "apply_recusal", by=member, at=town.at, key=key())
    with pytest.raises(RuleBroken) as refused:
        conduct.preview(item, facts=facts, by=member, at=town.at)
    assert refused.value.rule == "R-PAPER"
    item = conduct.begin(fresh(case), "apply_recusal", by=handler.account, at=town.at, key=key())
    rows = dict(conduct.preview(item, facts=facts, by=handler.account, at=town.at).content["rows"])
    assert rows["申请人"] == "王建国（书面提出，经办人录入）"
    own = dict(conduct.preview(item, facts=facts | {"from_paper": False}, by=handler.account, at=town.at).content["rows"])
    assert own["申请人"] == handler.account.display_name


def test_what_came_earlier_starts_the_organs_period_that_day(town: Town) -> None:
    case = supplementing(town)
    no_account(town)
    town.later(days=4)
    arrived, by = town.today - timedelta(days=3), town.people["civil_case_handler1"]
    item = item_of(case, "supplement")
    facts = facts_for(town, "supplement", path=RemedyPath, arrived_on=arrived)
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key())
    second(town, item)
    assert Deadline.objects.filter(case=case, rule_id="RM-ACCEPT").latest("id").starts_on == arrived
    assert "书面提出，经办人录入" in str(Document.objects.get(case=case, step="supplement").content)


def test_a_supplement_did_not_arrive_tomorrow(town: Town) -> None:
    case = supplementing(town)
    no_account(town)
    facts = facts_for(town, "supplement", path=RemedyPath, arrived_on=town.today + timedelta(days=1))
    with pytest.raises(RuleBroken) as refused:
        conduct.preview(item_of(case, "supplement"), facts=facts, by=town.people["civil_case_handler1"], at=town.at)
    assert (refused.value.rule, refused.value.field) == ("R-PAPER", "arrived_on")


def test_who_stands_in_at_the_handlers_desk_enters_it_as_well(town: Town) -> None:
    case = hearing(town)
    no_account(town)
    away, deputy = town.people["case_handler1"], town.people["placement_office1"]
    seat = away.seats.get()
    Absence.objects.create(
        seat=seat,
        holder=away,
        deputy=deputy,
        valid_from=town.today,
        valid_to=town.today,
        reason="出差",
        recorded_at=town.at,
        recorded_by=away,
    )
    assert phone(deputy).get(f"/items/{item_of(case, 'answer').pk}/").status_code == 200
    assert conduct.preview(item_of(case, "answer"), facts=facts_for(town, "answer"), by=deputy, at=town.at)
