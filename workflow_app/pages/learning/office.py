"""Who works on training: four desks of an organ that manages cadres; of the sources of a gap, each sees those it may know of anyway."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from workflow_app.learning import gaps
from workflow_app.models import Desk, TrainingClass
from workflow_app.pages.care import office
from workflow_app.pages.frame import ASSESSORS, HANDLER, LEADER, PLACEMENT, Place
from workflow_app.refusing import Refused

ROLES = (HANDLER, LEADER, ASSESSORS, PLACEMENT)
# Scores and the three lists are the assessment office's and the handler's, plans of help the placement office's; a leader knows both.
KNOWS = {HANDLER: gaps.KINDS, LEADER: gaps.KINDS, ASSESSORS: (gaps.SCORE, gaps.POINT), PLACEMENT: (gaps.PLAN,)}


def desks(place: Place) -> list[Desk]:
    """My desks that work on training, never empty. Raises Http404 for everybody else."""
    return office.office(place, ROLES)


def kinds(place: Place) -> tuple[str, ...]:
    """The kinds of source that I may know of."""
    known = {kind for desk in desks(place) for kind in KNOWS[desk.role]}
    return tuple(kind for kind in gaps.KINDS if kind in known)


def class_of(place: Place, key: int) -> TrainingClass:
    """A class of my organs. Raises Http404."""
    rows = TrainingClass.objects.filter(organ__in=[one.unit for one in desks(place)]).select_related(
        "organ", "by__cadre", "called_off__by__cadre"
    )
    found = rows.prefetch_related("terms__by__cadre").filter(pk=key).first()
    if found is None:
        raise Http404(_("没有这个班次，或者您无权查看。"))
    return found


def desk_at(place: Place, found: TrainingClass) -> Desk:
    """My desk at the organ of a class."""
    return next(one for one in desks(place) if one.unit_id == found.organ_id)


def at_field(form: forms.Form, no: Refused) -> None:
    """A refusal at its field, with the way out."""
    form.add_error(no.field if no.field in form.fields else None, f"{no.reason}{no.way_out}")


def blank(kind: type[forms.Form], prefix: str, initial: dict[str, Any] | None = None) -> forms.Form:
    """A form as the page first shows it."""
    return kind(initial=initial or {}, prefix=prefix)
