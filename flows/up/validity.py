"""UP-REC-VALID: a recommendation counts for a year, to 24:00 of its last day; the span does not roll.

It is asked wherever something is built on it: when the candidate is confirmed (U3), when the examination is announced (U4) and when the
committee adopts (U8). After the vote the decision stands on the vote. A competition has no recommendation, and nothing lapses.
"""

from datetime import date

from flows.figures import reckoned
from workflow_app.steps import RuleBroken, Situation

RULE = "UP-REC-VALID"


def valid_until(situation: Situation) -> date | None:
    """The last day; None without a recommendation."""
    until = situation.settled("report_recommendation").get("valid_until")
    return date.fromisoformat(str(until)[:10]) if until else None


def reckoned_rows(situation: Situation) -> tuple[tuple[str, str], ...]:
    """How the last day was counted, for a paper; nothing without a recommendation."""
    completed = situation.settled("report_recommendation").get("completed_on")
    if not completed:
        return ()
    return (("有效期的计算", reckoned(situation.case, RULE, date.fromisoformat(str(completed)[:10]))),)


def has_lapsed(situation: Situation, on: date) -> bool:
    """Whether nothing may be built on the recommendation on a day."""
    until = valid_until(situation)
    return until is not None and on > until


def check_valid(situation: Situation, on: date, *, way_out: str, field: str) -> None:
    """Raises RuleBroken when it has lapsed."""
    if has_lapsed(situation, on):
        raise RuleBroken(f"推荐结果已于{valid_until(situation)}失效。", way_out=way_out, rule=RULE, field=field)


def check_lapsed(situation: Situation, on: date, *, way_out: str) -> None:
    """A valid result is not called lapsed."""
    if not has_lapsed(situation, on):
        raise RuleBroken("推荐结果没有失效。", way_out=way_out, rule=RULE, field="outcome")
