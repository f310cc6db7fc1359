"""T-01 to T-05 from the results of finished years, and the proposal after three years 优秀 (考核规定 2020 art. 19)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from workflow_app.assessment.scoring import compare
from workflow_app.assessment.triggers import engaged
from workflow_app.assessment.triggers.desks import Draft, raise_all
from workflow_app.models import AssessmentResult, Lead

ANSWERS = 30  # satisfaction needs this many valid answers
SATISFIED = Decimal("60.00")  # 60.00 itself does not trigger
EXCELLENT_YEARS = 3

type_years = dict[int, AssessmentResult]
Grade = AssessmentResult.Grade


def last_places(results: Iterable[AssessmentResult]) -> set[int]:
    """Keys of the results that are last in a like group: of five at least, alone at the bottom."""
    groups: dict[tuple[int, str], list[AssessmentResult]] = defaultdict(list)
    for row in results:
        if row.rank is not None and row.group_size is not None and row.group_size >= compare.SMALLEST:
            groups[row.year, row.comparison_group].append(row)
    last = set()
    for rows in groups.values():
        bottom = max(row.rank or 0 for row in rows)
        found = [row for row in rows if row.rank == bottom]
        if len(found) == 1 and bottom == found[0].group_size:
            last.add(found[0].pk)
    return last


def drafts(results: Iterable[AssessmentResult], *, year: int) -> Iterator[Draft]:
    """Leads of the newest `year`; earlier years only make chains."""
    rows = list(results)
    last = last_places(rows)
    by_cadre: dict[int, type_years] = defaultdict(dict)
    for row in rows:
        by_cadre[row.cadre_id][row.year] = row
    for cadre, years in sorted(by_cadre.items()):
        if year in years:
            yield from _of(cadre, years, year, last)


def _of(cadre: int, years: type_years, year: int, last: set[int]) -> Iterator[Draft]:
    now = years[year]
    if now.grade == Grade.INCOMPETENT:
        yield _draft(cadre, "T-01", year, f"{year}年度考核不称职", [now])
    if compare.chain(years, year, 2, lambda row: row.grade == Grade.BASIC):
        yield _draft(cadre, "T-02", year, f"{year - 1}、{year}年度连续基本称职", [years[year - 1], now])
    if compare.chain(years, year, 3, lambda row: row.pk in last):
        yield _draft(cadre, "T-03", year, f"{year - 2}至{year}年度连续三年同组末位", [years[year - n] for n in (2, 1, 0)])
    elif compare.chain(years, year, 2, lambda row: row.pk in last):
        yield _draft(cadre, "T-04", year, f"{year - 1}、{year}年度连续两年同组末位", [years[year - 1], now])
    if now.satisfaction is not None and now.satisfaction < SATISFIED and (now.valid_answers or 0) >= ANSWERS:
        yield _draft(cadre, "T-05", year, f"{year}年度群众满意度{now.satisfaction}%（有效答卷{now.valid_answers}份）", [now])
    if compare.chain(years, year, EXCELLENT_YEARS, lambda row: row.grade == Grade.EXCELLENT):
        rows = [years[year - n] for n in (2, 1, 0)]
        yield _draft(cadre, "UP-EXC3", year, f"{year - 2}至{year}年度连续三年优秀，建议研究优先晋升", rows, Lead.Suggests.PROMOTE)


def _draft(cadre: int, rule: str, year: int, summary: str, rows: list[AssessmentResult], suggests: str = Lead.Suggests.CASE) -> Draft:
    return Draft(cadre, rule, suggests, f"{rule}:{cadre}:{year}", summary, tuple(_evidence(row) for row in rows))


def _evidence(row: AssessmentResult) -> dict[str, Any]:
    return {
        "file": row.batch_id, "row": row.row, "year": row.year, "grade": row.get_grade_display(), "score": str(row.score or ""),
        "rank": row.rank, "comparison_group": row.comparison_group, "group_size": row.group_size, "satisfaction": str(row.satisfaction or ""),
        "valid_answers": row.valid_answers,
    }  # fmt: skip


def raise_leads(*, year: int, at: datetime, due_on: date) -> int:
    """Put the leads of `year` on the desks; a second run raises none anew."""
    results = AssessmentResult.objects.filter(year__gt=year - EXCELLENT_YEARS, year__lte=year)
    return raise_all([*drafts(results, year=year), *engaged.drafts(year)], at=at, due_on=due_on)
