"""Reading a sheet of results: either every row is good, or every fault is listed with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from workflow_app.models import AssessmentResult, Cadre, Post

COLUMNS = (
    "年度", "干部编号", "姓名", "单位", "职务", "职务层次", "比较组", "等次", "得分", "满意度", "有效答卷", "名次", "组内人数",
)  # fmt: skip
GRADES = {label: value for value, label in AssessmentResult.Grade.choices}
LEVELS = {label: value for value, label in Post.Level.choices}
MAX_ROWS = 50_000


@dataclass(frozen=True)
class Fault:
    """One fault and where it stands."""

    sheet: str
    row: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"工作表“{self.sheet}”第{self.row}行{self.column}列：{self.found}；应为{self.expected}"


class BadSheet(Exception):
    """The file has faults; nothing is taken from it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)}处错误")
        self.faults = faults


@dataclass(frozen=True)
class Row:
    """One cadre's result of one year."""

    number: int
    year: int
    cadre: Cadre
    post_title: str
    post_level: str
    comparison_group: str
    grade: str
    score: Decimal | None
    satisfaction: Decimal | None
    valid_answers: int | None
    rank: int | None
    group_size: int | None


def open_book(name: str, source: Path | IO[bytes]) -> Workbook:
    """A workbook to read from. Raises BadSheet: whatever is wrong with the file is one fault of the file."""
    try:
        return load_workbook(source, read_only=True, data_only=False)
    except Exception as fault:
        raise BadSheet([Fault(name, 1, "A", f"无法打开（{type(fault).__name__}）", "XLSX 工作簿")]) from fault


def lines_of(path: Path, columns: Sequence[str], faults: list[Fault]) -> Iterator[tuple[str, int, tuple[Any, ...]]]:
    """Sheet name, number and cells of every line that is not blank; what is wrong with the file itself becomes a fault."""
    try:
        book = open_book(path.name, path)
    except BadSheet as bad:
        faults += bad.faults
        return
    sheet = book.worksheets[0]
    for number, cells in _below(sheet.title, sheet.iter_rows(values_only=True), columns, faults):
        yield sheet.title, number, cells
    book.close()


def readers_of(book: Workbook, title: str, columns: Sequence[str], faults: list[Fault]) -> Iterator[Reader]:
    """A reader for every line that is not blank of the sheet with a title. A missing sheet is a fault."""
    if title not in book.sheetnames:
        faults.append(Fault(title, 1, "A", "没有这个工作表", f"名为“{title}”的工作表"))
        return
    for number, cells in _below(title, book[title].iter_rows(values_only=True), columns, faults):
        yield Reader(title, number, cells, faults, columns)


