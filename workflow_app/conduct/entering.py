"""Entering a decision that no case of this system ended with: an earlier adjustment, or an annual grade 不称职."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from workflow_app import ledger
from workflow_app.hands import check_seat, desk_for, look
from workflow_app.models import Account, AssessmentResult, Cadre, Case, Decision, Record, Service, Unit
from workflow_app.plain import plain
from workflow_app.steps import Refused, Situation

HANDLER = "case_handler"


@dataclass(frozen=True)
class Entry:
    """The decision as its paper states it, and how it was served; `service` is empty while service is not proven."""

    kind: str
    title: str
    number: str
    decided_on: date
    measure: Mapping[str, Any]
    service: Mapping[str, Any] = field(default_factory=dict)
    result: AssessmentResult | None = None


def enter_decision(cadre: Cadre, organ: Unit, entry: Entry, *, by: Account, at: datetime, key: str) -> Decision:
    """Enter a decision of `organ` about `cadre`, with its service; the unit's journal keeps both. Refuses what cannot be."""
    with transaction.atomic():
        earlier = Record.objects.filter(key=key).first()
        if earlier is not None:
            return Decision.objects.get(organ=organ, number=entry.number)
        today = Situation(Case(), by, at, {}).today
        desk = desk_for(HANDLER, list(reversed(organ.ancestor_ids)))
        check_seat(
            Case(pk=0, cadre_id=cadre.pk), look(Case(pk=0, cadre_id=cadre.pk), by, on=today, key=None), by, desk_id=desk, role=HANDLER
        )
        _check(entry, organ, today)
        decision = Decision.objects.create(
            cadre=cadre, organ=organ, kind=entry.kind, title=entry.title, number=entry.number, decided_on=entry.decided_on,
            measure=plain(entry.measure), result=entry.result, entered_by=by, entered_at=at,
        )  # fmt: skip
        if entry.service:
            Service.objects.create(
                cadre=cadre, title=str(decision), decision=decision, delivered_by=[by.display_name], entered_at=at, **entry.service
            )
        parts = {"decision": {"id": decision.pk, "cadre": cadre.pk, "number": entry.number, "service": plain(entry.service)}}
        ledger.journal(
            organ, ledger.Entry(kind="DECISION", at=at, actor=by, outcome=entry.kind.lower(), desk_id=desk, key=key, parts=parts)
        )
    return decision


def _check(entry: Entry, organ: Unit, today: date) -> None:
    if entry.decided_on > today:
        raise Refused("作出日期不能晚于今天。", way_out="按决定文书填写。", rule="决定登记", field="decided_on")
    served = entry.service.get("served_on")
    if served and not entry.decided_on <= served <= today:
        raise Refused(
            "送达日期应当在决定作出之后、今天之前。", way_out="按送达回证填写；没有回证的，先不填送达。", rule="决定登记", field="served_on"
        )
    if Decision.objects.filter(organ=organ, number=entry.number).exists():
        raise Refused("这一文号的决定已经登记。", way_out="查看该干部的决定列表。", rule="决定登记", field="number")
