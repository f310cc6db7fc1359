"""From the colours of monthly statements: a red month suggests a reminder talk, the second red of a quarter is T-07."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from workflow_app.assessment.triggers.desks import Draft
from workflow_app.assessment.warnings.colours import quarter
from workflow_app.models import Colour, Lead

RED = Colour.Shade.RED


def newest(cadres: Iterable[int]) -> dict[int, dict[str, Colour]]:
    """The colour that counts of every month."""
    found: dict[int, dict[str, Colour]] = defaultdict(dict)
    for one in Colour.objects.filter(cadre__in=list(cadres)).order_by("id"):
        found[one.cadre_id][one.month] = one
    return found


def drafts(changed: Iterable[Colour]) -> Iterator[Draft]:
    """Leads that follow from colours just computed. A month that was red before raises nothing anew (same origin)."""
    months = {(one.cadre_id, one.month) for one in changed}
    colours = newest({cadre for cadre, _ in months})
    for cadre, month in sorted(months):
        now = colours[cadre][month]
        if now.shade == RED:
            yield Draft(cadre, "W-RED", Lead.Suggests.REMINDER, f"W-RED:{cadre}:{month}", f"{month}岗位对账单红色预警（{now.score}分），建议谈话提醒", (evidence(now),))  # fmt: skip
            yield from _twice(cadre, quarter(month), colours[cadre])


def _twice(cadre: int, name: str, months: dict[str, Colour]) -> Iterator[Draft]:
    reds = [one for month, one in sorted(months.items()) if quarter(month) == name and one.shade == RED]
    if len(reds) >= 2:
        words = f"{name}有{len(reds)}个月红色预警（{'、'.join(one.month for one in reds)}）"
        yield Draft(cadre, "T-07", Lead.Suggests.CASE, f"T-07:{cadre}:{name}", words, tuple(evidence(one) for one in reds))


def evidence(one: Colour) -> dict[str, Any]:
    """What the handler reads: month, score, items below green."""
    low = [f"{line['item']} {line['score']}" + ("（经查实弄虚作假）" if line["falsified"] else "") for line in one.inputs["lines"]]
    return {"month": one.month, "colour": one.get_shade_display(), "score": str(one.score), "items": "；".join(low)}
