"""Deadlines of a case: opened with an item, closed with it, held, resumed and extended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from workflow_app import clock
from workflow_app.hands import midnight
from workflow_app.law import rules_of
from workflow_app.models import Case, Deadline, WorkItem, row_id
from workflow_app.rows import Batch
from workflow_app.steps import Refused

# Periods of these actions belong to the case, not to an item: bars that end, remedies that run out.
OF_THE_CASE = {"end_bar", "mark_late"}


def answer_of(case: Case, rule_id: str, start: date, *, extend: int = 0, suspended: list[Any] | None = None) -> clock.Answer:
    """The last day of a period of this case, under the law figures the case was opened with."""
    spans = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in suspended or []]
    rule = rules_of(case.law_id)[rule_id]
    return clock.last_day(rule=rule, start=start, calendar=clock.calendar_from_db(), extend=extend, suspended=spans)


def start_of(case: Case, rule_id: str, today: date) -> date:
    """The day a period counts from: a recorded start fact, else the day of the act that opens it."""
    anchor = case.anchors.get(rule_id)
    return date.fromisoformat(anchor) if anchor else today


def _row(case: Case, number: int, item: int | None, rule_id: str, today: date) -> tuple[dict[str, Any], clock.Answer]:
    start = start_of(case, rule_id, today)
    answer = answer_of(case, rule_id, start)
    return {
        "id": number, "case_id": case.pk, "item_id": item, "rule_id": rule_id, "starts_on": start, "last_day": answer.last_day,
        "provisional": answer.provisional, "explanation": answer.explanation, "fires_at": clock.end_of(answer.last_day),
    }, answer  # fmt: skip


def open_for_item(batch: Batch, case: Case, item: dict[str, Any], rule_id: str, today: date, *, days_ahead: int | None) -> None:
    """A deadline for an item that is about to be inserted; fills in its due date."""
    row, answer = _row(case, item["id"], item["id"], rule_id, today)
    if days_ahead is None:
        item["due_on"], item["due_at"] = answer.last_day, clock.end_of(answer.last_day)
        if rules_of(case.law_id)[rule_id].expiry_action in ("allow", "none"):
            row["fires_at"] = None
    else:
        row["fires_at"] = midnight(answer.last_day - timedelta(days=days_ahead))
    batch.insert(WorkItem, item)
    batch.insert(Deadline, row)


def open_for_case(batch: Batch, case: Case, rule_ids: list[str], today: date) -> None:
    """Periods that run for the case itself."""
    for rule_id in rule_ids:
        if rules_of(case.law_id)[rule_id].expiry_action in OF_THE_CASE:
            case.items_count += 1
            row, _ = _row(case, row_id(case.pk, case.items_count), None, rule_id, today)
            batch.insert(Deadline, row)


def close(batch: Batch, item_id: int, at: datetime) -> None:
    """The item is done or withdrawn: its period has no more effect."""
    batch.add("UPDATE workflow_app_deadline SET closed_at = %s, fires_at = NULL WHERE item_id = %s AND closed_at IS NULL", [at, item_id])


def running(case: Case) -> list[Deadline]:
    """Periods of open items of the locked case."""
    return list(Deadline.objects.filter(case_id=case.pk, closed_at__isnull=True, fired_at__isnull=True, item__isnull=False))


def stop(batch: Batch, case: Case, today: date) -> None:
    """Suspension: internal clocks stop, statutory ones run on."""
    case.suspended_on = today
    for deadline in running(case):
        if rules_of(case.law_id)[deadline.rule_id].clock == "internal":
            batch.update(Deadline, deadline.pk, fires_at=None)


def go(batch: Batch, case: Case, today: date) -> None:
    """Resumption: the days of suspension do not count for internal clocks."""
    span = [(case.suspended_on or today).isoformat(), today.isoformat()]
    case.suspended_on = None
    for deadline in running(case):
        if rules_of(case.law_id)[deadline.rule_id].clock == "internal":
            _again(batch, case, deadline, extend=deadline.extended_by, suspensions=[*deadline.suspensions, span])


def extend(batch: Batch, case: Case, deadline_id: int, by: int) -> None:
    """Extend one running period; the length is capped by the rule, and so is how often."""
    deadline = next((d for d in running(case) if d.pk == deadline_id), None)
    if deadline is None:
        raise Refused("这一期限已经届满或已办结，不能延长。", way_out="请在期限届满前提出。", rule="延期")
    rule = rules_of(case.law_id)[deadline.rule_id]
    if deadline.extensions >= rule.extend_times or deadline.extended_by + by > rule.extend_by * max(rule.extend_times, 1):
        raise Refused(f"{rule.rule_id} 不能再延长。", way_out="请在原期限内办理。", rule=rule.rule_id)
    _again(batch, case, deadline, extend=deadline.extended_by + by, suspensions=deadline.suspensions, extensions=deadline.extensions + 1)


def _again(batch: Batch, case: Case, deadline: Deadline, *, extend: int, suspensions: list[Any], **more: Any) -> None:
    answer = answer_of(case, deadline.rule_id, deadline.starts_on, extend=extend, suspended=suspensions)
    changes: Mapping[str, Any] = {
        "extended_by": extend, "suspensions": suspensions, "last_day": answer.last_day, "provisional": answer.provisional,
        "explanation": answer.explanation, "fires_at": clock.end_of(answer.last_day), **more,
    }  # fmt: skip
    batch.update(Deadline, deadline.pk, **changes)
    batch.update(WorkItem, deadline.item_id, due_on=answer.last_day, due_at=clock.end_of(answer.last_day))
