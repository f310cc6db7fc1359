"""Deadlines of a case: opened with an item, closed with it, held, resumed and extended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from workflow_app import clock
from workflow_app.hands import midnight
from workflow_app.law import rules_of
from workflow_app.models import Case, Deadline, Suspension, WorkItem, row_id
from workflow_app.rows import Batch
from workflow_app.steps import Refused

# Periods of these actions belong to the case, not to an item: bars that end, remedies that run out.
OF_THE_CASE = {"end_bar", "mark_late", "propose_lead"}
# Periods whose end is nothing that the worker has to look at: the step itself asks whether they are over.
SILENT = {"allow", "none", "block"}


def _of_the_case(rule: clock.Rule) -> bool:
    """A span that lapses (a result that is valid for a time) belongs to the case as well."""
    return rule.expiry_action in OF_THE_CASE or (rule.kind == "span" and rule.expiry_action == "lapse")


def answer_of(
    case: Case, rule_id: str, start: date, *, extend: int = 0, suspended: list[Any] | None = None, length: int | None = None
) -> clock.Answer:
    """The last day of a period of this case, under the law figures the case was opened with or a `length` that an act set."""
    spans = [(date.fromisoformat(a), date.fromisoformat(b)) for a, b in suspended or []]
    rule = rules_of(case.law_id)[rule_id]
    if length is not None:
        rule = replace(rule, length=length)
    posted = settings.COUNT_POSTING_DAY and any(word in rule.trigger_event for word in ("posting", "posted"))
    return clock.last_day(rule=rule, start=start, calendar=clock.calendar_from_db(), extend=extend, suspended=spans, counts_start=posted)


def start_of(case: Case, rule_id: str, today: date) -> date:
    """The day a period counts from: a recorded start fact, else the day of the act that opens it."""
    anchor = case.anchors.get(rule_id)
    return date.fromisoformat(anchor) if anchor else today


def _row(
    case: Case, number: int, item: int | None, rule_id: str, today: date, length: int | None = None, extended: int = 0
) -> tuple[dict[str, Any], clock.Answer]:
    start = start_of(case, rule_id, today)
    answer = answer_of(case, rule_id, start, length=length, extend=extended)
    return {
        "id": number, "case_id": case.pk, "item_id": item, "rule_id": rule_id, "starts_on": start, "last_day": answer.last_day,
        "provisional": answer.provisional, "explanation": answer.explanation, "fires_at": clock.end_of(answer.last_day),
        "extended_by": extended, "extensions": 1 if extended else 0,
    }, answer  # fmt: skip


def open_for_item(
    batch: Batch,
    case: Case,
    item: dict[str, Any],
    rule_id: str,
    today: date,
    *,
    days_ahead: int | None,
    length: int | None = None,
    extended: int = 0,
) -> None:
    """A deadline for an item that is about to be inserted; fills in its due date. `length`: set by the act instead of the figure."""
    row, answer = _row(case, item["id"], item["id"], rule_id, today, length, extended)
    rule = rules_of(case.law_id)[rule_id]
    if days_ahead is None:
        item["due_on"], item["due_at"] = answer.last_day, clock.end_of(answer.last_day)
        if rule.expiry_action in SILENT:
            row["fires_at"] = None
    else:
        row["fires_at"] = midnight(answer.last_day - timedelta(days=days_ahead))
    if case.suspended_on and rule.clock == "internal":  # opened while the case stands still: it starts when the case goes on
        row["fires_at"] = None
    batch.insert(WorkItem, item)
    batch.insert(Deadline, row)


def open_minimum(batch: Batch, case: Case, item_id: int, rule_id: str, today: date) -> None:
    """The time that must at least be given to an item: shown, and never fired."""
    if rule_id:
        case.items_count += 1
        row, _ = _row(case, row_id(case.pk, case.items_count), item_id, rule_id, today)
        batch.insert(Deadline, row | {"fires_at": None})


def announce(batch: Batch, case: Case, item_id: int, rule_id: str, start: date, *, at: datetime) -> None:
    """A public notice was posted on `start`: the item that waits for service ends with its period, and with no other."""
    close(batch, item_id, at)
    case.items_count += 1
    row, answer = _row(case, row_id(case.pk, case.items_count), item_id, rule_id, start)
    batch.insert(Deadline, row)
    batch.update(WorkItem, item_id, due_on=answer.last_day, due_at=clock.end_of(answer.last_day))


def open_for_case(batch: Batch, case: Case, rule_ids: list[str], today: date, *, lengths: Mapping[str, int]) -> None:
    """Periods that run for the case itself; `lengths` are those the act set instead of the figure."""
    for rule_id in rule_ids:
        if _of_the_case(rules_of(case.law_id)[rule_id]):
            case.items_count += 1
            row, _ = _row(case, row_id(case.pk, case.items_count), None, rule_id, today, lengths.get(rule_id))
            batch.insert(Deadline, row)


def close(batch: Batch, item_id: int, at: datetime) -> None:
    """The item is done or withdrawn: its period has no more effect."""
    batch.add("UPDATE workflow_app_deadline SET closed_at = %s, fires_at = NULL WHERE item_id = %s AND closed_at IS NULL", [at, item_id])


def close_rules(batch: Batch, case: Case, rules: list[str], at: datetime) -> None:
    """Periods of the case itself under these rules have no more effect."""
    for rule in rules:
        batch.add(
            "UPDATE workflow_app_deadline SET closed_at = %s, fires_at = NULL WHERE case_id = %s AND rule_id = %s AND closed_at IS NULL",
            [at, case.pk, rule],
        )


def running(case: Case) -> list[Deadline]:
    """Periods of open items of the locked case."""
    found = Deadline.objects.filter(case_id=case.pk, closed_at__isnull=True, fired_at__isnull=True, item__isnull=False)
    return list(found.select_related("item"))


def internal(case: Case) -> list[Deadline]:
    """Running periods whose clock a suspension stops."""
    return [one for one in running(case) if rules_of(case.law_id)[one.rule_id].clock == "internal"]


def stop(batch: Batch, case: Case, today: date, *, reason: str) -> None:
    """Suspension: internal clocks stop, statutory ones run on."""
    case.suspended_on = today
    held = internal(case)
    for deadline in held:
        batch.update(Deadline, deadline.pk, fires_at=None)
    rows = [
        {"rule": one.rule_id, "step": one.item.step if one.item else "", "before": one.last_day.isoformat(), "after": ""} for one in held
    ]
    batch.insert(Suspension, {"case_id": case.pk, "began_on": today, "began_record": case.records_count, "reason": reason, "held": rows})


def after_resuming(case: Case, today: date) -> list[tuple[Deadline, list[Any], clock.Answer]]:
    """What the periods that stood still will be when the case goes on `today`: period, its suspensions, its last day.

    A period that was opened while the case was suspended loses only the days that it would have counted (see the clock).
    """
    found = []
    for one in internal(case):
        spans = [*one.suspensions, [(case.suspended_on or today).isoformat(), today.isoformat()]]
        found.append((one, spans, answer_of(case, one.rule_id, one.starts_on, extend=one.extended_by, suspended=spans)))
    return found


def go(batch: Batch, case: Case, today: date, *, reason: str) -> None:
    """Resumption: the days of suspension do not count for internal clocks."""
    held = after_resuming(case, today)
    case.suspended_on = None
    rows = []
    for one, spans, answer in held:
        before, after = one.last_day.isoformat(), answer.last_day.isoformat()
        rows.append({"rule": one.rule_id, "step": one.item.step if one.item else "", "before": before, "after": after})
        _again(batch, case, one, extend=one.extended_by, suspensions=spans)
    lasting = Suspension.objects.filter(case_id=case.pk, ended_on__isnull=True).values_list("pk", flat=True).first()
    if lasting is not None:
        batch.update(Suspension, lasting, ended_on=today, ended_record=case.records_count, ended_why=reason, held=rows)


def start_anew(batch: Batch, case: Case, rule_ids: list[str], today: date) -> None:
    """Periods of open items whose start an act beside them has moved: a recorded start fact that is another than before."""
    for one in running(case) if rule_ids else []:
        start = start_of(case, one.rule_id, today)
        if one.rule_id in rule_ids and one.starts_on != start:
            answer = answer_of(case, one.rule_id, start, extend=one.extended_by, suspended=one.suspensions)
            put(batch, case, one, answer, starts_on=start)


def check_extension(case: Case, deadline: Deadline, by: int) -> None:
    """`extend_by` caps all extensions of a period together, `extend_times` their number."""
    rule = rules_of(case.law_id)[deadline.rule_id]
    left = rule.extend_by - deadline.extended_by if deadline.extensions < rule.extend_times else 0
    if by > left:
        way_out = f"最多还可以延长{left}{clock.UNITS[rule.unit]}。" if left else "请在原期限内办理。"
        raise Refused(f"{rule.rule_id} 不能延长{by}{clock.UNITS[rule.unit]}。", way_out=way_out, rule=rule.rule_id, field="by")


def extend(batch: Batch, case: Case, deadline_id: int, by: int) -> None:
    """Extend one running period; the length is capped by the rule, and so is how often."""
    deadline = next((d for d in running(case) if d.pk == deadline_id), None)
    if deadline is None:
        raise Refused("这一期限已经届满或已办结，不能延长。", way_out="请在期限届满前提出。", rule="延期")
    check_extension(case, deadline, by)
    _again(batch, case, deadline, extend=deadline.extended_by + by, suspensions=deadline.suspensions, extensions=deadline.extensions + 1)


def _again(batch: Batch, case: Case, deadline: Deadline, *, extend: int, suspensions: list[Any], **more: Any) -> None:
    answer = answer_of(case, deadline.rule_id, deadline.starts_on, extend=extend, suspended=suspensions)
    put(batch, case, deadline, answer, extended_by=extend, suspensions=suspensions, **more)


def put(batch: Batch, case: Case, deadline: Deadline, answer: clock.Answer, **more: Any) -> None:
    """Write a new answer into a running period, and into its item."""
    item, fires_at = deadline.item, clock.end_of(answer.last_day)
    if item is not None and item.status == "SCHEDULED":  # a timer: it fires ahead of the day, and is due on no desk
        fires_at = midnight(answer.last_day - timedelta(days=item.flow_task.days))
    elif item is not None and deadline.last_day == item.due_on:
        batch.update(WorkItem, item.pk, due_on=answer.last_day, due_at=fires_at)
    rule = rules_of(case.law_id)[deadline.rule_id]
    held = rule.expiry_action in SILENT or (case.suspended_on and rule.clock == "internal")
    changes: Mapping[str, Any] = {
        "last_day": answer.last_day, "provisional": answer.provisional, "explanation": answer.explanation,
        "fires_at": None if held else fires_at, **more,
    }  # fmt: skip
    batch.update(Deadline, deadline.pk, **changes)
