"""Verifying the whole record: chains, parts, papers, leaves, seals, and heads that an outside witness kept.

What the database says of itself proves nothing against who owns it. A head kept outside does: rows that were there when
it was signed must still give its root.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from itertools import islice
from typing import Any

from django.db import connection

from workflow_app import heads, seals
from workflow_app.ledger import commitment
from workflow_app.merkle import Frontier
from workflow_app.models import Case, Document, Erasure, Journal, Leaf, Read, Record, RecordPart, Rendering, Seal

PORTION = 2000
FIELDS = ("chain", "seq", "kind", "step", "round", "outcome", "desk_id", "at", "state_from", "state_to", "body", "previous", "hash", "pk")
LIMIT = 50  # findings of one kind that are listed


@dataclass
class Report:
    """What was looked at and what was found."""

    records: int = 0
    chains: int = 0
    papers: int = 0
    leaves: int = 0
    seals: int = 0
    witnessed: int = 0
    unsealed: int = 0
    findings: list[str] = field(default_factory=list)

    def found(self, text: str) -> None:
        """Note a fault."""
        if len(self.findings) < LIMIT:
            self.findings.append(text)


def verify_all(witness: Sequence[str] = (), *, public: str = "") -> Report:
    """Verify everything; `witness` are published heads kept outside, `public` the key they must bear (default: ours)."""
    report = Report()
    ends = _chains(report)
    _ends(report, ends)
    _papers(report)
    _emptied(report)
    _tree(report, witness, public or heads.public_hex())
    return report


def _portions(rows: Any) -> Iterator[list[Any]]:
    found = iter(rows)
    while portion := list(islice(found, PORTION)):
        yield portion


def _chains(report: Report) -> dict[str, tuple[int, str]]:
    """Every chain from its first record; returns number and hash of each chain's last."""
    ends: dict[str, tuple[int, str]] = {}
    after: tuple[str, int] = ("", 0)
    rows = Record.objects.order_by("chain", "seq").values_list(*FIELDS).iterator(PORTION)
    for portion in _portions(rows):
        until = (portion[-1][0], portion[-1][1])
        parts = _parts(after, until)
        for row in portion:
            seq, previous = ends.get(row[0], (0, ""))
            wrong = _fault(row, seq + 1, previous, parts.pop((row[0], row[1]), {}))
            if wrong:
                report.found(f"{row[0]}/{row[1]}：{wrong}")
            ends[row[0]] = (row[1], row[12])
        for chain, number in parts:
            report.found(f"{chain}/{number}：内容还在，记录不见了")
        after, report.records = until, report.records + len(portion)
    for chain, number in _parts(after, None):
        report.found(f"{chain}/{number}：内容还在，记录不见了")
    report.chains = len(ends)
    return ends


