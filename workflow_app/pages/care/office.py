"""Who works on care and return: the organization department's desks of an organ that manages cadres, about people of its units only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from workflow_app.models import Cadre, Desk
from workflow_app.pages.frame import HANDLER, LEADER, PLACEMENT, Place
from workflow_app.vacancies import PREFIX

ROLES = (HANDLER, LEADER, PLACEMENT)
FOUND = 20


def desks(place: Place, roles: tuple[str, ...] = ROLES) -> list[Desk]:
    """My desks of these roles at organs that manage cadres."""
    return [one for one in place.desks if one.role in roles and one.unit.manages_cadres]


def office(place: Place, roles: tuple[str, ...] = ROLES) -> list[Desk]:
    """The same, never empty. Raises Http404 for everybody else."""
    found = desks(place, roles)
    if not found:
        raise Http404(_("只有组织部门的岗位可以查看。"))
    return found


def people(place: Place, roles: tuple[str, ...] = ROLES) -> QuerySet[Cadre]:
    """Cadres of the units that my desks manage, without myself and without posts that stand for nobody."""
    within = Q(pk__in=[])
    for desk in desks(place, roles):
        within |= Q(unit__path__startswith=desk.unit.path)
    found = Cadre.objects.filter(within).exclude(pk=place.account.cadre_id or 0).exclude(number__startswith=PREFIX)
    return found.select_related("unit", "post__unit")


def managing(place: Place, cadre: Cadre) -> Desk | None:
    """My desk that manages this cadre; None for everybody else, and for the cadre."""
    if place.account.cadre_id == cadre.pk:
        return None
    return next((one for one in desks(place) if cadre.unit.path.startswith(one.unit.path)), None)


def matching(found: QuerySet[Cadre], text: str) -> list[Cadre]:
    """Active people whose name, number or unit is asked for."""
    if not text:
        return []
    named = Q(name__contains=text) | Q(number=text) | Q(unit__name__contains=text)
    return list(found.filter(named, active=True).order_by("number")[:FOUND])


def lines(label: Any, limit: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A text of a few lines in a form of these pages."""
    return forms.CharField(label=label, max_length=limit, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": 3}))


def day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A date in a form of these pages."""
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
