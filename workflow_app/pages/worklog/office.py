"""Who reads what of the record of work: heads of their own unit, and the office that manages the cadre; everybody else gets no page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from workflow_app.models import Cadre, Desk
from workflow_app.pages.care.office import desks, people
from workflow_app.pages.frame import ASSESSORS, HANDLER, LEADER, Place
from workflow_app.telling.assessed import LEVELS, supervises
from workflow_app.worklog.rules import monday, month_of

ROLES = (ASSESSORS, HANDLER, LEADER)
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def managing(place: Place, cadre: Cadre) -> Desk | None:
    """My desk that manages this cadre; None for everybody else, and for the cadre."""
    if place.account.cadre_id == cadre.pk:
        return None
    return next((one for one in desks(place, ROLES) if cadre.unit.path.startswith(one.unit.path)), None)


def managed(place: Place) -> QuerySet[Cadre]:
    """Cadres whom my desks manage, without myself."""
    return people(place, ROLES)


class Named(forms.ModelChoiceField):
    """A choice among rows, each in words of its own."""

    def __init__(self, words: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words

    def label_from_instance(self, obj: Any) -> str:
        """How a row is called."""
        return self.words(obj)


def own_unit(place: Place) -> list[Cadre]:
    """People of the unit that I head, of a lower level than mine; empty for who heads none."""
    head = place.account.cadre
    if head is None or head.post is None or not head.post.is_leading_member or not head.active:
        return []
    rows = Cadre.objects.filter(unit=head.unit_id, active=True).exclude(pk=head.pk).select_related("unit", "post__unit")
    lower = LEVELS[LEVELS.index(head.post.level) + 1 :]
    return [one for one in rows.order_by("number") if one.post is None or one.post.level in lower]


def superior(place: Place, cadre: Cadre) -> bool:
    """Whether I head the cadre's own unit."""
    return place.account.cadre_id != cadre.pk and cadre.active and supervises(place.account, cadre)


def month_asked(text: str, today: date) -> str:
    """The month asked for, not later than this week's; this week's otherwise."""
    now = month_of(monday(today))
    return text if MONTH.fullmatch(text) and text <= now else now


def around(month: str, today: date) -> tuple[str, str]:
    """The month before, and the month after or nothing."""
    year, number = int(month[:4]), int(month[5:])
    before = f"{year - (number == 1):04}-{(number - 2) % 12 + 1:02}"
    after = f"{year + (number == 12):04}-{number % 12 + 1:02}"
    return before, after if after <= month_of(monday(today)) else ""
