"""Where a gap was found (缺什么补什么): a score, a point of the lists, a training that a plan of help wants. Named by its source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from workflow_app.assessment.feedback import lists
from workflow_app.models import Cadre, LookBack, Participant, Point, Score, Training, Unit

SCORE, POINT, PLAN = "得分", "整改", "帮扶"
KINDS = (SCORE, POINT, PLAN)
LIMIT = 300  # characters of a gap


@dataclass(frozen=True)
class Gap:
    """A gap of one person: its code (整改-5), what it is and where it was found."""

    kind: str
    cadre: Cadre
    text: str
    where: str
    source: Score | Point | Training

    @property
    def code(self) -> str:
        """The name of the source as a workbook and a form give it."""
        return f"{self.kind}-{self.source.pk}"


def gaps_of(organ: Unit, cadres: Iterable[int] | None = None, kinds: Collection[str] = KINDS) -> list[Gap]:
    """Gaps found by an organ, of some people or of all: points that are not mended, trainings wanted and not given, and (for some people only)
    the newest scores. `kinds`: those that the reader may know of."""
    found = _points(organ, cadres) if POINT in kinds else []
    found += _trainings(organ, cadres) if PLAN in kinds else []
    return found + (_scores(organ, cadres) if SCORE in kinds and cadres is not None else [])


def _points(organ: Unit, cadres: Iterable[int] | None) -> list[Gap]:
    rows = (
        lists.to_mend()
        .filter(feedback__organ=organ)
        .select_related("feedback__cadre__unit", "feedback__cadre__post__unit", "feedback__subject__campaign")
    )
    if cadres is not None:
        rows = rows.filter(feedback__cadre__in=list(cadres))
    return [
        Gap(POINT, one.feedback.cadre, one.text[:LIMIT], _("%(round)s整改清单第%(n)s项") % {"round": one.feedback.subject.campaign.name, "n": one.number}, one)
        for one in rows
        if one.feedback.cadre and not _mended(one)
    ]  # fmt: skip


def _mended(point: Point) -> bool:
    last = max(point.checks.all(), key=lambda one: one.pk, default=None)
    return last is not None and last.result == LookBack.Result.MENDED


def _trainings(organ: Unit, cadres: Iterable[int] | None) -> list[Gap]:
    rows = Training.objects.filter(plan__organ=organ, corrected__isnull=True, carried_by__isnull=True, results__isnull=True)
    if cadres is not None:
        rows = rows.filter(plan__cadre__in=list(cadres))
    rows = rows.select_related("plan__cadre__unit", "plan__cadre__post__unit")
    return [Gap(PLAN, one.plan.cadre, one.gap[:LIMIT], _("帮扶计划中的培训“%(course)s”") % {"course": one.course}, one) for one in rows]


def _scores(organ: Unit, cadres: Iterable[int] | None) -> list[Gap]:
    rows = Score.objects.filter(subject__campaign__organ=organ, subject__cadre__in=list(cadres or ()))
    newest = rows.order_by().values("subject").annotate(newest=Max("id")).values_list("newest", flat=True)
    found = Score.objects.filter(pk__in=list(newest)).select_related(
        "subject__cadre__unit", "subject__cadre__post__unit", "subject__campaign"
    )
    return [Gap(SCORE, one.subject.cadre, "", where_of_score(one), one) for one in found.order_by("-id") if one.subject.cadre]


def where_of_score(score: Score) -> str:
    """The score sheet by name, without its figure."""
    return _("%(round)s考核得分") % {"round": score.subject.campaign.name}


def kind_of(one: Participant) -> str:
    """Which kind of source a participant's gap has; empty without a gap."""
    return SCORE if one.score_id else POINT if one.point_id else PLAN if one.training_id else ""


def where_of(one: Participant) -> str:
    """Where a participant's gap was found, in words; empty without a gap."""
    if one.score is not None:
        return where_of_score(one.score)
    if one.point is not None:
        return _("%(round)s整改清单第%(n)s项") % {"round": one.point.feedback.subject.campaign.name, "n": one.point.number}
    return _("帮扶计划中的培训“%(course)s”") % {"course": one.training.course} if one.training is not None else ""
