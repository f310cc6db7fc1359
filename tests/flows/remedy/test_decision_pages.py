"""The handlers' pages of decisions: enter one from elsewhere, and what somebody without an account wrote on paper."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.flows.remedy.story import entered
from tests.story import Town, item_of, sign_all
from workflow_app.models import Account, Case, Decision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(town: Town, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()


def client_of(town: Town, name: str) -> Client:
    client = Client()
    client.force_login(town.people[name], backend="django.contrib.auth.backends.ModelBackend")
    return client


def said(town: Town, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "ADJUSTMENT", "title": "调整决定书", "number": "云组〔2025〕77号", "decided_on": town.today - timedelta(days=9), "measure": "DEMOTE",
        "months": 24, "rank_steps": 1, "mode": "in_person", "served_on": town.today - timedelta(days=5), "receiver": "王建国", "key": "enter-1",
    } | changes  # fmt: skip


def test_a_handler_enters_a_decision_and_its_service(town: Town) -> None:
    client = client_of(town, "case_handler1")
    page = f"/decisions/enter/{town.wang.pk}/"
    assert "登记决定" in client.get("/decisions/", {"q": "王建国"}).content.decode()
    assert client.get(page).status_code == 200
    answer = client.post(page, said(town))
    decision = Decision.objects.get()
    assert answer.headers["Location"] == f"/decisions/{decision.pk}/"
    assert decision.served_on == town.today - timedelta(days=5)
    shown = client.get(f"/decisions/{decision.pk}/").content.decode()
    assert "直接送达本人" in shown
    assert "本人有账号，由本人在门户提出。" in shown


@pytest.mark.parametrize("missing", ["measure", "served_on", "number"])
def test_what_is_missing_is_named_and_nothing_is_entered(town: Town, missing: str) -> None:
    answer = client_of(town, "case_handler1").post(f"/decisions/enter/{town.wang.pk}/", said(town, **{missing: ""}))
    assert answer.status_code == 422
    assert "云组〔2025〕77号" in answer.content.decode() or missing == "number"
    assert not Decision.objects.exists()


def test_a_refusal_of_the_door_keeps_what_was_typed(town: Town) -> None:
    client = client_of(town, "case_handler1")
    client.post(f"/decisions/enter/{town.wang.pk}/", said(town))
    again = client.post(f"/decisions/enter/{town.wang.pk}/", said(town, key="enter-2"))
    assert (again.status_code, Decision.objects.count()) == (409, 1)
    assert "已经登记" in again.content.decode()


@pytest.mark.parametrize("name", ["legal_reviewer1", "wang"])
def test_nobody_else_sees_these_pages(town: Town, name: str) -> None:
    client = client_of(town, name)
    assert {client.get(url).status_code for url in ("/decisions/", f"/decisions/enter/{town.wang.pk}/")} == {404}


def test_a_paper_application_is_entered_previewed_and_signed_twice(town: Town) -> None:
    decision = entered(town)
    Account.objects.filter(cadre=town.wang).update(is_active=False)
    client = client_of(town, "case_handler1")
    url = f"/decisions/{decision.pk}/RemedyPath/apply_for_review/{town.city.pk}/"
    assert url in client.get(f"/decisions/{decision.pk}/").content.decode()
    facts = {
        "reasons-TOTAL_FORMS": 1, "reasons-INITIAL_FORMS": 0, "reasons-0-text": "延期系汛期所致。", "request": "revoke",
        "received_on": town.today, "key": "paper-1",
    }  # fmt: skip
    seen = client.post(url, facts | {"do": "preview"})
    assert seen.status_code == 200
    answer = client.post(url, facts | {"do": "sign", "seen_hash": seen.context["seen"].content_hash})
    case = Case.objects.get(decision=decision)
    assert (answer.headers["Location"], case.state) == (f"/cases/{case.pk}/", "new")
    sign_all(town, item_of(case, "apply_for_review"))
    assert Case.objects.get(pk=case.pk).state == "reviewing"
