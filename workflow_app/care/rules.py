"""What every entry of care keeps to: its day, words that say something, and hands without a tie."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from workflow_app.clock import TZ
from workflow_app.models import Account, Cadre
from workflow_app.refusing import Refused
from workflow_app.ties import tied

POOLS, CARE = "人选库", "帮扶"


def day(at: datetime) -> date:
    """The local day."""
    return at.astimezone(TZ).date()


def said(text: str, what: str, field: str, least: int = 5, *, rule: str = POOLS) -> str:
    """A text that says something. Raises Refused."""
    if len(text.strip()) < least:
        raise Refused(
            _("请写明%(what)s（不少于%(n)s个字）。") % {"what": what, "n": least}, way_out=_("补写后再提交。"), rule=rule, field=field
        )
    return text.strip()


def disinterested(cadre: Cadre, by: Account) -> None:
    """Nobody handles themself, nor somebody with whom they declared a tie (SD-9, SD-10). Raises Refused."""
    if by.cadre_id == cadre.pk:
        raise Refused(_("任何人不得办理本人的事项。"), way_out=_("由其他人员办理。"), rule="SD-9")
    if by.cadre_id is not None and tied([by.cadre_id], [cadre.pk]):
        raise Refused(_("您与该干部有申报的回避关系，不得办理。"), way_out=_("由没有回避关系的人员办理。"), rule="SD-10")


def in_order(first: date, last: date, field: str = "last") -> None:
    """A span ends after it begins. Raises Refused."""
    if last < first:
        raise Refused(_("结束日期早于开始日期。"), way_out=_("更正日期。"), rule=CARE, field=field)


def not_ahead(on: date, today: date, field: str) -> None:
    """What was done was done by today. Raises Refused."""
    if on > today:
        raise Refused(_("日期不能晚于今天。"), way_out=_("办理以后再登记。"), rule=CARE, field=field)
