"""Register of assessors: who is in it until when, for which fields, and from what they stay out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflow_app.models import (
    Account,
    Assessor,
    AssessorEnd,
    AssessorField,
    AssessorRecusal,
    AssessorSpecialty,
    Cadre,
    IndicatorVersion,
    Library,
    SchemeVersion,
    Unit,
)
from workflow_app.refusing import Refused
from workflow_app.revising.rules import EXPERTS as RULE
from workflow_app.revising.rules import day, in_order, one_of, said
from workflow_app.ties import tied

type_matter = IndicatorVersion | Library | SchemeVersion


@dataclass(frozen=True)
class Entry:
    """Somebody to be put into the register. Name and workplace of a cadre are taken from the records."""

    kind: str
    name: str
    workplace: str
    first: date
    last: date
    why: str
    cadre: Cadre | None = None
    account: Account | None = None


def register(organ: Unit) -> QuerySet[Assessor]:
    """Everybody who is or was in it, by name."""
    rows = Assessor.objects.filter(organ=organ).select_related("cadre", "account", "ended", "by__cadre")
    return rows.prefetch_related("specialties__field", "recusals__cadre").order_by("kind", "name", "id")


def live(one: Assessor, today: date) -> bool:
    """Whether somebody may be asked today: from the first to the end of the last day, unless they left."""
    return one.first <= today <= one.last and not hasattr(one, "ended")


@transaction.atomic
def add_field(organ: Unit, name: str, *, by: Account, at: datetime) -> AssessorField:
    """Put a field on the organ's list. Raises Refused."""
    name = said(name, _("领域"), "name", 2, rule=RULE)
    if AssessorField.objects.filter(organ=organ, name=name).exists():
        raise Refused(_("已经有这个领域。"), way_out=_("使用已有的领域。"), rule=RULE, field="name")
    return AssessorField.objects.create(organ=organ, name=name, by=by, at=at)


@transaction.atomic
def enter(organ: Unit, entry: Entry, fields: Collection[AssessorField], *, by: Account, at: datetime) -> Assessor:
    """Put somebody into the register for some fields. Raises Refused."""
    one_of(entry.kind, Assessor.Kind.values, "kind", rule=RULE)
    in_order(entry.first, entry.last, "last", rule=RULE)
    if entry.last < day(at):
        raise Refused(_("聘期已经过去。"), way_out=_("填写还没有结束的聘期。"), rule=RULE, field="last")
    if not fields or any(one.organ_id != organ.pk for one in fields):
        raise Refused(_("没有选择领域。"), way_out=_("从本机关的领域清单中至少选择一项。"), rule=RULE, field="specialties")
    person = entry.cadre
    name = person.name if person else said(entry.name, _("姓名"), "name", 2, rule=RULE)
    workplace = person.post_title[:160] if person else said(entry.workplace, _("工作单位和职务"), "workplace", 4, rule=RULE)
    account = entry.account or (Account.objects.filter(cadre=person, is_active=True).first() if person else None)
    _not_yet(organ, person, account, name, workplace, day(at))
    why = said(entry.why, _("入册理由"), "why", rule=RULE)
    made = Assessor.objects.create(
        organ=organ, kind=entry.kind, name=name, workplace=workplace, cadre=person, account=account, first=entry.first, last=entry.last, why=why,
        by=by, at=at,
    )  # fmt: skip
    AssessorSpecialty.objects.bulk_create(AssessorSpecialty(assessor=made, field=one) for one in fields)
    return made


def _not_yet(organ: Unit, person: Cadre | None, account: Account | None, name: str, workplace: str, today: date) -> None:
    """The same person stands in the register once at a time. Raises Refused."""
    for one in register(organ):
        same = (person is not None and one.cadre_id == person.pk) or (account is not None and one.account_id == account.pk)
        if (same or (one.name, one.workplace) == (name, workplace)) and one.last >= today and not hasattr(one, "ended"):
            raise Refused(_("这个人已经在名册中。"), way_out=_("聘期结束或者出册以后再重新入册。"), rule=RULE, field="name")


@transaction.atomic
def recuse(one: Assessor, cadre: Cadre, reason: str, *, by: Account, at: datetime) -> AssessorRecusal:
    """Somebody stays out of what `cadre` drafted. Raises Refused."""
    if one.cadre_id == cadre.pk or AssessorRecusal.objects.filter(assessor=one, cadre=cadre).exists():
        raise Refused(_("这项回避已经登记，或者就是本人。"), way_out=_("不用再登记。"), rule=RULE, field="cadre")
    words = said(reason, _("理由"), "reason", rule=RULE)
    return AssessorRecusal.objects.create(assessor=one, cadre=cadre, reason=words, by=by, at=at)


@transaction.atomic
def leave(one: Assessor, reason: str, *, by: Account, at: datetime) -> AssessorEnd:
    """Somebody leaves the register today. Raises Refused."""
    found = Assessor.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if not live(found, day(at)):
        raise Refused(_("这个人现在不在名册中。"), way_out=_("聘期已经结束的不用再出册。"), rule=RULE, field="assessor")
    return AssessorEnd.objects.create(assessor=found, reason=said(reason, _("理由"), "reason", rule=RULE), on=day(at), by=by, at=at)


def hands(matter: type_matter) -> set[int]:
    """Accounts that had a hand in what experts are asked about."""
    if isinstance(matter, SchemeVersion):
        found = {matter.drafted_by_id, matter.normalised_by_id, matter.published_by_id}
    elif isinstance(matter, IndicatorVersion):
        found = {matter.recorded_by_id}
    else:
        found = set(IndicatorVersion.objects.filter(indicator__library=matter).values_list("recorded_by_id", flat=True))
    return {one for one in found if one is not None}


def kept_out(one: Assessor, matter: type_matter) -> str:
    """Why somebody is not asked about a matter; empty when nothing speaks against it (SD-10, SD-19)."""
    made_by = hands(matter)
    if one.account_id in made_by:
        return _("参与过拟订或者发布")
    authors = set(Account.objects.filter(pk__in=made_by, cadre__isnull=False).values_list("cadre_id", flat=True))
    if one.cadre_id in authors:
        return _("参与过拟订或者发布")
    if one.cadre_id is not None and tied([one.cadre_id], authors):
        return _("与拟订人有申报的回避关系")
    if any(row.cadre_id in authors for row in one.recusals.all()):
        return _("已登记回避拟订人")
    return ""
