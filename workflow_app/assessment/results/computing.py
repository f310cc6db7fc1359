"""From a closed campaign to stored scores. Computing again gives the same numbers, and writes nothing where nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from workflow_app.assessment.campaigns.reading import rated_of, scheme_of
from workflow_app.assessment.scoring.sheet import Score as Computed
from workflow_app.assessment.scoring.sheet import Sheet
from workflow_app.models import Cadre, Campaign, Score, Subject


def newest(campaign: Campaign) -> dict[int, Score]:
    """The score that counts of every rated person, by subject."""
    return {one.subject_id: one for one in Score.objects.filter(subject__campaign=campaign).select_related("subject__cadre").order_by("id")}


def newest_of(cadre: Cadre) -> list[Score]:
    """The scores that count of one cadre, the latest campaign first."""
    rows = Score.objects.filter(subject__cadre=cadre).select_related("subject__campaign").order_by("id")
    found = {one.subject_id: one for one in rows}
    return sorted(found.values(), key=lambda one: -one.subject_id)


@transaction.atomic
def compute(campaign: Campaign, *, at: datetime) -> list[Score]:
    """Scores of all rated persons of a closed round; the new rows. Raises ValueError for a campaign that runs or has no scheme."""
    if campaign.closed_at is None:
        raise ValueError("测评还没有结束")
    stored = newest(campaign)
    Score.objects.bulk_create(rows := list(_changed(campaign, stored, at)), batch_size=200)
    return rows


def _changed(campaign: Campaign, stored: dict[int, Score], at: datetime) -> Iterator[Score]:
    sheet = Sheet(scheme_of(campaign), rated_of(campaign))
    for subject in Subject.objects.filter(campaign=campaign).order_by("id"):
        made = row(subject, sheet.score(str(subject.cadre_id)), at)
        known = stored.get(subject.pk)
        if known is None or _plain(known) != _plain(made):
            yield made


def row(subject: Subject, score: Computed, at: datetime) -> Score:
    """A score as it is stored."""
    return Score(
        subject=subject, value=score.total.value, political=score.political.value, approval=score.approval.value, rank=score.standing.rank,
        group_size=score.standing.size, shared=score.standing.shared, flags=list(score.total.all_flags()),
        explanation={"total": score.total.plain(), "political": score.political.plain()}, computed_at=at,
    )  # fmt: skip


def _plain(one: Score) -> tuple[Any, ...]:
    values: list[Decimal | None] = [one.value, one.political, one.approval]
    return (*values, one.rank, one.group_size, one.shared, one.explanation)
