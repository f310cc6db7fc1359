"""The history of posts: the one writer that acts and imports share, and the one reader of every page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from workflow_app.models import Cadre, Case, Tenure

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ground:
    """By what a stretch begins: an act (`case`, `record_seq`) or a workbook (`batch`)."""

    kind: str
    entered_at: datetime
    case_id: int | None = None
    record_seq: int | None = None
    batch_id: int | None = None


def history(cadre: Cadre | int) -> list[Tenure]:
    """Every stretch of a cadre, the newest first."""
    found = Tenure.objects.filter(cadre=cadre).select_related("unit", "post", "case", "batch")
    return sorted(found, key=lambda one: (one.first or date.min, one.pk), reverse=True)


def before(case: Case | int) -> Tenure | None:
    """What the person held when the first act of `case` changed it; None when no act of it changed anything."""
    first = Tenure.objects.filter(case=case).select_related("follows__post__unit", "follows__unit").order_by("record_seq").first()
    return first.follows if first else None


def by_acts() -> QuerySet[Tenure]:
    """Stretches that an act began or ended: no import changes them."""
    return Tenure.objects.filter(Q(case__isnull=False) | Q(followed_by__case__isnull=False)).select_related(
        "cadre", "unit", "case", "follows"
    )


def succeed(was: Cadre, now: Cadre, ground: Ground, *, first: date | None) -> Tenure:
    """End what `was` held, and begin what `now` holds on `first`. The caller writes the cadre's own row and holds its lock."""
    running = _running(was, ground)
    if first is not None and running.last is None:
        # Two changes on one day: the earlier one lasted for that day.
        running.last = max(first - DAY, running.first or date.min)
        running.save(update_fields=["last"])
    return _begin(now, ground, first=first, follows=running)


def begin(cadre: Cadre, ground: Ground) -> Tenure:
    """The first stretch of somebody who is new to the roster."""
    return _begin(cadre, ground, first=cadre.post_since)


def _running(cadre: Cadre, ground: Ground) -> Tenure:
    """What the cadre holds, even where it was never entered as such."""
    title = cadre.post.title if cadre.post else ""
    running = Tenure.objects.filter(cadre=cadre, unit=cadre.unit_id, title=title, last__isnull=True, followed_by__isnull=True)
    return running.order_by("-id").first() or _begin(
        cadre, Ground(Tenure.Kind.ROSTER, ground.entered_at, batch_id=ground.batch_id), first=cadre.post_since
    )


def _begin(cadre: Cadre, ground: Ground, **more: Any) -> Tenure:
    return Tenure.objects.create(
        cadre_id=cadre.pk, unit_id=cadre.unit_id, post_id=cadre.post_id, unit_name=cadre.unit.name, title=cadre.post.title if cadre.post else "",
        rank=cadre.rank, since=cadre.post_since, kind=ground.kind, case_id=ground.case_id, record_seq=ground.record_seq,
        batch_id=ground.batch_id, entered_at=ground.entered_at, **more,
    )  # fmt: skip


def joined(stretches: Iterable[Tenure]) -> list[tuple[Tenure, Tenure]]:
    """First and last of each run in which one follows the other in the same post: on trial and then confirmed is one post held."""
    runs: dict[int, tuple[Tenure, Tenure]] = {}
    for one in sorted(stretches, key=lambda one: one.pk):
        run = runs.pop(one.follows_id or 0, None)
        same = run is not None and (run[1].unit_id, run[1].title) == (one.unit_id, one.title)
        if run is not None and not same:
            runs[run[1].pk] = run
        runs[one.pk] = (run[0], one) if run is not None and same else (one, one)
    return list(runs.values())
