"""Receipts: what was sent, when, and by which number it can be checked. A receipt moves nothing; it is rendered after commit.

Everything on a receipt follows from rows that never change (paper, record, parts), so that rendering again gives the
same bytes. `Words.standing` names the record and its hash: an inclusion proof of a checkpoint is about exactly these.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from workflow_app import documents
from workflow_app.clock import TZ
from workflow_app.models import Attachment, Document, Receipt, ReceiptPrint, Record, RecordPart

TEMPLATE = "documents/receipt.html"


@dataclass(frozen=True)
class Words:
    """What a receipt says, as plain values."""

    rows: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, ...], ...]
    standing: tuple[tuple[str, str], ...]
    how: tuple[str, ...]


HOW = (
    "“所发内容”是提交时固定的数据文件，可以在系统“我发出的材料”中下载，文件名以“所发内容”开头。",
    "用任何计算SHA-256的工具计算该文件的摘要值，应与本回执所列完全一致；改动一个字，摘要值就不同。",
    "记录摘要值按时间逐条相连，机关不能在事后更换或删去您发出的内容而不被发现。",
)


def sent_text(receipt: Receipt) -> str:
    """What was sent, byte for byte as it was hashed; empty after a recorded erasure."""
    part = RecordPart.objects.filter(chain=f"C{receipt.case_id}", seq=receipt.record_seq, name="facts").first()
    return part.value if part else ""


def words_of(receipt: Receipt) -> Words:
    """The receipt in words."""
    document = Document.objects.only("title", "number").get(pk=receipt.pk)
    record = Record.objects.get(chain=f"C{receipt.case_id}", seq=receipt.record_seq)
    files = (
        Attachment.objects.filter(case=receipt.case_id, record_seq=receipt.record_seq)
        .select_related("upload")
        .defer("upload__data")
        .order_by("id")
    )
    case = receipt.case
    return Words(
        rows=(
            ("案号", case.number), ("当事人", case.cadre.name), ("发送人", receipt.sender), ("收到机关", case.organ.organ_name or case.organ.name),
            ("所发文书", f"《{document.title}》（{document.number}）"),
            ("收到时间", f"{receipt.sent_at.astimezone(TZ):%Y年%-m月%-d日 %H:%M:%S}（北京时间）"),
            ("所发内容摘要值（SHA-256）", receipt.sent_sha256),
        ),
        files=tuple((one.name, f"{one.upload.size}字节", one.upload.sha256) for one in files),
        standing=(("记录编号", f"{record.chain}/{record.seq}"), ("记录摘要值", record.hash), ("前一记录摘要值", record.previous or "（首条记录）")),
        how=HOW,
    )  # fmt: skip


def envelope(receipt: Receipt) -> dict[str, Any]:
    """What the receipt's paper carries besides its words."""
    case, day = receipt.case, receipt.sent_at.astimezone(TZ)
    return {
        "title": "回执", "number": f"{case.number}-回执{receipt.record_seq}", "organ": case.organ.organ_name or case.organ.name,
        "case_no": case.number, "issued_on": f"{day:%Y年%-m月%-d日}", "dated": f"{day:%Y-%m-%d}", "code": "回执", "signatures": [], "demo": settings.DEMO,
    }  # fmt: skip


def render(document_id: int, *, at: datetime) -> None:
    """Make the PDF of a receipt; a second rendering must give the same hash."""
    receipt = Receipt.objects.select_related("case__cadre", "case__organ").get(pk=document_id)
    made = documents.render(envelope(receipt), asdict(words_of(receipt)), TEMPLATE)
    kept, new = ReceiptPrint.objects.get_or_create(
        receipt=receipt, defaults={"pdf": made.pdf, "sha256": made.sha256, "pages": made.pages, "rendered_at": at}
    )
    if not new and kept.sha256 != made.sha256:
        raise documents.RenderingFailed("回执再次生成的文件与原件不同。")
