"""Absence and substitution (代理): declared and ended by the person or the lead, recorded in the unit's journal.

Here stands who may stand in for whom. What a deputy may do is asked at the moment of the act, at the door (hands.py).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from workflow_app import ledger
from workflow_app.clock import TZ
from workflow_app.hands import NotYours
from workflow_app.models import Absence, Account, Desk, Seat
from workflow_app.steps import Refused

LEADER = "org_leader"
RULE = "缺席与代理"


def held(account: Account, on: date) -> Q:
    """Seats that somebody holds on a day."""
    return Q(account=account, valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def may_record(seat: Seat, holder: Account, by: Account, on: date) -> bool:
    """The person themself, or a leader of the unit (or of one above it)."""
    leads = Seat.objects.filter(held(by, on), desk__role=LEADER, desk__unit__in=seat.desk.unit.ancestor_ids)
    return by.pk == holder.pk or leads.exists()


@transaction.atomic
def declare(
    seat: Seat,
    *,
    first: date,
    last: date,
    reason: str,
    by: Account,
    at: datetime,
    deputy: Account | None = None,
    covers: Absence | None = None,
) -> Absence:
    """Somebody will be away from a seat; `covers` when it is a deputy who hands on. Raises Refused."""
    seat = Seat.objects.select_for_update(of=("self",)).select_related("desk__unit", "account__cadre").get(pk=seat.pk)
    today = at.astimezone(TZ).date()
    holder = covers.deputy if covers else seat.account
    if holder is None or not may_record(seat, holder, by, today):
        raise NotYours("缺席只能由本人或者本单位组织部门负责人登记。", way_out="请本人或负责人登记。", rule=RULE)
    _check_days(seat, holder, first, last, today, reason)
    if covers is not None:
        _check_chain(covers, first, last)
    if deputy is not None:
        _check_deputy(seat, deputy, holder, first)
    made: Absence = Absence.objects.create(
        seat=seat, holder=holder, covers=covers, deputy=deputy, valid_from=first, valid_to=last, reason=reason.strip(), recorded_by=by,
        recorded_at=at,
    )  # fmt: skip
    _journal(made, "declared", by, at)
    return made


def _check_days(seat: Seat, holder: Account, first: date, last: date, today: date, reason: str) -> None:
    if last < first:
        raise Refused("结束日期不能早于开始日期。", way_out="更正日期。", rule=RULE, field="last")
    if first < today:
        raise Refused("缺席不能追溯登记。", way_out="从今天或以后的日期起登记。", rule=RULE, field="first")
    if len(reason.strip()) < 2:
        raise Refused("须写明缺席事由。", way_out="补写事由。", rule=RULE, field="reason")
    others = Absence.objects.filter(seat=seat, holder=holder, ended_at__isnull=True, valid_from__lte=last, valid_to__gte=first)
    if others.exists():
        raise Refused("这段时间已经登记过缺席。", way_out="先结束原来的登记，再重新登记。", rule=RULE, field="first")


def _check_chain(covers: Absence, first: date, last: date) -> None:
    if covers.covers_id is not None:
        raise Refused("代理最多转一次，不能再转。", way_out="由缺席人或负责人另行指定代理人。", rule=RULE)
    if first < covers.valid_from or last > covers.valid_to or covers.ended_at:
        raise Refused("转代理不能超出原代理的期间。", way_out="更正日期。", rule=RULE, field="last")


def _check_deputy(seat: Seat, deputy: Account, holder: Account, first: date) -> None:
    if deputy.pk in (holder.pk, seat.account_id):  # handed on once at most, so there is nobody else in the chain
        raise Refused("代理人不能是缺席人本人。", way_out="另选代理人。", rule=RULE, field="deputy")
    if not deputy.is_active or not Seat.objects.filter(held(deputy, first), desk__unit=seat.desk.unit_id).exists():
        raise Refused("代理人须是本单位在岗人员。", way_out="选择在本单位有席位的人员。", rule=RULE, field="deputy")


@transaction.atomic
def end(absence: Absence, *, by: Account, at: datetime) -> None:
    """Back earlier: from now on nobody acts for the person."""
    found = Absence.objects.select_for_update(of=("self",)).select_related("seat__desk__unit", "holder").get(pk=absence.pk)
    if not may_record(found.seat, found.holder, by, at.astimezone(TZ).date()):
        raise NotYours("只有本人或者本单位组织部门负责人可以结束缺席。", way_out="请本人或负责人办理。", rule=RULE)
    if found.ended_at:
        raise Refused("这次缺席已经结束。", way_out="刷新页面。", rule=RULE)
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    _journal(found, "ended", by, at)


def _journal(absence: Absence, outcome: str, by: Account, at: datetime) -> None:
    facts = {
        "absence": absence.pk, "seat": absence.seat_id, "holder": absence.holder_id, "deputy": absence.deputy_id, "covers": absence.covers_id,
        "from": absence.valid_from.isoformat(), "to": absence.valid_to.isoformat(), "reason": absence.reason,
    }  # fmt: skip
    desk = absence.seat.desk
    ledger.journal(desk.unit, ledger.Entry(kind="ABSENCE", at=at, actor=by, outcome=outcome, desk_id=desk.pk, parts={"facts": facts}))


def present_at(desk: Desk, on: date) -> list[Account]:
    """Who works at a desk on a day: holders who are there, and the last deputies of those who are away."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    seats = Seat.objects.filter(valid, desk=desk, valid_from__lte=on, account__is_active=True).select_related("account__cadre")
    away = {
        (one.seat_id, one.holder_id): one for one in Absence.objects.lasting(on).filter(seat__desk=desk).select_related("deputy__cadre")
    }
    found: dict[int, Account] = {}
    for seat in seats:
        person: Account | None = seat.account
        while person is not None and (seat.pk, person.pk) in away:
            person = away[seat.pk, person.pk].deputy
        if person is not None and person.is_active:
            found[person.pk] = person
    return list(found.values())
