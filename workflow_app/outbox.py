"""Working off what acts have ordered: leased, fenced, retried with back-off, and put aside aloud after eight tries."""

from __future__ import annotations

import logging
import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from workflow_app import conduct, documents
from workflow_app.models import Deadline, Document, Outgoing, Rendering

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
TRIES = 8


@dataclass
class Worker:
    """One worker; its name is the fence: a lease taken over by another is no longer ours to finish."""

    name: str = field(default_factory=lambda: uuid.uuid4().hex)

    def fire_due(self, at: datetime, limit: int = 50) -> int:
        """Fire deadlines that are due. The door re-reads each under the case's lock, so that it fires once."""
        due = Deadline.objects.filter(fires_at__lte=at).order_by("fires_at", "id").values_list("pk", flat=True)[:limit]
        fired = 0
        for pk in list(due):
            try:
                fired += bool(conduct.expire(pk, at=at))
            except Exception:  # one bad case must not stop the clock of all the others
                log.exception("deadline %s could not be fired", pk)
                Deadline.objects.filter(pk=pk, fired_at__isnull=True).update(fires_at=at + timedelta(minutes=10))
        return fired

    def take(self, at: datetime) -> Outgoing | None:
        """Lease the next row that is due."""
        with transaction.atomic():
            rows = Outgoing.objects.filter(next_at__lte=at).order_by("next_at", "id")
            if connection.vendor == "postgresql":
                rows = rows.select_for_update(skip_locked=True)
            row = rows.first()
            if row is None:
                return None
            row.owner, row.attempts, row.next_at = self.name, row.attempts + 1, at + LEASE
            row.save(update_fields=["owner", "attempts", "next_at"])
        return row

    def work_off(self, at: datetime, limit: int = 20) -> int:
        """Work off due rows; rendering happens outside of any transaction."""
        for count in range(limit):
            row = self.take(at)
            if row is None:
                return count
            try:
                if row.kind == Outgoing.Kind.RENDER:
                    render(row.target, at=at)
                self._finished(row, done_at=at, next_at=None, error="")
            except Exception as fault:
                log.warning("outgoing %s: %s", row.pk, fault)
                self._failed(row, str(fault), at)
        return limit

    def _finished(self, row: Outgoing, **changes: object) -> None:
        # The fence: only while the lease is still ours.
        Outgoing.objects.filter(pk=row.pk, owner=self.name, done_at__isnull=True).update(**changes)

    def _failed(self, row: Outgoing, error: str, at: datetime) -> None:
        if row.attempts >= TRIES:
            log.error("outgoing %s is put aside after %s tries: %s", row.pk, row.attempts, error)
            self._finished(row, dead_at=at, next_at=None, error=error[:2000])
            return
        pause = timedelta(seconds=min(2**row.attempts, 300) * random.uniform(0.5, 1.5))
        self._finished(row, next_at=at + pause, error=error[:2000], attempts=F("attempts"))


def render(document_id: int, *, at: datetime) -> None:
    """Render one document and keep the bytes; a second rendering must give the same hash."""
    document = Document.objects.get(pk=document_id)
    made = documents.render(document.content["paper"], document.content["content"], document.template)
    kept, new = Rendering.objects.get_or_create(
        document=document,
        defaults={"pdf": made.pdf, "sha256": made.sha256, "pages": made.pages, "font_set": documents.font_set(), "rendered_at": at},
    )
    if not new and kept.sha256 != made.sha256:
        raise documents.RenderingFailed(f"《{document.title}》再次生成的文件与原件不同。")
    if new:
        conduct.file_paper(document.case_id, document_id, made.sha256, at=at)
