"""What acts have ordered: taken on lease, fenced, retried with back-off, and put aside aloud after eight tries."""

from __future__ import annotations

import hashlib
import logging
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from workflow_app import conduct, documents, ledger, patterns, receipts, signet
from workflow_app.hands import NotYours
from workflow_app.models import Account, Document, Office, Outgoing, Rendering, SignedPaper, Unit
from workflow_app.printshop import PressUnavailable
from workflow_app.steps import Refused

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
TRIES = 8
# A row that takes its worker down with it never reports a fault: it is put aside when it was taken this often.
TAKEN = 3 * TRIES


class Away(Exception):
    """Somebody outside cannot be reached: no fault of the row. It is tried again until it is `WAITS` old, and no try is counted."""


# How long a row waits for somebody outside, and how long until the next try (P).
WAITS, PAUSE = timedelta(hours=24), timedelta(seconds=60)

type_handler = Callable[[Outgoing, datetime], None]


def take(owner: str, at: datetime) -> Outgoing | None:
    """Lease the next row that is due to the worker called `owner`."""
    with transaction.atomic():
        rows = Outgoing.objects.filter(next_at__lte=at).order_by("next_at", "id")
        if connection.vendor == "postgresql":
            rows = rows.select_for_update(skip_locked=True)
        row = rows.first()
        if row is None:
            return None
        row.owner, row.attempts, row.next_at = owner, row.attempts + 1, at + LEASE
        row.save(update_fields=["owner", "attempts", "next_at"])
    return row


def finished(row: Outgoing, at: datetime) -> None:
    """The row is worked off."""
    _settle(row, done_at=at, next_at=None, error="")


def failed(row: Outgoing, fault: Exception, at: datetime) -> None:
    """Try again later, or put it aside; at once when the fault says that trying again is of no use."""
    error = str(fault) if isinstance(fault, (documents.RenderingFailed, Away)) else f"{type(fault).__name__}: {fault}"
    if isinstance(fault, Away) and at - row.created_at < WAITS:
        _settle(row, next_at=at + PAUSE * random.uniform(1, 2), error=error[:2000], attempts=max(0, row.attempts - 1))
        return
    if isinstance(fault, Away) or row.attempts >= getattr(fault, "tries", TRIES):
        log.error("outgoing %s is put aside after %s tries: %s", row.pk, row.attempts, error)
        _settle(row, dead_at=at, next_at=None, error=error[:2000])
        return
    pause = timedelta(seconds=min(2**row.attempts, 300) * random.uniform(0.5, 1.5))
    _settle(row, next_at=at + pause, error=error[:2000], attempts=F("attempts"))


def worn_out(row: Outgoing, at: datetime) -> bool:
    """Put a row aside that was taken again and again and never brought back."""
    if row.attempts <= TAKEN:
        return False
    _settle(row, dead_at=at, next_at=None, error="处理进程在办理这一事项时多次中断。")
    return True


def _settle(row: Outgoing, **changes: object) -> None:
    # The fence: only while the lease is still ours.
    Outgoing.objects.filter(pk=row.pk, owner=row.owner, done_at__isnull=True, dead_at__isnull=True).update(**changes)


def put_aside() -> QuerySet[Outgoing]:
    """Rows that were put aside and that nobody has dealt with."""
    return Outgoing.objects.filter(dead_at__isnull=False, closed_at__isnull=True).order_by("-dead_at", "-id")


def retry(row_id: int, *, by: Account, at: datetime) -> None:
    """Try a row again that was put aside; recorded."""
    _deal_with(row_id, "retried", "", {"dead_at": None, "next_at": at, "attempts": 0, "owner": ""}, by, at)


def close(row_id: int, *, reason: str, by: Account, at: datetime) -> None:
    """Give up a row that was put aside, with a reason; recorded."""
    if len(reason.strip()) < 5:
        raise Refused("关闭须写明理由（不少于5个字）。", way_out="补写理由。", rule="待发事项", field="reason")
    _deal_with(row_id, "closed", reason.strip(), {"closed_at": at}, by, at)


