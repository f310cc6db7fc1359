"""How the machinery is doing, in a few numbers without personal data: for a load balancer, a monitor and the administrator."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from workflow_app import seals
from workflow_app.models import Beat, Deadline, LawEdition, Outgoing, Seal

ALIVE = timedelta(seconds=60)
# Beyond these the worker is not keeping up, or there is none.
LATE = timedelta(minutes=10)
UNSEALED = timedelta(minutes=15)


@dataclass(frozen=True)
class Health:
    """What was found; ages in whole seconds, None when there is nothing that could be old."""

    law: bool
    workers: int
    oldest_timer: int | None
    oldest_outgoing: int | None
    last_seal: int | None
    unsealed: int | None
    put_aside: int
    unfired: int

    @property
    def faults(self) -> list[str]:
        """What is wrong, in short words."""
        found = {
            "law missing": not self.law,
            "no worker": self.workers == 0,
            "timers late": (self.oldest_timer or 0) > LATE.total_seconds(),
            "outbox late": (self.oldest_outgoing or 0) > LATE.total_seconds(),
            "seal late": (self.unsealed or 0) > UNSEALED.total_seconds(),
            "put aside": self.put_aside > 0,
            "timers that cannot be fired": self.unfired > 0,
        }
        return [words for words, wrong in found.items() if wrong]

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def look(at: datetime) -> Health:
    """Ask the tables; every question is answered by an index."""
    return Health(
        law=LawEdition.objects.exists(),
        workers=Beat.objects.filter(seen_at__gt=at - ALIVE).count(),
        oldest_timer=_age(at, Deadline.objects.filter(fires_at__lte=at).order_by("fires_at").values_list("fires_at", flat=True).first()),
        oldest_outgoing=_age(at, Outgoing.objects.filter(next_at__lte=at).order_by("next_at", "id").values_list("created_at", flat=True).first()),
        last_seal=_age(at, Seal.objects.order_by("-size").values_list("at", flat=True).first()),
        unsealed=_age(at, seals.oldest_waiting()),
        put_aside=Outgoing.objects.filter(dead_at__isnull=False, closed_at__isnull=True).count(),
        unfired=Deadline.objects.filter(fires_at__isnull=False, retry_at__isnull=False).count(),
    )  # fmt: skip


def _age(at: datetime, since: datetime | None) -> int | None:
    return None if since is None else max(0, int((at - since).total_seconds()))
