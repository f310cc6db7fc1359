"""Somebody named in a form: by the number, or by a name that only one person has."""

from __future__ import annotations

from django.db.models import QuerySet
from django.forms import ValidationError
from django.utils.translation import gettext as _

from workflow_app.models import Cadre

SHOWN = 6  # of those who share a name


def one_named(people: QuerySet[Cadre], typed: str) -> Cadre:
    """The one of `people` who is meant. Raises ValidationError: nobody, or several, who are then told apart by number and post."""
    text = typed.strip()
    found = list(people.filter(number=text)[:2]) or list(people.filter(name=text, active=True).order_by("number")[:SHOWN])
    if not found:
        raise ValidationError(_("您单位管理的干部中没有这个姓名或者编号。"))
    if len(found) > 1:
        told = "、".join(f"{one.number}（{one.post_title}）" for one in found)
        raise ValidationError(_("有重名，请填写干部编号：%(who)s") % {"who": told})
    return found[0]
