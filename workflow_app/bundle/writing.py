"""Writing a bundle: the same case gives the same bytes, whenever it is made."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings

from workflow_app import heads, seals
from workflow_app.bundle.editions import Edition, for_subject, whole
from workflow_app.bundle.rows import Collection
from workflow_app.ledger import canonical
from workflow_app.models import Carried, Case, Document, Leaf, Record, Seal
from workflow_app.steps import Step

FORMAT = "shangxia/bundle/1"
EPOCH = (1980, 1, 1, 0, 0, 0)
CHECKER = Path(__file__).parent.parent / "static" / "verify_receipt.py"


def write_bundle(case: Case, to: IO[bytes], *, subject: bool = False) -> Edition:
    """Write the case's bundle: everything, or the edition of the person concerned. Reads only."""
    steps = _steps(case)
    collection = Collection(case).gather()
    edition = for_subject(collection, steps) if subject else whole(collection)
    contents = {
        "bundle.json": canonical(_about(case, subject=subject)),
        "目录.txt": _contents(case, edition, steps),
        "seals.json": _proofs(case),
        "withheld.json": _lines(edition.list_of_withheld()),
        **{f"tables/{name}.jsonl": _lines(rows) for name, rows in edition.tables.items() if rows},
    }
    files = {name: text.encode() for name, text in contents.items()} | edition.files
    files["verify_receipt.py"] = CHECKER.read_bytes()
    manifest = {name: sha256(data).hexdigest() for name, data in files.items()}
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            _put(archive, name, files[name])
        _put(archive, "manifest.json", canonical(manifest).encode())
    return edition


def _put(archive: ZipFile, name: str, data: bytes) -> None:
    info = ZipInfo(name, EPOCH)
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
    archive.writestr(info, data)


def _lines(rows: list[dict[str, Any]]) -> str:
    return "".join(f"{canonical(row)}\n" for row in rows)


def _steps(case: Case) -> dict[str, Step]:
    return {node.step.name: node.step for node in case.flow_class.humans()}


def _about(case: Case, *, subject: bool) -> dict[str, Any]:
    carried = Carried.objects.filter(case=case).values_list("parent", flat=True).first() or ""
    return {
        "format": FORMAT, "edition": "subject" if subject else "whole", "case": case.number, "chain": f"C{case.pk}",
        "records": case.records_count, "head": case.head, "digest": settings.RECORD_DIGEST,
        "parent": case.parent.number if case.parent else carried,
    }  # fmt: skip


def _proofs(case: Case) -> str:
    """Where every sealed record stands under the newest head; as it came, for a case from another system."""
    carried = Carried.objects.filter(case=case).values_list("seals", flat=True).first()
    if carried is not None:
        return carried
    head = Seal.objects.order_by("-size").first()
    if head is None:
        return canonical({"head": "", "key": "", "proofs": {}})
    read, tree = seals.reader(), seals.tree()
    leaves = Leaf.objects.filter(record__case=case, index__lt=head.size).values_list("record__seq", "index").order_by("index")
    proofs = {str(seq): {"index": index, "path": [one.hex() for one in tree.inclusion(read, index, head.size)]} for seq, index in leaves}
    return canonical({"head": head.note, "key": heads.public_hex(), "proofs": proofs})


def _contents(case: Case, edition: Edition, steps: dict[str, Step]) -> str:
    """The table of contents, for people."""
    whose = "本人查阅版" if edition.withheld else "全卷"
    lines = [f"{case.number}　{case.cadre.name}　{whose}", "", "一、文书"]
    shown = {row["id"] for row in edition.tables.get("document", [])}
    pdfs = {row["document_id"]: row["pdf"] for row in edition.tables.get("rendering", [])}
    for one in Document.objects.filter(case=case).order_by("record_seq"):
        lines.append(f"　{one.record_seq}．{one.title}（{one.number}）　{pdfs.get(one.pk, '（未含文件）')}" if one.pk in shown else "")
    lines += ["", "二、记录"]
    lines += [
        f"　{one.seq}．{one.get_kind_display()}　{steps[one.step].title if one.step in steps else ''}　{one.at.isoformat()}"
        for one in Record.objects.filter(case=case).order_by("seq")
    ]
    lines += ["", "三、未予提供的内容和理由"]
    lines += [f"　{one.where}　{one.why}" for one in edition.withheld] or ["　无"]
    lines += ["", "核验：在装有 Python 3.9 以上版本的电脑上运行 python verify_receipt.py 本文件.zip --key 机关公布的公钥", ""]
    return "\n".join(line for index, line in enumerate(lines) if line or lines[index - 1])


def manifest_of(archive: ZipFile) -> dict[str, str]:
    """The archive's list of files and hashes."""
    told: dict[str, str] = json.loads(archive.read("manifest.json"))
    return told
