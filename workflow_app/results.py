"""Annual results taken in whole: stored, recorded in the journal, and the leads that follow raised."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from workflow_app import clock, ledger
from workflow_app.assessment.imports import import_results
from workflow_app.assessment.triggers import raise_leads
from workflow_app.law import known_rules
from workflow_app.models import Account, AssessmentResult, ImportBatch, Unit


def take(path: Path, *, by: Account | None, at: datetime, unit: Unit | None = None) -> tuple[ImportBatch, int]:
    """Import, record, raise leads; the batch and how many leads. `unit` limits whose results may be told. Raises BadSheet or AlreadyImported."""
    batch = import_results(path, by=by, at=at, within=unit.path if unit else "/")
    root = unit or Unit.objects.filter(manages_cadres=True).order_by("code").first()
    if root is not None:
        parts = {"facts": {"file": batch.file_name, "digest": batch.digest, "rows": batch.rows}}
        ledger.journal(root, ledger.Entry(kind="IMPORT", at=at, actor=by, outcome="imported", parts=parts))
    year = AssessmentResult.objects.order_by("-year").values_list("year", flat=True).first() or at.year
    today = at.astimezone(clock.TZ).date()
    due = clock.last_day(rule=known_rules()["DN-TRIAGE"], start=today, calendar=clock.calendar_from_db())
    return batch, raise_leads(year=year, at=at, due_on=due.last_day)
