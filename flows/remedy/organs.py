"""Which organs may take an appeal or a re-appeal: units with an appeal office, in the line of the organ that decided."""

from __future__ import annotations

from flows.roles import Role
from flows.rules.remedy import Seat, may_hear_appeal, may_hear_reappeal
from workflow_app.models import Desk, Unit

HIGHEST = Unit.Kind.CENTRAL  # re-appeal lies only against organs of the province and below (CSL 95)


def seat_of(unit: Unit) -> Seat:
    """A department has the place of the unit it belongs to."""
    places = unit.ancestor_ids
    return Seat(unit.pk, tuple(places[:-1] if unit.kind == Unit.Kind.DEPARTMENT and len(places) > 1 else places))


def offices() -> list[Unit]:
    """Units with an appeal office."""
    desks = Desk.objects.filter(role=Role.APPEAL_OFFICE).select_related("unit").order_by("unit__code")
    return [desk.unit for desk in desks]


def for_appeal(organ: Unit) -> list[Unit]:
    """Organs that may take an appeal against `organ`: of the same level first, then one level up (CSL 95)."""
    own = seat_of(organ)
    found = [(unit, seat_of(unit)) for unit in offices()]
    lawful = [(unit, seat) for unit, seat in found if may_hear_appeal(own, seat) and len(seat.places) >= len(own.places) - 1]
    return [unit for unit, _ in sorted(lawful, key=lambda one: (-len(one[1].places), one[0].pk))]


def for_reappeal(organ: Unit) -> list[Unit]:
    """Organs one level above the one that decided the appeal."""
    if organ.kind == HIGHEST:
        return []
    return [unit for unit in offices() if may_hear_reappeal(seat_of(organ), seat_of(unit))]


def names(units: list[Unit]) -> str:
    """As papers name them."""
    return "或者".join(unit.organ_name or unit.name for unit in units)
