"""Giving and ending seats: one security administrator asks, another decides; both stand in the unit's journal."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from workflow_app import ledger, seating
from workflow_app.models import Account, Desk, Grant, Office, Seat
from workflow_app.steps import Refused

RULE = "授权复核"


def _only_security(by: Account) -> None:
    if by.office != Office.SECURITY:
        raise Refused("席位只由安全管理员授予和收回。", way_out="请安全管理员办理。", rule="三员分立")


def ask(desk: Desk, account: Account, *, valid_from: date, valid_to: date | None, reason: str, by: Account, at: datetime) -> Grant:
    """Ask for a seat. Raises Refused."""
    _only_security(by)
    if account.office:
        raise Refused("管理员账号不得担任业务岗位。", way_out="为其本人另设业务账号。", rule="三员分立", field="account")
    if len(reason.strip()) < 4:
        raise Refused("授予席位须写明事由。", way_out="写明任职文件或者分工依据。", rule=RULE, field="reason")
    if valid_to is not None and valid_to < valid_from:
        raise Refused("止期早于起期。", way_out="更正起止日期。", rule=RULE, field="valid_to")
    return Grant.objects.create(
        desk=desk, account=account, valid_from=valid_from, valid_to=valid_to, reason=reason.strip(), asked_by=by, asked_at=at
    )


@transaction.atomic
def decide(grant: Grant, *, give: bool, by: Account, at: datetime) -> Seat | None:
    """Give or refuse the seat. Raises Refused when the same person asked, or when it was decided before."""
    _only_security(by)
    found = Grant.objects.select_for_update(of=("self",)).select_related("desk__unit", "account").get(pk=grant.pk)
    if found.decided_at is not None:
        raise Refused("这项授予已经复核过。", way_out="查看席位列表。", rule=RULE)
    if by.pk in (found.asked_by_id, found.account_id):
        raise Refused("提出人和被授予人不得自己复核。", way_out="由另一名安全管理员复核。", rule=RULE)
    if give:
        found.seat = Seat.objects.create(
            desk=found.desk, account=found.account, valid_from=found.valid_from, valid_to=found.valid_to, granted_by=by, granted_at=at
        )
    found.decided_by, found.decided_at = by, at
    found.save(update_fields=["seat", "decided_by", "decided_at"])
    told = {
        "grant": {
            "account": found.account.username, "desk": found.desk_id, "from": str(found.valid_from), "to": str(found.valid_to or ""),
            "reason": found.reason, "asked_by": found.asked_by_id, "decided_by": by.pk,
        }
    }  # fmt: skip
    entry = ledger.Entry(kind="GRANT", at=at, actor=by, outcome="given" if give else "refused", desk_id=found.desk_id, parts=told)
    ledger.journal(found.desk.unit, entry)
    return found.seat


@transaction.atomic
def end(seat: Seat, *, on: date, by: Account, at: datetime) -> None:
    """End a seat after the day `on`. One person is enough to take power away."""
    _only_security(by)
    if on < seat.valid_from:
        raise Refused("止期早于起期。", way_out="更正止期。", rule=RULE, field="valid_to")
    Seat.objects.filter(pk=seat.pk).update(valid_to=on)
    seating.send_away(seat.account_id)
    told = {"seat": {"id": seat.pk, "account": seat.account.username, "to": str(on)}}
    ledger.journal(seat.desk.unit, ledger.Entry(kind="GRANT", at=at, actor=by, outcome="ended", desk_id=seat.desk_id, parts=told))
