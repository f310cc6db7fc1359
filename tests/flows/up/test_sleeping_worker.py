"""A worker that was off over the end of a notice and started three days later changes nothing: same result, same dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.flows.up.rising import TO_CANDIDATE, examine, open_case, reported, run
from tests.story import Town, fresh
from workflow_app.models import Case, Deadline, Document, Post, Record
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db


def consulted(town: Town) -> Case:
    """Up to the assisting authority that never answers."""
    case = examine(town, run(town, open_case(town), *TO_CANDIDATE))
    return run(town, case, ("close_four_checks", {"organs": [], "co_authority": str(town.partner.pk)}), "ask_opinion")


def days(town: Town, count: int, worker: Worker, *, awake: range) -> None:
    """Days go by; the worker looks at nine in the morning of the days on which it is awake."""
    for number in range(count):
        town.later(days=1)
        if number in awake:
            worker.fire_due(town.at)


def life(town: Town, worker: Worker, *, awake: bool) -> dict[str, Any]:
    """Deemed consent, meeting, notice with a report, closing; the worker sleeps over both ends when it is not `awake`."""
    case = consulted(town)
    days(town, 34, worker, awake=range(34) if awake else range(33, 34))
    run(town, case, "record_meeting", "decide", "post_notice")
    reported(town, case)
    run(town, case, "verify_report")
    posted = town.at
    days(town, 12, worker, awake=range(12) if awake else range(11, 12))
    town.at = posted + timedelta(days=12)
    run(town, case, "close_notice", "talk", "appoint")
    return outcome(case)


def outcome(case: Case) -> dict[str, Any]:
    """What the case has come to, without keys and without the moment at which the worker happened to look."""
    settled = fresh(case).settled
    settled["appoint"]["held"] = Post.objects.get(pk=settled["appoint"]["held"]).title
    return {
        "state": fresh(case).state, "settled": settled, "marks": fresh(case).marks,
        "deadlines": list(Deadline.objects.filter(case=case).order_by("id").values_list("rule_id", "starts_on", "last_day", "provisional")),
        "papers": list(Document.objects.filter(case=case).order_by("id").values_list("code", "title", "content_hash")),
        "acts": list(Record.objects.filter(case=case, kind="ACT").order_by("seq").values_list("step", "outcome", "state_from", "state_to")),
    }  # fmt: skip


def test_the_same_result_and_the_same_dates(town: Town) -> None:
    start, results = town.at, []
    for awake in (True, False):
        mark = transaction.savepoint()
        town.at = start
        results.append(life(town, Worker(), awake=awake))
        transaction.savepoint_rollback(mark)
    assert results[0] == results[1]
    assert results[0]["settled"]["give_opinion"]["opinions"][0]["opinion"] == "视为同意（未答复）"
    assert results[0]["settled"]["post_notice"]["last_day"] == results[1]["settled"]["post_notice"]["last_day"]
