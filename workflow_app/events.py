"""Reading the event rows in the order of their commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from workflow_app import wakeup
from workflow_app.models import Event

type_mark = tuple[int, int]  # (xid, id)
SETTLED = "xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


@dataclass(frozen=True)
class Happened:
    """One event row."""

    topic: str
    ref: int
    at: datetime
    mark: type_mark


def after(mark: type_mark, limit: int = 1000) -> list[Happened]:
    """Events after `mark`.

    On PostgreSQL only rows below the oldest running transaction are read: sequence order is not commit order.
    """
    rows = Event.objects.filter(Q(xid__gt=mark[0]) | Q(xid=mark[0], id__gt=mark[1])).order_by("xid", "id")
    if connection.vendor == "postgresql":
        rows = rows.extra(where=[SETTLED])  # nosec
    return [Happened(topic, ref, at, (xid, pk)) for topic, ref, at, xid, pk in rows.values_list("topic", "ref", "at", "xid", "id")[:limit]]


def visible(mark: type_mark, limit: int = 1000) -> tuple[list[Happened], type_mark]:
    """All events after `mark` that can be seen, also beside a transaction that still runs; and the mark up to which all are settled.

    A signal may come twice and must not wait: a long import elsewhere would hold back every page. What is read up to the
    settled mark is never missed.
    """
    rows = Event.objects.filter(Q(xid__gt=mark[0]) | Q(xid=mark[0], id__gt=mark[1])).order_by("xid", "id")
    rule = RawSQL(SETTLED if connection.vendor == "postgresql" else "1", [], output_field=BooleanField())
    seen = list(rows.annotate(settled=rule).values_list("topic", "ref", "at", "xid", "id", "settled")[:limit])
    safe = [(xid, pk) for *_, xid, pk, settled in seen if settled]
    return [Happened(topic, ref, at, (xid, pk)) for topic, ref, at, xid, pk, _ in seen], safe[-1] if safe else mark


def newest() -> type_mark:
    """Where a reader starts who wants only what comes."""
    row = Event.objects.order_by("-xid", "-id").values_list("xid", "id").first()
    return row or (0, 0)


def happen(topics: Iterable[str], at: datetime) -> None:
    """Write event rows outside of an act, in the transaction at hand; the hubs look after commit."""
    xid = "pg_current_xact_id()::text::bigint" if connection.vendor == "postgresql" else "0"
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        for topic in sorted(set(topics)):
            cursor.execute(f"INSERT INTO workflow_app_event (topic, ref, xid, at) VALUES (%s, 0, {xid}, %s)", [topic, moment])
    transaction.on_commit(wakeup.rouse)
