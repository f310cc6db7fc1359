"""What happens when a period ends: exactly what its rule says, once, and never an approval."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflow_app.conduct import carry
from workflow_app.conduct.signing import note, signature
from workflow_app.conduct.turn import OPEN, Turn, locked
from workflow_app.conduct.verdict import judge
from workflow_app.hands import desk_for, look
from workflow_app.law import rules_of
from workflow_app.models import Deadline, WorkItem


def expire(deadline_id: int, *, at: datetime) -> str:
    """Fire one due deadline. Returns what was done; "" when it was done already or is not due."""
    case_id = deadline_id >> 20
    with locked(case_id, at=at, by=None, key=None) as turn:
        deadline = Deadline.objects.select_related("item").get(pk=deadline_id)
        if deadline.fires_at is None or deadline.fires_at > at or deadline.closed_at or deadline.fired_at:
            return ""
        turn.meet()
        turn.batch.update(Deadline, deadline.pk, fired_at=at, fires_at=None)
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
    assert turn.item is not None
    silent = turn.node.step.silence(turn.situation)
    if silent is not None and (turn.node.step.role == "subject" or action == "deem_consent"):
        verdict = judge(turn.node.step, turn.situation, silent, checked=False)
        carry.carry_out(turn, verdict, signed=[signature(turn)])
        return "deem_consent" if action == "deem_consent" else "record_silence"
    note(turn, "ESCALATE", {"deadline": _told(deadline)}, outcome=action)
    turn.batch.update(WorkItem, turn.item.pk, escalated_at=turn.at)
    leader = desk_for("org_leader", list(reversed(turn.case.organ.ancestor_ids)))
    carry.announce(turn, turn.item.desk_id, leader)
    carry.settle(turn)
    return "escalate"


def file_paper(case_id: int, document_id: int, sha256: str, *, at: datetime) -> None:
    """Chain the hash of a rendered paper."""
    with locked(case_id, at=at, by=None, key=None) as turn:
        turn.item = WorkItem(pk=0, step="", desk_id=None)
        note(turn, "PAPER", {"paper": {"id": document_id, "sha256": sha256}})
        carry.announce_case(turn)
        carry.settle(turn)
