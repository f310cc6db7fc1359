"""What is announced after commit. One hub a process reads the event rows and tells its sockets to look again.

The socket carries signals, never data: the page fetches its fragment anew and the ordinary view checks again.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.db import connection
from django.db.models import Q
from redis.asyncio import from_url as redis_from_url

from workflow_app import clock
from workflow_app.models import Event, Seat

PAUSE = 0.7


def topics_of(account: Any) -> set[str]:
    """What an account may be told of: its desks. The server computes it; the client names nothing."""
    today = clock.now().astimezone(clock.TZ).date()
    seats = Seat.objects.filter(account=account, valid_from__lte=today).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
    return {f"desk:{desk}" for desk in seats.values_list("desk", flat=True)}


def events_after(mark: tuple[int, int]) -> tuple[list[str], tuple[int, int]]:
    """Topics of the events after `mark` = (xid, id), and the new mark.

    On PostgreSQL only rows below the oldest running transaction are read: sequence order is not commit order.
    """
    rows = Event.objects.filter(Q(xid__gt=mark[0]) | Q(xid=mark[0], id__gt=mark[1])).order_by("xid", "id")
    if connection.vendor == "postgresql":
        rows = rows.extra(where=["xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"])
    found = list(rows.values_list("topic", "xid", "id")[:1000])
    return [row[0] for row in found], (found[-1][1], found[-1][2]) if found else mark


def newest() -> tuple[int, int]:
    """Where a hub starts."""
    row = Event.objects.order_by("-xid", "-id").values_list("xid", "id").first()
    return row or (0, 0)


class Hub:
    """The sockets of this process by topic."""

    def __init__(self) -> None:
        self.sockets: dict[str, set[Desk]] = {}
        self.task: asyncio.Task[None] | None = None

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
        mark = await database_sync_to_async(newest)()
        async with _wakes() as wake:
            while True:
                await wake(PAUSE)
                topics, mark = await database_sync_to_async(events_after)(mark)
                for topic in dict.fromkeys(topics):
                    for socket in list(self.sockets.get(topic, ())):
                        with contextlib.suppress(Exception):  # a socket that is closing is told by its own poll
                            await socket.send_json({"t": "look", "topic": topic.split(":")[0]})


@contextlib.asynccontextmanager
async def _wakes() -> Any:
    """Waits between looks. Redis, where there is one, only shortens them: nothing is stored there."""
    if not settings.REDIS_URL:
        yield lambda pause: asyncio.sleep(pause * random.uniform(0.8, 1.2))
        return
    client = redis_from_url(settings.REDIS_URL)
    listener = client.pubsub()
    await listener.subscribe("shangxia")

    async def wait(pause: float) -> None:
        await listener.get_message(ignore_subscribe_messages=True, timeout=pause)

    try:
        yield wait
    finally:
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
        self.topics = await database_sync_to_async(topics_of)(account)
        await self.accept()
        HUB.join(self, self.topics)

    async def disconnect(self, code: int) -> None:
        """Leave the hub."""
        HUB.leave(self, self.topics)
