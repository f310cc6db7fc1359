"""A workbook line by line: cells by the title of their column, every fault noted with its place, reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from workflow_app import identity
from workflow_app.assessment.sheets import BadSheet, Fault

MAX_ROWS = 50_000
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
YES_NO = {"是": True, "否": False}
# Sheets and their columns, in this order.
SHEETS: Mapping[str, tuple[str, ...]] = {
    "单位": ("单位编号", "单位名称", "类别", "上级单位编号", "具有干部管理权限", "发文机关", "机关代字"),
    "职务": ("单位编号", "职务名称", "职务层次", "领导职务", "领导成员"),
    "干部": ("干部编号", "姓名", "性别", "出生年月", "单位编号", "职务名称", "职级", "任现职时间", "在职"),
    "任职经历": ("干部编号", "姓名", "单位编号", "职务名称", "自", "至", "依据"),
    "回避关系": ("干部编号", "姓名", "对方编号", "对方姓名", "关系", "申报日期"),
}


class Line:
    """One line of a sheet."""

    def __init__(self, sheet: str, number: int, cells: tuple[Any, ...], faults: list[Fault]) -> None:
        self.sheet, self.number, self.faults = sheet, number, faults
        self.cells = {title: cells[place] if place < len(cells) else None for place, title in enumerate(SHEETS[sheet])}
        self.before = len(faults)

    @property
    def good(self) -> bool:
        """Whether nothing was wrong so far."""
        return len(self.faults) == self.before

    def fault(self, column: str, expected: str) -> None:
        """Note a fault at a column."""
        value = self.cells[column]
        found = "空白" if value in (None, "") else f"“{str(value)[:40]}”"
        letter = get_column_letter(SHEETS[self.sheet].index(column) + 1)
        self.faults.append(Fault(self.sheet, self.number, f"{letter}（{column}）", found, expected))

    def text(self, column: str, limit: int, *, empty: bool = False) -> str:
        """A text that is there, or may be missing."""
        value = str(self.cells[column] if self.cells[column] is not None else "").strip()
        if not value and empty:
            return ""
        if not value or len(value) > limit or value.startswith("="):
            self.fault(column, f"不超过{limit}字的文字，不能是公式")
            return ""
        if identity.found(value):
            self.cells[column] = identity.masked(value)
            self.fault(column, "不含公民身份号码的文字")
            return ""
        return value

    def one_of(self, column: str, known: Mapping[str, Any]) -> Any:
        """What one of the known words means."""
        value = str(self.cells[column] or "").strip()
        if value not in known:
            self.fault(column, "、".join(known))
        return known.get(value)

    def day(self, column: str, *, empty: bool = False) -> date | None:
        """A date, as a cell of dates or as text."""
        value = self.cells[column]
        if value in (None, "") and empty:
            return None
        if isinstance(value, datetime):
            return value.date()
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self.fault(column, "日期，如 2024-03-01")
            return None

    def month(self, column: str) -> str:
        """Year and month, or nothing."""
        value = self.cells[column]
        text = f"{value:%Y-%m}" if isinstance(value, datetime) else str(value or "").strip()
        if text and not MONTH.fullmatch(text):
            self.fault(column, "年月，如 1979-05")
        return text


def lines_of(file: Any, name: str, faults: list[Fault]) -> dict[str, list[Line]]:
    """The lines of every sheet that is there. Raises BadSheet when it is no workbook."""
    try:
        book = load_workbook(file, read_only=True, data_only=False)
    except Exception as fault:  # whatever is wrong with the file is one fault of the file
        raise BadSheet([Fault(name, 1, "A", f"无法打开（{type(fault).__name__}）", "XLSX 工作簿")]) from fault
    found: dict[str, list[Line]] = {title: [] for title in SHEETS}
    for sheet in book.worksheets:
        if sheet.title in SHEETS:
            found[sheet.title] = list(_lines(sheet.title, sheet.iter_rows(values_only=True), faults))
        else:
            faults.append(Fault(sheet.title, 1, "A", "不认识的工作表", "、".join(SHEETS)))
    book.close()
    return found


def _lines(title: str, rows: Iterator[tuple[Any, ...]], faults: list[Fault]) -> Iterator[Line]:
    for number, cells in enumerate(rows, 1):
        if number == 1:
            _check_head(title, cells, faults)
        elif number > MAX_ROWS + 1:
            faults.append(Fault(title, number, "A", "行数过多", f"不超过{MAX_ROWS}行"))
            return
        elif any(cell not in (None, "") for cell in cells):
            yield Line(title, number, cells, faults)


def _check_head(sheet: str, cells: tuple[Any, ...], faults: list[Fault]) -> None:
    for place, title in enumerate(SHEETS[sheet]):
        found = cells[place] if place < len(cells) else None
        if found != title:
            faults.append(Fault(sheet, 1, get_column_letter(place + 1), f"表头“{found}”", f"“{title}”"))
