"""Carrying out a judged act: transition, paper, record, next items, messages; everything into one batch."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from django.db import connection, transaction
from django_fsm import TransitionNotAllowed

from workflow_app import documents, ledger, patterns, periods, wakeup
from workflow_app.conduct import recusal, serving
from workflow_app.conduct.placing import put_in_post
from workflow_app.conduct.posting import put_up
from workflow_app.conduct.receipting import acknowledge, put_files
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
from workflow_app.rows import NOTHING, vendor
from workflow_app.steps import Step

ASIDE = "aside"  # token of an item that was begun without being the case's turn

# Sequence order is not commit order: on PostgreSQL an event names the transaction that wrote it.
XID = {"postgresql": {"xid": "pg_current_xact_id()::text::bigint"}, "sqlite": NOTHING}

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


def issue(turn: Turn, verdict: Verdict, *, record_seq: int, signed: list[dict[str, Any]], today: date) -> tuple[int, str]:
    """The document row of the act: its key and number. Formal papers take the organ's number, others one within the case."""
    case, step = turn.case, turn.node.step
    case.papers_count += 1
    if step.formal:
        number = f"{case.organ.organ_code}〔{today.year}〕{next_number(case.organ_id, today.year, 'FORMAL')}号"
    else:
        number = f"{case.number}-{case.papers_count}"
    code = documents.new_code()
    about: dict[str, Any] = {"subject": turn.situation.subject, "outcome": verdict.outcome}
    paper, template = documents.envelope(case, step, verdict.title, number=number, issued_on=today, signed=signed, code=code, **about)
    document = row_id(case.pk, case.papers_count)
    turn.batch.insert(Document, {
        "id": document, "case_id": case.pk, "record_seq": record_seq, "code": step.document, "title": verdict.title,
        "number": number, "formal": step.formal, "step": step.name, "template": template,
        "template_version": patterns.version_of(template), "issued_on": today, "open_to_subject": step.open_to_subject,
        "content": {"paper": paper, "content": dict(verdict.content)}, "content_hash": verdict.content_hash,
        "verify_code": code,
    })  # fmt: skip
    turn.batch.insert(Outgoing, {"kind": "RENDER", "case_id": case.pk, "target": document, "created_at": turn.at, "next_at": turn.at})
    return document, number


def record_of(turn: Turn, seq: int) -> Record:
    """The record of an act, as far as a caller needs it."""
    return Record(chain=f"C{turn.case.pk}", seq=seq, case_id=turn.case.pk, kind="ACT", step=turn.item.step if turn.item else "")


def desk_role(step: Step) -> str:
    """Role of the desk that an item of `step` goes to; anybody concerned, an author and whoever applies file at the handlers' desk."""
    return "case_handler" if step.role in ("concerned", "author", "applicant") else str(step.role)


def try_move(turn: Turn, verdict: Verdict) -> None:
    """Ask for the transition without keeping it."""
    case = turn.case
    kept = {name: copy(getattr(case, name)) for name in ("settled", "anchors", "marks", "round", "awaited", "recused", "cadre_id")}
    before = move(turn, verdict)
    for name, value in kept.items():
        setattr(case, name, value)
    case.__dict__["state"] = before


def announce(turn: Turn, *desks: int) -> None:
    """Event rows: the source of live messages after commit."""
    rows = [{"topic": f"desk:{desk}", "ref": turn.case.pk, "at": turn.at} for desk in sorted(set(desks))]
    turn.batch.insert(Event, *rows, sql=XID[vendor()])
    transaction.on_commit(wakeup.rouse)


def announce_case(turn: Turn) -> None:
    """The case page should look again."""
    turn.batch.insert(Event, {"topic": f"case:{turn.case.pk}", "ref": turn.case.pk, "at": turn.at}, sql=XID[vendor()])


def open_items(turn: Turn, planned: list[Planned], *, opened_by: int, owner: Account | None = None) -> list[int]:
    """Rows of the next items with their periods; returns their desks."""
    case, today, desks = turn.case, turn.situation.today, []
    for one in planned:
        step = one.node.step
        case.items_count += 1
        units = [one.subject["organ"]] if step.role == "opinion_organ" else step.units(case)
        desk = one.desk or desk_for(desk_role(step), units)
        status = "SCHEDULED" if one.is_timer else ("ASSIGNED" if owner else "NEW")
        item = {
            "id": row_id(case.pk, case.items_count), "process_id": case.pk, "flow_task": one.node,
            "flow_task_type": one.node.task_type, "status": status, "created": turn.at, "token": _token(one.token), "desk_id": desk,
            "step": step.name, "round": case.round, "subject": one.subject, "opened_by": opened_by,
            "owner_id": owner.pk if owner else None, "assigned": turn.at if owner else None,
        }  # fmt: skip
        rule = step.deadline_for(case, one.subject)
        if rule and one.token != ASIDE:
            ahead = getattr(one.node, "days", None)
            longer: dict[str, Any] = {"length": turn.lengths.get(rule), "extended": case.extension_of(rule)}
            periods.open_for_item(turn.batch, case, item, rule, today, days_ahead=ahead, **longer)
            periods.open_minimum(turn.batch, case, item["id"], step.minimum, today)
        else:
            turn.batch.insert(WorkItem, item)
        desks.append(desk)
    return desks


def _token(text: str) -> Any:
    return WorkItem._meta.get_field("token").to_python(text)


