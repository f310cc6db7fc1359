"""Carrying out a judged act: transition, paper, record, next items, messages; everything into one batch."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.dateformat import format as dateformat
from django_fsm import TransitionNotAllowed

from workflow_app import documents, ledger, periods
from workflow_app.conduct.turn import OutOfTurn, Turn, turn_values
from workflow_app.conduct.verdict import Verdict
from workflow_app.hands import check_duties, desk_for
from workflow_app.models import (
    Account,
    Case,
    Document,
    Event,
    Hand,
    Lead,
    Outgoing,
    Record,
    WorkItem,
    row_id,
)
from workflow_app.nodes import Human, Planned, plan
from workflow_app.rows import Verbatim
from workflow_app.steps import Step

ASIDE = "aside"  # token of an item that was begun without being the case's turn

NEXT_NUMBER = """INSERT INTO workflow_app_numberseries (organ_id, year, kind, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (organ_id, year, kind) DO UPDATE SET last = workflow_app_numberseries.last + 1 RETURNING last"""


def next_number(organ: int, year: int, kind: str) -> int:
    """The next number of an organ, year and kind, without gap: it is given back when the act fails."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [organ, year, kind])
        number: int = cursor.fetchone()[0]
    return number


def move(turn: Turn, verdict: Verdict) -> str:
    """The lawful transition, or a refusal. Returns the state before."""
    case, step = turn.case, turn.node.step
    before = str(case.state)
    case.settled = {**case.settled, step.name: dict(verdict.settled)}
    case.anchors = {**case.anchors, **verdict.starts}
    case.take_note(step.name)
    try:
        getattr(case, step.name)(verdict.outcome)
    except TransitionNotAllowed as refusal:
        why = getattr(refusal.method, "__doc__", "") if "conditions" in str(refusal) else str(refusal)
        reason = why if why and not why.startswith("Can't") else f"案件目前处于“{case.state_label}”状态"
        raise OutOfTurn(f"{reason}，不能办理“{step.title}”。", way_out="查看案件页“下一步”。") from refusal
    return before


def issue(turn: Turn, verdict: Verdict, *, record_seq: int, signed: list[dict[str, Any]], today: date) -> int:
    """The document row of the act. Formal papers take the organ's number, others one within the case."""
    case, step = turn.case, turn.node.step
    case.papers_count += 1
    if step.formal:
        number = f"{case.organ.organ_code}〔{today.year}〕{next_number(case.organ_id, today.year, 'FORMAL')}号"
    else:
        number = f"{case.number}-{case.papers_count}"
    paper, template = envelope(turn, verdict, number=number, issued_on=dateformat(today, "Y年n月j日"), signed=signed)
    document = row_id(case.pk, case.papers_count)
    turn.batch.insert(Document, {
        "id": document, "case_id": case.pk, "record_seq": record_seq, "code": step.document, "title": verdict.title,
        "number": number, "formal": step.formal, "step": step.name, "template": template,
        "template_version": documents.template_version(template), "issued_on": today, "open_to_subject": step.open_to_subject,
        "content": {"paper": paper, "content": dict(verdict.content)}, "content_hash": verdict.content_hash,
    })  # fmt: skip
    turn.batch.insert(Outgoing, {"kind": "RENDER", "case_id": case.pk, "target": document, "created_at": turn.at, "next_at": turn.at})
    return document


def envelope(turn: Turn, verdict: Verdict, *, number: str, issued_on: str, signed: list[dict[str, Any]]) -> tuple[dict[str, Any], str]:
    """What a paper carries besides its content, and its template."""
    case, step = turn.case, turn.node.step
    folder = "anywhere" if step.no == "X" else case.flow_class.folder
    paper = {
        "title": verdict.title, "number": number, "organ": case.organ.organ_name or case.organ.name, "case_no": case.number,
        "issued_on": issued_on, "addressee": case.cadre.name, "signatures": signed, "formal": step.formal, "code": step.document,
        "kind": step.no, "demo": settings.DEMO,
    }  # fmt: skip
    return paper, f"documents/{folder}/{step.name}.html"


def record_of(turn: Turn, seq: int) -> Record:
    """The record of an act, as far as a caller needs it."""
    return Record(chain=f"C{turn.case.pk}", seq=seq, case_id=turn.case.pk, kind="ACT", step=turn.item.step if turn.item else "")


def desk_role(step: Step) -> str:
    """Role of the desk that an item of `step` goes to; anybody concerned files at the handlers' desk."""
    return "case_handler" if step.role == "concerned" else str(step.role)


def try_move(turn: Turn, verdict: Verdict) -> None:
    """Ask for the transition without keeping it."""
    case = turn.case
    kept = {name: copy(getattr(case, name)) for name in ("settled", "anchors", "marks", "round", "awaited")}
    before = move(turn, verdict)
    for name, value in kept.items():
        setattr(case, name, value)
    case.__dict__["state"] = before


def announce(turn: Turn, *desks: int) -> None:
    """Event rows: the source of live messages after commit."""
    xid: Any = Verbatim("pg_current_xact_id()::text::bigint") if connection.vendor == "postgresql" else 0
    rows = [{"topic": f"desk:{desk}", "ref": turn.case.pk, "xid": xid, "at": turn.at} for desk in sorted(set(desks))]
    turn.batch.insert(Event, *rows)


def announce_case(turn: Turn) -> None:
    """The case page should look again."""
    xid: Any = Verbatim("pg_current_xact_id()::text::bigint") if connection.vendor == "postgresql" else 0
    turn.batch.insert(Event, {"topic": f"case:{turn.case.pk}", "ref": turn.case.pk, "xid": xid, "at": turn.at})


def open_items(turn: Turn, planned: list[Planned], *, opened_by: int, owner: Account | None = None) -> list[int]:
    """Rows of the next items with their periods; returns their desks."""
    case, today, desks = turn.case, turn.situation.today, []
    for one in planned:
        step = one.node.step
        case.items_count += 1
        units = [one.subject["organ"]] if step.role == "opinion_organ" else _units(case)
        desk = desk_for(desk_role(step), units)
        status = "SCHEDULED" if one.is_timer else ("ASSIGNED" if owner else "NEW")
        item = {
            "id": row_id(case.pk, case.items_count), "process_id": case.pk, "flow_task": one.node,
            "flow_task_type": one.node.task_type, "status": status, "created": turn.at, "token": _token(one.token), "desk_id": desk,
            "step": step.name, "round": case.round, "subject": one.subject, "opened_by": opened_by,
            "owner_id": owner.pk if owner else None, "assigned": turn.at if owner else None,
        }  # fmt: skip
        rule = step.deadline_for(case, one.subject)
        if rule and one.token != ASIDE:
            periods.open_for_item(turn.batch, case, item, rule, today, days_ahead=getattr(one.node, "days", None))
        else:
            turn.batch.insert(WorkItem, item)
        desks.append(desk)
    return desks


def _token(text: str) -> Any:
    return WorkItem._meta.get_field("token").to_python(text)


def _units(case: Case) -> list[int]:
    return list(reversed(case.organ.ancestor_ids))


def follow(turn: Turn, *, seq: int) -> list[int]:
    """Open what comes after the completed item; an overriding act withdraws everything else first."""
    item, node, case = turn.item, turn.node, turn.case
    assert item is not None
    token = str(item.token)
    others = [row for row in turn.present.items if row[0] != item.pk]
    if node.overriding:
        for number, _, _, _ in others:
            turn.batch.update(WorkItem, number, status="CANCELED", finished=turn.at, closed_by=seq)
            periods.close(turn.batch, number, turn.at)
        others, token = [], "start"
    elif token == ASIDE:
        return []
    what_next = plan(
        case, node, token=token, serial=item.pk % (1 << 20), subject=item.subject, open_tokens=[row[2] for row in others if row[2] != ASIDE]
    )
    if what_next.ended:
        case.status, case.finished = "DONE", turn.at
    return open_items(turn, what_next.opened, opened_by=seq)


def carry_out(turn: Turn, verdict: Verdict, *, signed: list[dict[str, Any]], facts_from: str = "") -> int:
    """Everything an act writes. Returns the number of its record."""
    case, item, step, today = turn.case, turn.item, turn.node.step, turn.situation.today
    assert item is not None
    new = [(cadre, duty) for cadre, duty in verdict.hands]
    check_duties(case, turn.present, new)
    before = move(turn, verdict)
    seq = case.records_count + 1
    document = issue(turn, verdict, record_seq=seq, signed=signed, today=today)
    ledger.append(turn.batch, case, ledger.Entry(
        kind="ACT", at=turn.at, actor=turn.by, step=step.name, round=case.round, outcome=verdict.outcome, desk_id=item.desk_id,
        state_from=before, state_to=str(case.state), key=turn.key,
        parts={"facts": verdict.facts, "sealed": verdict.sealed, "actor": signed, "paper": {"id": document, "hash": verdict.content_hash}},
    ))  # fmt: skip
    turn.batch.update(
        WorkItem, item.pk, status="DONE", finished=turn.at, closed_by=seq, owner_id=turn.by.pk if turn.by else None,
        version=turn.present.version + 1,
    )  # fmt: skip
    periods.close(turn.batch, item.pk, turn.at)
    _effects(turn, verdict, today)
    desks = follow(turn, seq=seq)
    periods.open_for_case(turn.batch, case, list(verdict.starts), today)
    _hands(turn, new, seq)
    announce(turn, item.desk_id, *desks)
    settle(turn)
    return seq


def _effects(turn: Turn, verdict: Verdict, today: date) -> None:
    effect = turn.node.step.clock_effect
    if effect == "stop" and verdict.outcome == "suspended":
        periods.stop(turn.batch, turn.case, today)
    elif effect == "go":
        periods.go(turn.batch, turn.case, today)
    elif effect == "extend":
        periods.extend(turn.batch, turn.case, int(verdict.settled["deadline_id"]), int(verdict.settled["by"]))
    if verdict.extra.get("lead"):
        _raise_lead(turn, verdict.extra["lead"], today)


def _raise_lead(turn: Turn, lead: dict[str, Any], today: date) -> None:
    """An act may suggest more; only a handler opens it."""
    turn.batch.insert(Lead, {
        "desk_id": desk_for("case_handler", _units(turn.case)), "cadre_id": turn.case.cadre_id, "rule_id": lead["rule_id"],
        "suggests": lead["suggests"], "origin": f"case:{turn.case.pk}:{turn.case.records_count}", "summary": lead["summary"],
        "evidence": [{"case": turn.case.number}], "created_at": turn.at,
        "due_on": periods.answer_of(turn.case, "DN-TRIAGE", today).last_day,
    })  # fmt: skip


def _hands(turn: Turn, new: list[tuple[int, str]], seq: int) -> None:
    known = turn.present.hands
    rows = [
        {"case_id": turn.case.pk, "cadre_id": cadre, "duty": duty, "record": seq}
        for cadre, duty in dict.fromkeys((int(c), str(d)) for c, d in new)
        if duty not in known.get(cadre, set())
    ]
    turn.batch.insert(Hand, *rows, ignore=True)


def settle(turn: Turn) -> None:
    """Write the case's own row last and send everything."""
    turn.batch.update(Case, turn.case.pk, **turn_values(turn))
    turn.batch.send()


def aside(node: Human) -> Planned:
    """An item begun without being the case's turn."""
    return Planned(node, ASIDE)
