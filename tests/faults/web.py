"""A web process under load that is killed at random; clients that were not answered ask again with the same key."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from queue import Empty, Queue
from typing import Any

from tests.faults.drill import ROOT, Drill

TOKEN = "d" * 32
CLIENTS = 6


class Web:
    """One web process, started anew whenever it was killed."""

    def __init__(self, drill: Drill, sessions: list[str]) -> None:
        self.drill, self.sessions, self.dice = drill, sessions, random.Random(11)
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

    def claim_all(self, items: list[int], *, kills: int) -> dict[str, Any]:
        """Claim every item once, whatever happens to the server."""
        for item in items:
            self.work.put(item)
        clients = [threading.Thread(target=self._client, args=(n,), daemon=True) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        while any(client.is_alive() for client in clients):
            share = len(self.acknowledged) / len(items)
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

    def _client(self, number: int) -> None:
        while True:
            try:
                item = self.work.get_nowait()
            except Empty:
                return
            while not self._claim(item, number):
                time.sleep(0.02)

    def _claim(self, item: int, number: int) -> bool:
        key = f"drill-{item}"
        headers = {
            "Cookie": f"sessionid={self.sessions[item % len(self.sessions)]}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }  # fmt: skip
        self.sent += 1
        try:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            line.request("POST", f"/items/{item}/claim/", f"key={key}", headers)
            answer = line.getresponse()
            text = answer.read()
            line.close()
        except (OSError, http.client.HTTPException):
            return False
        if answer.status == 503:
            return False  # a lock that was not obtained in time: nothing was done
        if answer.status != 302:
            self.wrong.append(f"{answer.status} {text[-300:]!r}")
        self.acknowledged.append(key)
        return True
