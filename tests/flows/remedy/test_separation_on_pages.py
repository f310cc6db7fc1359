"""SD-4 to SD-7 on the ways in that are not an act of the door by itself: several at once, "take the next", and a program's token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from flows.remedy.path import RemedyPath
from tests.flows.remedy.story import committee, go
from tests.flows.remedy.test_separation_on_every_way import EVERY_WAY, ORIGINAL, accepted, also_sits, demoted
from tests.story import Town, facts_for, fresh, item_of, signed_in
from workflow_app import clock, conduct
from workflow_app.api.callers import make_token
from workflow_app.models import Case, Seat, WorkItem

pytestmark = pytest.mark.django_db
RULES = sorted(EVERY_WAY)


@pytest.fixture(autouse=True)
def _now(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: town.at)


def tempted(town: Town, rule: str) -> tuple[Case, WorkItem, Any, Any]:
    """The case, its open item, and somebody of the other side who has got a seat at its desk."""
    step, role, unit, other, _own, _leader, story = EVERY_WAY[rule]
    case = story(town)
    old = also_sits(town, other, role, unit)
    return case, item_of(case, step), old, Seat.objects.filter(account=old).latest("id")


def untouched(case: Case, item: WorkItem) -> bool:
    item.refresh_from_db()
    return item.owner_id is None and item.status == "NEW" and fresh(case).state == case.state


@pytest.mark.parametrize("rule", RULES)
def test_several_at_once_each_is_refused_with_its_rule(town: Town, rule: str) -> None:
    case, item, old, _ = tempted(town, rule)
    page = signed_in(old).post("/desk/bulk/", {"do": "claim", "item": [item.pk], "key": "b-1"})
    assert [one.refused.rule for one in page.context["results"]] == [rule]
    assert rule in page.content.decode()
    assert untouched(case, item)


@pytest.mark.parametrize("rule", RULES)
def test_several_at_once_are_not_given_to_somebody_of_the_other_side(town: Town, rule: str) -> None:
    case, item, old, _ = tempted(town, rule)
    leader = also_sits(town, EVERY_WAY[rule][5], EVERY_WAY[rule][1], EVERY_WAY[rule][2])
    page = signed_in(leader).post("/desk/bulk/", {"do": "assign", "item": [item.pk], "to": old.pk, "reason": "接办", "key": "b-2"})
    assert [one.refused.rule for one in page.context["results"]] == [rule]
    assert untouched(case, item)


@pytest.mark.parametrize("rule", RULES)
def test_the_next_item_is_another_one(town: Town, rule: str) -> None:
    case, item, old, _ = tempted(town, rule)
    answer = signed_in(old).post("/desk/next/")
    assert answer.headers.get("Location") != f"/items/{item.pk}/"
    assert untouched(case, item)


def typed(facts: dict[str, Any]) -> dict[str, str]:
    """Facts as a page sends them."""
    told = {}
    for name, value in facts.items():
        if isinstance(value, list) and all(isinstance(row, dict) for row in value):
            told |= {f"{name}-TOTAL_FORMS": str(len(value)), f"{name}-INITIAL_FORMS": "0"}
            told |= {f"{name}-{n}-{field}": str(said) for n, row in enumerate(value) for field, said in row.items()}
        elif value not in (None, False):
            told[name] = str(value)
    return told


@pytest.mark.parametrize("rule", RULES)
def test_a_program_with_the_token_of_such_a_seat_is_refused_with_the_rule(town: Town, rule: str) -> None:
    case, item, _old, seat = tempted(town, rule)
    head = {"Authorization": f"Bearer {make_token(seat, purpose='对接', days=3, at=town.at)}"}
    lawful = facts_for(town, EVERY_WAY[rule][0], path=RemedyPath)
    seen = conduct.preview(item, facts=lawful, by=town.people[EVERY_WAY[rule][4]], at=town.at).content_hash
    facts = typed(lawful)
    for act, told in (("claim", {}), ("preview", {"facts": facts}), ("complete", {"facts": facts, "seen": seen})):
        keyed = head | {"Idempotency-Key": f"{rule}-{act}"}
        answer = Client().post(f"/api/v1/items/{item.pk}/{act}", json.dumps(told), content_type="application/json", headers=keyed)
        assert (answer.status_code, answer.json()["rule"]) == (409, rule), answer.content.decode()
        assert answer.json()["way_out"]
    assert untouched(case, item)


def test_sd6_the_page_of_the_committee_refuses_who_had_a_hand_and_keeps_what_was_chosen(town: Town) -> None:
    case = accepted(town, demoted(town))
    old = also_sits(town, ORIGINAL["investigator"], "appeal_committee", "YX-92")
    members = [*committee(town)[:2], {"cadre": old.cadre_id, "chair": False, "no_tie": True}]
    rows = {f"committee-{n}-{name}": value for n, one in enumerate(members) for name, value in one.items() if value}
    item = item_of(case, "form_committee")
    page = signed_in(town.people["civil_appeal_office1"]).post(
        f"/items/{item.pk}/",
        {
            "committee-TOTAL_FORMS": 3,
            "committee-INITIAL_FORMS": 0,
            **rows,
            "do": "preview",
            "key": "k-6",
            "version": 0,
            "note": "组成说明。",
        },
    )
    assert page.status_code == 409
    text = page.content.decode()
    assert "SD-6" in text and "组成说明。" in text
    assert fresh(case).state == "accepted"
    assert go(town, case, "form_committee").state == "hearing_panel"
