"""Who works on visits: handler and leader of an organ that manages cadres; the team sees its own visit, the auditor what has happened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from workflow_app.models import Desk, Unit, Visit
from workflow_app.pages.frame import AUDITOR, HANDLER, LEADER, Place
from workflow_app.refusing import Refused

ROLES = (HANDLER, LEADER)


def desk_of(place: Place, roles: tuple[str, ...] = ROLES) -> Desk:
    """My desk of these roles at an organ that manages cadres. Raises Http404."""
    found = next((one for role in roles for one in place.desks if one.role == role and one.unit.manages_cadres), None)
    if found is None:
        raise Http404(_("只有组织部门的岗位可以查看。"))
    return found


def organ_of(place: Place, roles: tuple[str, ...] = (*ROLES, AUDITOR)) -> Unit:
    """The organ whose visits I see. Raises Http404."""
    return desk_of(place, roles).unit


def leads(place: Place, organ: Unit) -> bool:
    """Whether I sit as a leader of the organ."""
    return place.sits(LEADER, [organ.pk]) is not None


def works(place: Place, organ: Unit) -> bool:
    """Whether I handle the organ's visits, and do not only oversee them."""
    return any(place.sits(role, [organ.pk]) for role in ROLES)


def seen_by(place: Place) -> QuerySet[Visit]:
    """The visits that I may see: of my organ, of my team; as an auditor those of my organ and of units below that have begun or were told.

    Who serves in the unit does not see a surprise before it begins, whatever the desk.
    """
    mine = Q(team__cadre=place.account.cadre_id or 0)
    for desk in place.desks:
        if desk.role in ROLES and desk.unit.manages_cadres:
            mine |= Q(organ=desk.unit)
        elif desk.role == AUDITOR:
            mine |= Q(organ__path__startswith=desk.unit.path) & (Q(first__lte=place.today) | Q(announced=True))
    cadre = place.account.cadre
    at_home = Q(unit__in=cadre.unit.ancestor_ids if cadre else [], announced=False, first__gt=place.today)
    keys = Visit.objects.filter(mine).exclude(at_home).values("pk")
    rows = Visit.objects.filter(pk__in=keys).select_related(
        "organ", "unit", "by__cadre", "joins", "cancelled", "report", "leave__by__cadre"
    )
    return rows.prefetch_related("team__cadre__unit", "team__cadre__post__unit")


def refused_at(form: forms.Form, no: Refused) -> None:
    """A refusal at its field, with the rule and the way out."""
    form.add_error(no.field if no.field in form.fields else None, _("%(why)s（规则：%(rule)s）%(out)s") % {
        "why": no.reason, "rule": no.rule, "out": no.way_out})  # fmt: skip


def lines(label: Any, limit: int, help_text: Any = "", *, required: bool = True, rows: int = 3) -> forms.CharField:
    """A text of a few lines in a form of these pages."""
    return forms.CharField(
        label=label,
        max_length=limit,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def day(label: Any, help_text: Any = "") -> forms.DateField:
    """A date in a form of these pages."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def key_of(text: str | None) -> int:
    """A key that was posted; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0
