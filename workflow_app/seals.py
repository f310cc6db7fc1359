"""Sealing: new records and reads become leaves of one Merkle tree, and its head is signed.

Acts take no part in it: they only append to the chain of their case. The sealer runs beside them, takes what has been
committed since, and needs no order but its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from workflow_app import heads
from workflow_app.ledger import canonical, digest
from workflow_app.merkle import Tree
from workflow_app.models import Leaf, LeafBlock, Read, Record, Seal

ROWS = 1000  # leaves of one seal at most
PAUSE = timedelta(minutes=1)
BLOCK = 8  # levels of a kept block: 256 leaves
# Rows are committed in another order than they are numbered; a row may come this many numbers late.
LATE = 20_000
SEALER = 0x5EA1


def tree() -> Tree:
    """The tree's hashes; one digest from the first leaf on."""
    return Tree(settings.RECORD_DIGEST)


def of_record(chain: str, seq: int, hash_: str) -> bytes:
    """What a record's leaf hashes."""
    return f"R {chain}/{seq} {hash_}".encode()


def of_read(read: Any) -> bytes:
    """What a read's leaf hashes: the row itself, salted, so that a leaf tells nothing."""
    reason = {"reason": read.reason} if read.reason else {}
    body = canonical({
        **reason, "id": read.pk, "account": read.account_id, "case": read.case_id, "what": read.what, "ref": read.ref, "step": read.step,
        "desk": read.desk_id, "at": read.at.isoformat(), "salt": read.salt,
    })  # fmt: skip
    return f"V {read.pk} {digest(body)}".encode()


def seal(at: datetime, *, everything: bool = False) -> int:
    """Take what is new, in portions; returns how many leaves were added. `everything` looks at all rows, not only late ones."""
    added = 0
    while True:
        portion = _portion(at, everything=everything)
        added += portion
        if portion < ROWS:
            return added


def due(at: datetime) -> bool:
    """Whether a minute has gone by since the last seal, or enough rows wait."""
    last = Seal.objects.order_by("-size").values_list("at", flat=True).first()
    return last is None or at - last >= PAUSE or waiting() >= ROWS


def waiting() -> int:
    """About how many rows have no leaf yet (never more than are there)."""
    return sum(1 for _ in _fresh(Record, "record", ROWS, everything=False)) + sum(1 for _ in _fresh(Read, "read", ROWS, everything=False))


def oldest_waiting() -> datetime | None:
    """When the oldest record was made that has no leaf yet."""
    first = next(_fresh(Record, "record", 1, everything=False), None)
    found: datetime | None = first.at if first is not None else None
    return found


@transaction.atomic
def _portion(at: datetime, *, everything: bool) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER])
            if not cursor.fetchone()[0]:
                return 0  # another worker is sealing
    size, hashes = tree_size(), tree()
    new: list[Leaf] = []
    for record in _fresh(Record, "record", ROWS, everything=everything):
        new.append(
            Leaf(index=size + len(new), record_id=record.pk, hash=hashes.leaf(of_record(record.chain, record.seq, record.hash)).hex())
        )
    for row in _fresh(Read, "read", ROWS - len(new), everything=everything):
        new.append(Leaf(index=size + len(new), read_id=row.pk, hash=hashes.leaf(of_read(row)).hex()))
    if new:
        Leaf.objects.bulk_create(new, batch_size=300)
        _keep_blocks(size, size + len(new))
        head = heads.Head(size + len(new), hashes.root(reader(), size + len(new)).hex(), at, settings.RECORD_DIGEST)
        Seal.objects.create(size=head.size, root=head.root, at=at, note=heads.sign(head))
    return len(new)


def _fresh(model: Any, name: str, limit: int, *, everything: bool) -> Iterator[Any]:
    rows = model.objects.order_by("pk")
    if everything:
        return iter(rows.filter(leaf__isnull=True)[: max(limit, 0)])
    last = Leaf.objects.aggregate(last=Max(f"{name}_id"))["last"] or 0
    start = max(0, last - LATE)
    # Two ranges of an index, compared here: joined, the planner reads both tables whole for every portion when many rows wait.
    sealed = set(Leaf.objects.filter(**{f"{name}_id__gt": start}).values_list(f"{name}_id", flat=True))
    near = rows.filter(pk__gt=start).values_list("pk", flat=True)[: len(sealed) + max(limit, 0)]
    return iter(rows.filter(pk__in=[pk for pk in near if pk not in sealed][: max(limit, 0)]))


def tree_size() -> int:
    """Leaves in the tree."""
    last: int | None = Leaf.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def _keep_blocks(old: int, new: int) -> None:
    span, hashes = 1 << BLOCK, tree()
    for block in range(old // span, new // span):
        leaves = _leaves(block * span, (block + 1) * span)
        LeafBlock.objects.create(index=block, hash=hashes.root(hashes.reader(leaves), span).hex())


def _leaves(start: int, end: int) -> list[bytes]:
    rows = Leaf.objects.filter(index__gte=start, index__lt=end).order_by("index").values_list("hash", flat=True)
    return [bytes.fromhex(one) for one in rows]


def reader() -> Any:
    """Answers for any complete block: kept blocks from level 8 up, leaves below."""
    hashes, span = tree(), 1 << BLOCK
    kept: dict[int, bytes] = {}
    near: dict[int, list[bytes]] = {}

    def block(level: int, index: int) -> bytes:
        if level > BLOCK:
            return hashes.pair(block(level - 1, 2 * index), block(level - 1, 2 * index + 1))
        if level == BLOCK:
            if not kept:
                kept.update({one: bytes.fromhex(text) for one, text in LeafBlock.objects.values_list("index", "hash")})
            return kept[index]
        at = (index << level) // span
        if at not in near:
            near[at] = _leaves(at * span, (at + 1) * span)
        start = (index << level) - at * span
        return hashes.root(hashes.reader(near[at][start : start + (1 << level)]), 1 << level)

    return block


def proof(record: Record) -> dict[str, Any] | None:
    """Where a record stands in the tree, and under which signed head; None while it is not sealed yet."""
    leaf = Leaf.objects.filter(record=record).first()
    head = Seal.objects.order_by("-size").first()
    if leaf is None or head is None or head.size <= leaf.index:
        return None
    path = tree().inclusion(reader(), leaf.index, head.size)
    return {"index": leaf.index, "size": head.size, "path": [step.hex() for step in path], "head": head.note, "key": heads.public_hex()}


def consistency(old: int, new: int) -> list[str]:
    """That the tree of `new` leaves begins with the tree of `old` leaves."""
    return [step.hex() for step in tree().consistency(reader(), old, new)]
