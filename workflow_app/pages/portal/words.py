"""Dates of a person's own periods in plain sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from workflow_app.clock import UNITS
from workflow_app.law import rules_of
from workflow_app.models import Case, Deadline
from workflow_app.pages import dates, wording
from workflow_app.pages.frame import SUBJECT, Place


@dataclass(frozen=True)
class Period:
    """A running period: what it is for, whose it is, the last day, and how the day was found."""

    title: str
    own: bool
    due: dates.Due
    provisional: bool
    lines: list[str]


def day_of(value: Any) -> str:
    """2026年3月9日（星期一）."""
    if not value:
        return ""
    day = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    return _("%(y)s年%(m)s月%(d)s日（星期%(w)s）") % {"y": day.year, "m": day.month, "d": day.day, "w": "一二三四五六日"[day.weekday()]}


def how_counted(told: Mapping[str, Any], *, lasting: bool = False) -> list[str]:
    """How a last day was found, for somebody who has never read a counting rule; `lasting`: a state that lasts, not an act to be done."""
    start, unit = day_of(told.get("from")), UNITS.get(str(told.get("unit")), "")
    total = int(told.get("length") or 0) + int(told.get("extended") or 0)
    lines = [_("从%(start)s起算，当天不算，第二天是第一天，一共%(n)s%(unit)s。") % {"start": start, "n": total, "unit": unit}]
    if told.get("extended"):
        lines.append(_("其中%(n)s%(unit)s是后来延长的。") % {"n": told["extended"], "unit": unit})
    lines += [_("%(a)s到%(b)s案件中止，不算在内。") % {"a": day_of(a), "b": day_of(b)} for a, b in told.get("suspended") or []]
    skipped = told.get("skipped") or []
    if skipped:
        lines.append(_("中间的休息日不算：%(days)s。") % {"days": "、".join(f"{day_of(one['date'])[5:]}" for one in skipped)})
    if told.get("unmoved") != told.get("last_day"):
        lines.append(_("期满那天是休息日，顺延到%(day)s。") % {"day": day_of(told.get("last_day"))})
    lines.append(_("最后一天24点结束。") if lasting else _("最后一天24点以前提交，都算按时。"))
    return lines + [_standing(told)] if _standing(told) else lines


def _standing(told: Mapping[str, Any]) -> str:
    if told.get("provisional"):
        return _("这个日期是暂定的：次年放假安排公布以后会重新计算并告知您。")
    if told.get("certainty") != "a" and "PROJECT DEFAULT" in str(told.get("source") or ""):
        return _("这个期限是本系统设定的，法律没有规定具体天数。")
    return ""


def title_of_rule(case: Case, rule_id: str) -> str:
    """What a period is for: the rule's step without its number."""
    rule = rules_of(case.law_id).get(rule_id)
    if rule is not None and rule.expiry_action == "end_bar":
        return _("影响期到这一天结束")
    return re.sub(r"^[A-Z]+\d+'?(-[A-Z]\d+)?c?\s*", "", rule.step) if rule else rule_id


def periods(place: Place, case: Case) -> list[Period]:
    """Running periods that bind the person, and those that the law sets the organ; internal clocks are not the person's."""
    rules, found = rules_of(case.law_id), []
    running = Deadline.objects.filter(case=case, closed_at=None, fired_at=None).select_related("item__desk").order_by("last_day", "id")
    for one in running:
        own = one.item is not None and one.item.desk.role == SUBJECT
        rule = rules.get(one.rule_id)
        if own or (rule is not None and rule.clock == "statutory" and one.last_day >= place.today):
            title = wording.title_of(case, one.item.step) if one.item else title_of_rule(case, one.rule_id)
            lines = how_counted(one.explanation, lasting=rule is not None and (rule.kind == "span" or rule.expiry_action == "deem_served"))
            found.append(Period(title, own or one.item is None, dates.due(one.last_day, place.today), one.provisional, lines))
    return found
