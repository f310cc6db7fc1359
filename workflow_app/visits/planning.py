"""Planning a visit: for work, on a basis, with a team that has no tie to the unit, under the limit; and cancelling it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.models import Account, Cadre, Unit, UnitProposal, Visit, VisitCancelled, VisitMember
from workflow_app.refusing import Refused
from workflow_app.visits import limits
from workflow_app.visits.kinds import UNANNOUNCED
from workflow_app.visits.rules import VISITS, day, outsiders, said, within

LEAST_TEAM = 2  # nobody goes alone (a project default)


@dataclass(frozen=True)
class Member:
    """Somebody of the team and the field that they know; the first of a team leads."""

    cadre: Cadre
    field: str


@dataclass(frozen=True)
class Plan:
    """A visit as it is planned. `joins`: a planned visit to the same unit that it goes with."""

    unit: Unit
    kind: str
    purpose: str
    basis: str
    first: date
    last: date
    announced: bool
    team: Sequence[Member]
    joins: Visit | None = None
    proposal: UnitProposal | None = None


def _check(organ: Unit, one: Plan, today: date) -> None:
    within(organ, one.unit)
    if one.kind not in Visit.Kind.values:
        raise Refused(_("没有选择种类。"), way_out=_("选择一项。"), rule=VISITS, field="kind")
    if one.last < one.first:
        raise Refused(_("结束日期早于开始日期。"), way_out=_("更正日期。"), rule=VISITS, field="last")
    if one.first < today:
        raise Refused(_("开始日期已经过去。"), way_out=_("走访以前安排；先去后补的不登记。"), rule=VISITS, field="first")
    if one.announced and one.kind in UNANNOUNCED:
        raise Refused(
            _("飞行检查和四不两直检查不事先通知。"), way_out=_("取消“事先通知单位”，或者改选种类。"), rule=VISITS, field="announced"
        )


def _check_team(unit: Unit, team: Sequence[Member], by: Account) -> None:
    people = [one.cadre for one in team]
    if len({one.pk for one in people}) < max(len(people), LEAST_TEAM):
        raise Refused(_("检查组不少于两人，同一人不重复。"), way_out=_("补充或者更正成员。"), rule=VISITS, field="team")
    if not all(one.active for one in people):
        raise Refused(_("检查组成员须是在职干部。"), way_out=_("更换成员。"), rule=VISITS, field="team")
    outsiders(unit, people, "team")
    if by.cadre is not None:
        outsiders(unit, [by.cadre])
    for one in team:
        said(one.field, _("专业领域"), "team", 2)


def _check_joint(host: Visit, one: Plan) -> None:
    way_out = _("选择同一单位、期间包括在内的一次走访，或者单独安排。")
    if host.unit_id != one.unit.pk or host.joins_id is not None or hasattr(host, "cancelled") or hasattr(host, "report"):
        raise Refused(_("不能并入这次走访：单位不同，或者它已经取消、报告或者并入另一次。"), way_out=way_out, rule=VISITS, field="joins")
    if not host.first <= one.first <= one.last <= host.last:
        raise Refused(_("期间不在所并入的走访之内。"), way_out=way_out, rule=VISITS, field="joins")
    if one.announced and not host.announced:
        raise Refused(_("所并入的走访不事先通知，这一次也不能通知。"), way_out=_("取消“事先通知单位”。"), rule=VISITS, field="announced")


@transaction.atomic
def plan(organ: Unit, one: Plan, *, by: Account, at: datetime) -> Visit:
    """Plan a visit. Raises Refused."""
    Unit.objects.select_for_update().get(pk=one.unit.pk)  # two plans for the same unit wait for each other
    today = day(at)
    _check(organ, one, today)
    words = {"purpose": said(one.purpose, _("工作事由"), "purpose", 10), "basis": said(one.basis, _("依据"), "basis")}
    _check_team(one.unit, one.team, by)
    if one.joins is not None:
        _check_joint(one.joins, one)
    leave = None if one.joins is not None else limits.leave_for(organ, one.unit, one.first, by=by, today=today)
    made = Visit.objects.create(
        organ=organ, unit=one.unit, kind=one.kind, first=one.first, last=one.last, announced=one.announced, joins=one.joins, leave=leave,
        proposal=one.proposal, by=by, at=at, **words,
    )  # fmt: skip
    VisitMember.objects.bulk_create(
        VisitMember(visit=made, cadre=member.cadre, field=member.field.strip(), leads=n == 0) for n, member in enumerate(one.team)
    )
    return made


@transaction.atomic
def cancel(visit: Visit, reason: str, *, by: Account, at: datetime) -> VisitCancelled:
    """A visit is not made. Raises Refused."""
    found = Visit.objects.select_for_update().get(pk=visit.pk)
    if hasattr(found, "cancelled") or hasattr(found, "report"):
        raise Refused(_("已经取消，或者已有报告。"), way_out=_("刷新页面。"), rule=VISITS)
    if found.joined_by.filter(cancelled__isnull=True).exists():
        raise Refused(_("有其他走访并入这一次。"), way_out=_("先取消并入的走访，再取消这一次。"), rule=VISITS)
    return VisitCancelled.objects.create(visit=found, reason=said(reason, _("取消理由"), "reason"), by=by, at=at)
