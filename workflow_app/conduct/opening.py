"""Opening a case from a lead or a report, and closing a lead without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from workflow_app import ledger
from workflow_app.conduct import carry
from workflow_app.conduct.acting import Preview, previewed
from workflow_app.conduct.founding import found_case
from workflow_app.conduct.noting import signature
from workflow_app.conduct.overtaking import overtake
from workflow_app.conduct.signing import freeze, slots_of, with_author
from workflow_app.conduct.turn import Stale, Turn
from workflow_app.conduct.verdict import judge, same_as_seen
from workflow_app.hands import Present, check_duties, check_seat, desk_for, look
from workflow_app.models import (
    Account,
    Cadre,
    Case,
    Decision,
    Lead,
    Record,
    Unit,
    WorkItem,
    row_id,
)
from workflow_app.nodes import Path, Planned, Way
from workflow_app.rows import Batch
from workflow_app.steps import Refused, Situation

type_facts = dict[str, Any]
UNNUMBERED = "（登记后编号）"


def preview_opening(
    path: type[Path],
    *,
    cadre: Cadre,
    organ: Unit,
    facts: type_facts,
    by: Account,
    at: datetime,
    first: str = "",
    decision: Decision | None = None,
) -> Preview:
    """The paper that opening a case with `facts` would give; no case, number or row is left behind."""
    with transaction.atomic():
        turn = _first_turn(Start(path, cadre, organ, first or path.first, decision), by, at, key="")
        verdict = with_author(turn, judge(turn.node.step, turn.situation, facts))
        check_duties(turn.case, turn.present, [(c, d) for c, d in verdict.hands])
        carry.move(turn, verdict)
        if turn.case.state not in turn.case.FINAL:
            _check_one_open(Start(path, cadre, organ, first or path.first, decision))
        turn.case.number = UNNUMBERED
        result = previewed(turn, verdict)
        transaction.set_rollback(True)
    return result


def open(  # noqa: A001 - the word of the procedure
    path: type[Path],
    *,
    cadre: Cadre,
    organ: Unit,
    facts: type_facts,
    seen: str,
    by: Account,
    at: datetime,
    key: str,
    lead: Lead | None = None,
    first: str = "",
    decision: Decision | None = None,
) -> Case:
    """Open a case with its first step; `facts` are the step's and `seen` is the hash that `preview_opening` gave.

    A remedy names the `decision` that it attacks and the step by which it does (`first`); `Path.ways` tells which are open.

    A repeated key returns the first case, also when both requests are under way at the same time. Where others must sign,
    the case begins with the frozen paper on the next signer's desk.
    """
    earlier = _opened_with(key)
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            turn = _first_turn(Start(path, cadre, organ, first or path.first, decision), by, at, key=key)
            verdict = with_author(turn, judge(turn.node.step, turn.situation, facts))
            same_as_seen(verdict, seen)
            slots = slots_of(turn, facts)
            if slots:
                freeze(turn, verdict, slots)
            else:
                carry.carry_out(turn, verdict, signed=[signature(turn)])
            if lead is not None:
                _use_lead(lead, turn.case, by, at)
    except IntegrityError:  # somebody else, or the same click again, was quicker by a moment
        earlier = _opened_with(key)
        if earlier is not None:
            return earlier
        _check_one_open(Start(path, cadre, organ, first or path.first, decision))
        raise
    return turn.case


def _opened_with(key: str) -> Case | None:
    earlier = Record.objects.filter(key=key).select_related("case").first()
    return earlier.case if earlier is not None else None


@dataclass(frozen=True)
class Start:
    """A case about to be opened."""

    path: type[Path]
    cadre: Cadre
    organ: Unit
    first: str
    decision: Decision | None = None

    def way(self, on: date) -> Way | None:
        """The filing against the decision, refused when it is not open; None when no decision is attacked."""
        if self.decision is None:
            return None
        if self.decision.cadre_id != self.cadre.pk:
            raise Refused("这不是针对您的决定。", way_out="只能就针对本人的决定提出。", rule="R-OWN")
        ways = [way for way in self.path.ways(self.decision, on=on) if way.step == self.first]
        closed = next((way for way in ways if way.reason), None)  # it names no organ: there is none to go to
        if closed is not None:
            raise Refused(closed.reason, way_out=closed.way_out, rule="R-WAY")
        found = next((way for way in ways if way.organ == self.organ), None)
        if found is None:
            raise Refused("不能向这一机关提出。", way_out="选择决定书载明的机关。", rule="SD-5", field="organ")
        return found


def _check_one_open(start: Start) -> None:
    same = Case.objects.filter(flow_class=start.path, finished__isnull=True)
    if start.decision is not None:
        if same.filter(decision=start.decision, overtaken_on__isnull=True).exists():
            raise Refused("对这一决定已经提出，正在办理。", way_out="在原案件中补充材料或者撤回。", rule="一事一案")
    elif same.filter(cadre=start.cadre, overturned_on__isnull=True).exists():
        raise Refused(
            f"{start.cadre.name}在这一程序中已有未办结的案件。", way_out="处理意见选择“并入已有案件”，或在原案件中办理。", rule="一人一案"
        )


def _new_case(start: Start, way: Way | None, at: datetime) -> Case:
    anchors = {way.rule: way.starts_on.isoformat()} if way and way.starts_on else {}
    more: dict[str, Any] = {"decision": start.decision, "parent": way.parent if way else None, "anchors": anchors}
    return found_case(start.path, start.cadre, start.organ, at, **more)


def _check_competent(start: Start) -> None:
    """An organ opens cases about people of its own units and those below; a remedy goes to the organ that its way names."""
    if start.decision is None and not start.cadre.unit.path.startswith(start.organ.path):
        raise Refused(
            f"{start.cadre.name}不在{start.organ.name}的管理范围内。", way_out="由对其有干部管理权限的机关办理。", rule="管理权限"
        )  # fmt: skip


def _first_turn(start: Start, by: Account, at: datetime, *, key: str) -> Turn:
    """The new case with the item of its first step, in the actor's hands."""
    node, organ = start.path.node_of(start.first), start.organ
    _check_competent(start)
    way = start.way(Situation(Case(), None, at, {}).today)
    if way is not None and way.beside is not None:
        overtake(way.beside, by=by, at=at)
    case = _new_case(start, way, at)
    from_seats = look(case, by, on=Situation(case, by, at, {}).today, key=None)
    turn = Turn(case, None, from_seats, at, by, key)
    turn.meet()
    check_seat(case, from_seats, by, desk_id=desk_for(node.step.role, list(reversed(organ.ancestor_ids))), role=node.step.role)
    carry.open_items(turn, [Planned(node, "start")], opened_by=0, owner=by)
    turn.batch.send()
    turn.batch = Batch()
    turn.item = WorkItem.objects.get(pk=row_id(case.pk, 1))
    turn.item.process = case
    turn.present.version, turn.present.status = 0, "ASSIGNED"
    return turn


