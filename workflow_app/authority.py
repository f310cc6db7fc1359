"""Who acts for a person concerned: asked for with a written authority, verified by a handler, ended by either side; each recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from workflow_app import ledger
from workflow_app.clock import TZ
from workflow_app.hands import desk_for
from workflow_app.models import Account, Cadre, Case, Desk, Hand, Representation, Upload
from workflow_app.steps import Refused

RULE = "代为办理"
HANDLER = "case_handler"


@dataclass(frozen=True)
class Asked:
    """What somebody states who wants to act for a person."""

    number: str
    person: str
    name: str
    relation: str
    ground: str
    case_number: str
    may_withdraw: bool
    valid_from: date
    valid_to: date | None
    proof: Upload


def ask(asked: Asked, *, by: Account, at: datetime, key: str) -> Representation:
    """Ask to act for somebody. Whether such a person or case exists is said only to who names both right."""
    principal = Cadre.objects.select_related("unit").filter(number=asked.number.strip(), name=asked.person.strip()).first()
    if principal is None:
        raise Refused("没有找到姓名和编号都相符的干部。", way_out="请核对授权委托书上的姓名和干部编号。", rule=RULE, field="number")
    if principal.pk == by.cadre_id:
        raise Refused("本人的事不需要授权。", way_out="直接在“我的事项”中办理。", rule=RULE, field="number")
    case = _case_of(asked, principal)
    _check_free(principal, by)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=by.pk)
        standing = (Representation.Standing.ASKED, Representation.Standing.VALID)
        held = Representation.objects.filter(account=by, principal=principal, standing__in=standing).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=at.astimezone(TZ).date())
        )
        if held.exists():
            raise Refused(
                f"您代{principal.name}办理的申请已经提出过，正在核验或者已经有效。",
                way_out="在“代为办理”中查看结果；要换授权的，先终止原来的。",
                rule=RULE,
            )
        made = Representation.objects.create(
            principal=principal, account=by, name=asked.name, relation=asked.relation, ground=asked.ground, case=case,
            may_withdraw=asked.may_withdraw, proof=asked.proof, valid_from=asked.valid_from, valid_to=asked.valid_to, standing="ASKED", asked_at=at,
        )  # fmt: skip
        _note(made, "asked", by=by, at=at, key=key)
    return made


def _case_of(asked: Asked, principal: Cadre) -> Case | None:
    if not asked.case_number.strip():
        return None
    case: Case | None = Case.objects.filter(number=asked.case_number.strip(), cadre=principal).first()
    if case is None:
        raise Refused(
            "没有找到这个案号的案件。", way_out="核对案号；不写案号的，授权对本人的全部事项有效。", rule=RULE, field="case_number"
        )
    return case


def _check_free(principal: Cadre, by: Account) -> None:
    if by.cadre_id and Hand.objects.filter(case__cadre=principal, cadre=by.cadre_id).exists():
        raise Refused("您办理过当事人的案件，不能再代其办理。", way_out="由当事人另行委托他人。", rule="SD-11", field="number")


def desk_of(stand: Representation) -> Desk:
    """The desk of the handlers who verify it: those of the organ that manages the person."""
    return Desk.objects.select_related("unit").get(pk=desk_for(HANDLER, list(reversed(stand.principal.unit.ancestor_ids))))


def waiting(desks: list[Desk]) -> QuerySet[Representation]:
    """Authorities to be verified at any of these handlers' desks, oldest first."""
    within = Q(pk__in=[])
    for desk in desks:
        if desk.role == HANDLER:
            within |= Q(principal__unit__path__startswith=desk.unit.path)
    return (
        Representation.objects.filter(within, standing="ASKED").select_related("principal__unit", "account", "proof", "case").order_by("id")
    )


def decide(stand: Representation, *, accept: bool, reason: str, by: Account, at: datetime, key: str) -> None:
    """A handler finds the authority good, or refuses it with a reason."""
    if by.cadre_id == stand.principal_id or by.pk == stand.account_id:
        raise Refused("任何人不得核验自己的授权。", way_out="由其他经办人核验。", rule="SD-9")
    if not accept and len(reason.strip()) < 5:
        raise Refused("不予通过的，要写明理由（不少于5个字）。", way_out="写明缺什么、怎样补，申请人会看到。", rule=RULE, field="reason")
    with transaction.atomic():
        changed = Representation.objects.filter(pk=stand.pk, standing="ASKED").update(
            standing="VALID" if accept else "REFUSED", decided_at=at, decided_by=by, reason=reason.strip()[:500]
        )
        if not changed:
            raise Refused("这份授权已经处理过。", way_out="刷新页面查看结果。", rule=RULE)
        _note(stand, "accepted" if accept else "refused", by=by, at=at, key=key, reason=reason.strip())


def end(stand: Representation, *, by: Account, at: datetime, key: str) -> None:
    """The person, or who acts for them, ends it; what was done before remains."""
    if stand.account_id != by.pk and (by.cadre_id is None or stand.principal_id != by.cadre_id):
        raise Refused("只有当事人或者代为办理人可以终止授权。", way_out="请他们登录后办理。", rule=RULE)
    with transaction.atomic():
        if not Representation.objects.filter(pk=stand.pk, standing__in=("ASKED", "VALID")).update(standing="ENDED", decided_at=at):
            raise Refused("这份授权已经终止。", way_out="无需办理。", rule=RULE)
        _note(stand, "ended", by=by, at=at, key=key)


def _note(stand: Representation, outcome: str, *, by: Account, at: datetime, key: str, reason: str = "") -> None:
    desk = desk_of(stand)
    facts = {
        "authority": stand.pk, "principal": stand.principal.name, "principal_number": stand.principal.number, "name": stand.name,
        "relation": stand.relation, "ground": stand.ground, "case": stand.case.number if stand.case else "", "may_withdraw": stand.may_withdraw,
        "from": stand.valid_from.isoformat(), "to": stand.valid_to.isoformat() if stand.valid_to else "", "proof": stand.proof.sha256, "reason": reason,
    }  # fmt: skip
    ledger.journal(
        desk.unit, ledger.Entry(kind="MANDATE", at=at, actor=by, outcome=outcome, desk_id=desk.pk, key=key, parts={"facts": facts})
    )
