"""Targets of units and what they reached, by workbook: all of it or nothing, every fault with its place. Sums and means only, nobody who was served."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from io import BytesIO
from typing import IO, Any

from django.db import transaction
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from workflow_app.assessment.sheets import BadSheet, Fault, Reader, open_book, readers_of
from workflow_app.assessment.units.attained import Reached, coloured, fits, over
from workflow_app.models import Account, ImportBatch, Unit, UnitColour, UnitStatement, UnitTarget

TARGETS, STATEMENTS = "目标", "对账单"
TARGET_COLUMNS = ("年度", "单位编号", "单位", "目标", "计量单位", "方向", "报告周期", "目标值", "依据文件", "调整理由")
COLUMNS = ("单位编号", "单位", "目标", "期间", "实际值", "本期目标值", "数据来源", "更正理由")
BETTER = {str(label): value for value, label in UnitTarget.Better.choices}
RHYTHM = {str(label): value for value, label in UnitTarget.Rhythm.choices}
LARGEST = Decimal("999999999999.99")
type_target = tuple[int, int, str]  # unit, year, name
type_key = tuple[int, int, str, str]  # and period


@dataclass(frozen=True)
class Taken:
    """What came in; what says the same as before is not counted."""

    targets: list[UnitTarget]
    statements: list[UnitStatement]
    colours: list[UnitColour]


def targets_of(organ: Unit) -> dict[type_target, UnitTarget]:
    """The targets that count: the newest of each unit, year and name."""
    rows = UnitTarget.objects.filter(organ=organ).select_related("unit").order_by("id")
    return {(one.unit_id, one.year, one.name): one for one in rows}


def statements_of(organ: Unit) -> dict[type_key, UnitStatement]:
    """The statements that count."""
    rows = UnitStatement.objects.filter(target__organ=organ).select_related("target__unit").order_by("id")
    return {(one.target.unit_id, one.target.year, one.target.name, one.period): one for one in rows}


def written(organ: Unit) -> bytes:
    """Targets and statements as they count; reading them in again changes nothing."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(TARGETS)
    sheet.append(list(TARGET_COLUMNS))
    for one in sorted(targets_of(organ).values(), key=lambda one: (one.unit.code, one.year, one.name)):
        said = [one.get_better_display(), one.get_rhythm_display(), one.target, one.source, ""]
        sheet.append([one.year, one.unit.code, one.unit.name, one.name, one.measure, *map(_cell, said)])
    sheet = book.create_sheet(STATEMENTS)
    sheet.append(list(COLUMNS))
    for row in sorted(statements_of(organ).values(), key=lambda row: (row.target.unit.code, row.period, row.target.name)):
        unit = row.target.unit
        sheet.append([unit.code, unit.name, row.target.name, row.period, row.value, row.due, row.source, ""])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: object) -> object:
    return value if isinstance(value, (Decimal, int)) else str(value)


@transaction.atomic
def take_in(organ: Unit, name: str, source: IO[bytes], today: date, *, by: Account, at: datetime) -> Taken:
    """Take targets and statements in and compute the colours that change. Raises BadSheet with every fault; then nothing is kept."""
    data = source.read()
    book, wrong = open_book(name, BytesIO(data)), list[Fault]()
    wrong += _strange(name, book)
    place = _Place(organ, today, by)
    if TARGETS in book.sheetnames:
        for line in readers_of(book, TARGETS, TARGET_COLUMNS, wrong):
            place.target(line)
    if STATEMENTS in book.sheetnames:
        for line in readers_of(book, STATEMENTS, COLUMNS, wrong):
            place.statement(line)
    book.close()
    if wrong:
        raise BadSheet(wrong)
    return _kept(place, name, data, by=by, at=at)


def _strange(name: str, book: Workbook) -> Iterator[Fault]:
    """Neither sheet, or a column beyond the known ones: whoever called or was served is not to be told."""
    if not {TARGETS, STATEMENTS} & set(book.sheetnames):
        yield Fault(name, 1, "A", "没有要导入的工作表", f"名为“{TARGETS}”或者“{STATEMENTS}”的工作表")
    for title, columns in ((TARGETS, TARGET_COLUMNS), (STATEMENTS, COLUMNS)):
        if title in book.sheetnames:
            head = next(iter(book[title].iter_rows(max_row=1, values_only=True)), ())
            for place, found in enumerate(head[len(columns) :], len(columns) + 1):
                if found not in (None, ""):
                    yield Fault(
                        title, 1, get_column_letter(place), f"多出的列“{found}”", "没有这一列（只导入单位的汇总数，不登记反映人和服务对象）"
                    )


def _kept(place: _Place, name: str, data: bytes, *, by: Account, at: datetime) -> Taken:
    digest, rows = sha256(data + at.isoformat().encode()).hexdigest(), len(place.new_targets) + len(place.new_statements)
    if not rows:
        return Taken([], [], [])
    batch = ImportBatch.objects.create(file_name=name[:200], digest=digest, rows=rows, imported_at=at, imported_by=by)
    for target in place.new_targets:
        target.at = at
        target.save()
    for one in place.new_statements:
        one.target, one.batch = place.targets[one.target.unit_id, one.target.year, one.target.name], batch
    made = UnitStatement.objects.bulk_create(place.new_statements)
    units = {one.unit_id for one in place.new_targets} | {one.target.unit_id for one in made}
    return Taken(place.new_targets, made, recompute(place.organ, units, at=at))


