"""Changing the calendar: the notice of a year is put in by one system administrator and taken over by another.

What was counted under the old arrangement is counted again, case by case, by a recorded act (telling/redating.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from workflow_app import clock, ledger
from workflow_app.models import Account, CalendarChange, CalendarDay, CalendarYear, Deadline, Office, Outgoing, Unit
from workflow_app.steps import Refused

RULE = "放假安排"
LINE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:至|到|~|—)\s*(\d{4}-\d\d-\d\d))?\s+(\S+)")
# Other processes keep a calendar for up to half a minute: what they counted meanwhile is counted again a little later.
AFTER = timedelta(minutes=2)
type_days = list[tuple[date, str]]


def days_in(text: str, field: str) -> type_days:
    """Days of a typed list, one a line: "2027-01-01 元旦" or "2027-10-01至2027-10-07 国庆节". Raises Refused."""
    found: type_days = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = LINE.fullmatch(line)
        try:
            if match is None:
                raise ValueError
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
        except ValueError:
            raise Refused(
                f"“{line[:40]}”不是日期加名称。", way_out="每行写一天或一段，如：2027-10-01至2027-10-07 国庆节。", rule=RULE, field=field
            ) from None
        found += [(first + n * clock.DAY, match[3]) for n in range((last - first).days + 1)]
    return found


def _only_system(by: Account) -> None:
    if by.office != Office.SYSTEM:
        raise Refused("放假安排只由系统管理员变更。", way_out="请系统管理员办理。", rule=RULE)


def propose(year: int, *, source: str, rest: type_days, makeup: type_days, by: Account, at: datetime) -> CalendarChange:
    """Put in a year's notice. Raises Refused."""
    _only_system(by)
    if len(source.strip()) < 6:
        raise Refused("须写明放假通知的名称和文号。", way_out="填写依据。", rule=RULE, field="source")
    if not rest:
        raise Refused("没有列出放假的日期。", way_out="按通知逐日填写。", rule=RULE, field="rest")
    for field, days in (("rest", rest), ("makeup", makeup)):
        if any(day.year != year for day, _ in days):
            raise Refused(f"有日期不在{year}年。", way_out="更正日期或年份。", rule=RULE, field=field)
    listed = [day for day, _ in (*rest, *makeup)]
    twice = sorted({day.isoformat() for day in listed if listed.count(day) > 1})
    if twice:
        raise Refused(f"同一天列了两次：{'、'.join(twice)}。", way_out="删去重复的日期。", rule=RULE, field="rest")
    plain = [day.isoformat() for day, _ in makeup if day.weekday() < 5]
    if plain:
        raise Refused(f"调休上班的日期应在周末：{'、'.join(plain)}。", way_out="核对通知原文。", rule=RULE, field="makeup")
    try:
        with transaction.atomic():
            return CalendarChange.objects.create(
                year=year, source=source.strip(), rest=_plain(rest), makeup=_plain(makeup), proposed_by=by, proposed_at=at
            )
    except IntegrityError:
        raise Refused(f"{year}年已有一项变更等待复核。", way_out="先复核或否决原有的变更。", rule=RULE, field="year") from None


def _plain(days: Iterable[tuple[date, str]]) -> list[list[str]]:
    return [[day.isoformat(), name] for day, name in sorted(days)]


@transaction.atomic
def decide(change: CalendarChange, *, take: bool, by: Account, at: datetime) -> int:
    """Another administrator takes the change over, or refuses it; how many cases are counted again. Raises Refused."""
    _only_system(by)
    found = CalendarChange.objects.select_for_update().get(pk=change.pk)
    if found.decided_at is not None:
        raise Refused("这项变更已经复核。", way_out="刷新页面。", rule=RULE)
    if found.proposed_by_id == by.pk:
        raise Refused("提出人不得自己复核。", way_out="由另一名系统管理员复核。", rule=RULE)
    found.decided_by, found.decided_at, found.taken = by, at, take
    found.save(update_fields=["decided_by", "decided_at", "taken"])
    facts = {
        "change": found.pk,
        "year": found.year,
        "source": found.source,
        "rest": found.rest,
        "makeup": found.makeup,
        "by": found.proposed_by_id,
    }
    entry = ledger.Entry(kind="CALENDAR", at=at, actor=by, outcome="taken" if take else "refused", parts={"facts": facts})
    ledger.journal(Unit.objects.filter(parent__isnull=True).earliest("pk"), entry)
    return _take(found, at) if take else 0


def _take(change: CalendarChange, at: datetime) -> int:
    row, new = CalendarYear.objects.get_or_create(year=change.year, defaults={"source": change.source})
    if not new:
        CalendarYear.objects.filter(pk=row.pk).update(version=F("version") + 1, source=change.source)
    CalendarDay.objects.filter(date__year=change.year).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, kind=kind, name=name)
        for kind, days in (("REST", change.rest), ("MAKEUP", change.makeup)) for day, name in days
    )  # fmt: skip
    transaction.on_commit(clock.forget_calendar)
    clock.forget_calendar()
    later = at + AFTER
    Outgoing.objects.create(kind="DATES", target=change.year, created_at=at, next_at=later, key=f"dates:{change.pk}:again")
    return order(change.year, f"{change.pk}", at)


def order(year: int, name: str, at: datetime) -> int:
    """Order every case to be counted again that has a running period which a year's arrangement may move."""
    near = timedelta(days=20)  # a last day at New Year may have rolled into the year, or out of it
    running = Deadline.objects.filter(closed_at__isnull=True, fired_at__isnull=True, last_day__gte=date(year, 1, 1) - near)
    cases = sorted(set(running.filter(starts_on__lte=date(year, 12, 31)).values_list("case_id", flat=True)))
    Outgoing.objects.bulk_create(
        [Outgoing(kind="DATES", case_id=case, target=year, created_at=at, next_at=at, key=f"dates:{name}:{case}") for case in cases],
        ignore_conflicts=True, batch_size=300,
    )  # fmt: skip
    return len(cases)
