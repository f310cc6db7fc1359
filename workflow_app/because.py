"""Why a date is what it is, in sentences: for pages, and for papers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from workflow_app.clock import UNITS

type_told = Mapping[str, Any]


def why(told: type_told) -> list[str]:
    """The stored explanation of a date, sentence by sentence."""
    return [*counted(told), *standing(told)]


def counted(told: type_told) -> list[str]:
    """How the day was counted."""
    unit = UNITS.get(str(told.get("unit")), "")
    lines = [_counting(told, unit)]
    if told.get("extended"):
        lines.append(_("已延长%(n)s%(unit)s。") % {"n": told["extended"], "unit": unit})
    lines += [_("%(a)s至%(b)s中止，不计入。") % {"a": a, "b": b} for a, b in told.get("suspended") or []]
    if told.get("unmoved") != told.get("last_day"):
        lines.append(_("届满日%(raw)s为休息日，顺延（或提前）至%(day)s。") % {"raw": told.get("unmoved"), "day": told.get("last_day")})
    skipped = told.get("skipped") or []
    if skipped:
        lines.append(_("不计的休息日：") + "、".join(f"{day['date']}（{day['why']}）" for day in skipped) + "。")
    if told.get("target") and told["target"] != told.get("last_day"):
        lines.append(
            _("建议在%(day)s前办结（项目默认的目标日期）；最后期限为%(last)s。") % {"day": told["target"], "last": told.get("last_day")}
        )
    return lines


def _counting(told: type_told, unit: str) -> str:
    words = {"rule": told.get("rule"), "start": told.get("from"), "length": told.get("length"), "unit": unit}
    if told.get("kind") == "backward":
        return _("依据规则%(rule)s：自%(start)s起向前推%(length)s%(unit)s，当日不计入。") % words
    if told.get("counts_start"):
        return _("依据规则%(rule)s：自%(start)s起%(length)s%(unit)s，当日计入。") % words
    return _("依据规则%(rule)s：自%(start)s起%(length)s%(unit)s，当日不计入。") % words


def standing(told: type_told) -> list[str]:
    """On what the figure rests, and how certain that is."""
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


def on_paper(told: type_told) -> str:
    """One passage for a paper, in the official wording. A figure that no official text sets is never printed as law."""
    skipped = "、".join(f"{_day(one['date'])}（{one['why']}）" for one in told.get("skipped") or [])
    held = "；".join(f"{_day(a)}至{_day(b)}中止，不计入" for a, b in told.get("suspended") or [])
    last, raw = told["last_day"], told.get("unmoved") or told["last_day"]
    moved = f"{_day(raw)}为休息日，{'顺延' if last > raw else '提前'}，" if raw != last else ""
    ahead = "向前推" if told.get("kind") == "backward" else ""
    parts = [
        basis(told),
        f"自{_day(told['from'])}起{ahead}{told['length']}{UNITS[told['unit']]}，当日{'计入' if told.get('counts_start') else '不计入'}",
        f"延长{told['extended']}{UNITS[told['unit']]}" if told.get("extended") else "",
        held,
        f"其间{skipped}不计" if skipped else "",
        "期间届满不因休息日顺延" if told.get("kind") == "span" else "",
        f"{moved}届满日{_day(last)}" + ("（暂定，以公布的放假安排为准）" if told.get("provisional") else ""),
    ]
    return "；".join(part for part in parts if part) + "。"


# How a source names a text, and what the text is called on a paper.
TITLES = {"《条例》": "《党政领导干部选拔任用工作条例》", "公务员法": "《公务员法》", "(试行)": "（试行）"}


def basis(told: type_told) -> str:
    """On what the figure rests, for a paper: the article, or that no text of law sets it."""
    source = str(told.get("source") or "")
    if "PROJECT DEFAULT" in source:
        return "本期限为本机关的办理时限，不是法定期限"
    words = re.sub(r" (and|by) .*", "", source.split(";")[0])
    for short, whole in TITLES.items():
        words = words.replace(short, whole)
    words = re.sub(r" *(\d{4})(?=\b)", r"（\1年）", words)
    words = re.sub(r" *art\.(\d+)(\(\d+\))?", r"第\1条", words).strip()
    lawful = told.get("certainty") == "a" and told.get("mark") == "law" and not re.search(r"[A-Za-z]", words)
    return f"依据{words}" if lawful else "本期限由本机关参照有关规定确定"


def _day(value: str) -> str:
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"
