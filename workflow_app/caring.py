"""Acts of care and return that leave a record: each is one transaction of what the room does and a line in the organ's journal.

The room (workflow_app/care/) stands below the ledger and cannot write there; pages come through here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from workflow_app import absences, ledger
from workflow_app.care import pools
from workflow_app.care.rules import day
from workflow_app.models import (
    Account,
    Cadre,
    Case,
    Desk,
    Pool,
    PoolClosing,
    PoolDecision,
    PoolEntry,
    PoolLeaving,
    PoolReview,
    PoolUse,
    Unit,
)
from workflow_app.telling.messages import Told, tell

LEADER = "org_leader"


def record(organ: Unit, what: str, *, by: Account | None, at: datetime, facts: dict[str, Any]) -> None:
    """A line in the organ's journal."""
    ledger.journal(organ, ledger.Entry(kind="CARE", at=at, actor=by, outcome=what, parts={"facts": facts}))


def _leaders(organ: Unit, at: datetime, *, without: Iterable[int]) -> list[int]:
    desk = Desk.objects.filter(role=LEADER, unit=organ).first()
    there = absences.present_at(desk, day(at)) if desk else []
    return [one.pk for one in there if one.pk not in without]


def person(cadre: Cadre) -> Account | None:
    """The account of the person concerned, if there is one."""
    return Account.objects.filter(cadre=cadre, is_active=True).first()


@transaction.atomic
def open_pool(organ: Unit, name: str, purpose: str, *, told: bool, by: Account, at: datetime) -> Pool:
    """Set up a pool. Raises Refused."""
    made = pools.open_pool(organ, name, purpose, told=told, by=by, at=at)
    record(organ, "pool", by=by, at=at, facts={"pool": made.pk, "name": made.name, "purpose": made.purpose, "told": told})
    return made


@transaction.atomic
def propose(pool: Pool, cadre: Cadre, why: pools.Why, *, by: Account, at: datetime) -> PoolEntry:
    """Propose somebody; the other leaders are told that a confirmation waits. Raises Refused."""
    made = pools.propose(pool, cadre, why, by=by, at=at)
    record(pool.organ, "proposed", by=by, at=at, facts={"entry": made.pk, "pool": pool.pk, "cadre": cadre.number, **vars(why)})
    url, title = reverse("pool_entry", args=[made.pk]), f"人选库“{pool.name}”有一名人选等待审定"
    tell([Told(one, f"pool:{made.pk}", "ITEM", title, url) for one in _leaders(pool.organ, at, without=(by.pk,))], at)
    return made


@transaction.atomic
def decide(entry: PoolEntry, outcome: str, reason: str, *, by: Account, at: datetime) -> PoolDecision:
    """Confirm an entry or not; who proposed it is told, and the person where the pool is one that tells. Raises Refused."""
    made = pools.decide(entry, outcome, reason, by=by, at=at)
    facts = {"entry": entry.pk, "outcome": made.outcome, "reason": made.reason, "expires_on": str(made.expires_on or "")}
    record(entry.pool.organ, "decided", by=by, at=at, facts=facts)
    title = f"人选库“{entry.pool.name}”：您提出的人选{'已同意入库' if made.expires_on else '没有同意入库'}"
    told = [Told(entry.proposed_by_id, f"pool:{entry.pk}:decided", "ITEM", title, reverse("pool_entry", args=[entry.pk]))]
    account = person(entry.cadre)
    if made.expires_on and entry.pool.told and account is not None:
        told.append(Told(account.pk, f"pool:{entry.pk}:in", "ITEM", f"您已列入人选库“{entry.pool.name}”", reverse("portal_care")))
    tell(told, at)
    return made


@transaction.atomic
def review(entry: PoolEntry, findings: str, *, by: Account, at: datetime) -> PoolReview:
    """Look at a live entry again. Raises Refused."""
    made = pools.review(entry, findings, by=by, at=at)
    facts = {"entry": entry.pk, "findings": made.findings, "expires_on": str(made.expires_on)}
    record(entry.pool.organ, "reviewed", by=by, at=at, facts=facts)
    return made


@transaction.atomic
def leave(entry: PoolEntry, ground: str, reason: str, *, by: Account, at: datetime) -> PoolLeaving:
    """Somebody leaves a pool. Raises Refused."""
    made = pools.leave(entry, ground, reason, by=by, at=at)
    record(entry.pool.organ, "left", by=by, at=at, facts={"entry": entry.pk, "ground": made.ground, "reason": made.reason})
    return made


@transaction.atomic
def use(entry: PoolEntry, case: Case, *, by: Account, at: datetime) -> PoolUse:
    """Link a case that was just opened with the entry it came from, in the transaction of its opening. Raises Refused."""
    made = pools.use(entry, case, by=by, at=at)
    record(entry.pool.organ, "used", by=by, at=at, facts={"entry": entry.pk, "case": case.number})
    return made


@transaction.atomic
def close_pool(pool: Pool, reason: str, *, by: Account, at: datetime) -> PoolClosing:
    """Close a pool: who proposed somebody still waiting is told, and in a pool that tells, everybody whose entry ends. Raises Refused."""
    made, live, waiting = pools.close(pool, reason, by=by, at=at)
    facts = {"pool": pool.pk, "reason": made.reason, "ended": [one.pk for one in live], "undecided": [one.pk for one in waiting]}
    record(pool.organ, "closed_pool", by=by, at=at, facts=facts)
    title = f"人选库“{pool.name}”已关闭"
    told = [
        Told(one.proposed_by_id, f"pool:{one.pk}:closed", "ITEM", title, reverse("pool_entry", args=[one.pk])) for one in (*waiting, *live)
    ]
    for one in live if pool.told else ():
        account = person(one.cadre)
        if account is not None:
            told.append(Told(account.pk, f"pool:{one.pk}:closed:own", "ITEM", f"{title}，您的入库记录随之终止", reverse("portal_care")))
    tell(told, at)
    return made
