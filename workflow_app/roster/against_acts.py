"""What a workbook may not say: that a case did not change a post which it changed. Such a line is a fault, listed like any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from workflow_app import tenures
from workflow_app.models import Tenure
from workflow_app.roster.lines import Line

type_key = tuple[str, str, str, date]


class Acts:
    """Stretches that acts began or ended, by the cadre's number."""

    def __init__(self, stretches: Iterable[Tenure]) -> None:
        self.stretches: dict[str, list[Tenure]] = defaultdict(list)
        for one in stretches:
            self.stretches[one.cadre.number].append(one)

    def contradicted(self, line: Line, number: str, values: dict[str, Any], *, moved: bool) -> bool:
        """Whether the line puts back, or dates otherwise, what an act made the present; then the fault is noted."""
        held = next((one for one in self.stretches.get(number, ()) if one.case_id and one.last is None), None)
        if held is None:
            return False
        since, by = values["post_since"], f"案件{held.case.number if held.case else ''}"
        if moved and (since is None or held.first is None or since <= held.first):
            line.fault("任现职时间", f"晚于{held.first}的日期：单位和职务已由{by}变动为“{held.place}”，以案件为准")
        elif not moved and since != held.since:
            line.fault("任现职时间", f"{held.since or '空白'}：由{by}确定")
        elif not moved and held.follows and values["rank"] != held.rank and values["rank"] == held.follows.rank:
            line.fault("职级", f"“{held.rank}”：由{by}变更")
        return len(line.faults) > line.before

    def told(self, line: Line, key: type_key, last: date | None) -> bool:
        """Whether the history knows the stretch from acts already; one that they contradict is a fault."""
        number, code, title, first = key
        for start, end in tenures.joined(self.stretches.get(number, ())):
            if (start.unit.code, start.title) != (code, title) or not _overlap((first, last), (start.first, end.last)):
                continue
            if first in (start.first, start.since) and last == end.last:
                return True
            if first != start.first and start.case_id:
                line.fault("自", f"{start.first}：由案件{start.case.number if start.case else ''}确定")
            elif last != end.last:
                line.fault("至", f"{end.last or '空白'}：由案件确定")
        return False


def _overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    return (one[0] or date.min) <= (other[1] or date.max) and (other[0] or date.min) <= (one[1] or date.max)
