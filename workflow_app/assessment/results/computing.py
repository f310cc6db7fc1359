"""From a closed campaign to stored scores. Computing again gives the same numbers, and writes nothing where nothing changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from workflow_app.assessment.campaigns.reading import rated_of, scheme_of
from workflow_app.assessment.scoring.compare import Standing
from workflow_app.assessment.scoring.sheet import Score as Computed
from workflow_app.assessment.scoring.sheet import Sheet
from workflow_app.models import Cadre, Campaign, Score, Subject, Unit


def newest(campaign: Campaign) -> dict[int, Score]:
    """The score that counts of every rated person, by subject."""
    return {
        one.subject_id: one
        for one in Score.objects.filter(subject__campaign=campaign).select_related("subject__cadre", "subject__unit").order_by("id")
    }


def newest_of(cadre: Cadre) -> list[Score]:
    """The scores that count of one cadre, the latest campaign first."""
    rows = Score.objects.filter(subject__cadre=cadre).select_related("subject__campaign").order_by("id")
    found = {one.subject_id: one for one in rows}
    return sorted(found.values(), key=lambda one: -one.subject_id)


def newest_of_unit(unit: Unit) -> list[Score]:
    """The scores that count of one unit, the latest campaign first."""
    rows = Score.objects.filter(subject__unit=unit).select_related("subject__campaign", "subject__unit").order_by("id")
    found = {one.subject_id: one for one in rows}
    return sorted(found.values(), key=lambda one: -one.subject_id)


def groups_of(campaign: Campaign) -> list[str]:
    """The like groups of a round, each of which can be computed alone."""
    return sorted(set(Subject.objects.filter(campaign=campaign).values_list("comparison_group", flat=True)))


@transaction.atomic
def compute(campaign: Campaign, *, at: datetime, groups: Collection[str] | None = None) -> list[Score]:
    """Scores of all rated persons (of some like groups) of a closed round; the new rows. Raises ValueError for a campaign that runs or has no scheme."""
    if campaign.closed_at is None:
        raise ValueError("测评还没有结束")
    # Two who compute the same like group wait for each other: the second finds the first one's scores and writes nothing.
    subjects = Subject.objects.select_for_update().filter(campaign=campaign).order_by("id")
    if groups is not None:
        subjects = subjects.filter(comparison_group__in=groups)
    held = list(subjects)
    Score.objects.bulk_create(rows := list(_changed(campaign, held, newest(campaign), at)), batch_size=200)
    return rows


def _changed(campaign: Campaign, subjects: list[Subject], stored: dict[int, Score], at: datetime) -> Iterator[Score]:
    sheet = Sheet(scheme_of(campaign), rated_of(campaign, [one.pk for one in subjects]))
    for subject in subjects:
        made = row(subject, sheet.score(subject.key), at)
        known = stored.get(subject.pk)
        if known is None or _plain(known) != _plain(made):
            yield made


@transaction.atomic
def recompute(campaign: Campaign, changed: Collection[int], *, at: datetime) -> tuple[list[Score], Counter[str]]:
    """Some subjects have other raw rows: their scores, and the places of their like groups; nothing else is computed.

    Returns the new rows and what was counted by level. A round that has no scores yet stays without.
    """
    stored = newest(campaign)
    members = {one.pk: one for one in Subject.objects.filter(campaign=campaign).select_related("cadre", "unit")}
    wanted = [pk for pk in changed if pk in stored]
    groups = {members[pk].comparison_group for pk in wanted}
    others = [one for pk, one in stored.items() if one.subject.comparison_group in groups and pk not in wanted]
    beside: dict[str, dict[str, Decimal | None]] = defaultdict(dict)
    for one in others:
        beside[one.subject.comparison_group][one.subject.key] = one.value
    sheet = Sheet(scheme_of(campaign), rated_of(campaign, wanted), beside)
    made = [row(members[pk], sheet.score(members[pk].key), at) for pk in wanted]
    made += [_placed(one, sheet.standings(one.subject.comparison_group)[one.subject.key], at) for one in others]
    rows = [one for one in made if _plain(stored[one.subject_id]) != _plain(one)]
    Score.objects.bulk_create(rows, batch_size=200)
    return rows, sheet.computed


def _placed(old: Score, standing: Standing, at: datetime) -> Score:
    """The same score in another place."""
    return Score(
        subject=old.subject, value=old.value, political=old.political, approval=old.approval, rank=standing.rank, group_size=standing.size,
        shared=standing.shared, flags=old.flags, explanation=old.explanation, computed_at=at,
    )  # fmt: skip


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
