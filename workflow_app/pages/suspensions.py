"""What was suspended, for how long, and what stood still: shown for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from workflow_app.models import Case, Suspension
from workflow_app.pages import wording


@dataclass(frozen=True)
class Stop:
    """One suspension in words."""

    began_on: date
    ended_on: date | None
    words: str
    reason: str
    ended_why: str
    held: list[tuple[str, str, str]]  # title, last day before, last day after


def stops(case: Case, today: date) -> list[Stop]:
    """The suspensions of a case, the newest first."""
    return [_stop(case, one, today) for one in Suspension.objects.filter(case=case).order_by("-id")]


def _stop(case: Case, one: Suspension, today: date) -> Stop:
    end = one.ended_on or (case.finished.date() if case.finished else today)
    words = {"a": one.began_on, "b": one.ended_on, "n": (end - one.began_on).days}
    told = _("自%(a)s至%(b)s，共%(n)s天。") if one.ended_on else _("自%(a)s起至今，已%(n)s天。")
    held = [(wording.title_of(case, row["step"]) or row["rule"], row["before"], row["after"]) for row in one.held]
    return Stop(one.began_on, one.ended_on, told % words, one.reason, one.ended_why, held)
