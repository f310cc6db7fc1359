"""Acts about contracts of appointed civil servants: entered and noted as ended, each with a line in the journal; the person is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from workflow_app import ledger
from workflow_app.assessment.triggers import raise_leads
from workflow_app.engaged import contracts
from workflow_app.models import Account, AppointmentContract, AssessmentResult, Cadre, ContractEnding, Unit
from workflow_app.plain import plain
from workflow_app.telling import assessed
from workflow_app.telling.messages import Told, tell


def _record(organ: Unit, what: str, facts: dict[str, object], *, by: Account, at: datetime) -> None:
    ledger.journal(organ, ledger.Entry(kind="ASSESS", at=at, actor=by, outcome=what, parts={"facts": facts}))


def _tell(cadre: Cadre, key: str, title: str, at: datetime) -> None:
    account = Account.objects.filter(cadre=cadre, is_active=True).first()
    if account is not None:
        tell([Told(account.pk, key, "ITEM", title, reverse("portal_contracts"))], at)


@transaction.atomic
def enter(
    cadre: Cadre,
    organ: Unit,
    terms: contracts.Terms,
    *,
    by: Account,
    at: datetime,
    corrects: AppointmentContract | None = None,
    why: str = "",
) -> AppointmentContract:
    """Enter a contract or correct an entry; grades of its years that are known already raise their leads. Raises Refused."""
    made = contracts.enter(cadre, organ, terms, by=by, at=at, corrects=corrects, why=why)
    facts = {"contract": made.pk, "cadre": cadre.number, "corrects": made.corrects_id, "why": made.why, **plain(terms)}
    _record(organ, "contract", facts, by=by, at=at)
    _tell(cadre, f"contract:{made.pk}", f"登记了您的聘任合同{made.number}，请核对", at)
    last = AssessmentResult.objects.filter(cadre=cadre, year__gte=made.first.year, year__lte=made.last.year).order_by("-year").first()
    if last is not None:
        raise_leads(year=last.year, at=at, due_on=assessed.due_on(at))
    return made


@transaction.atomic
def end(contract: AppointmentContract, how: contracts.Ended, *, by: Account, at: datetime) -> ContractEnding:
    """Note that a contract ended; the person sees the document and what can be done. Raises Refused."""
    made = contracts.end(contract, how, by=by, at=at)
    _record(contract.organ, "contract_ended", {"contract": contract.pk, **plain(how)}, by=by, at=at)
    _tell(contract.cadre, f"contract:{contract.pk}:ended", f"聘任合同{contract.number}已登记终止，可以查看争议怎样处理", at)
    return made