def _units(case: Case) -> list[int]:
    return list(reversed(case.organ.ancestor_ids))


def follow(turn: Turn, *, seq: int, outcome: str = "") -> list[int]:
    """Open what comes after the completed item; an overriding act withdraws everything else first."""
    item, node, case = turn.item, turn.node, turn.case
    assert item is not None
    token = str(item.token)
    others = [row for row in turn.present.items if row[0] != item.pk]
    if node.overriding and node.step.overrides(outcome):
        for number, _, _, _ in others:
            turn.batch.update(WorkItem, number, status="CANCELED", finished=turn.at, closed_by=seq)
            periods.close(turn.batch, number, turn.at)
        others, token = [], "start"
    elif token.startswith(ASIDE):
        answer = node.step.answered_by
        return open_items(turn, [aside(turn.path.node_of(answer))], opened_by=seq) if answer else []
    what_next = plan(
        case,
        node,
        token=token,
        serial=item.pk % (1 << 20),
        subject=item.subject,
        open_tokens=[row[2] for row in others if not row[2].startswith(ASIDE)],
    )
    if what_next.ended:
        case.status, case.finished = "DONE", turn.at
    return open_items(turn, what_next.opened, opened_by=seq)


def _entry(turn: Turn, verdict: Verdict, *, before: str, signed: list[dict[str, Any]], paper: dict[str, Any]) -> ledger.Entry:
    """The record of an act."""
    case, item = turn.case, turn.item
    return ledger.Entry(
        kind="ACT", at=turn.at, actor=turn.by, step=turn.node.step.name, round=case.round, outcome=verdict.outcome,
        desk_id=item.desk_id if item else None, state_from=before, state_to=str(case.state), key=turn.key,
        parts={"facts": verdict.facts, "sealed": verdict.sealed, "actor": signed, "paper": paper},
    )  # fmt: skip


def carry_out(turn: Turn, verdict: Verdict, *, signed: list[dict[str, Any]], facts_from: str = "") -> int:
    """Everything an act writes. Returns the number of its record."""
    case, item, today = turn.case, turn.item, turn.situation.today
    assert item is not None
    new = [(cadre, duty) for cadre, duty in verdict.hands]
    check_duties(case, turn.present, new)
    out_before = case.kept_out
    before = move(turn, verdict)
    seq = case.records_count + 1
    document, number = issue(turn, verdict, record_seq=seq, signed=signed, today=today)
    paper = {"id": document, "hash": verdict.content_hash}
    ledger.append(turn.batch, case, _entry(turn, verdict, before=before, signed=signed, paper=paper))
    turn.batch.update(
        WorkItem, item.pk, status="DONE", finished=turn.at, closed_by=seq, owner_id=turn.by.pk if turn.by else None,
        version=turn.present.version + 1,
    )  # fmt: skip
    periods.close(turn.batch, item.pk, turn.at)
    turn.lengths = verdict.extra.get("lengths", {})
    put_files(turn, verdict, seq, signed[0]["account"])
    put_up(turn, verdict, seq)
    put_in_post(turn, verdict, seq)
    acknowledge(turn, verdict, seq, document)
    _effects(turn, verdict, today)
    serving.keep(turn, verdict, seq, (document, number), signed)
    desks = follow(turn, seq=seq, outcome=verdict.outcome)
    desks += open_items(turn, [_beside(turn, one, seq) for one in verdict.extra.get("beside", [])], opened_by=seq)
    desks += recusal.give_back(turn, {int(c) for c, how in case.kept_out.items() if how == "granted" and out_before.get(c) != how})
    periods.open_for_case(turn.batch, case, list(verdict.starts), today, lengths=turn.lengths)
    _hands(turn, new, seq)
    announce(turn, item.desk_id, *desks)
    settle(turn)
    return seq


def _beside(turn: Turn, one: dict[str, Any], seq: int) -> Planned:
    return Planned(turn.path.node_of(one["step"]), f"{ASIDE}/{seq}", one["subject"], one["desk"])


def _effects(turn: Turn, verdict: Verdict, today: date) -> None:
    effect = turn.node.step.clock_effect
    if effect == "stop" and verdict.outcome == "suspended":
        periods.stop(turn.batch, turn.case, today, reason=str(verdict.facts.get("reason", "")))
    elif effect == "go" or (turn.case.suspended_on and turn.node.overriding):  # what takes the turn ends the suspension
        periods.go(turn.batch, turn.case, today, reason=str(verdict.facts.get("reason") or turn.node.step.title))
    elif effect == "extend":
        periods.extend(turn.batch, turn.case, int(verdict.settled["deadline_id"]), int(verdict.settled["by"]))
    elif effect == "announce":
        posted = verdict.settled
        start = date.fromisoformat(posted["announced_on"])
        periods.announce(turn.batch, turn.case, int(posted["item_id"]), posted["rule"], start, at=turn.at)
    if turn.item is not None and str(turn.item.token).startswith(ASIDE):
        periods.start_anew(turn.batch, turn.case, list(verdict.starts), today)
    if verdict.extra.get("lead"):
        raise_lead(turn, verdict.extra["lead"], today)


def raise_lead(turn: Turn, lead: dict[str, Any], today: date) -> None:
    """An act may suggest more; only a handler opens it."""
    turn.batch.insert(Lead, {
        "desk_id": desk_for(lead.get("role", "case_handler"), _units(turn.case)), "cadre_id": turn.case.cadre_id, "rule_id": lead["rule_id"],
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
