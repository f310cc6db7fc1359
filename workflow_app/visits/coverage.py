"""The half-yearly survey of every team (每半年干部大调研): which units were surveyed in a half-year, which are planned, which are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from workflow_app.models import Unit, Visit
from workflow_app.visits.kinds import SURVEYS
from workflow_app.visits.picking import units_of


@dataclass(frozen=True)
class Half:
    """A half-year, `2026H1`."""

    year: int
    part: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.part == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.part == 1 else date(self.year, 12, 31)

    @property
    def before(self) -> Half:
        """The half-year before."""
        return Half(self.year, 1) if self.part == 2 else Half(self.year - 1, 2)

    def __str__(self) -> str:
        return f"{self.year}H{self.part}"


def half_of(on: date) -> Half:
    """The half-year of a day."""
    return Half(on.year, 1 if on.month < 7 else 2)


def teams_of(organ: Unit) -> list[Unit]:
    """Units whose teams the organ itself looks after: a lower organ is among them, the units below that one are not."""
    units = list(units_of(organ))
    lower = tuple(one.path for one in units if one.manages_cadres)
    return [one for one in units if not any(one.path != path and one.path.startswith(path) for path in lower)]


@dataclass(frozen=True)
class Row:
    """A unit in a half-year: the survey that was reported, else the one that is planned, else none; and the last one before."""

    unit: Unit
    done: Visit | None
    planned: Visit | None
    before: Visit | None


def rows_of(organ: Unit, half: Half, known: QuerySet[Visit] | None = None) -> list[Row]:
    """Every unit that the organ looks after, by code. Only the organ's own surveys count (of those, `known` ones), by the first day on the spot."""
    visits = (
        (Visit.objects.all() if known is None else known)
        .filter(organ=organ, kind__in=SURVEYS, cancelled__isnull=True)
        .select_related("report")
        .order_by("first", "id")
    )
    done: dict[int, Visit] = {}
    planned: dict[int, Visit] = {}
    before: dict[int, Visit] = {}
    for one in visits:
        reported = getattr(one, "report", None)
        on = reported.first if reported else one.first
        if half.first <= on <= half.last:
            (done if reported else planned)[one.unit_id] = one
        elif on < half.first and reported:
            before[one.unit_id] = one
    return [Row(one, done.get(one.pk), planned.get(one.pk), before.get(one.pk)) for one in teams_of(organ)]
