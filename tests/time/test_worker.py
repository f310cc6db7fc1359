"""The worker: leases, fences, what is put aside, signs of life, and seals."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.story import TO_MEETING, Town, act, fresh, item_of, open_case, run
from workflow_app import clock, conduct, documents, ledger, outbox, seals
from workflow_app.conduct import timely
from workflow_app.models import Account, Beat, Deadline, Leaf, Outgoing, Record, Rendering, Seal, WorkItem
from workflow_app.steps import Refused
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def refuse(row: Outgoing, at: Any) -> None:
    raise documents.RenderingFailed("排版不出来")


@pytest.fixture
def broken_press(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox.HANDLERS, "RENDER", refuse)


@pytest.fixture
def silent_press(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox.HANDLERS, "RENDER", lambda row, at: None)


def ordered(town: Town) -> Outgoing:
    return Outgoing.objects.get(case=open_case(town))


def test_a_leased_row_is_not_taken_by_another_worker_until_the_lease_runs_out(town: Town) -> None:
    ordered(town)
    first = outbox.take("甲", town.at)
    assert first is not None
    assert outbox.take("乙", town.at) is None
    assert outbox.take("乙", town.at + outbox.LEASE) is not None


def test_a_worker_whose_lease_was_taken_over_finishes_nothing(town: Town) -> None:
    row = ordered(town)
    slow = outbox.take("慢", town.at)
    later = town.at + outbox.LEASE
    quick = outbox.take("快", later)
    assert slow and quick
    outbox.finished(slow, later)
    row.refresh_from_db()
    assert row.done_at is None
    outbox.finished(quick, later)
    row.refresh_from_db()
    assert row.done_at == later
    outbox.failed(slow, RuntimeError("迟到的失败"), later)
    row.refresh_from_db()
    assert row.error == ""


@pytest.mark.usefixtures("broken_press")
def test_a_row_that_fails_is_tried_again_later_and_put_aside_after_eight_tries(town: Town) -> None:
    row, worker, pauses = ordered(town), Worker(), []
    for _ in range(outbox.TRIES):
        worker.work_off(town.at)
        row.refresh_from_db()
        if row.next_at:
            pauses.append(row.next_at - town.at)
            town.at = row.next_at
    assert (row.attempts, row.next_at, row.dead_at) == (8, None, town.at)
    assert "排版不出来" in row.error
    assert pauses[-1] > pauses[0]
    assert list(outbox.put_aside()) == [row]


def test_a_row_that_kills_its_worker_again_and_again_is_put_aside(town: Town) -> None:
    row = ordered(town)
    Outgoing.objects.filter(pk=row.pk).update(attempts=outbox.TAKEN)
    Worker().work_off(town.at)
    row.refresh_from_db()
    assert (row.dead_at, row.done_at) == (town.at, None)


@pytest.mark.usefixtures("broken_press")
def test_an_administrator_tries_again_or_closes_with_a_reason_and_both_are_recorded(town: Town) -> None:
    row, admin = ordered(town), Account.objects.create(username="steward", office="SYSTEM", password="!")
    Outgoing.objects.filter(pk=row.pk).update(dead_at=town.at, next_at=None, attempts=8, error="磁盘已满")
    with pytest.raises(Refused):
        outbox.retry(row.pk, by=town.people["case_handler1"], at=town.at)
    outbox.retry(row.pk, by=admin, at=town.at)
    row.refresh_from_db()
    assert (row.next_at, row.attempts, row.dead_at) == (town.at, 0, None)
    Outgoing.objects.filter(pk=row.pk).update(dead_at=town.at, next_at=None)
    with pytest.raises(Refused, match="理由"):
        outbox.close(row.pk, reason="不", by=admin, at=town.at)
    outbox.close(row.pk, reason="文书已另行打印", by=admin, at=town.at)
    assert not outbox.put_aside().exists()
    with pytest.raises(Refused, match="已经处置"):
        outbox.close(row.pk, reason="文书已另行打印", by=admin, at=town.at)
    kinds = Record.objects.filter(chain=f"J{town.city.pk}", kind="LETTER").values_list("outcome", flat=True)
    assert list(kinds) == ["retried", "closed"]
    assert ledger.verify(f"J{town.city.pk}") == 2


def test_the_page_of_what_was_put_aside_is_for_administrators(town: Town, client: Client) -> None:
    row, admin = ordered(town), Account.objects.create(username="steward", office="SYSTEM", password="!")
    Outgoing.objects.filter(pk=row.pk).update(dead_at=town.at, next_at=None, error="RenderingFailed: 缺字")
    client.force_login(town.people["archivist1"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/letters/").status_code == 403
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    assert "缺字" in client.get("/letters/").content.decode()
    client.post(f"/letters/{row.pk}/retry/")
    row.refresh_from_db()
    assert (row.dead_at, row.attempts) == (None, 0), "it is tried again"
    Outgoing.objects.filter(pk=row.pk).update(dead_at=town.at, next_at=None)
    client.post(f"/letters/{row.pk}/close/", {"reason": "已另行处理完毕"})
    assert "没有未能办成的事项" in client.get("/letters/").content.decode()


def test_a_paper_is_kept_and_recorded_in_one_go(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    row = ordered(town)

    def dies(*args: Any, **kwargs: Any) -> None:
        raise SystemError("进程中断")

    whole = conduct.file_paper
    monkeypatch.setattr(conduct, "file_paper", dies)
    Worker().work_off(town.at)
    assert not Rendering.objects.exists(), "without its record the paper is not kept"
    monkeypatch.setattr(conduct, "file_paper", whole)
    Worker().work_off(town.at + MINUTE)
    row.refresh_from_db()
    assert row.done_at
    assert Record.objects.filter(kind="PAPER").count() == Rendering.objects.count() == 1


@pytest.mark.usefixtures("silent_press")
def test_a_round_fires_seals_and_shows_that_the_worker_lives(town: Town, client: Client) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    worker = Worker()
    at = Deadline.objects.get(case=case, rule_id="DN-HEARING").fires_at + MINUTE
    while worker.round(at):
        pass
    assert fresh(case).state == "heard"
    assert Leaf.objects.count() == Record.objects.count() == Seal.objects.latest("size").size
    beat = Beat.objects.get(name=worker.name)
    assert beat.seen_at == at
    assert (worker.fired, Outgoing.objects.filter(done_at=None).count()) == (1, 0)


@pytest.mark.usefixtures("silent_press")
def test_the_record_is_sealed_when_a_minute_is_over_and_not_before(town: Town) -> None:
    open_case(town)
    worker, first = Worker(), town.at
    worker.round(first)
    sealed = Leaf.objects.count()
    act(town, fresh(Record.objects.latest("id").case), "approve_opening")
    worker.round(first + timedelta(seconds=30))
    assert Leaf.objects.count() == sealed
    worker.round(first + timedelta(seconds=61))
    assert Leaf.objects.count() == Record.objects.count() > sealed


def test_a_timer_that_cannot_be_fired_is_tried_for_ever_and_stops_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    bad = Deadline.objects.get(case=case, rule_id="DN-HEARING")
    whole, at = conduct.expire, bad.fires_at + MINUTE

    def breaks(pk: int, *, at: Any) -> str:
        if pk == bad.pk:
            raise LookupError("没有岗位")
        return whole(pk, at=at)

    monkeypatch.setattr(conduct, "expire", breaks)
    worker = Worker()
    for _ in range(12):
        worker.fire_due(at)
        bad.refresh_from_db()
        at = bad.retry_at
    assert (bad.tries, bad.fires_at is not None, bad.fault) == (12, True, "没有岗位")
    monkeypatch.setattr(conduct, "expire", whole)
    worker.fire_due(at)
    case = fresh(case)
    assert case.state == "heard"
    assert WorkItem.objects.get(process=case, step="answer").finished == bad.fires_at, "as of the moment at which the period ended"


def test_an_act_finds_the_case_as_if_the_worker_had_never_slept(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    item = item_of(case, "answer")
    over = Deadline.objects.get(item=item)
    town.at = over.fires_at + timedelta(days=3)
    with pytest.raises(Refused, match="已经办结"):
        conduct.claim(item, by=town.people["wang"], at=town.at, key="late")
    case = fresh(case)
    assert case.state == "heard"
    over.refresh_from_db()
    assert over.fired_at == town.at
    silence = Record.objects.get(case=case, kind="ACT", step="answer")
    assert silence.at == clock.end_of(over.last_day)
    assert item_of(case, "propose").created == clock.end_of(over.last_day)


@pytest.mark.parametrize("broken", [OperationalError("lock timeout"), LookupError("没有岗位")], ids=["database", "period"])
def test_a_database_that_fails_under_an_expiry_is_not_taken_for_a_period_that_cannot_end(
    town: Town, monkeypatch: pytest.MonkeyPatch, broken: Exception
) -> None:
    case = run(town, open_case(town), *TO_MEETING[:6])
    item = item_of(case, "answer")
    town.at = Deadline.objects.get(item=item).fires_at + timedelta(days=3)

    def fails(pk: int, *, at: Any) -> str:
        raise broken

    monkeypatch.setattr(timely, "expire", fails)
    with pytest.raises(OperationalError) if isinstance(broken, OperationalError) else nullcontext():
        conduct.claim(item, by=town.people["wang"], at=town.at, key="late")
    assert (WorkItem.objects.get(pk=item.pk).status == "NEW") == isinstance(broken, OperationalError)


def test_health_is_told_without_personal_data(town: Town, client: Client, settings: Any) -> None:
    settings.FIXED_NOW = town.at.isoformat()
    case = open_case(town)
    Worker().beat(town.at)
    told = client.get("/healthz").json()
    assert (told["ok"], told["workers"], told["oldest_timer"], told["oldest_outgoing"], told["last_seal"]) == (True, 1, None, 0, None)
    settings.FIXED_NOW = (Deadline.objects.get(case=case, closed_at=None).fires_at + timedelta(hours=1)).isoformat()
    told = client.get("/healthz").json()
    assert (told["workers"], told["oldest_timer"]) == (0, 3600)
    assert {"no worker", "timers late", "outbox late", "seal late"} <= set(told["faults"])
    assert told["unsealed"] > 3600
    seals.seal(clock.now())
    told = client.get("/healthz").json()
    assert told["unsealed"] is None and "seal late" not in told["faults"]
    text = client.get("/metrics").content.decode()
    assert "shangxia_oldest_timer 3600" in text
    assert town.wang.name not in text


def test_metrics_are_for_the_monitor_only(db: None, client: Client, settings: Any) -> None:
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9").status_code == 403
    settings.METRICS_TOKEN = "a-token"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer a-token"}).status_code == 200
