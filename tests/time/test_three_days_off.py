"""A worker that was off for three days changes nothing: states, dates and papers equal those of a run without a stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.story import TO_MEETING, TO_SERVED, Town, act, begin, fresh, open_case, run
from workflow_app import conduct, ledger
from workflow_app.models import Cadre, Case, Deadline, Document, Outgoing, Record, WorkItem
from workflow_app.steps import Refused
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OFF = timedelta(days=3)


def silent_person(town: Town) -> Case:
    return run(town, open_case(town), *TO_MEETING[:6])


def inquiry(town: Town) -> Case:
    return run(town, open_case(town, outcome="inquire"), "inquire")


def reviewing(town: Town) -> Case:
    return run(town, open_case(town), *TO_MEETING[:9])


def asked_authority(town: Town) -> Case:
    case = run(town, open_case(town), *TO_MEETING[:8], ("propose", {"co_authority": str(town.partner.pk)}), "review_legality")
    return run(town, case, "ask_opinion", "ask_opinion")


def tracked(town: Town) -> Case:
    return run(town, open_case(town), *TO_SERVED, "formalize", "place")


def admonished(town: Town) -> Case:
    return run(town, open_case(town, outcome="admonish"), "admonish")


def suspended(town: Town) -> Case:
    case = reviewing(town)
    begin(town, case, "suspend", by="case_handler1")
    return fresh(case)


def announced(town: Town) -> Case:
    case = run(town, open_case(town), *TO_SERVED[:-1])
    posted = {"tried": "三次上门未遇。", "announced_on": town.today, "places": "本机关公告栏", "collect": "市委大院"}
    begin(town, case, "announce_service", by="case_handler1", **posted)
    return fresh(case)


STORIES: dict[str, Callable[[Town], Case]] = {
    story.__name__: story for story in (silent_person, inquiry, reviewing, asked_authority, tracked, admonished, suspended, announced)
}


def worker_until(town: Town, case: Case, end: datetime, *, off: timedelta) -> None:
    """An hourly worker; with `off` it sleeps through the first due timer and as long after it."""
    worker = Worker()
    first = Deadline.objects.filter(case=case, fires_at__isnull=False).order_by("fires_at").values_list("fires_at", flat=True).first()
    while town.at < end:
        due = Deadline.objects.filter(fires_at__lte=town.at).exists()
        asleep = off and first and first - HOUR <= town.at < first + off
        if due and not asleep:
            while worker.fire_due(town.at):
                pass
        coming = Deadline.objects.filter(fires_at__gt=town.at).order_by("fires_at").values_list("fires_at", flat=True).first()
        town.at = min(end, max(town.at + HOUR, coming - HOUR) if coming and not due else town.at + HOUR)


def books(case: Case) -> dict[str, Any]:
    """All states and dates of a case; when a timer was really carried out is not among them."""
    case = fresh(case)
    return {
        "case": (case.state, case.round, case.marks, case.anchors, case.suspended_on, case.finished),
        "items": list(WorkItem.objects.filter(process=case).order_by("id").values_list("step", "status", "created", "finished", "due_on", "due_at", "escalated_at")),
        "periods": list(Deadline.objects.filter(case=case).order_by("id").values_list("rule_id", "starts_on", "last_day", "fires_at", "closed_at", "explanation")),
        "papers": list(Document.objects.filter(case=case).order_by("id").values_list("step", "title", "issued_on", "content_hash")),
        "records": list(Record.objects.filter(case=case).order_by("seq").values_list("seq", "kind", "step", "outcome", "state_to", "at")),
    }  # fmt: skip


def lived(town: Town, story: Callable[[Town], Case], off: timedelta) -> dict[str, Any]:
    """The same story from the same hour, in a life that is taken back afterwards."""
    begun, person = town.at, town.wang
    with transaction.atomic():
        case = story(town)
        Outgoing.objects.all().delete()
        worker_until(town, case, begun + timedelta(days=120), off=off)
        found = books(case)
        ledger.verify(f"C{case.pk}")
        transaction.set_rollback(True)
    town.at, town.wang = begun, Cadre.objects.get(pk=person.pk)
    return found


@pytest.mark.parametrize("name", STORIES)
def test_three_days_without_a_worker_change_no_state_and_no_date(town: Town, name: str) -> None:
    without, stopped = (lived(town, STORIES[name], off) for off in (timedelta(0), OFF))
    for book in without:
        assert stopped[book] == without[book], book
    assert (
        any(kind in ("TIMER", "ESCALATE") or outcome == "silent" for _, kind, _, outcome, _, _ in without["records"]) or name == "suspended"
    )


def test_who_acts_before_the_worker_wakes_finds_what_a_waking_worker_would_have_left(town: Town) -> None:
    case = silent_person(town)
    over = Deadline.objects.get(case=case, rule_id="DN-HEARING")
    last = over.last_day
    town.at = over.fires_at + OFF
    with pytest.raises(Refused):
        act(town, case, "answer")
    assert fresh(case).state == "heard"
    proposal = Deadline.objects.get(case=case, rule_id="DN-PROPOSE")
    assert proposal.starts_on == date.fromordinal(last.toordinal() + 1)
    assert conduct.expire(over.pk, at=town.at) == ""
    assert connection.in_atomic_block