def _parts(after: tuple[str, int], until: tuple[str, int] | None) -> dict[tuple[str, int], dict[str, tuple[str, str]]]:
    text = f"SELECT chain, seq, name, salt, value FROM {RecordPart._meta.db_table} WHERE (chain, seq) > (%s, %s)"
    values: list[Any] = [*after]
    if until:
        text, values = f"{text} AND (chain, seq) <= (%s, %s)", [*values, *until]
    found: dict[tuple[str, int], dict[str, tuple[str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        for chain, seq, name, salt, value in cursor.fetchall():
            found.setdefault((chain, seq), {})[name] = (salt, value)
    return found


def _fault(row: Sequence[Any], seq: int, previous: str, parts: dict[str, tuple[str, str]]) -> str:
    """What is wrong with one record, or nothing."""
    if row[1] != seq:
        return f"应为第{seq}条，记录缺失或重复"
    body = json.loads(row[10])
    if hashlib.new(body["digest"], row[10].encode()).hexdigest() != row[12]:
        return "摘要与内容不符"
    if row[11] != previous or body["previous"] != previous:
        return "与上一条记录不相接"
    shown = (body["chain"], body["seq"], body["kind"], body["step"], body["round"], body["outcome"], body["desk"], body["from"], body["to"])
    if (
        shown != (row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[8], row[9])
        or body["at"] != row[7].astimezone(UTC).isoformat()
    ):
        return "栏目与已记录的正文不符"
    for name, committed in body["parts"].items():
        if name not in parts:
            return f"内容“{name}”不见了"
        salt, value = parts[name]
        if value and commitment(salt, value) != committed:  # an empty value was erased at the end of its retention
            return f"内容“{name}”与承诺值不符"
    return "" if set(parts) == set(body["parts"]) else "多出没有承诺值的内容"


def _ends(report: Report, ends: dict[str, tuple[int, str]]) -> None:
    books = [(f"C{pk}", count, head) for pk, count, head in Case.objects.values_list("pk", "records_count", "head").iterator()]
    books += [(f"J{pk}", count, head) for pk, count, head in Journal.objects.values_list("pk", "records_count", "head")]
    for chain, count, head in books:
        last = ends.pop(chain, (0, ""))
        if last != (count, head):
            report.found(f"{chain}：链尾应为第{count}条，实为第{last[0]}条")
    for chain in ends:
        report.found(f"{chain}：没有所属案件或登记簿")


def _papers(report: Report) -> None:
    fields = ("pk", "case_id", "record_seq", "content_hash", "number")
    for portion in _portions(Document.objects.order_by("pk").values_list(*fields).iterator(PORTION)):
        said = _said([(f"C{row[1]}", row[2]) for row in portion])
        for pk, case, seq, content_hash, number in portion:
            told = said.get((f"C{case}", seq))
            if told is not None and told != {"id": pk, "hash": content_hash}:
                report.found(f"文书{number}：内容摘要与记录不符")
        report.papers += len(portion)
    for document, sha256, pdf in Rendering.objects.values_list("document_id", "sha256", "pdf").iterator(50):
        if len(pdf) and hashlib.sha256(pdf).hexdigest() != sha256:  # an empty one was erased by an order
            report.found(f"文书文件{document}：字节与摘要不符")


def _emptied(report: Report) -> None:
    """What is empty was emptied by an order of two people, or it was tampered with."""
    ordered = set(Erasure.objects.values_list("chain", flat=True))
    empty = set(RecordPart.objects.filter(value="").values_list("chain", flat=True).distinct())
    empty |= {f"C{case}" for case in Rendering.objects.filter(pdf=b"").values_list("document__case_id", flat=True)}
    for chain in sorted(empty - ordered):
        report.found(f"{chain}：内容被清空，而没有期满销毁的决定")


def _said(places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    rows = RecordPart.objects.filter(chain__in={c for c, _ in places}, seq__in={s for _, s in places}, name="paper").exclude(value="")
    return {(chain, seq): json.loads(value) for chain, seq, value in rows.values_list("chain", "seq", "value").iterator(PORTION)}


def _tree(report: Report, witness: Sequence[str], public: str) -> None:
    """Leaves against rows, roots against seals and against what a witness kept."""
    wanted: dict[int, list[tuple[str, str]]] = {}
    for seal in Seal.objects.order_by("size"):
        _expect(report, wanted, seal.note, heads.public_hex(), "封存", root=seal.root)
        report.seals += 1
    for note in witness:
        _expect(report, wanted, note, public, "外部见证")
        report.witnessed += 1
    frontier, hashes = Frontier(seals.tree()), seals.tree()
    for index, text, data in _leaf_rows():
        if index != frontier.size:
            report.found(f"封存项{frontier.size}不见了")
            break
        if data is None or hashes.leaf(data).hex() != text:
            report.found(f"封存项{index}：{'所指记录不见了' if data is None else '所指记录已变'}")
        frontier.add(bytes.fromhex(text))
        for what, root in wanted.pop(frontier.size, ()):
            if frontier.root().hex() != root:
                report.found(f"{what}（{frontier.size}项）：根不符，记录在封存后被改写")
    for size, kinds in wanted.items():
        report.found(f"{kinds[0][0]}（{size}项）：现有封存项只有{frontier.size}，记录被回退")
    report.leaves = frontier.size
    report.unsealed = Record.objects.filter(leaf__isnull=True).count()


def _expect(report: Report, wanted: dict[int, list[tuple[str, str]]], note: str, public: str, what: str, *, root: str = "") -> None:
    try:
        head = heads.opened(note, public)
    except heads.BadHead as wrong:
        report.found(f"{what}：{wrong}")
        return
    if root and head.root != root:
        report.found(f"{what}（{head.size}项）：签名文本与登记的根不符")
    wanted.setdefault(head.size, []).append((what, head.root))


def _leaf_rows() -> Iterator[tuple[int, str, bytes | None]]:
    fields = ("index", "hash", "record__chain", "record__seq", "record__hash", "read_id")
    for portion in _portions(Leaf.objects.order_by("index").values_list(*fields).iterator(PORTION)):
        reads = Read.objects.in_bulk([row[5] for row in portion if row[5]])
        for index, text, chain, seq, hash_, read in portion:
            if read:
                yield index, text, seals.of_read(reads[read]) if read in reads else None
            else:
                yield index, text, seals.of_record(chain, seq, hash_) if chain else None
