"""One drill: a database, a clock, a nursery of workers, and somebody who kills them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START = "2026-03-02T09:00:00+08:00"
LEASE = timedelta(minutes=6)
PATIENCE = 3600  # seconds


class Drill:
    """The nursery of one database."""

    def __init__(self, folder: Path, url: str, **env: str) -> None:
        self.folder, self.dice, self.crew, self.kills = folder, random.Random(317), [], 0
        (folder / "now").write_text(START)
        self.env = os.environ | {
            "DATABASE_URL": url, "FIXED_NOW": f"@{folder / 'now'}", "REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "workflow_app.settings",
            "SEAL_KEY": str(folder / "seal.pem"), "PYTHONPATH": str(ROOT), "FAULTS_LOG": str(folder / "workers.log"), **env,
        }  # fmt: skip
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"], cwd=ROOT, env=self.env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def ask(self, word: str, *values: Any) -> Any:
        """One command; raises when the answer is an error of ours, not of the database."""
        assert self.nursery.stdin and self.nursery.stdout
        self.nursery.stdin.write(" ".join([word, *(json.dumps(value) for value in values)]) + "\n")
        self.nursery.stdin.flush()
        told = json.loads(self.nursery.stdout.readline())
        if isinstance(told, dict) and "error" in told:
            raise AssertionError(told["error"] + "\n" + self.log())
        return told

    def log(self) -> str:
        """The end of what the workers said."""
        with suppress(OSError):
            return (self.folder / "workers.log").read_text()[-2000:]
        return ""

    @property
    def now(self) -> datetime:
        """The drill's hour."""
        return datetime.fromisoformat((self.folder / "now").read_text())

    def move(self, to: datetime) -> None:
        """Time goes by."""
        new = self.folder / "now.new"
        new.write_text(to.isoformat())
        new.replace(self.folder / "now")

    def raise_workers(self, count: int) -> None:
        """Complete the crew."""
        while len(self.crew) < count:
            self.crew.append(self.ask("worker"))

    def kill_one(self) -> None:
        """SIGKILL, at whatever it is doing, and somebody else takes over."""
        self.crew.sort(key=lambda _: self.dice.random())
        os.kill(self.crew.pop(), signal.SIGKILL)
        self.kills += 1
        self.raise_workers(len(self.crew) + 1)

    def dismiss(self) -> None:
        """Kill the whole crew."""
        for pid in self.crew:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.crew.clear()

    def work_through(self, *, kills: int, workers: int = 4, crashes: int = 0, crash: Any = None) -> dict[str, int]:
        """Work until nothing is left, killing on the way; kills and crashes are spread over the work."""
        total, crashed, since = 0, 0, time.monotonic()
        self.raise_workers(workers)
        while True:
            left = self.ask("left")
            if "fault" not in left:
                open_ = 2 * left["timers"] + left["rows"]
                total = max(total, open_)
                share = 1 - open_ / total if total else 1.0
                if not open_ and self.kills >= kills and crashed >= crashes:
                    break
                for _ in range(min(max(1, int(share * kills) - self.kills), kills - self.kills)):
                    self.kill_one()
                    time.sleep(self.dice.uniform(0, 0.08))
                if crash and crashed < crashes and share * crashes >= crashed:
                    crash()
                    crashed += 1
                if not open_ or self.dice.random() < 0.1:
                    self.move(self.now + LEASE)  # leases of the killed run out, of the living as well
            assert time.monotonic() - since < PATIENCE, (left, self.kills, crashed, self.log())
            time.sleep(self.dice.uniform(0.05, 0.4))
        self.dismiss()
        return {"kills": self.kills, "crashes": crashed, "seconds": int(time.monotonic() - since)}

    def close(self) -> None:
        """End everything."""
        self.dismiss()
        assert self.nursery.stdin
        self.nursery.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self.nursery.wait(20)
        if self.nursery.poll() is None:
            self.nursery.kill()
