"""Acts find a case as it would stand if the worker had never slept: what is over is fired before anybody acts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

from django.db import Error

from workflow_app.conduct import turn as door
from workflow_app.conduct.expiry import expire
from workflow_app.conduct.turn import Turn
from workflow_app.models import Account

log = logging.getLogger(__name__)


def taken(
    item_id: int, *, at: datetime, by: Account | None, key: str | None, attacked: door.Attacked | None = None
) -> AbstractContextManager[Turn]:
    """As `turn.taken`, in time."""
    return _in_time(lambda: door.taken(item_id, at=at, by=by, key=key, attacked=attacked), at)


def locked(case_id: int, *, at: datetime, by: Account | None, key: str | None) -> AbstractContextManager[Turn]:
    """As `turn.locked`, in time."""
    return _in_time(lambda: door.locked(case_id, at=at, by=by, key=key), at)


@contextmanager
def _in_time(take: Callable[[], AbstractContextManager[Turn]], at: datetime) -> Iterator[Turn]:
    tried: set[int] = set()
    while True:
        with take() as turn:
            over = [one for one in turn.present.over if one not in tried]
            if not over or turn.present.replay is not None:
                yield turn
                return
        # Outside of the lock: each expiry is an act of its own. Firing one may bring about the next.
        fire(over[:1], at)
        tried.add(over[0])


def fire(deadlines: list[int], at: datetime) -> None:
    """Fire periods that are over; one that cannot be fired is left to the worker, who tells of it."""
    for pk in deadlines:
        try:
            expire(pk, at=at)
        except Error:
            raise  # a lock or a lost connection is of this act, not of the period: it is tried again as a whole
        except Exception:
            log.exception("deadline %s could not be fired", pk)
