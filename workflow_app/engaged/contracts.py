"""Contracts as their papers state them: entered, corrected by a later entry, and noted as ended. No pay, no terms of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, disinterested, said
from workflow_app.models import Account, AppointmentContract, Cadre, ContractEnding, Unit
from workflow_app.refusing import Refused

RULE = "聘任合同"
Ground = ContractEnding.Ground


@dataclass(frozen=True)
class Terms:
    """What is kept of a contract."""

    number: str
    post_title: str
    first: date
    last: date
    trial_until: date | None
    document: str


@dataclass(frozen=True)
class Ended:
    """How a contract ended, as its document states."""

    ground: str
    document: str
    reason: str
    ended_on: date
    served_on: date | None = None


def register() -> QuerySet[AppointmentContract]:
    """Contracts that were not corrected by a later entry, those that end first first."""
    rows = AppointmentContract.objects.filter(corrected__isnull=True).select_related(
        "cadre__unit", "organ", "by__cadre", "ending__by__cadre"
    )
    return rows.order_by("last", "id")


def running(cadre: Cadre, first: date, last: date) -> AppointmentContract | None:
    """A contract of somebody that holds on a day of a span."""
    over = Q(ending__isnull=False, ending__ended_on__lt=first)
    return register().filter(cadre=cadre, first__lte=last, last__gte=first).exclude(over).first()


@transaction.atomic
def enter(
    cadre: Cadre, organ: Unit, terms: Terms, *, by: Account, at: datetime, corrects: AppointmentContract | None = None, why: str = ""
) -> AppointmentContract:
    """Enter a contract, or a correction of one. Raises Refused."""
    Cadre.objects.select_for_update(of=("self",)).get(pk=cadre.pk)
    disinterested(cadre, by)
    words = {
        "number": said(terms.number, _("聘任合同编号"), "number", 2, rule=RULE),
        "post_title": said(terms.post_title, _("聘任职位"), "post_title", 2, rule=RULE),
        "document": said(terms.document, _("依据文件"), "document", rule=RULE), **_correcting(corrects, why),
    }  # fmt: skip
    _check_days(terms)
    others = register().exclude(pk=corrects.pk) if corrects else register()
    if others.filter(organ=organ, number=words["number"]).exists():
        raise Refused(_("这一编号的合同已经登记。"), way_out=_("核对编号；写错的，在原登记上更正。"), rule=RULE, field="number")
    beside = running(cadre, terms.first, terms.last)
    if beside is not None and beside != corrects:
        raise Refused(
            _("合同期与%(n)s（%(a)s至%(b)s）重叠。") % {"n": beside.number, "a": beside.first, "b": beside.last},
            way_out=_("先登记原合同终止，或者更正日期。"), rule=RULE, field="first",
        )  # fmt: skip
    days = {"first": terms.first, "last": terms.last, "trial_until": terms.trial_until}
    return AppointmentContract.objects.create(cadre=cadre, organ=organ, by=by, at=at, **days, **words)


def _check_days(terms: Terms) -> None:
    if terms.last < terms.first:
        raise Refused(_("合同期届满早于开始。"), way_out=_("更正日期。"), rule=RULE, field="last")
    if terms.trial_until is not None and not terms.first <= terms.trial_until <= terms.last:
        raise Refused(_("试用期不在合同期以内。"), way_out=_("更正试用期届满的日期；没有试用期的不填。"), rule=RULE, field="trial_until")


def _correcting(old: AppointmentContract | None, why: str) -> dict[str, Any]:
    if old is None:
        return {}
    if AppointmentContract.objects.filter(corrects=old).exists() or ContractEnding.objects.filter(contract=old).exists():
        raise Refused(_("这一登记已经更正，或者合同已经终止。"), way_out=_("更正最新的登记。"), rule=RULE)
    return {"corrects": old, "why": said(why, _("更正理由"), "why", rule=RULE)}


@transaction.atomic
def end(contract: AppointmentContract, how: Ended, *, by: Account, at: datetime) -> ContractEnding:
    """Note that a contract was ended by people, on their document. Raises Refused."""
    found = AppointmentContract.objects.select_for_update(of=("self",)).select_related("cadre").get(pk=contract.pk)
    disinterested(found.cadre, by)
    if AppointmentContract.objects.filter(corrects=found).exists() or ContractEnding.objects.filter(contract=found).exists():
        raise Refused(_("这份合同已经登记终止，或者登记已经更正。"), way_out=_("查看最新的登记。"), rule=RULE)
    if how.ground not in Ground.values:
        raise Refused(_("没有选择终止情形。"), way_out=_("选择一项。"), rule=RULE, field="ground")
    if not found.first <= how.ended_on <= day(at):
        raise Refused(
            _("终止日期应当在合同开始以后、今天以前。"), way_out=_("按文书填写；还没有终止的，不登记。"), rule=RULE, field="ended_on"
        )
    if how.ground == Ground.OVER and how.ended_on < found.last:
        raise Refused(_("合同期%(d)s才届满。") % {"d": found.last}, way_out=_("提前终止的，选择其他情形。"), rule=RULE, field="ground")
    if how.served_on is not None and not found.first <= how.served_on <= day(at):
        raise Refused(_("送达日期应当在合同开始以后、今天以前。"), way_out=_("按送达回证填写。"), rule=RULE, field="served_on")
    words = {
        "document": said(how.document, _("文书名称和文号"), "document", rule=RULE),
        "reason": said(how.reason, _("理由"), "reason", rule=RULE),
    }
    days = {"ended_on": how.ended_on, "served_on": how.served_on}
    return ContractEnding.objects.create(contract=found, ground=how.ground, by=by, at=at, **days, **words)
