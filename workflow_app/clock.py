"""Working days, periods, suspensions, and why a date is what it is. Pure arithmetic on values but for two readers."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from workflow_app.models import CalendarDay, CalendarYear

TZ = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
FIXED_HOLIDAYS = {(1, 1): "元旦", (5, 1): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}


def now() -> datetime:
    """The one clock: a setting that tests may fix and production leaves empty."""
    fixed: str = settings.FIXED_NOW
    if fixed.startswith("@"):  # a file that a drill moves on while the server runs
        fixed = Path(fixed[1:]).read_text(encoding="utf-8").strip()
    if fixed:
        return datetime.fromisoformat(fixed).astimezone(TZ)
    return timezone.now()


def end_of(day: date) -> datetime:
    """24:00 of a local day."""
    return datetime.combine(day + DAY, time(), tzinfo=TZ)


class UnknownRule(LookupError):
    """No such rule in deadlines.csv."""


class TooLong(ValueError):
    """An extension beyond what the rule allows."""


@dataclass(frozen=True)
class Rule:
    """One row of deadlines.csv."""

    rule_id: str
    path: str
    step: str
    trigger_event: str
    length: int
    unit: str
    kind: str
    rolls: str
    clock: str
    extend_by: int
    extend_times: int
    early_finish: str
    expiry_action: str
    use: str
    mark: str
    certainty: str
    extension: str
    on_expiry: str
    source: str

    @classmethod
    def of(cls, row: Mapping[str, str]) -> Rule:
        """From a row of text."""
        numbers = ("length", "extend_by", "extend_times")
        values: dict[str, Any] = {name: int(row[name]) if name in numbers else row[name] for name in cls.__annotations__}
        return cls(**values)

    @property
    def escalates_above(self) -> bool:
        """Whether what is late is reported to the superior organ; the table names it in words."""
        return "superior" in self.on_expiry


@dataclass(frozen=True)
class Calendar:
    """Published years, rest days on weekdays and make-up workdays; equal versions give equal dates."""

    years: frozenset[int]
    rest: Mapping[date, str]
    makeup: Mapping[date, str]
    version: str
    _days: dict[int, list[date]] = field(default_factory=dict, compare=False, repr=False)

    def published(self, day: date) -> bool:
        """Whether the notice for the day's year is out."""
        return day.year in self.years

    def is_workday(self, day: date) -> tuple[bool, str]:
        """Whether `day` is a working day, and why it is not (or is, on a weekend)."""
        if self.published(day):
            if day in self.makeup:
                return True, self.makeup[day]
            if day in self.rest:
                return False, self.rest[day]
        elif (day.month, day.day) in FIXED_HOLIDAYS:
            return False, FIXED_HOLIDAYS[day.month, day.day]
        return (True, "") if day.weekday() < 5 else (False, "周六" if day.weekday() == 5 else "周日")

    def workdays(self, year: int) -> list[date]:
        """The working days of a year, kept."""
        if year not in self._days:
            first = date(year, 1, 1)
            days = (first + DAY * n for n in range(366 if monthrange(year, 2)[1] == 29 else 365))
            self._days[year] = [day for day in days if self.is_workday(day)[0]]
        return self._days[year]

    def workdays_on(self, start: date, count: int) -> date:
        """The `count`-th working day after `start` (before it when `count` is negative)."""
        step = 1 if count > 0 else -1
        year, left = start.year, abs(count)
        while True:
            days = self.workdays(year)
            place = bisect_left(days, start + DAY) if step > 0 else bisect_left(days, start)
            available = len(days) - place if step > 0 else place
            if left <= available:
                return days[place + left - 1] if step > 0 else days[place - left]
            left -= available
            year += step
            start = date(year, 1, 1) - DAY if step > 0 else date(year, 12, 31) + DAY

    def next_workday(self, day: date) -> date:
        """`day`, or the first working day after it."""
        return day if self.is_workday(day)[0] else self.workdays_on(day, 1)

    def previous_workday(self, day: date) -> date:
        """`day`, or the last working day before it."""
        return day if self.is_workday(day)[0] else self.workdays_on(day, -1)


@dataclass(frozen=True)
class Answer:
    """A last day and everything that made it."""

    last_day: date
    provisional: bool
    skipped: list[dict[str, str]]
    explanation: dict[str, Any]


def add_months(start: date, months: int) -> date:
    """The corresponding day, or the last day of the month (CC 202)."""
    total = start.year * 12 + start.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_day(
    *, rule: Rule, start: date, calendar: Calendar, extend: int = 0, suspended: Sequence[tuple[date, date]] = (), counts_start: bool = False
) -> Answer:
    """The last day of a period under `rule`; the start day is not counted (CC 201) unless `counts_start`.

    `suspended` holds (first, last) days of suspension; they stop internal clocks only. An extension is added to
    the unmoved length, then the day is moved once (procedure §5, rule 7). Raises TooLong.
    """
    if extend < 0 or extend > rule.extend_by:  # in all, in however many extensions
        raise TooLong(f"{rule.rule_id} 最多可延长{rule.extend_by}{UNITS[rule.unit]}，不能延长{extend}。")
    begin = start - DAY if counts_start else start
    stops = [span for span in suspended if rule.clock == "internal"]
    raw = _unmoved(rule, begin, extend, stops, calendar)
    final = {"forward": calendar.next_workday, "back": calendar.previous_workday}.get(rule.rolls, _as_it_is)(raw)
    target = _target(rule, begin, final, calendar)
    skipped, provisional = _skipped(rule, begin, raw, final, calendar), _provisional(rule, begin, final, calendar)
    return Answer(final, provisional, skipped, {
        "rule": rule.rule_id, "from": start.isoformat(), "length": rule.length, "unit": rule.unit, "extended": extend,
        "suspended": [[a.isoformat(), b.isoformat()] for a, b in stops], "unmoved": raw.isoformat(), "last_day": final.isoformat(),
        "provisional": provisional, "certainty": rule.certainty, "mark": rule.mark, "source": rule.source,
        "calendar_version": calendar.version, "skipped": skipped, "counts_start": counts_start, "kind": rule.kind, "rolls": rule.rolls,
        "clock": rule.clock, "target": target.isoformat() if target else None,
    })  # fmt: skip


