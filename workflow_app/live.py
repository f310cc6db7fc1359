"""What is announced after commit. One hub a process reads the event rows and tells its sockets to look again.

The socket carries signals, never data: the page fetches its fragment anew and the ordinary view checks again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import re
from datetime import date
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.db import Error
from django.db.models import Q
from redis.asyncio import from_url as redis_from_url
from redis.exceptions import RedisError

from workflow_app import clock, events, factors, wakeup
from workflow_app.events import type_mark
from workflow_app.models import Absence, Seat

BURST = 0.02  # seconds
SEAT_CHANGED = 4403
log = logging.getLogger(__name__)


def topics_of(account: Any) -> set[str]:
    """What an account may be told of: its desks. The server computes it; the client names nothing."""
    today = clock.now().astimezone(clock.TZ).date()
    seats = Seat.objects.filter(account=account, valid_from__lte=today).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    covered = Absence.objects.deputed_to(account, today).values_list("seat__desk", flat=True)
    return {f"desk:{desk}" for desk in (*seats.values_list("desk", flat=True), *covered)} | {f"account:{account.pk}"}


def missed(mark: type_mark, topics: set[str]) -> bool:
    """Whether something happened after `mark` that a page with these topics was not told of."""
    return any(one.topic in topics for one in events.after(mark))


class Hub:
    """The sockets of this process by topic."""

    def __init__(self) -> None:
        self.sockets: dict[str, set[Desk]] = {}
        self.task: asyncio.Task[None] | None = None
        self.mark: type_mark = (0, 0)
        self.told: set[type_mark] = set()  # beyond the mark, beside a transaction that still runs
        self.day: date | None = None

    def join(self, socket: Desk, topics: set[str]) -> None:
        """Tell `socket` of `topics` from now on."""
        for topic in topics:
            self.sockets.setdefault(topic, set()).add(socket)
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self._run())

    def leave(self, socket: Desk, topics: set[str]) -> None:
        """Forget a socket; the hub rests when there is none."""
        for topic in topics:
            self.sockets.get(topic, set()).discard(socket)
            if not self.sockets.get(topic):
                self.sockets.pop(topic, None)
        if not self.sockets and self.task:
            self.task.cancel()

    async def _run(self) -> None:
        self.mark = await database_sync_to_async(events.newest)()
        while True:
            try:
                async with _wakes() as wake:
                    while True:
                        found, self.mark = await database_sync_to_async(events.visible)(self.mark)
                        await self._tell([one.topic for one in found if one.mark not in self.told])
                        self.told = {one.mark for one in found if one.mark > self.mark}
                        await self._new_day()
                        await wake(settings.LIVE_PAUSE)
            except (RedisError, Error, OSError) as fault:  # the pages poll meanwhile; the hub looks on by itself
                log.warning("hub: %s", fault)
                await asyncio.sleep(settings.LIVE_PAUSE)

    async def _tell(self, topics: list[str]) -> None:
        for topic in dict.fromkeys(topics):
            what, _, name = topic.partition(":")
            told = f'{{"t":"look","topic":"{what}","v":"{self.mark[0]}.{self.mark[1]}"}}'
            for socket in list(self.sockets.get(f"account:{name}" if what == "seat" else topic, ())):
                with contextlib.suppress(Exception):  # a socket that is closing is told by its own poll
                    await (
                        socket.close(code=SEAT_CHANGED) if what == "seat" else socket.base_send({"type": "websocket.send", "text": told})
                    )

    async def _new_day(self) -> None:
        """Seats begin and end with the day: every page is sent away and comes back with the topics of today."""
        today = clock.now().astimezone(clock.TZ).date()
        if self.day is not None and self.day != today:
            for socket in {one for sockets in self.sockets.values() for one in sockets}:
                with contextlib.suppress(Exception):
                    await socket.close(code=SEAT_CHANGED)
        self.day = today


@contextlib.asynccontextmanager
async def _wakes() -> Any:
    """Waits between looks. Redis, where there is one, only shortens them: nothing is stored there."""
    if not settings.REDIS_URL:
        yield lambda pause: asyncio.sleep(pause * random.uniform(0.8, 1.2))
        return
    client = redis_from_url(settings.REDIS_URL)
    listener = client.pubsub()
    await listener.subscribe(wakeup.CHANNEL)

    async def wait(pause: float) -> None:
        if await listener.get_message(ignore_subscribe_messages=True, timeout=pause):
            await asyncio.sleep(BURST)  # many acts at once are one look
            while await listener.get_message(ignore_subscribe_messages=True, timeout=0):
                pass

    try:
        yield wait
    finally:
        with contextlib.suppress(RedisError, OSError):
            await listener.aclose()  # type: ignore[no-untyped-call]
            await client.aclose()  # type: ignore[no-untyped-call]


HUB = Hub()


class Desk(AsyncJsonWebsocketConsumer):
    """A page that wants to be told to look again."""

    topics: set[str] = set()

    async def connect(self) -> None:
        """Only signed-in people; topics come from their seats."""
        account = self.scope.get("user")
        if account is None or not account.is_authenticated:
            await self.close(code=4401)
            return
        if await database_sync_to_async(factors.wanting)(account, self.scope.get("session") or {}, clock.now().astimezone(clock.TZ).date()):
            await self.close(code=4401)
            return
        self.topics = await database_sync_to_async(topics_of)(account)
        await self.accept()
        HUB.join(self, self.topics)
        last = re.fullmatch(rb"after=(\d+)\.(\d+)", self.scope.get("query_string", b""))
        if last and await database_sync_to_async(missed)((int(last[1]), int(last[2])), self.topics):
            await self.send_json({"t": "look", "topic": "missed"})
        # Kept by the thousand: what only the greeting needed goes.
        self.scope: dict[str, Any] = {}

    async def disconnect(self, code: int) -> None:
        """Leave the hub."""
        HUB.leave(self, self.topics)
