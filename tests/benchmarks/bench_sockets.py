"""Five thousand open sockets on one process: how soon all of them are told, what one weighs, and how soon a lost seat closes its own."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_app.settings")
django.setup()

from django.db import connection  # noqa: E402 - only after the line above

from tests.benchmarks.arena import close, database, goal, keep, say  # noqa: E402
from tests.conftest import build_town  # noqa: E402
from tests.faults.ledgers import _session  # noqa: E402
from tests.story import Town, item_of, key, open_case  # noqa: E402
from workflow_app import conduct, seating  # noqa: E402
from workflow_app.models import Seat  # noqa: E402

SOCKETS, WARM, LOST = int(os.environ.get("BENCH_SOCKETS", "5000")), 100, 100
ROUNDS, AT_ONCE = 10, 60
FORK = multiprocessing.get_context("fork")


def allow_files(count: int) -> int:
    """Raise the limit of open files; raises when the machine does not allow as many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < count:
        raise SystemExit(f"{count} open files are needed, the machine allows {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count), hard))
    return count


def resident(pid: int) -> int:
    """Resident size of a process in KiB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])


def serve(port: int, log: Any) -> subprocess.Popen[bytes]:
    """One web process, as the office runs it."""
    words = [
        sys.executable, "-m", "uvicorn", "workflow_app.asgi:application", "--port", str(port), "--ws", "websockets-sansio",
        "--ws-per-message-deflate", "false", "--log-level", "error",
    ]  # fmt: skip
    settings = connection.settings_dict
    url = f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    server = subprocess.Popen(words, cwd=ROOT, env=os.environ | {"DATABASE_URL": url, "REDIS_URL": ""}, stdout=log, stderr=log)
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return server
        except OSError:
            time.sleep(0.05)
    raise SystemExit("the web process does not start")


class Page(asyncio.Protocol):
    """A page's socket, as bare as possible, so that the server is measured and not the client."""

    def __init__(self, crowd: Crowd, session: str, opened: asyncio.Future[None]) -> None:
        self.crowd, self.session, self.opened, self.rest = crowd, session, opened, b""

    def connection_made(self, transport: Any) -> None:
        """Ask for the socket."""
        self.transport = transport
        host = f"127.0.0.1:{self.crowd.port}"
        transport.write(
            f"GET /ws/live HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nCookie: sessionid={self.session}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """The greeting, then short frames: a signal (1), a farewell (8), a ping (9) to be answered."""
        self.rest += data
        if not self.opened.done():
            head, end, self.rest = self.rest.partition(b"\r\n\r\n")
            if not end:
                self.rest = head
                return
            assert b" 101 " in head, head
            self.opened.set_result(None)
        while len(self.rest) > 1 and len(self.rest) >= 2 + self.rest[1]:
            kind, size = self.rest[0] & 15, self.rest[1]
            body, self.rest = self.rest[2 : 2 + size], self.rest[2 + size :]
            if kind == 1:
                self.crowd.told.append(time.monotonic())
            elif kind == 8:
                self.crowd.gone.append(time.monotonic())
                self.transport.close()
            elif kind == 9:
                self.transport.write(bytes([0x8A, 0x80 | size]) + b"\0\0\0\0" + body)


class Crowd:
    """The pages: each keeps a socket and notes when it was told, or sent away."""

    def __init__(self, port: int) -> None:
        self.port, self.told, self.gone, self.open = port, [], [], 0
        self.gate = asyncio.Semaphore(AT_ONCE)

    async def join(self, session: str, count: int) -> None:
        """Open `count` sockets of one person."""
        await asyncio.gather(*(self._open(session) for _ in range(count)))

    async def _open(self, session: str) -> None:
        async with self.gate:
            loop = asyncio.get_running_loop()
            opened = loop.create_future()
            await loop.create_connection(lambda: Page(self, session, opened), "127.0.0.1", self.port)
            await opened
            self.open += 1

    async def until(self, seen: list[float], count: int, seconds: float = 30) -> list[float]:
        """Wait until `seen` has `count` entries; take them."""
        end = time.monotonic() + seconds
        while len(seen) < count and time.monotonic() < end:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        found = list(seen)
        seen.clear()
        return found


def crowd(port: int, many: list[str], lost: str, orders: Any, answers: Any) -> None:
    """The clients' process: obeys orders, answers with moments."""
    connection.close()
    allow_files(SOCKETS + 2000)

    async def obey() -> None:
        people = Crowd(port)
        while True:
            word, count = await asyncio.get_running_loop().run_in_executor(None, orders.get)
            if word == "join":
                for number, session in enumerate(many):
                    await people.join(session, count // len(many) + (number < count % len(many)))
                answers.put(people.open)
            elif word == "lost":
                await people.join(lost, count)
                answers.put(people.open)
            elif word in ("told", "gone"):
                answers.put(await people.until(getattr(people, word), count))
            else:
                return

    asyncio.run(obey())


def act(town: Town, item: Any, number: int) -> float:
    """One act that changes what is on the leaders' desk: claimed and given back in turn; when it was committed."""
    what = conduct.release if number % 2 else conduct.claim
    what(item, by=town.people["org_leader1"], at=town.at, key=key())
    return time.monotonic()


def measure(town: Town, port: int, server: int) -> dict[str, Any]:
    """All figures of one run."""
    leaders = [_session(town.people[f"org_leader{n}"]) for n in (1, 2, 3, 4)]
    orders, answers = FORK.Queue(), FORK.Queue()
    clients = FORK.Process(target=crowd, args=(port, leaders, _session(town.people["archivist1"]), orders, answers), daemon=True)
    connection.close()
    clients.start()

    def ask(word: str, count: int) -> Any:
        orders.put((word, count))
        return answers.get(timeout=600)

    ask("join", WARM)
    light, since = resident(server), time.monotonic()
    opened = ask("join", SOCKETS - WARM)
    heavy, joined = resident(server), time.monotonic() - since
    item = item_of(open_case(town), "approve_opening")
    ask("told", SOCKETS)
    late: list[float] = []
    for number in range(ROUNDS):
        done = act(town, item, number)
        told = ask("told", SOCKETS)
        if len(told) < SOCKETS:
            raise SystemExit(f"only {len(told)} of {SOCKETS} sockets were told")
        late += [max(0.0, moment - done) for moment in told]
    ask("lost", LOST)
    seat = Seat.objects.get(account=town.people["archivist1"])
    seat.valid_to = town.at.date()
    seat.save()
    ended = time.monotonic()
    gone = ask("gone", LOST)
    orders.put(("end", 0))
    late.sort()
    return {
        "sockets": opened, "seconds_to_open": round(joined, 1), "p50": round(late[len(late) // 2], 3), "p99": round(late[int(len(late) * 0.99)], 3),
        "last": round(late[-1], 3), "kib_a_socket": round((heavy - light) / (SOCKETS - WARM), 1), "server_mib": round(heavy / 1024),
        "closed": len(gone), "closed_after": round(max(gone, default=99) - ended, 3),
    }  # fmt: skip


def main() -> None:
    """One run on a database of its own."""
    assert seating
    files = allow_files(SOCKETS + 2000)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with database(), tempfile.TemporaryFile() as log:
        town = build_town()
        server = serve(port, log)
        try:
            found = measure(town, port, server.pid)
        finally:
            server.send_signal(signal.SIGKILL)
            server.wait()
    say(f"{files} open files allowed; {found}")
    goals = [
        goal("seconds to the 99th of a hundred sockets", found["p99"], 1.0), goal("KiB a socket", found["kib_a_socket"], 40.0),
        goal("seconds until a lost seat's sockets are closed", found["closed_after"], 1.0),
    ]  # fmt: skip
    keep("sockets", found | {"goals": goals})
    close(goals)


if __name__ == "__main__":
    main()
