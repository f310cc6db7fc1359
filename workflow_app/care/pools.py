"""Candidate pools: one proposes, another confirms, every entry expires, and only a live one is used. No ranks, no wanted number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflow_app.care import procedure
from workflow_app.care.rules import POOLS as RULE
from workflow_app.care.rules import day, disinterested, said
from workflow_app.care.standing import Stand, standing
from workflow_app.clock import add_months
from workflow_app.models import (
    Account,
    Cadre,
    Case,
    Lead,
    Pool,
    PoolClosing,
    PoolDecision,
    PoolEntry,
    PoolLeaving,
    PoolReview,
    PoolUse,
    Unit,
)
from workflow_app.refusing import Refused

PROPOSAL = "UP-EXC3"  # three years 优秀
Ground = PoolEntry.Ground
# What somebody chooses; with a pool that is closed its entries end by themselves.
GROUNDS = [one for one in PoolLeaving.Ground.choices if one[0] != PoolLeaving.Ground.CLOSED]


@dataclass(frozen=True)
class Why:
    """Why somebody is proposed, and what stands behind it."""

    ground: str
    reasons: str
    evidence: str


def until(today: date) -> date:
    """The last day of an entry confirmed or reviewed today (`POOL_YEARS`, a project default)."""
    return add_months(today, 12 * settings.POOL_YEARS)


def open_pool(organ: Unit, name: str, purpose: str, *, told: bool, by: Account, at: datetime) -> Pool:
    """Set up a pool. Raises Refused."""
    name, purpose = said(name, _("名称"), "name", 2), said(purpose, _("用途"), "purpose", 10)
    if Pool.objects.filter(organ=organ, name=name).exists():
        raise Refused(_("已经有同名的人选库。"), way_out=_("使用已有的库，或者换一个名称。"), rule=RULE, field="name")
    return Pool.objects.create(organ=organ, name=name, purpose=purpose, told=told, opened_by=by, opened_at=at)


def entries(pools: Iterable[Pool] | QuerySet[Pool]) -> QuerySet[PoolEntry]:
    """Entries with everything that their standing is worked out from, by the cadres' numbers: that is no rank."""
    rows = PoolEntry.objects.filter(pool__in=pools).select_related(
        "pool__organ", "cadre__unit", "cadre__post__unit", "decision__by__cadre", "leaving__by__cadre", "proposed_by__cadre", "lead", "case"
    )
    return rows.prefetch_related("reviews__by__cadre", "uses__case", "uses__by__cadre").order_by("cadre__number", "id")


@transaction.atomic
def propose(pool: Pool, cadre: Cadre, why: Why, *, by: Account, at: datetime) -> PoolEntry:
    """Propose somebody of the organ's units for a pool. It holds nothing until another confirms it. Raises Refused."""
    Pool.objects.select_for_update().get(pk=pool.pk)  # two proposals of the same person wait for each other
    check_not_closed(pool)
    disinterested(cadre, by)
    if not cadre.active or not cadre.unit.path.startswith(pool.organ.path):
        raise Refused(_("该干部不在本机关的管理范围内。"), way_out=_("由对其有干部管理权限的机关办理。"), rule=_("管理权限"))
    if why.ground not in Ground.values:
        raise Refused(_("没有选择入库依据。"), way_out=_("选择一项依据。"), rule=RULE, field="ground")
    words = {"reasons": said(why.reasons, _("理由"), "reasons", 10), "evidence": said(why.evidence, _("佐证"), "evidence")}
    for one in entries([pool]).filter(cadre=cadre):
        if standing(one, day(at)).stand in (Stand.WAITING, Stand.LIVE):
            raise Refused(_("该干部已经在这个库中，或者正等待审定。"), way_out=_("在原记录中复核或者审定。"), rule=RULE)
    return PoolEntry.objects.create(
        pool=pool, cadre=cadre, post_title=cadre.post_title, ground=why.ground, lead=_proposal(cadre, why.ground),
        case=_returned(cadre, why.ground, day(at)), proposed_by=by, proposed_at=at, **words,
    )  # fmt: skip


def _proposal(cadre: Cadre, ground: str) -> Lead | None:
    """The proposal after three years 优秀 that an entry on this ground stands on. Raises Refused."""
    if ground != Ground.EXCELLENT:
        return None
    found = Lead.objects.filter(cadre=cadre, rule_id=PROPOSAL).order_by("-id").first()
    if found is None:
        raise Refused(
            _("系统中没有该干部连续三年优秀的记录。"), way_out=_("选择其他依据，或者先导入年度考核结果。"), rule=PROPOSAL, field="ground"
        )
    return found


def _returned(cadre: Cadre, ground: str, today: date) -> Case | None:
    """The closed case after which somebody came back. Raises Refused."""
    if ground != Ground.RESTORED:
        return None
    decided = Case.objects.filter(cadre=cadre, finished__isnull=False, decisions__kind="ADJUSTMENT", overturned_on__isnull=True)
    found = decided.order_by("-id").first()
    if found is None:
        raise Refused(_("系统中没有该干部已经办结的调整案件。"), way_out=_("选择其他依据。"), rule=RULE, field="ground")
    for one in procedure.running(cadre.pk, today):
        raise Refused(
            _("%(what)s到%(d)s才届满（%(source)s）。") % {"what": one.words, "d": one.last_day, "source": one.source},
            way_out=_("届满的次日起可以提出。"), rule="U3-BAR-6", field="ground",
        )  # fmt: skip
    return found


