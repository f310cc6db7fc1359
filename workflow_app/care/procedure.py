"""What the room has to know of the procedure: which periods keep somebody from rising, and the step that proposes a return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from workflow_app.models import Bar, Case, Deadline

BAR_WORDS = "暂不提拔"


@dataclass(frozen=True)
class Procedure:
    """Named once by the procedure. `restrictions`: rule id -> words of a period that bars from rising."""

    restrictions: Mapping[str, str]
    return_step: str
    # The last day of what a case's decision restricts; None where the case decided nothing.
    restricted_until: Callable[[Case], date | None]
    # What the visits of a case found, each in a line.
    visits: Callable[[Case], list[str]]


@dataclass(frozen=True)
class Restriction:
    """A period that keeps somebody from rising: what it is, its last day, and what it comes from."""

    words: str
    last_day: date
    source: str


_named: list[Callable[[], Procedure]] = []


def register(procedure: Callable[[], Procedure]) -> None:
    """Name the reader; called once by the procedure."""
    _named[:] = [procedure]


def named() -> Procedure:
    """What the procedure named."""
    return _named[0]()


def running(cadre: int, today: date) -> list[Restriction]:
    """Restrictions of somebody that are not over on `today` (24:00 of the last day), the last to end first."""
    known = named().restrictions
    rows = Deadline.objects.filter(case__cadre=cadre, rule_id__in=known, last_day__gte=today, closed_at__isnull=True)
    found = [Restriction(known[one.rule_id], one.last_day, one.case.number) for one in rows.select_related("case")]
    bars = Bar.objects.filter(cadre=cadre, first_day__lte=today, last_day__gte=today, lifted_on__isnull=True)
    found += [Restriction(BAR_WORDS, one.last_day, one.rule_id) for one in bars]
    return sorted(found, key=lambda one: one.last_day, reverse=True)
