"""四必谈: the groups that an organ has set, and in a round of assessment who of each must be talked to and who has been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.care.rules import said
from workflow_app.learning.talks import RULE, is_open, set_of, talks
from workflow_app.models import Account, Campaign, Talk, TalkGroup, TalkGroupEnded, Unit
from workflow_app.refusing import Refused


@dataclass(frozen=True)
class Register:
    """One group in a round: its talks, those held, those still to be held, those late."""

    group: TalkGroup
    talks: tuple[Talk, ...]
    held: int
    waiting: tuple[Talk, ...]
    late: tuple[Talk, ...]


def groups(organ: Unit) -> list[TalkGroup]:
    """The groups in use."""
    return list(TalkGroup.objects.filter(organ=organ, ended__isnull=True).select_related("by__cadre").order_by("id"))


@transaction.atomic
def add(organ: Unit, name: str, basis: str, *, by: Account, at: datetime) -> TalkGroup:
    """Another group, with where it is laid down. Raises Refused."""
    Unit.objects.select_for_update(of=("self",)).get(pk=organ.pk)
    words = said(name, _("名称"), "name", 2, rule=RULE)[:60]
    if any(one.name == words for one in groups(organ)):
        raise Refused(_("已经有同名的类别。"), way_out=_("使用已有的类别，或者换一个名称。"), rule=RULE, field="name")
    return TalkGroup.objects.create(organ=organ, name=words, basis=said(basis, _("依据"), "basis", rule=RULE)[:200], by=by, at=at)


@transaction.atomic
def end(group: TalkGroup, reason: str, *, by: Account, at: datetime) -> TalkGroupEnded:
    """A group is no longer used; its talks stay. Raises Refused."""
    TalkGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if TalkGroupEnded.objects.filter(group=group).exists():
        raise Refused(_("这一类别已经停用。"), way_out=_("刷新页面。"), rule=RULE)
    return TalkGroupEnded.objects.create(group=group, reason=said(reason, _("停用的理由"), "reason", rule=RULE)[:200], by=by, at=at)


def register(campaign: Campaign, today: date, hidden: int | None = None) -> list[Register]:
    """Groups in use, and ended ones that have talks in the round. `hidden`: a cadre whose own talks are left out."""
    rows = list(
        talks([campaign.organ])
        .filter(kind=Talk.Kind.MUST, campaign=campaign, dropped__isnull=True)
        .exclude(cadre=hidden or 0)
        .order_by("cadre__number")
    )
    known = {one.pk: one for one in [*groups(campaign.organ), *(row.group for row in rows if row.group is not None)]}
    return [_of(one, [row for row in rows if row.group_id == one.pk], today) for one in sorted(known.values(), key=lambda one: one.pk)]


def _of(group: TalkGroup, rows: list[Talk], today: date) -> Register:
    waiting = tuple(one for one in rows if is_open(one))
    late = tuple(one for one in waiting if set_of(one).due_on < today)
    return Register(group, tuple(rows), len(rows) - len(waiting), waiting, late)
