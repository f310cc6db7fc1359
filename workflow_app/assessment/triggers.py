"""T-01 to T-05: what in the results raises a lead. A lead suggests; people find, hear and decide (assessment §7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflow_app.models import AssessmentResult, Desk, Lead, Unit

GROUP = 5  # a comparison group is at least this large
ANSWERS = 30  # satisfaction needs this many valid answers
SATISFIED = Decimal("60.00")  # 60.00 itself does not trigger


@dataclass(frozen=True)
class Draft:
    """A lead to be raised."""

    cadre_id: int
    rule_id: str
    suggests: str
    origin: str
    summary: str
    rows: tuple[AssessmentResult, ...]


def last_places(results: Iterable[AssessmentResult]) -> set[int]:
    """Keys of the results that are last in a like group: of five at least, alone at the bottom."""
    groups: dict[tuple[int, str], list[AssessmentResult]] = defaultdict(list)
    for row in results:
        if row.rank is not None and row.group_size is not None and row.group_size >= GROUP:
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
    by_cadre: dict[int, dict[int, AssessmentResult]] = defaultdict(dict)
    for row in rows:
        by_cadre[row.cadre_id][row.year] = row
    for cadre, years in sorted(by_cadre.items()):
        if year in years:
            yield from _of(cadre, years, year, last)


def _of(cadre: int, years: dict[int, AssessmentResult], year: int, last: set[int]) -> Iterator[Draft]:
    now = years[year]
    bad = AssessmentResult.Grade
    if now.grade == bad.INCOMPETENT:
        yield _draft(cadre, "T-01", year, f"{year}年度考核不称职", [now])
    if _chain(years, year, 2, lambda row: row.grade == bad.BASIC):
        yield _draft(cadre, "T-02", year, f"{year - 1}、{year}年度连续基本称职", [years[year - 1], now])
    if _chain(years, year, 3, lambda row: row.pk in last):
        yield _draft(cadre, "T-03", year, f"{year - 2}至{year}年度连续三年同组末位", [years[year - n] for n in (2, 1, 0)])
    elif _chain(years, year, 2, lambda row: row.pk in last):
        yield _draft(cadre, "T-04", year, f"{year - 1}、{year}年度连续两年同组末位", [years[year - 1], now])
    if now.satisfaction is not None and now.satisfaction < SATISFIED and (now.valid_answers or 0) >= ANSWERS:
        yield _draft(cadre, "T-05", year, f"{year}年度群众满意度{now.satisfaction}%（有效答卷{now.valid_answers}份）", [now])


def _chain(years: dict[int, AssessmentResult], year: int, length: int, holds: Callable[[AssessmentResult], bool]) -> bool:
    """Years in a row; a year that is missing or without a grade breaks the chain."""
    rows = [years.get(year - n) for n in range(length)]
    return all(row is not None and row.grade != "" and holds(row) for row in rows)


def _draft(cadre: int, rule: str, year: int, summary: str, rows: list[AssessmentResult]) -> Draft:
    return Draft(cadre, rule, Lead.Suggests.CASE, f"{rule}:{cadre}:{year}", summary, tuple(rows))


def raise_leads(*, year: int, at: datetime, due_on: date) -> int:
    """Put the leads of `year` on the desks of the handlers who manage the cadre; a second run raises none anew."""
    results = AssessmentResult.objects.filter(year__gt=year - 3, year__lte=year).select_related("cadre__unit")
    units = {unit.pk: unit for unit in Unit.objects.all()}
    desks = dict(Desk.objects.filter(role="case_handler").values_list("unit_id", "pk"))
    leads = []
    for draft in drafts(results, year=year):
        unit = draft.rows[-1].cadre.unit
        manager = next((u for u in reversed(unit.ancestor_ids) if units[u].manages_cadres and u in desks), None)
        if manager is not None:
            leads.append(_lead(draft, desks[manager], at, due_on))
    before = Lead.objects.count()
    Lead.objects.bulk_create(leads, ignore_conflicts=True, batch_size=500)
    return Lead.objects.count() - before


def _lead(draft: Draft, desk: int, at: datetime, due_on: date) -> Lead:
    evidence = [
        {
            "file": row.batch_id, "row": row.row, "year": row.year, "grade": row.get_grade_display(), "score": str(row.score or ""),
            "rank": row.rank, "comparison_group": row.comparison_group, "group_size": row.group_size, "satisfaction": str(row.satisfaction or ""),
            "valid_answers": row.valid_answers,
        }
        for row in draft.rows
    ]  # fmt: skip
    return Lead(
        desk_id=desk, cadre_id=draft.cadre_id, rule_id=draft.rule_id, suggests=draft.suggests, origin=draft.origin, summary=draft.summary,
        evidence=evidence, created_at=at, due_on=due_on,
    )  # fmt: skip
