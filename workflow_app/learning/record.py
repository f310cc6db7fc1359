"""One view of a person's training: classes, and trainings of a plan of help that no class carries. Hours a person and year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from workflow_app.learning import gaps, participants
from workflow_app.learning.classes import terms_of
from workflow_app.models import Cadre, ClassResult, Participant, Seat, Training, TrainingClass, Unit

ASSESSORS = "assessment_office"


@dataclass(frozen=True)
class Entry:
    """One training of a person. Hours are None where none were counted (trainings of a plan of help have none)."""

    title: str
    kind: str
    where: str
    first: date
    last: date
    gap: str
    # Where the gap was found, in words, and which kind of source that is.
    source: str
    source_kind: str
    stand: str
    text: str
    hours: Decimal | None
    participant: Participant | None = None


@dataclass(frozen=True)
class Hours:
    """Hours of a person in a year: all, and those of classes for assessors."""

    total: Decimal = Decimal(0)
    assessing: Decimal = Decimal(0)


def entries(cadre: Cadre) -> list[Entry]:
    """Everything a person was trained in or is called to, the newest first; each training once."""
    called = participants_of([cadre.pk])
    planned = Training.objects.filter(plan__cadre=cadre, corrected__isnull=True, carried_by__isnull=True).prefetch_related("results")
    found = [_of_class(one) for one in called] + [_of_plan(one) for one in planned]
    return sorted(found, key=lambda one: (one.first, one.last), reverse=True)


def participants_of(cadres: Iterable[int]) -> list[Participant]:
    """Where people are called to, without classes called off."""
    rows = Participant.objects.filter(cadre__in=list(cadres), training_class__called_off__isnull=True).select_related(
        "training_class__organ", "cadre", "score__subject__campaign", "point__feedback__subject__campaign", "training"
    )
    return list(rows.prefetch_related("training_class__terms", "words__decision", "results").order_by("-id"))


def _of_class(one: Participant) -> Entry:
    terms, result = terms_of(one.training_class), participants.result_of(one)
    return Entry(
        terms.topic, str(one.training_class.get_kind_display()), f"{terms.organizer} {terms.place}", terms.first, terms.last, one.gap,
        gaps.where_of(one), gaps.kind_of(one), participants.stand_of(one), result.text if result else "", result.hours if result else None, one,
    )  # fmt: skip


def _of_plan(one: Training) -> Entry:
    result = max(one.results.all(), key=lambda row: row.pk, default=None)
    stand = str(result.get_outcome_display()) if result else _("尚未结束")
    return Entry(
        one.course,
        _("帮扶计划中的培训"),
        one.place,
        one.first,
        one.last,
        one.gap,
        _("帮扶计划"),
        gaps.PLAN,
        stand,
        result.text if result else "",
        None,
    )


def hours(cadres: Iterable[int], year: int) -> dict[int, Hours]:
    """Hours of people in a year, by the last day of each class and the newest result of each."""
    found: dict[int, Hours] = defaultdict(Hours)
    for one in participants_of(cadres):
        result = participants.result_of(one)
        if result is None or terms_of(one.training_class).last.year != year:
            continue
        had = found[one.cadre_id]
        own = result.hours if one.training_class.kind == TrainingClass.Kind.ASSESSORS else Decimal(0)
        found[one.cadre_id] = Hours(had.total + result.hours, had.assessing + own)
    return found


def assessors(organ: Unit, today: date) -> list[Cadre]:
    """Who sits at the assessment office of an organ today."""
    valid = Q(valid_to__isnull=True) | Q(valid_to__gte=today)
    rows = Seat.objects.filter(valid, desk__role=ASSESSORS, desk__unit=organ, valid_from__lte=today, account__is_active=True)
    people = Cadre.objects.filter(account__in=rows.values("account")).select_related("unit", "post__unit")
    return list(people.order_by("number"))


def trained(units: Q, year: int) -> list[tuple[Participant, ClassResult]]:
    """Who took part in a class of some organs that ended in a year (`units`: a condition on participants), with the newest result."""
    rows = Participant.objects.filter(units, training_class__called_off__isnull=True, training_class__terms__last__year=year).distinct()
    found = []
    for one in rows.select_related("training_class").prefetch_related("training_class__terms", "results").order_by("id"):
        result = participants.result_of(one)
        if result is not None and result.outcome != ClassResult.Outcome.ABSENT and terms_of(one.training_class).last.year == year:
            found.append((one, result))
    return found
