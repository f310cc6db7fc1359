"""The same decision attacked twice at the same moment, from two windows or by two people: one filing is taken, the others are told."""

from __future__ import annotations

import multiprocessing
from typing import Any

import pytest
from django.db import connection

from flows.remedy.path import RemedyPath
from tests.conftest import build_town
from tests.flows.remedy.story import build_remedies, entered, file
from tests.story import Town, facts_for
from workflow_app import clock, conduct, hands, ledger
from workflow_app.models import Account, Case, Deadline, Decision, Record, Unit
from workflow_app.steps import Refused

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("arena")]
DECISIONS, PROCESSES = 6, 6
# Step and organ of every process; from what happens in life: two windows, two organs, two kinds.
TWO_WINDOWS = [("apply_for_review", "YX")]
EVERY_WAY = [("apply_for_review", "YX"), ("appeal", "YX-92"), ("appeal", "YL-92")]
TWO_ORGANS = [("appeal", "YX-92"), ("appeal", "YL-92")]
WHY = {"late_reason": "复核机关逾期没有作出复核决定。"}


def _file(ways: list[tuple[str, str]], decisions: list[int], town: Town, gate: Any, out: Any, number: int) -> None:
    """One process: file against every decision by its way, all processes at each decision at once."""
    connection.close()
    hands.forget_desks()
    clock.forget_calendar()
    by = Account.objects.select_related("cadre").get(username="wang")
    step, code = ways[number % len(ways)]
    organ, taken, told, broken = Unit.objects.get(code=code), [], 0, []
    for pk in decisions:
        decision = Decision.objects.select_related("cadre__unit", "cadre__post", "organ").get(pk=pk)
        what: dict[str, Any] = {
            "cadre": decision.cadre, "organ": organ, "facts": facts_for(town, step, path=RemedyPath, **WHY), "first": step, "decision": decision,
        }  # fmt: skip
        gate.wait(60)
        try:
            seen = conduct.preview_opening(RemedyPath, **what, by=by, at=town.at).content_hash
            conduct.open(RemedyPath, **what, seen=seen, by=by, at=town.at, key=f"race-{number}-{pk}")
            taken.append(pk)
        except Refused:
            told += 1
        except Exception as fault:  # anything else is what the test is about
            broken.append(repr(fault))
    out.put((taken, told, broken))
    connection.close()


def race(ways: list[tuple[str, str]], decisions: list[Decision], town: Town) -> None:
    connection.close()
    context = multiprocessing.get_context("fork")
    out, gate = context.Queue(), context.Barrier(PROCESSES)
    keys = [decision.pk for decision in decisions]
    crowd = [context.Process(target=_file, args=(ways, keys, town, gate, out, number)) for number in range(PROCESSES)]
    for process in crowd:
        process.start()
    results = [out.get(timeout=240) for _ in crowd]
    for process in crowd:
        process.join(30)
    assert [fault for _, _, broken in results for fault in broken] == []
    assert sorted(pk for taken, _, _ in results for pk in taken) == keys, "every decision has exactly one filing"
    assert sum(told for _, told, _ in results) == len(keys) * (PROCESSES - 1), "everybody else was told"


@pytest.mark.parametrize("ways", [TWO_WINDOWS, EVERY_WAY, TWO_ORGANS], ids=["two windows", "review and appeals", "two organs"])
def test_of_filings_at_the_same_moment_one_is_taken(ways: list[tuple[str, str]]) -> None:
    town = build_remedies(build_town())
    decisions = [entered(town) for _ in range(DECISIONS)]
    race(ways, decisions, town)
    assert Case.objects.filter(decision__isnull=False).count() == DECISIONS
    for case in Case.objects.filter(decision__isnull=False):
        assert ledger.verify(f"C{case.pk}") == case.records_count


def test_beside_a_late_review_one_appeal_is_taken() -> None:
    town = build_remedies(build_town())
    decisions = [entered(town) for _ in range(DECISIONS)]
    for decision in decisions:
        file(town, decision, "apply_for_review")
    last = Deadline.objects.filter(rule_id="RM-REVIEW-DECIDE").latest("id").last_day
    town.later(days=(last - town.today).days + 1)
    race(TWO_ORGANS, decisions, town)
    reviews = Case.objects.filter(overtaken_on=town.today)
    assert (reviews.count(), Case.objects.filter(decision__isnull=False).count()) == (DECISIONS, 2 * DECISIONS)
    assert Record.objects.filter(kind="OVERTAKEN").count() == DECISIONS
    for review in reviews:
        assert ledger.verify(f"C{review.pk}") == review.records_count
