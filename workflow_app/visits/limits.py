"""The lock against fatigue (改革疲劳锁): an organ's own limit of visits to one unit a year, what counts, and the way past it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from workflow_app.models import Account, Unit, Visit, VisitLeave, VisitLimit
from workflow_app.refusing import Refused
from workflow_app.visits.rules import FATIGUE, day, said, within


def limit_of(organ: Unit, year: int) -> VisitLimit | None:
    """The limit that binds an organ in a year: its own newest, else that of the nearest organ above. None: nobody has set one."""
    rows = VisitLimit.objects.filter(organ__in=organ.ancestor_ids, year=year).select_related("organ", "by__cadre")
    return max(rows, key=lambda one: (len(one.organ.path), one.pk), default=None)


def live(organ: Unit, today: date, *, own: bool = True) -> QuerySet[Visit]:
    """Visits not cancelled that an organ may know of: its own (for who only oversees it: not `own`), of others what was told or has begun."""
    known = Q(announced=True) | Q(first__lte=today)
    if own:
        known |= Q(organ=organ)
    return Visit.objects.filter(known, cancelled__isnull=True)


def counted(organ: Unit, unit: Unit, year: int, today: date) -> QuerySet[Visit]:
    """What counts for a unit in a year, by the first day; visits that join another go with it and count once."""
    return live(organ, today).filter(unit=unit, first__year=year, joins__isnull=True)


def free_leave(organ: Unit, unit: Unit, year: int) -> QuerySet[VisitLeave]:
    """Approvals that no visit has used yet; a visit that was cancelled has not given its approval back."""
    return VisitLeave.objects.filter(organ=organ, unit=unit, year=year, visit__isnull=True)


def leave_for(organ: Unit, unit: Unit, first: date, *, by: Account, today: date) -> VisitLeave | None:
    """The approval that a further visit uses; None below the limit. Raises Refused."""
    limit = limit_of(organ, first.year)
    number = counted(organ, unit, first.year, today).count()
    if limit is None or number < limit.most:
        return None
    found = free_leave(organ, unit, first.year).exclude(by=by).first()
    if found is not None:
        return found
    own = free_leave(organ, unit, first.year).exists()
    raise Refused(
        _("%(unit)s%(year)s年已有走访检查%(n)s次，%(organ)s规定每年不超过%(m)s次（%(source)s）。") % {
            "unit": unit.name, "year": first.year, "n": number, "organ": limit.organ.name, "m": limit.most, "source": limit.source},
        way_out=_("批准人不得使用自己的批准：由另一人安排。") if own
        else _("并入已经安排的一次走访；确有必要的，由组织部门负责人在“走访负担”中写明理由批准增加一次。"),
        rule="SD-19" if own else FATIGUE, field="unit",
    )  # fmt: skip


def set_limit(organ: Unit, year: int, most: int, source: str, *, by: Account, at: datetime) -> VisitLimit:
    """Set or change the limit of a year. Raises Refused."""
    if not 1 <= most <= 365 or not day(at).year <= year <= day(at).year + 1:
        raise Refused(_("年度或者次数不对。"), way_out=_("年度为今年或者明年，次数为1至365。"), rule=FATIGUE, field="most")
    return VisitLimit.objects.create(
        organ=organ, year=year, most=most, source=said(source, _("依据"), "source", rule=FATIGUE), by=by, at=at
    )


@transaction.atomic
def approve(organ: Unit, unit: Unit, year: int, reason: str, *, by: Account, at: datetime) -> VisitLeave:
    """One visit more than the limit. Raises Refused."""
    Unit.objects.select_for_update().get(pk=unit.pk)
    within(organ, unit)
    limit = limit_of(organ, year)
    if limit is None or counted(organ, unit, year, day(at)).count() < limit.most:
        raise Refused(_("该单位没有到上限，不需要批准。"), way_out=_("直接安排走访。"), rule=FATIGUE, field="unit")
    if free_leave(organ, unit, year).exists():
        raise Refused(_("已有一次批准还没有使用。"), way_out=_("先使用已有的批准。"), rule=FATIGUE, field="unit")
    words = said(reason, _("理由"), "reason", 10, rule=FATIGUE)
    return VisitLeave.objects.create(organ=organ, unit=unit, year=year, reason=words, by=by, at=at)


@dataclass(frozen=True)
class Load:
    """What a unit carries in a year: visits (joint ones once) and days on which somebody was or will be there."""

    unit: Unit
    visits: int
    joined: int
    days: int
    most: int | None

    @property
    def full(self) -> bool:
        """Whether the limit is reached."""
        return self.most is not None and self.visits >= self.most


def days_of(visits: Iterable[Visit]) -> int:
    """Days covered by visits, each day once."""
    return len({number for one in visits for number in range(one.first.toordinal(), one.last.toordinal() + 1)})


def loads(organ: Unit, year: int, today: date, *, own: bool = True) -> list[Load]:
    """Every unit below the organ that is visited in a year, the most visited first, then by code."""
    rows = (
        live(organ, today, own=own)
        .filter(unit__path__startswith=organ.path, first__year=year)
        .exclude(unit=F("organ"))
        .select_related("unit")
    )
    by_unit: dict[Unit, list[Visit]] = {}
    for one in rows:
        by_unit.setdefault(one.unit, []).append(one)
    limit = limit_of(organ, year)
    found = [
        Load(
            unit,
            sum(one.joins_id is None for one in some),
            sum(one.joins_id is not None for one in some),
            days_of(some),
            limit.most if limit else None,
        )
        for unit, some in by_unit.items()
    ]
    return sorted(found, key=lambda one: (-one.visits, -one.days, one.unit.code))