def recompute(organ: Unit, units: Iterable[int], *, at: datetime) -> list[UnitColour]:
    """Colours of these units from what counts; a row only where something changed. Returns the new rows."""
    wanted, targets = set(units), targets_of(organ)
    stored = {
        (one.unit_id, one.year, one.name, one.period): one.inputs for one in UnitColour.objects.filter(unit__in=wanted).order_by("id")
    }
    found: dict[type_target, dict[str, Reached]] = defaultdict(dict)
    for (unit, year, name, period), one in statements_of(organ).items():
        if unit in wanted:
            found[unit, year, name][period] = Reached(one.pk, one.value, one.due or targets[unit, year, name].target)
    rows = []
    for key, periods in found.items():
        for period, (shade, score, inputs) in sorted(coloured(key[2], targets[key].better, periods).items()):
            if stored.get((*key, period)) != inputs:
                unit, year, name = key
                rows.append(
                    UnitColour(unit_id=unit, year=year, name=name, period=period, shade=shade, score=score, inputs=inputs, computed_at=at)
                )
    return UnitColour.objects.bulk_create(rows)


class _Place:
    """What the lines of a workbook are read against."""

    def __init__(self, organ: Unit, today: date, by: Account) -> None:
        self.organ, self.today, self.by = organ, today, by
        below = Unit.objects.filter(path__startswith=organ.path).exclude(pk=organ.pk)
        self.units = {one.code: one for one in below}
        self.targets, self.stated = targets_of(organ), statements_of(organ)
        self.seen: set[tuple[object, ...]] = set()
        self.new_targets, self.new_statements = list[UnitTarget](), list[UnitStatement]()

    def unit(self, line: Reader) -> Unit | None:
        """Which unit the line is about."""
        found = self.units.get(str(line.cells["单位编号"] or "").strip())
        if found is None:
            line.fault("单位编号", "本机关下属单位的编号")
        elif line.cells["单位"] not in (None, "", found.name):
            line.fault("单位", f"名册中的名称“{found.name}”")
        return found

    def target(self, line: Reader) -> None:
        """A target: new, the same as before, or set anew with its reason."""
        unit, year = self.unit(line), line.whole("年度", 2000, 2100)
        words = {
            name: line.text(column, limit)
            for name, column, limit in (("name", "目标", 60), ("measure", "计量单位", 20), ("source", "依据文件", 200))
        }
        choices = {"better": line.one_of("方向", BETTER), "rhythm": line.one_of("报告周期", RHYTHM)}
        value = number(line, "目标值", above=True)
        if not line.good or unit is None or year is None or value is None:
            return
        made = UnitTarget(
            organ=self.organ, unit=unit, year=year, target=value, by=self.by, reason=_reason(line, "调整理由"), **words, **choices
        )
        key = (unit.pk, year, made.name)
        before = self.targets.get(key)
        self._check(
            line, ("目标", *key), unit, changed=before is None or _said(before) != _said(made), known=before is not None, column="调整理由"
        )
        if before is not None and (before.rhythm, before.better) != (made.rhythm, made.better):
            line.fault("报告周期", "与已登记的报告周期和方向一致；不一致的另设目标")
        if line.good and (before is None or _said(before) != _said(made)):
            self.targets[key] = made
            self.new_targets.append(made)

    def statement(self, line: Reader) -> None:
        """What was reached in a period."""
        unit, name, period = self.unit(line), line.text("目标", 60), str(line.cells["期间"] or "").strip()
        value, due = number(line, "实际值"), number(line, "本期目标值", above=True, empty=True)
        source, year = line.text("数据来源", 200), int(period[:4]) if period[:4].isdigit() else 0
        target = self.targets.get((unit.pk, year, name)) if unit else None
        if unit is not None and target is None:
            line.fault("目标", f"该单位{year or ''}年度已登记的目标")
        if target is not None and (not fits(period, target.rhythm, year) or not over(period, self.today)):
            line.fault("期间", f"已经结束的期间，{target.get_rhythm_display()}报告，写作“2026-03”或者“2026Q1”")
        if not line.good or unit is None or target is None or value is None:
            return
        made = UnitStatement(
            target=target, period=period, value=value, due=due, source=source, reason=_reason(line, "更正理由"), row=line.number
        )
        before = self.stated.get((unit.pk, year, name, period))
        changed = before is None or (before.value, before.due, before.source) != (value, due, source)
        self._check(line, ("对账单", unit.pk, year, name, period), unit, changed=changed, known=before is not None, column="更正理由")
        if line.good and changed:
            self.new_statements.append(made)

    def _check(self, line: Reader, key: tuple[object, ...], unit: Unit, *, changed: bool, known: bool, column: str) -> None:
        """Once a file, not about one's own unit, and a correction says why."""
        if key in self.seen:
            line.fault("目标", "与上面各行不重复")
        self.seen.add(key)
        if changed and self.by.cadre is not None and self.by.cadre.unit_id == unit.pk:
            line.fault("单位编号", "其他单位（本单位的数据由其他单位的人员登记）")
        if changed and known and len(str(line.cells[column] or "").strip()) < 5:
            line.fault(column, "与已登记的不同，写明理由（不少于5个字）")


def _reason(line: Reader, column: str) -> str:
    return str(line.cells[column] or "").strip()[:200]


def _said(one: UnitTarget) -> tuple[Any, ...]:
    return one.measure, one.better, one.rhythm, one.target, one.source


def number(line: Reader, column: str, *, above: bool = False, empty: bool = False) -> Decimal | None:
    """A number from 0 (above it, where it is a target) with at most two decimals."""
    cell = line.cells[column]
    if cell in (None, "") and empty:
        return None
    try:
        found = Decimal(str(cell))
        good = found.is_finite() and 0 <= found <= LARGEST and found == found.quantize(Decimal("0.01")) and (found > 0 or not above)
    except InvalidOperation:
        good = False
    if not good:
        line.fault(column, "大于0的数，最多两位小数" if above else "不小于0的数，最多两位小数")
        return None
    return found.quantize(Decimal("0.01"))
