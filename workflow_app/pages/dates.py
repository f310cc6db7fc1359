"""Due dates in words, and why a date is what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow_app.because import why

__all__ = ["Due", "due", "why"]
SOON = 3  # days, where no target day is known


@dataclass(frozen=True)
class Due:
    """A due date as a list shows it: words, and the level that colors the edge."""

    day: date | None
    words: str
    level: str  # danger, warning, ok or none
    # The day to aim at, before the last lawful one.
    target: date | None = None

    @property
    def overdue(self) -> bool:
        """Whether the last day is past."""
        return self.level == "danger" and self.words.startswith(_("已逾期"))


def due(day: date | None, today: date, *, suspended: bool = False, told: Mapping[str, Any] | None = None) -> Due:
    """`day` seen from `today`: yellow from the target day on, red on the last lawful day and after it."""
    target = date.fromisoformat(told["target"]) if told and told.get("target") else None
    if day is None:
        return Due(None, _("无期限"), "none")
    if suspended and (not told or told.get("clock") == "internal"):  # the person's own periods run on
        return Due(day, _("中止中"), "none", target)
    left = (day - today).days
    if left < 0:
        return Due(day, _("已逾期%(n)s天") % {"n": -left}, "danger", target)
    if left == 0:
        return Due(day, _("今天到期"), "danger", target)
    words = ngettext("剩%(n)s天", "剩%(n)s天", left) % {"n": left}
    soon = today >= target if target else left <= SOON
    return Due(day, words, "warning" if soon else "ok", target)
