"""Load law figures and the calendars of the published years. Safe to run again."""

from datetime import date
from typing import Any

import chinese_calendar.constants as published
from django.core.management.base import BaseCommand
from django.db import transaction

from workflow_app import clock, law
from workflow_app.models import CalendarDay, CalendarYear

NAMES = {
    "New Year's Day": "元旦", "Spring Festival": "春节", "Tomb-sweeping Day": "清明节", "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节", "National Day": "国庆节", "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}  # fmt: skip


class Command(BaseCommand):
    """The figures of flows/law and the notices of 2004-2026."""

    help = "载入规则数值与历年放假安排"

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """A year that an administrator has changed (version > 1) is left alone."""
        edition = law.load(at=clock.now())
        kept = set(CalendarYear.objects.filter(version__gt=1).values_list("year", flat=True))
        years = {day.year for day in published.holidays} - kept
        for year in sorted(years):
            CalendarYear.objects.get_or_create(year=year, defaults={"source": f"国务院办公厅关于{year}年部分节假日安排的通知"})
        known = set(CalendarDay.objects.values_list("date", flat=True))
        CalendarDay.objects.bulk_create(row for row in _days(years) if row.date not in known)
        clock.forget_calendar()
        self.stdout.write(f"规则数值版本 {edition.digest[:12]}；放假安排 {CalendarYear.objects.count()} 年。")


def _days(years: set[int]) -> list[CalendarDay]:
    def named(day: date, name: str) -> str:
        return NAMES.get(name, name)

    rest = [CalendarDay(date=d, kind="REST", name=named(d, n)) for d, n in published.holidays.items() if d.year in years]
    makeup = [CalendarDay(date=d, kind="MAKEUP", name=f"{named(d, n)}调休上班") for d, n in published.workdays.items() if d.year in years]
    return rest + makeup
