"""Taking in monthly statements: all of a file or nothing, every fault with its place; colours are computed from what stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from workflow_app.assessment.imports import AlreadyImported
from workflow_app.assessment.sheets import BadSheet, Fault, Reader, lines_of
from workflow_app.assessment.warnings.colours import Line, of_month
from workflow_app.models import Account, Cadre, Colour, ImportBatch, Statement

COLUMNS = ("月份", "干部编号", "姓名", "项目", "得分", "经查实弄虚作假", "更正理由")
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
YES_NO = {"": "no", "否": "no", "是": "yes"}
type_key = tuple[int, str, str]


@dataclass(frozen=True)
class Row:
    """One good line of the file."""

    number: int
    cadre: Cadre
    month: str
    item: str
    score: Decimal
    falsified: bool
    reason: str

    @property
    def key(self) -> type_key:
        """What there is one of."""
        return self.cadre.pk, self.month, self.item


def read(path: Path, cadres: Mapping[str, Cadre], *, latest: str) -> list[tuple[Row, int]]:
    """All rows of a file with their edition. `latest` is the last month that is over. Raises BadSheet."""
    faults: list[Fault] = []
    known = Counter(Statement.objects.filter(cadre__in=[one.pk for one in cadres.values()]).values_list("cadre_id", "month", "item"))
    rows, seen = [], set()
    for sheet, number, cells in lines_of(path, COLUMNS, faults):
        reader = Reader(sheet, number, cells, faults, COLUMNS)
        row = _row(reader, cadres, latest)
        if row is None:
            continue
        if row.key in seen:
            reader.fault("项目", "每名干部每月每个项目一行")
        elif known[row.key] and not row.reason:
            reader.fault("更正理由", "这个项目已经导入过；更正须写明理由")
        elif row.reason and not known[row.key]:
            reader.fault("更正理由", "空白（这个项目还没有导入过，无可更正）")
        seen.add(row.key)
        rows.append((row, known[row.key] + 1))
    if not rows and not faults:
        faults.append(Fault(path.name, 2, "A", "没有数据行", "至少一行"))
    if faults:
        raise BadSheet(faults)
    return rows


def _row(reader: Reader, cadres: Mapping[str, Cadre], latest: str) -> Row | None:
    cells, before = reader.cells, len(reader.faults)
    cadre = cadres.get(str(cells["干部编号"] or "").strip())
    month = str(cells["月份"] or "").strip()
    if not MONTH.fullmatch(month) or month > latest:
        reader.fault("月份", f"不晚于{latest}的月份，写作“2026-03”")
    if cadre is None:
        reader.fault("干部编号", "本单位管理的干部名册中的编号")
    elif reader.text("姓名") != cadre.name:
        reader.fault("姓名", f"名册中的姓名“{cadre.name}”")
    item, falsified = reader.text("项目", 60), reader.one_of("经查实弄虚作假", YES_NO, empty=True)
    if cells["得分"] in (None, ""):
        reader.fault("得分", "0至100的数，最多两位小数")
    score, reason = reader.amount("得分"), reader.text("更正理由", 200) if cells["更正理由"] else ""
    if cadre is None or score is None or len(reader.faults) > before:
        return None
    return Row(reader.number, cadre, month, item, score, falsified == "yes", reason)


def take_in(
    path: Path, name: str, *, cadres: Iterable[Cadre], latest: str, by: Account | None, at: datetime
) -> tuple[ImportBatch, list[Colour]]:
    """Store a file and compute the colours that change by it. Raises BadSheet or AlreadyImported; then nothing is stored."""
    digest = sha256(path.read_bytes()).hexdigest()
    earlier = ImportBatch.objects.filter(digest=digest).first()
    if earlier is not None:
        raise AlreadyImported(f"这个文件已于{earlier.imported_at:%Y-%m-%d}导入（{earlier.rows}行），没有重复导入。")
    rows = read(path, {one.number: one for one in cadres}, latest=latest)
    with transaction.atomic():
        batch = ImportBatch.objects.create(file_name=name[:200], digest=digest, rows=len(rows), imported_at=at, imported_by=by)
        Statement.objects.bulk_create(
            [
                Statement(cadre=row.cadre, month=row.month, item=row.item, score=row.score, falsified=row.falsified, edition=edition, reason=row.reason, batch=batch, row=row.number)
                for row, edition in rows
            ],
            batch_size=500,
        )  # fmt: skip
        return batch, recompute({row.cadre.pk for row, _ in rows}, at=at)


def months_of(cadres: Iterable[int]) -> dict[int, dict[str, list[Line]]]:
    """What counts of the statements: the newest edition of each line, by cadre and month."""
    newest: dict[type_key, Statement] = {}
    for one in Statement.objects.filter(cadre__in=list(cadres)).order_by("edition"):
        newest[one.cadre_id, one.month, one.item] = one
    found: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for one in newest.values():
        found[one.cadre_id][one.month].append(Line(one.pk, one.item, one.score, one.falsified))
    return found


def recompute(cadres: Iterable[int], *, at: datetime) -> list[Colour]:
    """Colours of all months of these cadres from the statements; a row only where something changed. Returns the new rows."""
    people = sorted(set(cadres))
    stored: dict[tuple[int, str], Any] = {}
    for one in Colour.objects.filter(cadre__in=people).order_by("id"):
        stored[one.cadre_id, one.month] = one.inputs
    rows = list(_changed(people, stored, at))
    Colour.objects.bulk_create(rows, batch_size=500)
    return rows


def _changed(people: list[int], stored: Mapping[tuple[int, str], Any], at: datetime) -> Iterator[Colour]:
    found = months_of(people)
    for cadre in people:
        for month in sorted(found[cadre]):
            now = of_month(month, found[cadre])
            if stored.get((cadre, month)) != now.inputs():
                yield Colour(cadre_id=cadre, month=month, shade=now.shade, score=now.score, inputs=now.inputs(), computed_at=at)
