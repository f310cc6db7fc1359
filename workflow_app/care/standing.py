"""How an entry of a pool stands on a day: computed from its rows, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from workflow_app.models import PoolDecision, PoolEntry, PoolLeaving


class Stand(StrEnum):
    """Waiting for the confirmation of another, not confirmed, live, expired, left."""

    WAITING = "WAITING"
    REFUSED = "REFUSED"
    LIVE = "LIVE"
    EXPIRED = "EXPIRED"
    LEFT = "LEFT"


@dataclass(frozen=True)
class Standing:
    """The standing with its last day (None while nothing is confirmed) and in words."""

    stand: Stand
    expires_on: date | None
    words: str

    @property
    def live(self) -> bool:
        """Whether a case may be opened from it."""
        return self.stand == Stand.LIVE

    @property
    def waiting(self) -> bool:
        """Whether somebody has to confirm it."""
        return self.stand == Stand.WAITING


def standing(entry: PoolEntry, today: date) -> Standing:
    """How `entry` stands on `today`; an entry holds to 24:00 of its last day."""
    decision, leaving = getattr(entry, "decision", None), getattr(entry, "leaving", None)
    if leaving is not None and leaving.ground == PoolLeaving.Ground.CLOSED:
        return Standing(Stand.LEFT, None, _("人选库%(d)s关闭") % {"d": leaving.left_on})
    if decision is None:
        return Standing(Stand.WAITING, None, _("等待审定"))
    if decision.outcome == PoolDecision.Outcome.REFUSED:
        return Standing(Stand.REFUSED, None, _("没有同意入库"))
    expires = max([decision.expires_on, *(one.expires_on for one in entry.reviews.all())])
    if leaving is not None:
        return Standing(Stand.LEFT, expires, _("%(d)s出库") % {"d": leaving.left_on})
    if today > expires:
        return Standing(Stand.EXPIRED, expires, _("%(d)s已过期") % {"d": expires})
    return Standing(Stand.LIVE, expires, _("在库，有效期至%(d)s") % {"d": expires})
