"""What must have been reached before a step may lawfully be taken. Each guard says its reason in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.up.case import UpCase

Guard = Callable[["UpCase"], bool]
CHECKS = ("archive", "matters", "discipline", "petition")


def meeting_may_be_dropped(case: UpCase) -> bool:
    """不具备省略会议推荐的三项条件"""
    return case.has("meeting_droppable") and not case.has("meeting_first")


def weights_are_whole(case: UpCase) -> bool:
    """评分权重合计不是100%"""
    return case.has("weights_whole")


def four_checks_are_clear(case: UpCase) -> bool:
    """凡提四必尚未全部通过"""
    return all(case.has(f"clear_{check}") for check in CHECKS)


def nothing_is_adverse(case: UpCase) -> bool:
    """考察或者核查未通过"""
    return case.state != "stopping"


def vote_has_carried(case: UpCase) -> bool:
    """会议表决未依法通过"""
    return case.has("vote_carried")


def exemption_is_stated(case: UpCase) -> bool:
    """没有写明不予公示的依据"""
    return case.has("exemption_stated")


def notice_has_run(case: UpCase) -> bool:
    """公示期尚未届满"""
    return case.has("notice_has_run")


def no_report_is_open(case: UpCase) -> bool:
    """公示期间反映的问题尚未全部核查"""
    return case.awaited == 0


def no_report_affects(case: UpCase) -> bool:
    """核查认为反映的问题影响任职"""
    return not case.has("report_affects")


def the_year_is_over(case: UpCase) -> bool:
    """试用期尚未届满"""
    return case.has("year_over")


# step -> outcome ("*" = every outcome) -> guards
GUARDS: dict[str, dict[str, tuple[Guard, ...]]] = {
    "recommend_by_interview": {"drop_meeting": (meeting_may_be_dropped,)},
    "score_applicants": {"*": (weights_are_whole,)},
    "close_four_checks": {"clear": (four_checks_are_clear, nothing_is_adverse)},
    "decide": {"*": (vote_has_carried,), "exempt": (exemption_is_stated,)},
    "close_notice": {"*": (notice_has_run, no_report_is_open), "passed": (no_report_affects,)},
    "conclude_probation": {"*": (the_year_is_over,)},
}
