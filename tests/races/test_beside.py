"""A late review is decided at the very moment at which the appeal beside it is accepted: one of the two stands, the other is told."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from django.db import connection

from tests.conftest import build_town
from tests.flows.remedy.story import build_remedies, entered, file, person_for
from tests.story import Town, facts_for, item_of
from workflow_app import clock, conduct, hands, ledger
from workflow_app.models import Case, Deadline, Decision
from workflow_app.steps import Refused

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("arena")]
DECISIONS = 12
LATE = "复核机关逾期没有作出复核决定。"
ACTS = ("review", {"outcome": "revoke"}), ("admit", {"just_cause": True})


def _act(step: str, changes: dict[str, Any], cases: list[int], town: Town, gate: Any, out: Any) -> None:
    """One process: its act in every case, both at each decision at once."""
    connection.close()
    hands.forget_desks()
    clock.forget_calendar()
    done, told, broken = [], [], []
    for pk in cases:
        case = Case.objects.get(pk=pk)
        item, by = item_of(case, step), person_for(town, case, step, 1)
        facts = facts_for(town, step, path=case.flow_class, **changes)
        seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
        gate.wait(60)
        try:
            conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=f"beside-{step}-{pk}")
            done.append(case.decision_id)
        except Refused as no:
            told.append(no.rule)
        except Exception as fault:  # anything else is what the test is about
            broken.append(repr(fault))
        gate.wait(60)
    out.put((step, done, told, broken))
    connection.close()


def late_review_and_appeal(town: Town, decision: Decision) -> tuple[Case, Case]:
    review = file(town, decision, "apply_for_review")
    now, last = town.at, Deadline.objects.get(case=review, rule_id="RM-REVIEW-DECIDE").last_day
    town.later(days=(last - town.today).days + 1)
    appeal = file(town, decision, "appeal", late_reason=LATE)
    town.at = now
    return review, appeal


def test_of_a_revoking_review_and_an_accepted_appeal_exactly_one_stands() -> None:
    town = build_remedies(build_town())
    pairs = [late_review_and_appeal(town, entered(town)) for _ in range(DECISIONS)]
    town.later(days=60)
    connection.close()
    context = multiprocessing.get_context("fork")
    out, gate = context.Queue(), context.Barrier(2)
    sides = [[pair[n].pk for pair in pairs] for n in range(2)]
    crowd = [context.Process(target=_act, args=(*ACTS[n], sides[n], town, gate, out)) for n in range(2)]
    for process in crowd:
        process.start()
    results = {step: rest for step, *rest in (out.get(timeout=240) for _ in crowd)}
    for process in crowd:
        process.join(30)
    assert [fault for _, _, broken in results.values() for fault in broken] == []
    stand = [pk for done, _, _ in results.values() for pk in done]
    assert sorted(stand) == sorted(pair[0].decision_id for pair in pairs), "of every decision one remedy went on"
    assert {*results["review"][1]} <= {"R2-APPEALED"} and {*results["admit"][1]} <= {"R4-MATTER"}
    for case in Case.objects.filter(decision__isnull=False):
        assert ledger.verify(f"C{case.pk}") == case.records_count
