"""Many hands at once: exactly one winner each, and the losers are told."""

from __future__ import annotations

import multiprocessing
import os
from typing import Any

import pytest
from django.db import connection

from tests.conftest import build_town
from tests.story import Town, facts_for, item_of, key, open_case
from workflow_app import conduct
from workflow_app.models import Account, Cadre, Record, WorkItem
from workflow_app.steps import Refused

PROCESSES, CASES = 8, int(os.environ.get("RACE_CASES", "25"))
pytestmark = [pytest.mark.race, pytest.mark.usefixtures("arena")]


def _fight(
    what: str, items: list[int], names: list[str], facts: dict[str, Any], seen: dict[int, str], at: Any, out: Any, number: int
) -> None:
    """One process: try every item."""
    connection.close()
    won, lost, broken = [], 0, []
    account = Account.objects.select_related("cadre").get(username=names[number % len(names)])
    for pk in items:
        item = WorkItem.objects.get(pk=pk)
        try:
            if what == "claim":
                conduct.claim(item, by=account, at=at, key=f"{what}-{number}-{pk}")
            else:
                conduct.complete(item, facts=facts, seen=seen[pk], by=account, at=at, key=f"{what}-{number}-{pk}")
            won.append(pk)
        except Refused:
            lost += 1
        except Exception as fault:  # anything else is what the test is about
            broken.append(repr(fault))
    out.put((won, lost, broken))
    connection.close()


def race(what: str, town: Town, items: list[int], role: str, seen: dict[int, str], facts: dict[str, Any]) -> None:
    names = [f"{role}{n}" for n in range(1, 5)]
    connection.close()
    context = multiprocessing.get_context("fork")
    out = context.Queue()
    crowd = [context.Process(target=_fight, args=(what, items, names, facts, seen, town.at, out, number)) for number in range(PROCESSES)]
    for process in crowd:
        process.start()
    results = [out.get(timeout=240) for _ in crowd]
    for process in crowd:
        process.join(30)
    assert [fault for _, _, broken in results for fault in broken] == []
    wins = sorted(pk for won, _, _ in results for pk in won)
    assert wins == sorted(items), "every item has exactly one winner"
    assert sum(lost for _, lost, _ in results) == len(items) * (PROCESSES - 1), "every loser was told"


def cases_of(town: Town, count: int) -> list[Any]:
    made = []
    for number in range(count):
        person = Cadre.objects.create(number=f"RACE{number:04}", name="何志远", sex="男", unit=town.wang.unit, post=town.wang.post)
        town.wang, kept = person, town.wang
        made.append(open_case(town))
        town.wang = kept
    return made


def test_of_many_claims_exactly_one_wins() -> None:
    town = build_town()
    cases = cases_of(town, CASES)
    items = [item_of(case, "approve_opening").pk for case in cases]
    race("claim", town, items, "org_leader", {}, {})
    assert Record.objects.filter(kind="CLAIM").count() == CASES


def test_of_many_completions_exactly_one_wins() -> None:
    town = build_town()
    cases = cases_of(town, CASES)
    facts = facts_for(town, "check_rectification", outcome="improved")
    for case in cases:
        _to_checking(town, case)
    items = [item_of(case, "check_rectification").pk for case in cases]
    by = town.people["case_handler1"]
    seen = {pk: conduct.preview(WorkItem.objects.get(pk=pk), facts=facts, by=by, at=town.at).content_hash for pk in items}
    race("complete", town, items, "case_handler", seen, facts)
    assert WorkItem.objects.filter(step="check_rectification", status="DONE").count() == CASES


def _to_checking(town: Town, case: Any) -> None:
    """Bring the case to the handler's check: one short way that needs no other people."""
    item = item_of(case, "approve_opening")
    leader, other = town.people["org_leader1"], town.people["org_leader2"]
    facts = facts_for(town, "approve_opening", outcome="return")
    seen = conduct.preview(item, facts=facts, by=leader, at=town.at).content_hash
    conduct.complete(item, facts=facts, seen=seen, by=leader, at=town.at, key=key())
    conduct.sign(item, seen=seen, by=other, at=town.at, key=key())
    clue = item_of(case, "register_clue")
    handler = town.people["case_handler1"]
    facts = facts_for(town, "register_clue", outcome="inquire")
    seen = conduct.preview(clue, facts=facts, by=handler, at=town.at).content_hash
    conduct.complete(clue, facts=facts, seen=seen, by=handler, at=town.at, key=key())
    for step, by in (
        ("inquire", leader),
        ("answer_inquiry", Account.objects.get_or_create(username=f"own{case.pk}", defaults={"cadre": case.cadre})[0]),
    ):
        item, facts = item_of(case, step), facts_for(town, step)
        seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
        conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key())