def _use_lead(lead: Lead, case: Case, by: Account, at: datetime) -> None:
    used = Lead.objects.filter(pk=lead.pk, closed_at__isnull=True).update(case=case, closed_at=at, closed_by=by)
    if not used:
        raise Stale("这条线索已经处理。", way_out="返回线索列表。")
    before = _raised_by(lead)
    if before:
        Case.objects.filter(pk=case.pk).update(parent_id=before)
        case.parent_id = before


def _raised_by(lead: Lead) -> int | None:
    """The case whose act raised the lead: both show the link. `origin` is a key, `case:<case>:<record>`."""
    kind, _sep, rest = lead.origin.partition(":")
    number = rest.split(":")[0]
    return int(number) if kind == "case" and number.isdigit() else None


def close_lead(lead: Lead, *, reason: str, by: Account, at: datetime, key: str) -> Record:
    """Close a lead without a case; the reason goes into the unit's journal."""
    if len(reason.strip()) < 5:
        raise Refused("不予立项必须写明理由（不少于5个字）。", way_out="补写理由。", rule="线索处理", field="reason")
    with transaction.atomic():
        desk = lead.desk
        check_seat(Case(cadre_id=lead.cadre_id), _seats(by, at), by, desk_id=desk.pk, role=desk.role)
        if not Lead.objects.filter(pk=lead.pk, closed_at__isnull=True).update(closed_at=at, closed_by=by, closing_reason=reason):
            raise Stale("这条线索已经处理。", way_out="返回线索列表。")
        parts = {"facts": {"lead": lead.pk, "rule": lead.rule_id, "origin": lead.origin, "reason": reason}}
        return ledger.journal(
            desk.unit, ledger.Entry(kind="LEAD", at=at, actor=by, outcome="closed", desk_id=desk.pk, key=key, parts=parts)
        )


def _seats(by: Account, at: datetime) -> Present:
    return look(Case(pk=0, cadre_id=0), by, on=Situation(Case(), by, at, {}).today, key=None)
