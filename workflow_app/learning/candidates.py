"""Who might be talked to, by class of person, with the fact it follows from. A list to choose from: nothing is planned by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from workflow_app.care import plans
from workflow_app.care.rules import day
from workflow_app.models import AssessmentResult, Cadre, Decision, Feedback, Record, Talk, TalkWish, Unit
from workflow_app.vacancies import PREFIX

RECENT = timedelta(days=365)  # how far back a decision or an appointment is new (a project default)
GRADES = list(AssessmentResult.Grade.values)  # from the highest
Kind = Talk.Kind


@dataclass(frozen=True)
class Candidate:
    """Somebody of a class of person: the fact, its day, and the key of what the talk would stand on."""

    cadre: Cadre
    kind: str
    fact: str
    on: date
    ground: int = 0


def candidates(organ: Unit, kind: str, today: date) -> list[Candidate]:
    """People of a class for whom no talk of that class was planned since the fact."""
    found = {Kind.ADJUSTED: _adjusted, Kind.FELL: _fell, Kind.RETURNED: _returned, Kind.ASKED: _asked, Kind.FEEDBACK: _rated}.get(
        Kind(kind)
    )
    if found is None:
        return []
    had: dict[int, date] = {}
    for cadre, at in Talk.objects.filter(organ=organ, kind=kind, dropped__isnull=True).order_by("id").values_list("cadre", "at"):
        had[cadre] = day(at)
    rows = [one for one in found(organ, today) if one.cadre.active and not one.cadre.number.startswith(PREFIX)]
    own = kind in (Kind.ASKED, Kind.FEEDBACK)  # these know themselves whether a talk was planned for them
    return sorted(
        (one for one in rows if own or one.cadre.pk not in had or had[one.cadre.pk] < one.on), key=lambda one: (one.on, one.cadre.number)
    )


def _adjusted(organ: Unit, today: date) -> Iterator[Candidate]:
    for case in plans.adjusted([organ.path]).filter(organ=organ):
        decision = plans.decision_of(case)
        if decision is not None and decision.served_on is not None and decision.served_on >= today - RECENT:
            yield Candidate(case.cadre, Kind.ADJUSTED, _("%(number)s送达本人") % {"number": decision.number}, decision.served_on)


def _fell(organ: Unit, today: date) -> Iterator[Candidate]:
    rows = AssessmentResult.objects.filter(cadre__unit__path__startswith=organ.path, year__gte=today.year - 2).exclude(grade="")
    known: dict[int, dict[int, AssessmentResult]] = {}
    for row in rows.select_related("cadre__unit", "cadre__post__unit", "batch"):
        known.setdefault(row.cadre_id, {})[row.year] = row
    for years in known.values():
        last = years[max(years)]
        before = years.get(last.year - 1)
        if before is not None and GRADES.index(last.grade) > GRADES.index(before.grade):
            words = _("%(year)s年度%(grade)s，上一年度%(before)s") % {
                "year": last.year, "grade": last.get_grade_display(), "before": before.get_grade_display()
            }  # fmt: skip
            yield Candidate(last.cadre, Kind.FELL, words, day(last.batch.imported_at))


def _returned(organ: Unit, today: date) -> Iterator[Candidate]:
    """Appointed again after an adjustment."""
    down = Decision.objects.filter(organ=organ, kind=Decision.Kind.ADJUSTMENT, case__isnull=False)
    first = dict(down.order_by("-decided_on").values_list("case__cadre", "decided_on"))
    acts = Record.objects.filter(kind="ACT", step="appoint", case__cadre__in=first, case__organ=organ, at__date__gte=today - RECENT)
    for act in acts.select_related("case__cadre__unit", "case__cadre__post__unit").order_by("at"):
        if act.case is not None and day(act.at) > first[act.case.cadre_id]:
            yield Candidate(act.case.cadre, Kind.RETURNED, _("%(number)s任职") % {"number": act.case.number}, day(act.at))


def _asked(organ: Unit, today: date) -> Iterator[Candidate]:
    rows = TalkWish.objects.filter(cadre__unit__path__startswith=organ.path, talk__isnull=True)
    for one in rows.select_related("cadre__unit", "cadre__post__unit"):
        yield Candidate(one.cadre, Kind.ASKED, _("本人提出谈话请求"), day(one.at), one.pk)


def _rated(organ: Unit, today: date) -> Iterator[Candidate]:
    planned = Talk.objects.filter(feedback__isnull=False, dropped__isnull=True).values("feedback")
    rows = Feedback.objects.filter(organ=organ, signed_at__isnull=False).exclude(pk__in=planned)
    for one in rows.select_related("cadre__unit", "cadre__post__unit", "subject__campaign"):
        if one.cadre is not None and one.signed_at is not None:
            words = _("%(round)s三单已经签发") % {"round": one.subject.campaign.name}
            yield Candidate(one.cadre, Kind.FEEDBACK, words, day(one.signed_at), one.pk)
