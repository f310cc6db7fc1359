"""What happens when a period ends: exactly what its rule says, once, and never an approval."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflow_app.conduct import carry
from workflow_app.conduct.noting import note, signature
from workflow_app.conduct.turn import OPEN, Turn, locked, taken
from workflow_app.conduct.verdict import judge
from workflow_app.hands import desk_for, look
from workflow_app.law import rules_of
from workflow_app.models import Deadline, WorkItem

# The only deemed consents there are: an assisting authority that was asked and kept silent (《条例》2014 art. 34).
DEEMED = frozenset({"UP-COAUTH", "DN-COAUTH"})
# Actions under which the silence of the person concerned is an act: recorded as silence, never as an admission.
SILENCES = frozenset({"record_silence", "lapse", "escalate", "open_item"})
# Actions that end a period and ask nobody to hurry.
QUIET = frozenset({"allow", "none", "block", "open_item", "mark_late", "end_bar", "deem_served"})


def expire(deadline_id: int, *, at: datetime) -> str:
    """Fire one due deadline. Returns what was done; "" when it was done already or is not due.

    The effect is that of the moment at which the period ended, whenever the worker wakes: a worker that was off for
    three days changes no date. When it was really carried out stands in `fired_at`.
    """
    case_id = deadline_id >> 20
    with locked(case_id, at=at, by=None, key=None) as turn:
        deadline = Deadline.objects.select_related("item").get(pk=deadline_id)
        if deadline.fires_at is None or deadline.fires_at > at or deadline.closed_at or deadline.fired_at:
            return ""
        turn.at = max(deadline.fires_at, deadline.item.created if deadline.item else turn.case.created)
        turn.meet()
        turn.batch.update(Deadline, deadline.pk, fired_at=at, fires_at=None, retry_at=None, fault="")
        action = rules_of(turn.case.law_id)[deadline.rule_id].expiry_action
        item = deadline.item
        if item is None:
            return _of_the_case(turn, deadline, action)
        item.process = turn.case
        turn.item = item
        turn.present = look(turn.case, None, on=turn.situation.today, key=None, item=item.pk)
        if turn.present.status == "SCHEDULED":
            return _timer(turn)
        return _of_the_item(turn, deadline, action) if turn.present.status in OPEN else ""


def _of_the_case(turn: Turn, deadline: Deadline, action: str) -> str:
    turn.item = WorkItem(pk=0, step="", desk_id=None)
    note(turn, "TIMER", {"deadline": _told(deadline)}, outcome=action)
    if action == "propose_lead":
        rule = rules_of(turn.case.law_id)[deadline.rule_id]
        summary = f"{turn.case.number}：{rule.trigger_event}，至{deadline.last_day}届满（{rule.rule_id}）。是否立项由经办人判断。"
        carry.raise_lead(turn, {"rule_id": rule.rule_id, "suggests": "CASE", "summary": summary}, turn.situation.today)
    carry.settle(turn)
    return action


def _told(deadline: Deadline) -> dict[str, Any]:
    return {"id": deadline.pk, "rule": deadline.rule_id, "last_day": deadline.last_day.isoformat()}


def _timer(turn: Turn) -> str:
    assert turn.item is not None
    seq = note(turn, "TIMER", {"item": {"id": turn.item.pk}}, outcome="open_item")
    turn.batch.update(WorkItem, turn.item.pk, status="CANCELED", finished=turn.at, closed_by=seq, flow_task_type="TIMER")
    carry.announce(turn, *carry.follow(turn, seq=seq))
    carry.settle(turn)
    return "open_item"


def _of_the_item(turn: Turn, deadline: Deadline, action: str) -> str:
    """The rule's action on an open item. Nothing here approves: consent is deemed under two named rules and no other."""
    step = turn.node.step
    silent = step.silence(turn.situation)
    if action == "deem_consent" and deadline.rule_id in DEEMED and silent is not None:
        return _carry_out_silence(turn, silent, action)
    if action == "deem_served" and silent is not None:  # no consent and no admission: the paper has reached the person, by law
        return _carry_out_silence(turn, silent, action)
    if step.role == "subject" and silent is not None and action in SILENCES:
        return _carry_out_silence(turn, silent, action, told=_told(deadline) if action == "escalate" else None)
    if action in QUIET:
        note(turn, "TIMER", {"deadline": _told(deadline)}, outcome=action)
        carry.announce(turn, turn.item.desk_id if turn.item else 0)
        carry.settle(turn)
        return action
    return _escalate(turn, deadline, action)


def _carry_out_silence(turn: Turn, silent: dict[str, Any], action: str, *, told: dict[str, Any] | None = None) -> str:
    verdict = judge(turn.node.step, turn.situation, silent, checked=False)
    if told is not None:  # the rule asks for both: the failure is recorded, and reported to the lead
        note(turn, "ESCALATE", {"deadline": told}, outcome=action)
        carry.announce(turn, _lead(turn))
    carry.carry_out(turn, verdict, signed=[signature(turn)])
    return action


def _escalate(turn: Turn, deadline: Deadline, action: str) -> str:
    assert turn.item is not None
    rule = rules_of(turn.case.law_id)[deadline.rule_id]
    note(turn, "ESCALATE", {"deadline": _told(deadline)}, outcome=action)
    turn.batch.update(WorkItem, turn.item.pk, escalated_at=turn.at)
    carry.announce(turn, turn.item.desk_id, _lead(turn, above=rule.escalates_above))
    carry.settle(turn)
    return "escalate"


def _lead(turn: Turn, *, above: bool = False) -> int:
    """The leaders' desk that overdue work is reported to: the organ's own, or its superior's where the rule says so."""
    units = list(reversed(turn.case.organ.ancestor_ids))
    return desk_for("org_leader", units[1:] + units[:1] if above else units)


def report_nobody(item_id: int, *, at: datetime) -> None:
    """An item waits where nobody works: reported to the lead, once."""
    with taken(item_id, at=at, by=None, key=None) as turn:
        item = turn.item
        assert item is not None
        if turn.present.status not in OPEN or item.escalated_at is not None:
            return
        note(turn, "ESCALATE", {"item": {"id": item.pk, "desk": item.desk_id}}, outcome="nobody")
        turn.batch.update(WorkItem, item.pk, escalated_at=at)
        carry.announce(turn, item.desk_id, _lead(turn))
        carry.settle(turn)


def file_paper(case_id: int, document_id: int, sha256: str, *, at: datetime) -> None:
    """Chain the hash of a rendered paper."""
    with locked(case_id, at=at, by=None, key=None) as turn:
        turn.item = WorkItem(pk=0, step="", desk_id=None)
        note(turn, "PAPER", {"paper": {"id": document_id, "sha256": sha256}})
        carry.announce_case(turn)
        carry.settle(turn)
