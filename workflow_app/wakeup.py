"""Wakes the hubs of other processes after commit. Redis only carries the call; what happened stands in the event rows."""

from __future__ import annotations

import logging
import time
from functools import cache

from django.conf import settings
from redis import Redis, RedisError

CHANNEL = "shangxia"
SECONDS = 0.5  # a Redis that does not answer holds nobody up: every hub looks by itself as well
REST = 5.0  # seconds without a try after a failure, so that a Redis that hangs does not slow every act
log = logging.getLogger(__name__)
_failed: dict[str, float] = {}


@cache
def _redis(url: str) -> Redis:
    return Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS)


def rouse() -> None:
    """Tell every hub that there are new event rows. Never raises: an act does not depend on it."""
    url = settings.REDIS_URL
    if not url or time.monotonic() - _failed.get(url, -REST) < REST:
        return
    try:
        _redis(url).publish(CHANNEL, "look")
    except RedisError as fault:
        _failed[url] = time.monotonic()
        log.warning("nobody woken: %s", fault)
