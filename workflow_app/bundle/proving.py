"""A receipt that can be checked offline: one record, the parts that may be shown, its place under a signed head, and that
every later head goes on from that one."""

from __future__ import annotations

import json
from typing import Any

from workflow_app import heads, seals
from workflow_app.models import Case, Document, Leaf, Receipt, Record, RecordPart, Seal

FORMAT = "shangxia/receipt/1"
LATER = 3  # newest heads that are shown to go on from the receipt's own


def proof_of(case: Case, seq: int) -> dict[str, Any] | None:
    """The receipt of record `seq` as plain values; None when there is no such record.

    It shows what the person concerned may see: what they sent themself, and papers that are open to them.
    """
    record = Record.objects.filter(case=case, seq=seq).first()
    if record is None:
        return None
    return {
        "format": FORMAT, "case": case.number,
        "record": {"chain": record.chain, "seq": record.seq, "body": record.body, "previous": record.previous, "hash": record.hash},
        "parts": [{"name": one.name, "salt": one.salt, "value": one.value} for one in _shown(case, seq)], **_standing(record),
    }  # fmt: skip


def _shown(case: Case, seq: int) -> list[RecordPart]:
    own = Receipt.objects.filter(case=case, record_seq=seq).exists()
    opened = set(Document.objects.filter(case=case, open_to_subject=True).values_list("pk", flat=True))
    found = RecordPart.objects.filter(chain=f"C{case.pk}", seq=seq).exclude(value="").order_by("name")
    return [
        one for one in found
        if (one.name == "paper" and json.loads(one.value)["id"] in opened) or (own and one.name in ("facts", "actor"))
    ]  # fmt: skip


def _standing(record: Record) -> dict[str, Any]:
    """The place under the first head that holds the record, and the newest heads after it."""
    leaf = Leaf.objects.filter(record=record).first()
    first = Seal.objects.filter(size__gt=leaf.index).order_by("size").first() if leaf else None
    if leaf is None or first is None:
        return {"proof": None, "later": []}
    path = seals.tree().inclusion(seals.reader(), leaf.index, first.size)
    proof = {"index": leaf.index, "path": [one.hex() for one in path], "head": first.note, "key": heads.public_hex()}
    later = [
        {"head": seal.note, "path": seals.consistency(first.size, seal.size)}
        for seal in Seal.objects.filter(size__gt=first.size).order_by("-size")[:LATER]
    ]
    return {"proof": proof, "later": later}
