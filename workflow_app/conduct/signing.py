"""Papers that several people sign: frozen at the first signature, carried out with the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from workflow_app.conduct import carry, overturning
from workflow_app.conduct.noting import note, signature
from workflow_app.conduct.timely import taken
from workflow_app.conduct.turn import Stale, Turn, attacked_by, check_open, check_running
from workflow_app.conduct.verdict import Verdict, same_as_seen
from workflow_app.hands import NotYours, check_duties, check_seat, desk_for
from workflow_app.models import Account, Record, SigningSheet, WorkItem
from workflow_app.steps import Refused, Slot


def with_author(turn: Turn, verdict: Verdict) -> Verdict:
    """The author's own hand in the case, by the step's duty."""
    own = turn.by.cadre_id if turn.by else None
    if own is None or not turn.node.step.duty:
        return verdict
    hands = [*verdict.hands, *([cadre, str(turn.node.step.duty)] for cadre in turn.actors())]
    return replace(verdict, hands=hands)


def slots_of(turn: Turn, facts: dict[str, Any]) -> list[Slot]:
    """Signatures after the first: those of the step, and a second handler's under what was entered from paper."""
    second = [Slot("case_handler", "核对人")] if turn.enters_paper else []
    return [*turn.node.step.slots(turn.situation, facts), *second]


def freeze(turn: Turn, verdict: Verdict, slots: list[Slot]) -> None:
    """Freeze the paper with the author's signature and hand it to the next signer's desk."""
    item = turn.item
    assert item is not None and turn.by is not None
    check_duties(turn.case, turn.present, [(c, d) for c, d in verdict.hands])
    carry.try_move(turn, verdict)
    units = turn.node.step.units(turn.case)
    rows = [
        {"n": n, "role": str(slot.role), "title": slot.title, "cadre": slot.cadre, "duty": str(slot.duty), "among": list(slot.among),
         "desk": desk_for(str(slot.role), units), "from_desk": item.desk_id, "author": turn.by.pk}
        for n, slot in enumerate(slots)
    ]  # fmt: skip
    turn.batch.insert(SigningSheet, {
        "item_id": item.pk, "case_id": turn.case.pk, "facts": verdict.frozen(), "content": dict(verdict.content),
        "content_hash": verdict.content_hash, "slots": rows, "signed": [{**signature(turn), "slot": None}],
    })  # fmt: skip
    turn.batch.update(WorkItem, item.pk, desk_id=rows[0]["desk"], owner_id=None, status="NEW", version=turn.present.version + 1)
    note(turn, "SIGN", {"signed": signature(turn), "hash": verdict.content_hash}, outcome="frozen")
    carry.announce(turn, item.desk_id, rows[0]["desk"])
    carry.settle(turn)


def slots_left(sheet: SigningSheet) -> list[dict[str, Any]]:
    """Signatures still due."""
    used = {one.get("slot") for one in sheet.signed}
    return [slot for slot in sheet.slots if slot["n"] not in used]


def next_slot(turn: Turn, sheet: SigningSheet) -> dict[str, Any]:
    """The slot that the actor may fill: nobody signs twice, a named slot only by that person."""
    by = turn.by
    assert by is not None
    signed = {account for one in sheet.signed for account in (one["account"], one.get("for_account")) if account}
    if by.pk in signed:
        raise NotYours("您已在这份文书上签名，须由另一人签。", way_out="请其他应签人员签名。", rule="SD-19")
    for slot in slots_left(sheet):
        if slot.get("among") and by.cadre_id not in slot["among"]:
            continue
        if slot["cadre"] not in (None, by.cadre_id) or (slot["role"] != "subject" and not turn.present.sits(slot["desk"])):
            continue
        check_seat(turn.case, turn.present, by, desk_id=slot["desk"], role=slot["role"])
        cover = turn.present.cover(slot["desk"])
        if cover is not None and cover.account in signed:
            raise NotYours(f"您代理的{cover.name}已在这份文书上签名，须由另一人签。", way_out="请其他应签人员签名。", rule="SD-19")
        if slot["duty"]:
            check_duties(turn.case, turn.present, [(cadre, slot["duty"]) for cadre in turn.actors(slot["desk"])])
        return slot
    due = "、".join(slot["title"] for slot in slots_left(sheet))
    raise NotYours("您不是这份文书的应签人员。", way_out=f"尚待签名：{due}。")


def sign(item: WorkItem, *, seen: str, by: Account, at: datetime, key: str) -> Record | None:
    """Put one's signature under a frozen paper; the last one completes the act."""
    with taken(item.pk, at=at, by=by, key=key, attacked=attacked_by(item)) as turn:
        if turn.present.replay is not None:
            return carry.record_of(turn, turn.present.replay)
        check_open(turn)
        check_running(turn)
        turn.meet()
        sheet = SigningSheet.objects.filter(pk=item.pk).first()
        if sheet is None:
            raise Stale("这份文书不在会签中。", way_out="刷新页面。")
        verdict = Verdict(**sheet.facts)
        same_as_seen(verdict, seen)
        slot = next_slot(turn, sheet)
        sheet.signed.append({**signature(turn, title=slot["title"], desk=slot["desk"]), "slot": slot["n"]})
        if slots_left(sheet):
            _sign_on(turn, sheet)
            return None
        hands = [*verdict.hands, *([cadre, slot["duty"]] for cadre in turn.actors(slot["desk"]) if slot["duty"])]
        turn.batch.add("DELETE FROM workflow_app_signingsheet WHERE item_id = %s", [item.pk])
        return carry.record_of(turn, overturning.carry_through(turn, replace(verdict, hands=hands), signed=sheet.signed))


def _sign_on(turn: Turn, sheet: SigningSheet) -> None:
    assert turn.item is not None
    left = slots_left(sheet)[0]
    turn.batch.update(SigningSheet, sheet.pk, signed=sheet.signed)
    turn.batch.update(WorkItem, sheet.pk, desk_id=left["desk"], version=turn.present.version + 1, status="NEW", owner_id=None)
    note(turn, "SIGN", {"signed": sheet.signed[-1], "hash": sheet.content_hash})
    carry.announce(turn, turn.item.desk_id, left["desk"])
    carry.settle(turn)


def decline(item: WorkItem, *, reason: str, by: Account, at: datetime, key: str) -> None:
    """Refuse to sign: the paper is unfrozen and goes back to its author's desk with the reason."""
    if len(reason.strip()) < 5:
        raise Refused("退回必须写明理由（不少于5个字）。", way_out="补写理由。", rule="会签", field="reason")
    with taken(item.pk, at=at, by=by, key=key) as turn:
        if turn.present.replay is not None:
            return
        check_open(turn)
        sheet = SigningSheet.objects.filter(pk=item.pk).first()
        if sheet is None:
            raise Stale("这份文书不在会签中。", way_out="刷新页面。")
        turn.meet()
        next_slot(turn, sheet)
        first = sheet.slots[0]
        turn.batch.add("DELETE FROM workflow_app_signingsheet WHERE item_id = %s", [item.pk])
        turn.batch.update(
            WorkItem, item.pk, desk_id=first["from_desk"], owner_id=first["author"], status="ASSIGNED", version=turn.present.version + 1
        )
        note(turn, "DECLINE", {"reason": {"text": reason}})
        carry.announce(turn, item.desk_id, first["from_desk"])
        carry.settle(turn)
