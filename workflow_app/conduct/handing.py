"""Handing work on: claim, release, assign."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflow_app.conduct import carry
from workflow_app.conduct.acting import may_act
from workflow_app.conduct.noting import note
from workflow_app.conduct.timely import taken
from workflow_app.conduct.turn import Stale, Turn, check_open
from workflow_app.hands import check_duties, check_seat, desk_for, look
from workflow_app.models import Account, Case, WorkItem
from workflow_app.steps import Refused

LEAST_REASON = 2  # characters


def claim(item: WorkItem, *, by: Account, at: datetime, key: str) -> None:
    """Take an open item from one's desk."""
    with taken(item.pk, at=at, by=by, key=key) as turn:
        if turn.present.replay is not None:
            return
        check_open(turn)
        if turn.present.owner == by.pk or not turn.holds():
            raise Stale("这一事项刚刚被他人领取。", way_out="请领取其他事项。")
        may_act(turn)
        if turn.node.step.duty:
            check_duties(turn.case, turn.present, [(cadre, str(turn.node.step.duty)) for cadre in turn.actors()])
        _hand_over(turn, "CLAIM", by, {"item": {"id": item.pk}})


def release(item: WorkItem, *, by: Account, at: datetime, key: str) -> None:
    """Give a claimed item back to its desk."""
    with taken(item.pk, at=at, by=by, key=key) as turn:
        if turn.present.replay is not None:
            return
        check_open(turn)
        if turn.present.owner != by.pk:
            raise Stale("这一事项不在您名下。", way_out="刷新待办列表。")
        _hand_over(turn, "RELEASE", None, {"item": {"id": item.pk}})


def assign(item: WorkItem, *, to: Account, by: Account, reason: str, at: datetime, key: str) -> None:
    """Give an open item to somebody at the same desk, with a reason; the giver holds a seat there too or leads the department."""
    if len(reason.strip()) < LEAST_REASON:
        raise Refused("改派须写明理由。", way_out="补写理由。", rule="改派", field="reason")
    with taken(item.pk, at=at, by=by, key=key) as turn:
        if turn.present.replay is not None:
            return
        check_open(turn)
        leader = desk_for("org_leader", list(reversed(turn.case.organ.ancestor_ids)))
        if turn.present.sits(leader):  # the separation is asked of whoever gives as well
            check_seat(turn.case, turn.present, by, desk_id=leader, role="org_leader")
        else:
            may_act(turn)
        theirs = look(turn.case, to, on=turn.situation.today, key=None)
        check_seat(turn.case, theirs, to, desk_id=turn.item.desk_id if turn.item else 0, role=turn.node.step.role)
        if turn.node.step.duty and to.cadre_id:
            cover = theirs.cover(turn.item.desk_id if turn.item else 0)
            both = [to.cadre_id, *([cover.cadre] if cover and cover.cadre else [])]
            check_duties(turn.case, theirs, [(cadre, str(turn.node.step.duty)) for cadre in both])
        _hand_over(turn, "ASSIGN", to, {"item": {"id": item.pk, "to": to.pk, "reason": reason}})


def _hand_over(turn: Turn, kind: str, owner: Account | None, parts: dict[str, Any]) -> None:
    assert turn.item is not None
    note(turn, kind, parts)
    turn.batch.update(
        WorkItem, turn.item.pk, status="ASSIGNED" if owner else "NEW", owner_id=owner.pk if owner else None,
        assigned=turn.at if owner else None, version=turn.present.version + 1,
    )  # fmt: skip
    carry.announce(turn, turn.item.desk_id)
    turn.batch.update(Case, turn.case.pk, records_count=turn.case.records_count, head=turn.case.head)
    turn.batch.send()
