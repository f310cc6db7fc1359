"""The kinds of visits: when the report is due, how long a visit lasts, how many talks it has. No official text sets these figures.

Two weeks and 300 or 100 talks are a local practice (福建蹲点调研); which figure is for which unit is not said there: cities and counties
here. The report of a quick check comes the same day (local practice: within minutes). All other periods are project defaults.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from workflow_app.clock import Calendar
from workflow_app.models import Unit, Visit

Kind = Visit.Kind
UNANNOUNCED = (Kind.FLIGHT, Kind.SURPRISE)
STAY_DAYS = 14
TALKS = {Unit.Kind.PREFECTURE: 300, Unit.Kind.COUNTY: 100}
SURVEYS = (Kind.STAY, Kind.FIELD, Kind.SURVEY)
# Working days after the last day on the spot within which the report is due; 0: the same day.
REPORT_DAYS = {Kind.QUICK: 0, Kind.FLIGHT: 3, Kind.SURPRISE: 3, Kind.STAY: 10}
USUAL_DAYS = 5


@dataclass(frozen=True)
class Measure:
    """What a visit of a kind to a unit is measured by: days on the spot and talks; 0 where nothing is said."""

    days: int
    talks: int


def measure(kind: str, unit: Unit) -> Measure:
    """The least of a kind."""
    return Measure(STAY_DAYS, TALKS.get(Unit.Kind(unit.kind), 0)) if kind == Kind.STAY else Measure(0, 0)


def shortfall(kind: str, unit: Unit, first: date, last: date, talks: int) -> str:
    """In what a visit falls short, in words; empty when in nothing. Both days count."""
    least, days = measure(kind, unit), (last - first).days + 1
    found = []
    if days < least.days:
        found.append(_("时间%(n)s天，少于%(m)s天") % {"n": days, "m": least.days})
    if talks < least.talks:
        found.append(_("个别谈话%(n)s人，少于%(m)s人") % {"n": talks, "m": least.talks})
    return "；".join(found)


def report_due(kind: str, last: date, calendar: Calendar) -> date:
    """The last day of the report: the same day for a quick check, working days for the others."""
    days = REPORT_DAYS.get(Kind(kind), USUAL_DAYS)
    return calendar.workdays_on(last, days) if days else last
