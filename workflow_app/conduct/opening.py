"""Opening a case from a lead or a report, and closing a lead without one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from workflow_app import ledger
from workflow_app.conduct import carry
from workflow_app.conduct.signing import signature, with_author
from workflow_app.conduct.turn import Stale, Turn
from workflow_app.conduct.verdict import judge
from workflow_app.hands import Present, check_seat, desk_for, look
from workflow_app.law import current_edition
from workflow_app.models import (
    Account,
    Cadre,
    Case,
    Lead,
    Record,
    Unit,
    WorkItem,
    row_id,
)
from workflow_app.nodes import Path, Planned
from workflow_app.rows import Batch
from workflow_app.steps import Refused, Situation

type_facts = dict[str, Any]


def open(  # noqa: A001 - the word of the procedure
    path: type[Path], *, cadre: Cadre, organ: Unit, facts: type_facts, by: Account, at: datetime, key: str, lead: Lead | None = None
) -> Case:
    """Open a case with its first step; `facts` are the step's. A repeated key returns the first case."""
    with transaction.atomic():
        earlier = Record.objects.filter(key=key).select_related("case").first()
        if earlier is not None and earlier.case is not None:
            return earlier.case
        if Case.objects.filter(cadre=cadre, flow_class=path, finished__isnull=True).exists():
            raise Refused(f"{cadre.name}在这一程序中已有未办结的案件。", way_out="在原案件中并案办理。", rule="一人一案")
        node = path.node_of(path.first)
        case = _new_case(path, cadre, organ, at)
        turn = _first_turn(case, by, at, key, organ, node.step.role)
        carry.open_items(turn, [Planned(node, "start")], opened_by=0, owner=by)
        turn.batch.send()
        turn.batch = Batch()
        turn.item = WorkItem.objects.get(pk=row_id(case.pk, 1))
        turn.item.process = case
        turn.present.version, turn.present.status = 0, "ASSIGNED"
        verdict = judge(node.step, turn.situation, facts)
        carry.carry_out(turn, with_author(turn, verdict), signed=[signature(turn)])
        if lead is not None:
            _use_lead(lead, case, by, at)
    return case


def _new_case(path: type[Path], cadre: Cadre, organ: Unit, at: datetime) -> Case:
    year = Situation(Case(), None, at, {}).today.year
    number = carry.next_number(organ.pk, year, f"CASE-{path.prefix}")
    edition = current_edition()
    case: Case = path.process_class(
        flow_class=path, cadre=cadre, organ=organ, number=f"{organ.organ_code}{path.prefix}〔{year}〕{number}号",
        state=path.process_class.START, path_version=path.version, law=edition, created=at,
        switches={row["name"]: row["default"] == "on" for row in edition.figures["switches"]},
    )  # fmt: skip
    case.save()
    return case


def _first_turn(case: Case, by: Account, at: datetime, key: str, organ: Unit, role: str) -> Turn:
    from_seats = look(case, by, on=Situation(case, by, at, {}).today, key=None)
    turn = Turn(case, None, from_seats, at, by, key)
    turn.meet()
    check_seat(case, from_seats, by, desk_id=desk_for(role, list(reversed(organ.ancestor_ids))), role=role)
    return turn


def _use_lead(lead: Lead, case: Case, by: Account, at: datetime) -> None:
    used = Lead.objects.filter(pk=lead.pk, closed_at__isnull=True).update(case=case, closed_at=at, closed_by=by)
    if not used:
        raise Stale("这条线索已经处理。", way_out="返回线索列表。")


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
        return ledger.journal(desk.unit, ledger.Entry(kind="LEAD", at=at, actor=by, outcome="closed", desk_id=desk.pk, key=key, parts=parts))


def _seats(by: Account, at: datetime) -> Present:
    return look(Case(pk=0, cadre_id=0), by, on=Situation(Case(), by, at, {}).today, key=None)
