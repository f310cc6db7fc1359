"""What must have been reached before a step may lawfully be taken. Each guard says its reason in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flows.rules.measure import Measure, heavier

if TYPE_CHECKING:
    from flows.down.case import DownCase

Guard = Callable[["DownCase"], bool]


def hearing_is_closed(case: DownCase) -> bool:
    """尚未听取本人陈述申辩"""
    return case.has("hearing_closed")


def review_has_passed(case: DownCase) -> bool:
    """合法性审查尚未通过"""
    return case.has("review_passed") or not case.on("legal_review")


def somebody_objected(case: DownCase) -> bool:
    """没有机关提出异议，无需维持原方案"""
    return case.has("objected")


def tolerance_is_settled(case: DownCase) -> bool:
    """容错认定尚未作出"""
    return case.has("tolerance_weighed") or not (case.on("tolerance") and case.has("tolerance_claimed"))


def risk_is_settled(case: DownCase) -> bool:
    """社会风险评估尚未完成"""
    return case.has("risk_weighed") or not (case.on("risk") and case.has("sensitive"))


def remedy_is_stated(case: DownCase) -> bool:
    """决定未载明救济途径"""
    return case.has("remedy_stated")


def no_heavier_than_before(case: DownCase) -> bool:
    """重新办理的案件，不得重于被责令重新处理的原决定"""
    before = case.settled.get("redo", {}).get("measure")
    now = case.settled.get("propose", {}).get("measure")
    return not before or not now or not heavier(Measure.of(now), Measure.of(before))


# step -> outcome ("*" = every outcome) -> guards
GUARDS: dict[str, dict[str, tuple[Guard, ...]]] = {
    "report_findings": {"confirmed": (hearing_is_closed,)},
    "propose": {
        "propose": (tolerance_is_settled, risk_is_settled, no_heavier_than_before),
        "heavier": (no_heavier_than_before,),
        "keep": (somebody_objected,),
    },
    "ask_opinion": {"*": (review_has_passed,)},
    "decide": {"*": (remedy_is_stated,)},
}
