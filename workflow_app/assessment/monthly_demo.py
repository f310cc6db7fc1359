"""Invented monthly statements for the demo organization: the last full quarter, five items a cadre, some of them weak."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from workflow_app.assessment.demo import people
from workflow_app.assessment.warnings.colours import before
from workflow_app.assessment.warnings.statements import COLUMNS

SEED, EVERY = 20260301, 12  # every twelfth cadre, so that loading stays quick
ITEMS = ("重点项目", "民生实事", "安全生产", "服务群众", "综合事务")


def lines(latest: str) -> Iterator[tuple[Any, ...]]:
    """Three months up to `latest`. 王 and his like have a weak item; the ninth cadre is red twice in a quarter or so."""
    rnd = random.Random(SEED)
    for place, person in enumerate(people()[8::EVERY]):
        base = rnd.gauss(91, 4)
        for back in (2, 1, 0):
            for item in ITEMS:
                score = base + rnd.gauss(0, 3.5) - (40 if place == 0 else 12 if place % 17 == 3 and item == ITEMS[0] else 0)
                false = "是" if place == 20 and back == 1 and item == ITEMS[4] else ""
                yield before(latest, back), person.number, person.name, item, round(min(max(score, 5), 100), 2), false, ""


def write(path: Path, latest: str) -> None:
    """The sheet of statements."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("岗位对账单")
    for row in (COLUMNS, *lines(latest)):
        sheet.append(list(row))
    book.save(path)
