"""Due dates in words, and why a date is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow_app import clock

SOON = 3


@dataclass(frozen=True)
class Due:
    """A due date as a list shows it: words, and the level that colors the edge."""

    day: date | None
    words: str
    level: str  # danger, warning, ok or none

    @property
    def overdue(self) -> bool:
        """Whether the last day is past."""
        return self.level == "danger" and self.words.startswith(_("已逾期"))


def due(day: date | None, today: date, *, suspended: bool = False) -> Due:
    """`day` seen from `today`."""
    if day is None:
        return Due(None, _("无期限"), "none")
    if suspended:
        return Due(day, _("中止中"), "none")
    left = (day - today).days
    if left < 0:
        return Due(day, _("已逾期%(n)s天") % {"n": -left}, "danger")
    if left == 0:
        return Due(day, _("今天到期"), "danger")
    words = ngettext("剩%(n)s天", "剩%(n)s天", left) % {"n": left}
    return Due(day, words, "warning" if left <= SOON else "ok")


def why(told: Mapping[str, Any]) -> list[str]:
    """The stored explanation of a date, sentence by sentence."""
    unit = clock.UNITS.get(str(told.get("unit")), "")
    lines = [
        _("依据规则%(rule)s：自%(start)s起%(length)s%(unit)s，当日不计入。")
        % {"rule": told.get("rule"), "start": told.get("from"), "length": told.get("length"), "unit": unit}
    ]
    if told.get("extended"):
        lines.append(_("已延长%(n)s%(unit)s。") % {"n": told["extended"], "unit": unit})
    lines += [_("%(a)s至%(b)s中止，不计入。") % {"a": a, "b": b} for a, b in told.get("suspended") or []]
    if told.get("unmoved") != told.get("last_day"):
        lines.append(_("届满日%(raw)s为休息日，顺延（或提前）至%(day)s。") % {"raw": told.get("unmoved"), "day": told.get("last_day")})
    skipped = told.get("skipped") or []
    if skipped:
        lines.append(_("不计的休息日：") + "、".join(f"{day['date']}（{day['why']}）" for day in skipped) + "。")
    return lines + _standing(told)


def _standing(told: Mapping[str, Any]) -> list[str]:
    lines = [_("放假安排版本：%(v)s。") % {"v": told.get("calendar_version")}]
    source = str(told.get("source") or "")
    if told.get("certainty") != "a":
        own = "PROJECT DEFAULT" in source
        lines.append(_("这一期限为项目默认，不是法定期限。") if own else _("这一期限未核到法规原文，可由管理员调整。"))
    if told.get("provisional"):
        lines.append(_("期间跨入尚未公布放假安排的年度，日期为暂定，公布后重新计算。"))
    if source and "PROJECT DEFAULT" not in source:
        lines.append(_("出处：%(source)s") % {"source": source})
    return lines