def _locked(entry: PoolEntry, wanted: Stand, today: date) -> PoolEntry:
    """The entry, held until the end of the transaction, when it stands as `wanted`. Raises Refused."""
    PoolEntry.objects.select_for_update().get(pk=entry.pk)
    found = entries([entry.pool]).get(pk=entry.pk)
    now = standing(found, today)
    if now.stand != wanted:
        raise Refused(
            _("这名人选现在的状态是“%(s)s”。") % {"s": now.words},
            way_out=_("过期、未通过或者已出库的，不能使用；需要的，重新提出。"),
            rule=RULE,
        )
    return found


@transaction.atomic
def decide(entry: PoolEntry, outcome: str, reason: str, *, by: Account, at: datetime) -> PoolDecision:
    """Confirm an entry, or not. By another than who proposed it. Raises Refused."""
    found = _locked(entry, Stand.WAITING, day(at))
    disinterested(found.cadre, by)
    if found.proposed_by_id == by.pk:
        raise Refused(_("提出人不得审定自己提出的人选。"), way_out=_("由另一名组织部门负责人审定。"), rule="SD-19")
    if outcome not in PoolDecision.Outcome.values:
        raise Refused(_("没有选择意见。"), way_out=_("选择同意或者不同意。"), rule=RULE, field="outcome")
    expires = until(day(at)) if outcome == PoolDecision.Outcome.CONFIRMED else None
    return PoolDecision.objects.create(
        entry=found, outcome=outcome, reason=said(reason, _("理由"), "reason"), expires_on=expires, by=by, at=at
    )


@transaction.atomic
def review(entry: PoolEntry, findings: str, *, by: Account, at: datetime) -> PoolReview:
    """Look at a live entry again: it goes on from today. What has expired is proposed anew. Raises Refused."""
    found = _locked(entry, Stand.LIVE, day(at))
    disinterested(found.cadre, by)
    words = said(findings, _("复核情况"), "findings", 10)
    return PoolReview.objects.create(entry=found, findings=words, reviewed_on=day(at), expires_on=until(day(at)), by=by, at=at)


@transaction.atomic
def leave(entry: PoolEntry, ground: str, reason: str, *, by: Account, at: datetime) -> PoolLeaving:
    """Somebody leaves the pool, with the reason. Raises Refused."""
    found = _locked(entry, Stand.LIVE, day(at))
    disinterested(found.cadre, by)
    if ground not in dict(GROUNDS):
        raise Refused(_("没有选择出库情形。"), way_out=_("选择一项情形。"), rule=RULE, field="leaving")
    words = said(reason, _("出库理由"), "leaving_reason")
    return PoolLeaving.objects.create(entry=found, ground=ground, reason=words, left_on=day(at), by=by, at=at)


def check_not_closed(pool: Pool) -> None:
    """Raises Refused when the pool was closed."""
    closing = PoolClosing.objects.filter(pool=pool).first()
    if closing is not None:
        raise Refused(
            _("这个人选库已于%(d)s关闭：%(w)s") % {"d": closing.closed_on, "w": closing.reason},
            way_out=_("需要的，另设新的人选库。"),
            rule=RULE,
        )


@transaction.atomic
def close(pool: Pool, reason: str, *, by: Account, at: datetime) -> tuple[PoolClosing, list[PoolEntry], list[PoolEntry]]:
    """Close a pool for good: live entries end and waiting ones are not decided any more; both are returned. Raises Refused."""
    Pool.objects.select_for_update().get(pk=pool.pk)
    check_not_closed(pool)
    words = said(reason, _("关闭理由"), "closing")
    now = [(one, standing(one, day(at))) for one in entries([pool])]
    live, waiting = [one for one, stand in now if stand.live], [one for one, stand in now if stand.waiting]
    PoolEntry.objects.select_for_update().filter(pk__in=[one.pk for one in (*live, *waiting)]).count()
    made = PoolClosing.objects.create(pool=pool, reason=words, closed_on=day(at), by=by, at=at)
    ended = {"ground": PoolLeaving.Ground.CLOSED, "reason": words, "left_on": day(at), "by": by, "at": at}
    PoolLeaving.objects.bulk_create(PoolLeaving(entry=one, **ended) for one in (*live, *waiting))
    return made, live, waiting


def check_usable(entry: PoolEntry, today: date) -> None:
    """Whether a case may be opened from the entry today. Raises Refused. What the procedure bars, the door still refuses."""
    now = standing(entries([entry.pool]).get(pk=entry.pk), today)
    if now.stand != Stand.LIVE:
        raise Refused(
            _("不能从这名人选启动：%(s)s。") % {"s": now.words}, way_out=_("过期的重新提出并审定；也可以从“动议”直接查找干部。"), rule=RULE
        )


@transaction.atomic
def use(entry: PoolEntry, case: Case, *, by: Account, at: datetime) -> PoolUse:
    """Link a case with the live entry it was opened from. A repeated call gives the first link. Raises Refused."""
    earlier = PoolUse.objects.filter(case=case).first()
    if earlier is not None:
        return earlier
    found = _locked(entry, Stand.LIVE, day(at))
    if found.cadre_id != case.cadre_id:
        raise Refused(_("案件不是关于这名人选的。"), way_out=_("从这名人选的页面启动。"), rule=RULE)
    return PoolUse.objects.create(entry=found, case=case, used_on=day(at), by=by, at=at)
