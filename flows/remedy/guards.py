"""What must have been reached before a step of a remedy may be taken. Each guard says its reason in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.remedy.case import RemedyCase

Guard = Callable[["RemedyCase"], bool]


def nothing_is_withdrawn(case: RemedyCase) -> bool:
    """申请人已书面撤回，须先对撤回作出处理"""
    return not case.has("withdrawn")


def not_extended(case: RemedyCase) -> bool:
    """审理期限已经延长过一次"""
    return not case.has("extended")


# step -> outcome ("*" = every outcome) -> guards
GUARDS: dict[str, dict[str, tuple[Guard, ...]]] = {
    "review": {"*": (nothing_is_withdrawn,)},
    "admit": {"*": (nothing_is_withdrawn,)},
    "form_committee": {"*": (nothing_is_withdrawn,)},
    "hear": {"*": (nothing_is_withdrawn,)},
    "decide": {"*": (nothing_is_withdrawn,)},
    "serve_decision": {"*": (nothing_is_withdrawn,)},
    "extend": {"*": (not_extended,)},
    "withdraw": {"*": (nothing_is_withdrawn,)},
    "take_withdrawal": {"*": (nothing_is_withdrawn,)},
}
