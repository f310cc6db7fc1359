"""Acts: preview, complete, and what may be begun without being the turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django_fsm import can_proceed

from workflow_app import documents
from workflow_app.conduct import carry, overturning
from workflow_app.conduct.noting import note, signature
from workflow_app.conduct.signing import freeze, slots_of, with_author
from workflow_app.conduct.timely import locked, taken
from workflow_app.conduct.turn import OutOfTurn, Stale, Turn, attacked_by, check_open, check_running
from workflow_app.conduct.verdict import Verdict, judge, same_as_seen
from workflow_app.hands import check_duties, check_power, check_seat, desk_for
from workflow_app.models import Account, Case, Record, SigningSheet, WorkItem, row_id
from workflow_app.steps import Refused

type_facts = dict[str, Any]


@dataclass(frozen=True)
class Preview:
    """The paper as it would be issued, and the hash that `complete` must be given."""

    content_hash: str
    title: str
    outcome: str
    paper: dict[str, Any]
    content: dict[str, Any]
    template: str


def may_act(turn: Turn) -> None:
    """The actor has the seat and the power, and the case runs. Raises Refused."""
    assert turn.item is not None
    check_seat(turn.case, turn.present, turn.by, desk_id=turn.item.desk_id, role=turn.node.step.role)
    check_power(turn.case, turn.present, turn.by, withdraws=turn.node.step.withdraws)
    check_running(turn)


def preview(item: WorkItem, *, facts: type_facts, by: Account, at: datetime) -> Preview:
    """The paper that `facts` would give; nothing is written."""
    with taken(item.pk, at=at, by=by, key=None, attacked=attacked_by(item)) as turn:
        turn.meet()
        check_open(turn)
        may_act(turn)
        verdict = judge(turn.node.step, turn.situation, facts)
        check_duties(turn.case, turn.present, [(c, d) for c, d in with_author(turn, verdict).hands])
        carry.move(turn, verdict)
        result = previewed(turn, verdict)
        transaction.set_rollback(True)
    return result


def previewed(turn: Turn, verdict: Verdict) -> Preview:
    """A judged act as a preview; its number is given when it is signed."""
    paper, template = documents.envelope(
        turn.case, turn.node.step, verdict.title, signed=[], subject=turn.situation.subject, outcome=verdict.outcome
    )
    return Preview(verdict.content_hash, verdict.title, verdict.outcome, paper, dict(verdict.content), template)


def complete(
    item: WorkItem, *, facts: type_facts, seen: str, by: Account, at: datetime, key: str, version: int | None = None
) -> Record | None:
    """Complete an item, or freeze its paper with the first signature when others must sign (then None)."""
    with taken(item.pk, at=at, by=by, key=key, attacked=attacked_by(item)) as turn:
        if turn.present.replay is not None:
            return carry.record_of(turn, turn.present.replay)
        check_open(turn, version)
        if not turn.holds():
            raise Stale("这一事项已由他人领取。", way_out="请领取人退回，或由负责人改派。")
        may_act(turn)
        turn.meet()
        verdict = with_author(turn, judge(turn.node.step, turn.situation, facts))
        same_as_seen(verdict, seen)
        slots = slots_of(turn, facts)
        if slots:
            freeze(turn, verdict, slots)
            return None
        return carry.record_of(turn, overturning.carry_through(turn, verdict, signed=[signature(turn)]))


def begin(case: Case, step: str, *, by: Account, at: datetime, key: str) -> WorkItem:
    """Open an item for a step that may be taken without being the case's turn; it is assigned to the actor."""
    with locked(case.pk, at=at, by=by, key=key) as turn:
        if turn.present.replay is not None:
            return WorkItem.objects.get(process=turn.case, opened_by=turn.present.replay)
        node = turn.path.node_of(step)
        if not (node.anytime or node.overriding):
            raise OutOfTurn(f"“{node.step.title}”只能依次办理，不能单独发起。", way_out="查看案件页“下一步”。")
        if not node.step.by_hand:
            raise OutOfTurn(f"“{node.step.title}”由系统列入待办，不能单独发起。", way_out="先办理引起这一环节的事项。")
        if turn.case.finished and not node.step.after_end:
            raise OutOfTurn("案件已经办结。", way_out="办结后只能附扫描件、更正文书或提出重新使用建议。")
        if not can_proceed(getattr(turn.case, step)):
            raise OutOfTurn(f"案件处于“{turn.case.state_label}”状态，不能办理“{node.step.title}”。", way_out="查看案件页“下一步”。")
        desk = desk_for(carry.desk_role(node.step), node.step.units(turn.case))
        check_seat(turn.case, turn.present, by, desk_id=desk, role=node.step.role)
        turn.meet()
        carry.open_items(turn, [carry.aside(node)], opened_by=turn.case.records_count + 1, owner=by)
        item_id = row_id(turn.case.pk, turn.case.items_count)
        turn.item = WorkItem(pk=item_id, step=step, desk_id=desk, flow_task=node, process=turn.case)
        note(turn, "BEGIN", {"item": {"id": item_id, "step": step}})
        carry.settle(turn)
    return WorkItem.objects.get(pk=item_id)


def drop(item: WorkItem, *, by: Account, at: datetime, key: str) -> None:
    """Withdraw an item that was begun out of turn and not completed."""
    with taken(item.pk, at=at, by=by, key=key) as turn:
        if turn.present.replay is not None:
            return
        check_open(turn)
        if str(item.token) != carry.ASIDE or turn.present.owner != by.pk:
            raise Refused("只有发起人可以撤销自己发起的事项。", way_out="请发起人办理。", rule="撤销发起")
        seq = note(turn, "DROP", {"item": {"id": item.pk}})
        SigningSheet.objects.filter(pk=item.pk).delete()
        turn.batch.update(WorkItem, item.pk, status="CANCELED", finished=at, closed_by=seq, version=turn.present.version + 1)
        carry.settle(turn)
