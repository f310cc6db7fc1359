"""The second factor at sign-in: who must have one, whether it was given, and how two persons take a lost one away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from workflow_app import ledger, seating
from workflow_app.models import Absence, Account, FactorReset, Office, Seat, Unit
from workflow_app.steps import Refused

RULE = "第二步核验"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def official(account: Account, today: date) -> bool:
    """Whether the account does official work: an administrator's office, a seat today, or standing in for somebody."""
    if account.office:
        return True
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    seats = Seat.objects.filter(valid, account=account, valid_from__lte=today).exclude(desk__role="subject")
    return seats.exists() or Absence.objects.deputed_to(account, today).exists()


def has_one(account: Account) -> bool:
    """Whether the account has an app or a key; recovery codes alone are none."""
    return Authenticator.objects.filter(user_id=account.pk, type__in=FACTORS).exists()


def given(session: Mapping[str, Any]) -> bool:
    """Whether the second factor was given (or set up) in this session."""
    return any(one.get("method") == "mfa" for one in session.get(AUTHENTICATION_METHODS_SESSION_KEY) or ())


def wanting(account: Account, session: Mapping[str, Any], today: date) -> bool:
    """Whether this session may not go on before a second factor was given."""
    return bool(settings.SECOND_FACTOR) and not given(session) and official(account, today)


def unit_of(account: Account) -> Unit:
    """In whose journal it stands: the unit of the person, or the root's for administrators."""
    if account.cadre is not None:
        return account.cadre.unit
    return Unit.objects.filter(parent__isnull=True).earliest("pk")


def note(account: Account, outcome: str, *, by: Account | None, at: datetime, **facts: object) -> None:
    """Record what happened to the factors of an account."""
    told = {"factor": {"account": account.username, **facts}}
    ledger.journal(unit_of(account), ledger.Entry(kind="FACTOR", at=at, actor=by, outcome=outcome, parts=told))


def _only_security(by: Account) -> None:
    if by.office != Office.SECURITY:
        raise Refused("第二步核验只由安全管理员重置。", way_out="请安全管理员办理。", rule="三员分立")


def ask(account: Account, *, reason: str, by: Account, at: datetime) -> FactorReset:
    """Ask that the factors of an account be taken away. Raises Refused."""
    _only_security(by)
    if account.pk == by.pk:
        raise Refused("本人的第二步核验不得由本人提出重置。", way_out="请另外两名安全管理员办理。", rule=RULE, field="account")
    if len(reason.strip()) < 6:
        raise Refused("重置须写明事由和身份核对方式。", way_out="写明谁申请、怎样核对了身份。", rule=RULE, field="reason")
    if not Authenticator.objects.filter(user_id=account.pk).exists():
        raise Refused("这个账号没有设置第二步核验。", way_out="本人登录后自行设置。", rule=RULE, field="account")
    try:
        with transaction.atomic():
            return FactorReset.objects.create(account=account, reason=reason.strip(), asked_by=by, asked_at=at)
    except IntegrityError:
        raise Refused("这个账号已有一项重置等待复核。", way_out="先复核原有的申请。", rule=RULE, field="account") from None


@transaction.atomic
def decide(reset: FactorReset, *, take: bool, by: Account, at: datetime) -> None:
    """Take the factors away, or refuse; sessions of the account end. Raises Refused when the same person asked."""
    _only_security(by)
    found = FactorReset.objects.select_for_update(of=("self",)).select_related("account").get(pk=reset.pk)
    if found.decided_at is not None:
        raise Refused("这项重置已经复核过。", way_out="刷新页面。", rule=RULE)
    if by.pk in (found.asked_by_id, found.account_id):
        raise Refused("提出人和账号本人不得自己复核。", way_out="由另一名安全管理员复核。", rule=RULE)
    found.decided_by, found.decided_at, found.done = by, at, take
    found.save(update_fields=["decided_by", "decided_at", "done"])
    if take:
        Authenticator.objects.filter(user_id=found.account_id).delete()
        Account.objects.filter(pk=found.account_id).update(factors_reset_at=at)
        seating.send_away(found.account_id)
    note(found.account, "reset" if take else "reset_refused", by=by, at=at, reason=found.reason, asked_by=found.asked_by_id)
