"""What every entry of this room keeps to: its day, words that say something, one of the words offered, days that fit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.utils.translation import gettext as _

from workflow_app.clock import TZ
from workflow_app.refusing import Refused

SURVEY, EXPERTS, RULINGS, PILOTS, SPREAD = "反向考核", "考核专家", "制度协同", "考核试点", "拉开分差"


def day(at: datetime) -> date:
    """The local day."""
    return at.astimezone(TZ).date()


def said(text: str, what: str, field: str, least: int = 5, *, rule: str) -> str:
    """A text that says something. Raises Refused."""
    if len(text.strip()) < least:
        raise Refused(
            _("请写明%(what)s（不少于%(n)s个字）。") % {"what": what, "n": least}, way_out=_("补写后再提交。"), rule=rule, field=field
        )
    return text.strip()


def one_of(value: str, known: Collection[str], field: str, *, rule: str) -> str:
    """One of the words offered. Raises Refused."""
    if value not in known:
        raise Refused(_("没有选择，或者选择的内容不在所列之中。"), way_out=_("在列出的内容中选择一项。"), rule=rule, field=field)
    return value


def by_today(on: date, today: date, field: str, *, rule: str) -> date:
    """What was done was done by today. Raises Refused."""
    if on > today:
        raise Refused(_("日期不能晚于今天。"), way_out=_("办理以后再登记。"), rule=rule, field=field)
    return on


def in_order(first: date, last: date, field: str, *, rule: str) -> None:
    """A span ends after it begins. Raises Refused."""
    if last < first:
        raise Refused(_("结束日期早于开始日期。"), way_out=_("更正日期。"), rule=rule, field=field)
