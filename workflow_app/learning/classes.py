"""Classes: opened with their terms, changed with a reason while nobody has a result, called off with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflow_app.care.rules import in_order, said
from workflow_app.learning.wording import RULE
from workflow_app.models import Account, ClassCalledOff, ClassResult, ClassTerms, TrainingClass, Unit
from workflow_app.refusing import Refused

MOST_HOURS = Decimal(999)
Kind = TrainingClass.Kind


@dataclass(frozen=True)
class Terms:
    """What a class is about. `hours` are hours of lessons (学时)."""

    topic: str
    purpose: str
    organizer: str
    place: str
    first: date
    last: date
    hours: Decimal


def _checked(terms: Terms) -> dict[str, object]:
    in_order(terms.first, terms.last)
    if not 0 < terms.hours <= MOST_HOURS or terms.hours * 10 != int(terms.hours * 10):
        raise Refused(_("学时不对。"), way_out=_("填写大于0、不超过999的学时，最多一位小数。"), rule=RULE, field="hours")
    return {
        "topic": said(terms.topic, _("主题"), "topic", 2, rule=RULE), "purpose": said(terms.purpose, _("目的"), "purpose", rule=RULE),
        "organizer": said(terms.organizer, _("主办单位"), "organizer", 2, rule=RULE), "place": said(terms.place, _("地点"), "place", 2, rule=RULE),
        "first": terms.first, "last": terms.last, "hours": terms.hours,
    }  # fmt: skip


@transaction.atomic
def open_class(organ: Unit, kind: str, terms: Terms, *, by: Account, at: datetime) -> TrainingClass:
    """A new class. Raises Refused."""
    if kind not in Kind.values:
        raise Refused(_("没有选择类别。"), way_out=_("选择一项。"), rule=RULE, field="kind")
    words = _checked(terms)
    made = TrainingClass.objects.create(organ=organ, kind=kind, by=by, at=at)
    ClassTerms.objects.create(training_class=made, by=by, at=at, **words)
    return made


def held(found: TrainingClass) -> TrainingClass:
    """The class, locked until the end of the transaction."""
    return TrainingClass.objects.select_for_update(of=("self",)).select_related("organ").get(pk=found.pk)


def check_on(found: TrainingClass) -> None:
    """Whether the class takes place. Raises Refused."""
    if ClassCalledOff.objects.filter(training_class=found).exists():
        raise Refused(_("这个班次已经取消。"), way_out=_("另行登记班次。"), rule=RULE)


def _check_open(found: TrainingClass) -> None:
    check_on(found)
    if ClassResult.objects.filter(participant__training_class=found).exists():
        raise Refused(_("已经登记参训结果，班次不再更改。"), way_out=_("结果有误的，在参训人员中更正。"), rule=RULE)


@transaction.atomic
def change(found: TrainingClass, terms: Terms, why: str, *, by: Account, at: datetime) -> ClassTerms:
    """Other terms, with the reason; the earlier ones stay to be read. Raises Refused."""
    _check_open(held(found))
    words = _checked(terms)
    return ClassTerms.objects.create(training_class=found, why=said(why, _("更改理由"), "why", rule=RULE), by=by, at=at, **words)


@transaction.atomic
def call_off(found: TrainingClass, reason: str, *, by: Account, at: datetime) -> ClassCalledOff:
    """The class does not take place. Raises Refused."""
    _check_open(held(found))
    return ClassCalledOff.objects.create(training_class=found, reason=said(reason, _("取消的理由"), "reason", rule=RULE), by=by, at=at)


def classes(organs: list[Unit]) -> QuerySet[TrainingClass]:
    """Classes of organs with their terms, the newest first."""
    rows = TrainingClass.objects.filter(organ__in=organs).select_related("organ", "by__cadre", "called_off__by__cadre")
    return rows.prefetch_related("terms__by__cadre").order_by("-id")


def terms_of(found: TrainingClass) -> ClassTerms:
    """The terms that hold now."""
    return max(found.terms.all(), key=lambda one: one.pk)