def _below(
    title: str, rows: Iterable[tuple[Any, ...]], columns: Sequence[str], faults: list[Fault]
) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Number and cells of the lines below the head that are not blank."""
    for number, cells in enumerate(rows, 1):
        if number == 1:
            _check_head(title, cells, columns, faults)
        elif number > MAX_ROWS + 1:
            faults.append(Fault(title, number, "A", "行数过多", f"不超过{MAX_ROWS}行"))
            return
        elif not all(cell in (None, "") for cell in cells):
            yield number, cells


def read(path: Path, *, within: str = "/") -> list[Row]:
    """All rows of a file, about people of the unit with the path `within` and those below. Raises BadSheet."""
    faults: list[Fault] = []
    rows = list(_rows(path, faults, within))
    if faults:
        raise BadSheet(faults)
    return rows


def _rows(path: Path, faults: list[Fault], within: str) -> Iterator[Row]:
    known = Cadre.objects.filter(unit__path__startswith=within).select_related("unit")
    cadres = {cadre.number: cadre for cadre in known}
    taken = set(AssessmentResult.objects.values_list("cadre__number", "year"))
    seen: Counter[tuple[str, int]] = Counter()
    for sheet, number, cells in lines_of(path, COLUMNS, faults):
        row = Reader(sheet, number, cells, faults).row(cadres)
        if row is None:
            continue
        key = (row.cadre.number, row.year)
        seen[key] += 1
        if seen[key] > 1 or key in taken:
            faults.append(Fault(sheet, number, "B", f"{key[0]} {key[1]}年度重复", "每名干部每年度一行，且未导入过"))
        yield row


def _check_head(sheet: str, cells: tuple[Any, ...], columns: Sequence[str], faults: list[Fault]) -> None:
    for place, title in enumerate(columns):
        found = cells[place] if place < len(cells) else None
        if found != title:
            faults.append(Fault(sheet, 1, get_column_letter(place + 1), f"表头“{found}”", f"“{title}”"))


class Reader:
    """One line, cell by cell; every fault is noted and reading goes on."""

    def __init__(self, sheet: str, number: int, cells: tuple[Any, ...], faults: list[Fault], columns: Sequence[str] = COLUMNS) -> None:
        self.sheet, self.number, self.faults, self.columns = sheet, number, faults, columns
        self.cells = {title: cells[place] if place < len(cells) else None for place, title in enumerate(columns)}
        self.before = len(faults)

    @property
    def good(self) -> bool:
        """Whether the line has no fault so far."""
        return len(self.faults) == self.before

    def fault(self, column: str, expected: str) -> None:
        """Note a fault."""
        found = self.cells[column]
        text = "空白" if found in (None, "") else f"“{str(found)[:40]}”"
        self.faults.append(
            Fault(self.sheet, self.number, f"{get_column_letter(self.columns.index(column) + 1)}（{column}）", text, expected)
        )

    def text(self, column: str, limit: int = 80) -> str:
        """A text that is there."""
        value = str(self.cells[column] or "").strip()
        if not value or len(value) > limit or value.startswith("="):
            self.fault(column, f"不超过{limit}字的文字，不能是公式")
        return value

    def whole(self, column: str, low: int, high: int, *, empty: bool = False) -> int | None:
        """A whole number in a range."""
        value = self.cells[column]
        if value in (None, "") and empty:
            return None
        if isinstance(value, bool) or not str(value).strip().isdigit() or not low <= int(str(value)) <= high:
            self.fault(column, f"{low}至{high}的整数")
            return None
        return int(str(value))

    def amount(self, column: str) -> Decimal | None:
        """A number from 0 to 100 with at most two decimals, or nothing."""
        value = self.cells[column]
        if value in (None, ""):
            return None
        try:
            number = Decimal(str(value)).quantize(Decimal("0.01"))
        except InvalidOperation:
            number = Decimal(-1)
        if not 0 <= number <= 100 or abs(Decimal(str(value)) - number) > Decimal("0.000001") if number >= 0 else True:
            self.fault(column, "0至100的数，最多两位小数")
            return None
        return number

    def day(self, column: str) -> date | None:
        """A date, as a cell of dates or written 2026-01-01."""
        value = self.cells[column]
        try:
            return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value or "").strip())
        except ValueError:
            self.fault(column, "日期，如 2026-01-01")
            return None

    def one_of(self, column: str, known: dict[str, str], *, empty: bool = False) -> str:
        """One of known words."""
        value = str(self.cells[column] or "").strip()
        if not value and empty:
            return ""
        if value not in known:
            self.fault(column, "、".join(known))
        return known.get(value, "")

    def row(self, cadres: dict[str, Cadre]) -> Row | None:
        """The row, or None when it has faults."""
        cadre = cadres.get(str(self.cells["干部编号"] or "").strip())
        if cadre is None:
            self.fault("干部编号", "干部名册中的编号")
        else:
            if self.text("姓名") != cadre.name:
                self.fault("姓名", f"名册中的姓名“{cadre.name}”")
            if self.text("单位") != cadre.unit.name:
                self.fault("单位", f"名册中的单位“{cadre.unit.name}”")
        size = self.whole("组内人数", 1, 100_000, empty=True)
        rank = self.whole("名次", 1, 100_000, empty=True)
        if rank and size and rank > size:
            self.fault("名次", f"不大于组内人数{size}")
        values: dict[str, Any] = {
            "year": self.whole("年度", 2000, 2100) or 0, "post_title": self.text("职务"), "post_level": self.one_of("职务层次", LEVELS),
            "comparison_group": self.text("比较组", 60), "grade": self.one_of("等次", GRADES, empty=True), "score": self.amount("得分"),
            "satisfaction": self.amount("满意度"), "valid_answers": self.whole("有效答卷", 0, 1_000_000, empty=True),
            "rank": rank, "group_size": size,
        }  # fmt: skip
        if cadre is None or len(self.faults) > self.before:
            return None
        return Row(number=self.number, cadre=cadre, **values)
