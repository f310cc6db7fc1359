"""The append-only record: one hash chain per case and per unit's journal, with salted commitments."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from workflow_app.identity import masked
from workflow_app.models import (
    Account,
    Case,
    Desk,
    Journal,
    Read,
    Record,
    RecordPart,
    Unit,
)
from workflow_app.rows import Batch

FORMAT = 1


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(value: Any) -> str:
    """RFC 8785 text of plain data (no floating-point numbers, which our facts do not contain)."""
    return _canonical(value)


def digest(text: str) -> str:
    """Hash of `text` under the configured digest."""
    return hashlib.new(settings.RECORD_DIGEST, text.encode()).hexdigest()


def commitment(salt: str, value: str) -> str:
    """What a record says of a part: it can be checked when the part is shown, and tells nothing when it is not."""
    return digest(f"{salt}:{value}")


@dataclass(frozen=True)
class Entry:
    """One event to be recorded."""

    kind: str
    at: datetime
    actor: Account | None
    step: str = ""
    round: int = 1
    outcome: str = ""
    desk_id: int | None = None
    state_from: str = ""
    state_to: str = ""
    key: str | None = None
    parts: Mapping[str, Any] | None = None


def chained(entry: Entry, *, chain: str, seq: int, previous: str, case_id: int | None) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The record row and its part rows."""
    parts: list[dict[str, Any]] = [
        {"chain": chain, "seq": seq, "name": name, "salt": secrets.token_hex(16), "value": canonical(value)}
        for name, value in sorted((entry.parts or {}).items())
    ]
    body = canonical({
        "v": FORMAT, "digest": settings.RECORD_DIGEST, "chain": chain, "seq": seq, "kind": entry.kind, "step": entry.step,
        "round": entry.round, "outcome": entry.outcome, "at": entry.at.astimezone(UTC).isoformat(), "desk": entry.desk_id,
        "from": entry.state_from, "to": entry.state_to, "previous": previous,
        "parts": {part["name"]: commitment(part["salt"], part["value"]) for part in parts},
    })  # fmt: skip
    row = {
        "chain": chain, "seq": seq, "case_id": case_id, "kind": entry.kind, "step": entry.step, "round": entry.round,
        "outcome": entry.outcome, "actor_id": entry.actor.pk if entry.actor else None, "desk_id": entry.desk_id, "at": entry.at,
        "state_from": entry.state_from, "state_to": entry.state_to, "body": body, "previous": previous, "hash": digest(body),
        "key": entry.key,
    }  # fmt: skip
    return row, parts


def append(batch: Batch, case: Case, entry: Entry) -> int:
    """Add a record to the locked case's chain; the caller writes the case's new head. Returns its number."""
    case.records_count += 1
    row, parts = chained(entry, chain=f"C{case.pk}", seq=case.records_count, previous=case.head, case_id=case.pk)
    case.head = row["hash"]
    batch.insert(Record, row)
    batch.insert(RecordPart, *parts)
    return case.records_count


def journal(unit: Unit, entry: Entry) -> Record:
    """Record something outside of cases in the unit's journal."""
    with transaction.atomic():
        Journal.objects.get_or_create(unit=unit)
        book = Journal.objects.select_for_update().get(unit=unit)
        row, parts = chained(entry, chain=f"J{unit.pk}", seq=book.records_count + 1, previous=book.head, case_id=None)
        record = Record.objects.create(**row)
        RecordPart.objects.bulk_create(RecordPart(**part) for part in parts)
        book.records_count, book.head = record.seq, record.hash
        book.save(update_fields=["records_count", "head"])
    return record


def read(
    *, account: Account, what: str, ref: int, case: Case | None, at: datetime, step: str = "", desk: Desk | None = None, reason: str = ""
) -> None:
    """Record that somebody opened something; committed before the body leaves. `reason`: why, where it is not their own work."""
    Read.objects.create(
        account=account, what=what, ref=ref, case_id=case.pk if case else None, at=at, step=step, desk=desk, reason=masked(reason)[:200] or None,
        salt=secrets.token_hex(16),
    )  # fmt: skip


def hits(cases: Iterable[Case], *, account: Account, at: datetime, desk: Desk | None = None) -> None:
    """Record which cases a search has shown: each is a reading of that case."""
    rows = [Read(account=account, what="hit", ref=case.pk, case_id=case.pk, at=at, desk=desk, salt=secrets.token_hex(16)) for case in cases]
    Read.objects.bulk_create(rows)


class BrokenLink(Exception):
    """A record does not follow from the one before it."""


def verify(chain: str) -> int:
    """Recompute one chain; the number of its records. Raises BrokenLink naming the first bad place."""
    previous, seq = "", 0
    shown: dict[int, list[RecordPart]] = {}
    for part in RecordPart.objects.filter(chain=chain):
        shown.setdefault(part.seq, []).append(part)
    for seq, record in enumerate(Record.objects.filter(chain=chain).order_by("seq"), 1):
        body = json.loads(record.body)
        wrong = (
            record.seq != seq or record.previous != previous or body["previous"] != previous
            or body["seq"] != seq or digest(record.body) != record.hash
            or any(body["parts"].get(p.name) != commitment(p.salt, p.value) for p in shown.get(seq, []) if p.value)
        )  # fmt: skip
        if wrong:
            raise BrokenLink(f"{chain}/{seq}")
        previous = record.hash
    return seq
