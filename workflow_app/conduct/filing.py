"""Steps that are begun without being the turn, begun and completed in one go: until it is sent, nothing is on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from workflow_app.conduct.acting import Preview, begin, complete, preview
from workflow_app.models import Account, Case, Record

type_facts = dict[str, Any]


def foresee(case: Case, step: str, *, facts: type_facts, by: Account, at: datetime) -> Preview:
    """The paper that beginning and completing `step` would give; nothing is written."""
    with transaction.atomic():
        item = begin(case, step, by=by, at=at, key=f"foresee-{case.pk}-{step}-{by.pk}")
        result = preview(item, facts=facts, by=by, at=at)
        transaction.set_rollback(True)
    return result


def file(case: Case, step: str, *, facts: type_facts, seen: str, by: Account, at: datetime, key: str) -> Record | None:
    """Begin `step` and complete it. A repeated key returns the record of the first time."""
    with transaction.atomic():
        item = begin(case, step, by=by, at=at, key=f"{key}-b")
        return complete(item, facts=facts, seen=seen, by=by, at=at, key=key)
