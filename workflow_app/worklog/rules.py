"""What every entry of these rooms keeps to: its week and month, its day, and words that say something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from workflow_app.models import Account, Cadre, Unit
from workflow_app.refusing import Refused

DIARY, AWARDS, ARCHIVE, GOALS, LONG, BOARD = "工作纪实", "奖励", "考核档案", "岗位目标", "长期账目", "揭榜破难"
A_WEEK = timedelta(days=7)


def monday(on: date) -> date:
    """The Monday of the week in which `on` lies."""
    return on - timedelta(days=on.weekday())


def month_of(week: date) -> str:
    """The month to which a week belongs, "2026-03": that of its Thursday, as weeks of a year are counted (GB/T 7408, ISO 8601)."""
    return f"{week + timedelta(days=3):%Y-%m}"


def weeks_of(month: str) -> list[date]:
    """The Mondays of the weeks of a month, four or five. Raises ValueError for no month."""
    first = date.fromisoformat(f"{month}-01")
    return list(_weeks(monday(first), month))


def _weeks(week: date, month: str) -> Iterator[date]:
    while month_of(week) <= month:
        if month_of(week) == month:
            yield week
        week += A_WEEK


def about_self(cadre: Cadre, by: Account, rule: str) -> None:
    """Only the person writes about themself. Raises Refused."""
    if by.cadre_id != cadre.pk:
        raise Refused(_("只有本人可以写。"), way_out=_("请本人在“我的事项”中办理。"), rule=rule)


def past(on: date, today: date, field: str, rule: str) -> None:
    """What is entered has happened. Raises Refused."""
    if on > today:
        raise Refused(_("日期不能晚于今天。"), way_out=_("发生以后再登记。"), rule=rule, field=field)


def organ_of(cadre: Cadre) -> Unit:
    """The nearest unit that manages the cadre; in its journal stands what is done here."""
    found = Unit.objects.filter(pk__in=cadre.unit.ancestor_ids, manages_cadres=True)
    return max(found, key=lambda one: len(one.path), default=cadre.unit)