@transaction.atomic
def _deal_with(row_id: int, outcome: str, reason: str, changes: dict[str, object], by: Account, at: datetime) -> None:
    if by.office != Office.SYSTEM:
        raise NotYours("只有系统管理员可以处置未能办成的事项。", way_out="请系统管理员办理。")
    row = put_aside().select_for_update(of=("self",)).filter(pk=row_id).select_related("case__organ").first()
    if row is None:
        raise Refused("这一事项已经处置。", way_out="刷新页面。", rule="待发事项")
    Outgoing.objects.filter(pk=row.pk).update(**changes)
    unit = row.case.organ if row.case else Unit.objects.filter(parent__isnull=True).earliest("pk")
    facts = {"outgoing": row.pk, "kind": row.kind, "target": row.target, "error": row.error, "reason": reason}
    ledger.journal(unit, ledger.Entry(kind="LETTER", at=at, actor=by, outcome=outcome, parts={"facts": facts}))


def render(document_id: int, *, at: datetime) -> None:
    """Render one document, sign it where it has a place for the seal, and keep both; once made, it is never made anew."""
    document = Document.objects.select_related("case__organ").get(pk=document_id)
    if Rendering.objects.filter(document=document).exists():
        return  # a worker died after keeping the bytes
    paper, content = document.content["paper"], document.content["content"]
    patterns.keep(document.template, at=at)
    made = documents.render(paper, content, document.template, version=document.template_version)
    signed = _signed(document, made)
    with transaction.atomic():
        kept, new = Rendering.objects.get_or_create(
            document=document,
            defaults={"pdf": made.pdf, "sha256": made.sha256, "pages": made.pages, "font_set": documents.font_set(), "rendered_at": at},
        )
        if new:
            conduct.file_paper(document.case_id, document.pk, made.sha256, at=at)
        if new and signed:
            _keep_signature(document, made, signed, at)
    if kept.sha256 != made.sha256:
        raise documents.RenderingFailed(f"《{document.title}》再次生成的文件与原件不同。")


def begin(row: Outgoing) -> None:
    """Have the paper of a row printed while other rows are worked off; whatever stands against it is told when its turn comes."""
    document = Document.objects.select_related("rendering").filter(pk=row.target).first() if row.kind == Outgoing.Kind.RENDER else None
    if document is None or hasattr(document, "rendering"):
        return
    with suppress(documents.RenderingFailed, PressUnavailable):
        documents.begin(document.content["paper"], document.content["content"], document.template, version=document.template_version)


def _signed(document: Document, made: documents.Rendered) -> bytes:
    if made.seal is None:
        return b""
    try:
        return signet.stamp(made.pdf, made.seal, sealed_by(document), on=document.issued_on)
    except signet.KeyUnavailable as away:
        raise documents.RenderingFailed(f"《{document.title}》未能用印：{away}") from away


def sealed_by(document: Document) -> Unit:
    """The organ that the paper names as its own: the one asked seals its answer, not the one that handles the case."""
    organ, name = document.case.organ, str(document.content["paper"]["organ"])
    if name == (organ.organ_name or organ.name):
        return organ
    return Unit.objects.filter(Q(organ_name=name) | Q(organ_name="", name=name)).order_by("pk").first() or organ


def _keep_signature(document: Document, made: documents.Rendered, signed: bytes, at: datetime) -> None:
    certificate = signet.keys().signer(sealed_by(document)).signing_cert
    assert certificate is not None
    SignedPaper.objects.create(
        document=document, addition=signed[len(made.pdf) :], sha256=hashlib.sha256(signed).hexdigest(), level=signet.level(),
        signer=str(certificate.subject.native.get("common_name", ""))[:200], certificate=certificate.sha256.hex(), signed_at=at,
    )  # fmt: skip


# What is done with a row of a kind; further kinds are named by those who order them.
HANDLERS: dict[str, type_handler] = {
    Outgoing.Kind.RENDER: lambda row, at: render(row.target, at=at),
    Outgoing.Kind.RECEIPT: lambda row, at: receipts.render(row.target, at=at),
}
