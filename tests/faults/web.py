"""A web process under load that is killed at random; clients that were not answered ask again with the same key."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from queue import Empty, Queue
from typing import Any
from urllib.parse import urlencode

from tests.faults.drill import ROOT, Drill

TOKEN = "d" * 32
ACTS = 3  # a claim, a completion, a second signature
PATIENCE = 120  # seconds for one act, however often the server dies
DONE: list[list[str]] = []
CLIENTS = 6


class Web:
    """One web process, started anew whenever it was killed."""

    def __init__(self, drill: Drill, sessions: list[str], fields: list[list[str]]) -> None:
        self.drill, self.sessions, self.fields, self.dice = drill, sessions, fields, random.Random(11)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.acknowledged: list[str] = []
        self.wrong: list[str] = []
        self.sent = self.kills = 0
        self.work: Queue[int] = Queue()
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        words = [sys.executable, "-m", "uvicorn", "workflow_app.asgi:application", "--port", str(self.port), "--log-level", "error"]
        with open(self.drill.folder / "web.log", "a") as log:
            self.process = subprocess.Popen(words, cwd=ROOT, env=self.drill.env, stdout=log, stderr=log)
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise AssertionError("the web process does not start")

    def carry_all(self, items: list[int], *, kills: int) -> dict[str, Any]:
        """Claim every item, complete it and have it signed by a second person, once each, whatever happens to the server."""
        for item in items:
            self.work.put(item)
        clients = [threading.Thread(target=self._client, daemon=True) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        while any(client.is_alive() for client in clients):
            share = len(self.acknowledged) / (ACTS * len(items))
            if self.kills < kills and share * kills >= self.kills:
                time.sleep(self.dice.uniform(0, 0.2))
                os.kill(self.process.pid, signal.SIGKILL)
                self.process.wait()
                self.kills += 1
                self.start()
            time.sleep(0.01)
        self.process.kill()
        self.process.wait()
        assert self.wrong == []
        return {"acknowledged": self.acknowledged, "kills": self.kills, "sent": self.sent}

    def _client(self) -> None:
        while True:
            try:
                item = self.work.get_nowait()
            except Empty:
                return
            author, second = (self.sessions[(item + n) % len(self.sessions)] for n in (0, 1))
            self._until(f"drill-claim-{item}", f"/items/{item}/claim/", author, [])
            self._until(
                f"drill-done-{item}",
                f"/items/{item}/",
                author,
                [*self.fields, ["do", "sign"]],
                look=[*self.fields, ["do", "preview"], ["version", ""]],
            )
            self._until(f"drill-sign-{item}", f"/items/{item}/sign/", second, [], look=[])

    def _until(self, key: str, address: str, session: str, fields: list[list[str]], *, look: list[list[str]] | None = None) -> None:
        """Send until it is answered, always under the same key; `look` is what shows the paper that is then signed."""
        since = time.monotonic()
        while time.monotonic() - since < PATIENCE:
            seen: list[list[str]] | None = [["key", key]]
            if look is not None:
                seen = self._seen(address, session, look, key)
            if seen == DONE:
                return  # an earlier answer was lost on the way: the page says that nothing is left to do
            if seen is not None and (answer := self._send("POST", address, session, [*fields, *seen])) is not None:
                if answer[0] not in (302, 200, 409):
                    self.wrong.append(f"{key} {answer[0]} {answer[1][-300:]!r}")
                if answer[0] == 302 or look is None:
                    self.acknowledged.append(key)
                    return
            time.sleep(0.02)
        self.wrong.append(f"{key} was not done in {PATIENCE} s")

    def _seen(self, address: str, session: str, look: list[list[str]], key: str) -> list[list[str]] | None:
        """The hash of the paper as shown, the version and the key; DONE when there is nothing to sign; None when nobody answered."""
        page = address.removesuffix("sign/")
        shown = self._send("POST", page, session, [*look, ["key", key]]) if look else self._send("GET", page, session, [])
        if shown is None:
            return None
        hidden = dict(re.findall(r'<input type="hidden" name="(seen_hash|seen|version)" value="([^"]*)"', shown[1]))
        if not {"seen", "seen_hash"} & set(hidden) or (look and "seen" in hidden):
            return DONE if shown[0] == 200 else None
        return [["key", key], *([name, value] for name, value in hidden.items())]

    def _send(self, verb: str, address: str, session: str, fields: list[list[str]]) -> tuple[int, str] | None:
        """One request; None when it was not answered, or when a lock was not obtained in time and nothing was done."""
        headers = {
            "Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        self.sent += 1
        try:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            line.request(verb, address, urlencode([(name, value) for name, value in fields]), headers)
            answer = line.getresponse()
            text = answer.read().decode()
            line.close()
        except (OSError, http.client.HTTPException):
            return None
        return None if answer.status == 503 else (answer.status, text)
