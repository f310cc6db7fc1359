"""Taking in a file of results: all of it or nothing, once."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from workflow_app.assessment.sheets import read
from workflow_app.models import Account, AssessmentResult, ImportBatch


class AlreadyImported(Exception):
    """The same file was taken in before."""


def import_results(path: Path, *, by: Account | None, at: datetime, within: str = "/") -> ImportBatch:
    """Read, check and store a file about people of the unit whose path `within` is. Raises BadSheet or AlreadyImported; then nothing is stored."""
    digest = sha256(path.read_bytes()).hexdigest()
    earlier = ImportBatch.objects.filter(digest=digest).first()
    if earlier is not None:
        raise AlreadyImported(f"这个文件已于{earlier.imported_at:%Y-%m-%d}导入（{earlier.rows}行），没有重复导入。")
    rows = read(path, within=within)
    with transaction.atomic():
        batch = ImportBatch.objects.create(file_name=path.name[:200], digest=digest, rows=len(rows), imported_at=at, imported_by=by)
        AssessmentResult.objects.bulk_create(
            [
                AssessmentResult(
                    batch=batch, row=row.number, unit=row.cadre.unit, cadre=row.cadre,
                    **_plain(row),
                )
                for row in rows
            ],
            batch_size=500,
        )  # fmt: skip
    return batch


def _plain(row: object) -> dict[str, Any]:
    fields = vars(row)
    return {name: value for name, value in fields.items() if name not in ("number", "cadre")}