def again(told: Mapping[str, Any], calendar: Calendar) -> Answer:
    """The answer that a stored explanation gives, from nothing but itself: the same date under the same calendar."""
    numbers = {"length": int(told["length"]), "extend_by": int(told["extended"]), "extend_times": 1}
    text = {name: str(told.get(name, "")) for name in Rule.__annotations__ if name not in numbers} | {"rule_id": told["rule"]}
    return last_day(
        rule=Rule(**{**text, **numbers}), start=date.fromisoformat(told["from"]), calendar=calendar, extend=int(told["extended"]),
        suspended=[(date.fromisoformat(a), date.fromisoformat(b)) for a, b in told["suspended"]], counts_start=bool(told["counts_start"]),
    )  # fmt: skip


def _as_it_is(day: date) -> date:
    return day


def _unmoved(rule: Rule, begin: date, extend: int, stops: Sequence[tuple[date, date]], calendar: Calendar) -> date:
    length = rule.length + extend
    raw = _count(begin, -length if rule.kind == "backward" else length, rule.unit, calendar)
    unit = "working_day" if rule.unit == "working_day" else "calendar_day"
    for first, last in sorted(stops):
        if first <= raw:  # one that began after the end stopped nothing; a period opened in one starts on the day of resumption
            raw = _count(raw, _days_between(max(first, begin), last, rule.unit, calendar), unit, calendar)
    return raw


def _provisional(rule: Rule, begin: date, final: date, calendar: Calendar) -> bool:
    """Whether a year without notice had a say: spans and statutory calendar days that do not roll need no calendar."""
    if rule.unit != "working_day" and rule.rolls not in ("forward", "back"):
        return False
    low, high = sorted((begin, final))
    return not all(year in calendar.years for year in range((low if rule.kind == "backward" else low + DAY).year, high.year + 1))


def _target(rule: Rule, begin: date, final: date, calendar: Calendar) -> date | None:
    """The day to aim at (P): one, three or five working days before the last lawful day, by the length of the period."""
    if rule.kind != "act":
        return None
    days = rule.length * {"month": 30, "working_day": 1.4}.get(rule.unit, 1)
    return max(calendar.workdays_on(final, -(1 if days <= 10 else 3 if days <= 31 else 5)), begin + DAY)


UNITS = {"working_day": "个工作日", "calendar_day": "日", "month": "个月"}


def _count(start: date, length: int, unit: str, calendar: Calendar) -> date:
    if length == 0:
        return start
    if unit == "working_day":
        return calendar.workdays_on(start, length)
    return add_months(start, length) if unit == "month" else start + DAY * length


def _days_between(first: date, last: date, unit: str, calendar: Calendar) -> int:
    days = (first + DAY * n for n in range(max((last - first).days, 0)))
    return sum(1 for day in days if unit != "working_day" or calendar.is_workday(day)[0])


def _skipped(rule: Rule, begin: date, raw: date, final: date, calendar: Calendar) -> list[dict[str, str]]:
    low, high = (begin + DAY, final) if final >= begin else (final, begin - DAY)
    if rule.unit != "working_day":
        if raw == final:
            return []  # not moved: a span that ends on a rest day ends there
        low, high = min(raw, final), max(raw, final)
    days = (low + DAY * n for n in range((high - low).days + 1))
    rest = ((day, calendar.is_workday(day)) for day in days)
    return [{"date": day.isoformat(), "why": why} for day, (works, why) in rest if not works]


_kept: dict[str, Calendar] = {}
_looked: dict[str, float] = {}
FRESH = 30  # seconds for which a process does not ask whether the calendar has changed


def calendar_from_db() -> Calendar:
    """The calendar in force. Kept per process, and looked at again now and then: another process may have changed it."""
    kept = _kept.get("now")
    if kept is not None and monotonic() - _looked["at"] < FRESH:
        return kept
    years = {row.year: row.version for row in CalendarYear.objects.all()}
    version = f"{max(years)}.{sum(years.values())}" if years else "0"
    _looked["at"] = monotonic()
    if kept is None or kept.version != version:
        days = list(CalendarDay.objects.all())
        _kept["now"] = Calendar(
            years=frozenset(years),
            rest={d.date: d.name for d in days if d.kind == CalendarDay.Kind.REST},
            makeup={d.date: d.name for d in days if d.kind == CalendarDay.Kind.MAKEUP},
            version=version,
        )
    return _kept["now"]


def forget_calendar() -> None:
    """Read the calendar anew at the next question."""
    _kept.clear()
