"""The counter of the press: starts the foreman when something is first ordered, takes orders, hands out what was printed.

Any thread may order; the press itself runs in processes of its own. A worker that dies loses its one order and nothing else.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import astuple
from multiprocessing.connection import Client, Connection
from pathlib import Path

from workflow_app.orders import Limits, Order, Printed

QUEUE = 300  # seconds that an order may wait for a free worker
GRACE = 15
TURNED_AWAY = 5
BROKEN = "排版进程中断（超过处理器、内存或时间上限），请缩短正文或表格后重试。"
BUSY = "排版任务过多，稍后自动重试。"


class PressUnavailable(Exception):
    """The press does not start, or has no time: not the paper's fault."""


class Printshop:
    """One press with its crew."""

    def __init__(self, fonts: Path, root: Path, limits: Limits | None = None) -> None:
        self.fonts, self.root, self.limits = fonts, root, limits or Limits()
        self.foreman: subprocess.Popen[str] | None = None
        self.folder, self.owner, self.lock = "", 0, threading.Lock()
        self.crowd: ThreadPoolExecutor | None = None
        self.begun: dict[Order, Future[Printed]] = {}

    def begin(self, order: Order) -> None:
        """Have it printed meanwhile: whoever then orders it waits for this print."""
        self._open()
        if self.crowd is None:
            self.crowd = ThreadPoolExecutor(self.limits.workers)
        if order not in self.begun:
            self.begun[order] = self.crowd.submit(self._order, order)

    def forget(self) -> None:
        """Drop what was begun and that nobody came for."""
        self.begun.clear()

    def order(self, order: Order) -> Printed:
        """Print. Raises PressUnavailable when it is not the paper's fault."""
        begun = self.begun.pop(order, None)
        return begun.result() if begun is not None and self.owner == os.getpid() else self._order(order)

    def _order(self, order: Order) -> Printed:
        for _ in range(TURNED_AWAY):
            try:
                with Client(self._open(), "AF_UNIX") as counter:
                    if self._begun(counter, order):
                        return self._printed(counter)
            except (ConnectionRefusedError, FileNotFoundError) as gone:
                self.close()
                raise PressUnavailable("排版服务中断，稍后自动重试。") from gone
        raise PressUnavailable(BUSY)

    def _begun(self, counter: Connection, order: Order) -> bool:
        """Whether a worker took the order up; one that was just going did not."""
        try:
            counter.send(order)
            if not counter.poll(QUEUE):
                raise PressUnavailable(BUSY)
            counter.recv()
        except (EOFError, ConnectionResetError, BrokenPipeError):
            return False
        return True

    def _printed(self, counter: Connection) -> Printed:
        try:
            if counter.poll(self.limits.waiting + GRACE):
                printed: Printed = counter.recv()
                return printed
        except (EOFError, ConnectionResetError):
            pass
        return Printed(fault=BROKEN, worn=True)

    def _open(self) -> str:
        with self.lock:
            mine = self.owner == os.getpid()  # a forked process starts a press of its own
            if self.foreman is None or not mine or self.foreman.poll() is not None:
                self._start()
            return str(Path(self.folder) / "counter")

    def _start(self) -> None:
        self.folder, self.owner = tempfile.mkdtemp(prefix="press-"), os.getpid()
        self.crowd, self.begun = None, {}  # threads do not cross a fork
        env = os.environ | {"FONTCONFIG_FILE": str(self.fonts / "fonts.conf"), "PYTHONPATH": str(self.root)}
        command = [sys.executable, "-m", "workflow_app.foreman", str(Path(self.folder) / "counter")]
        self.foreman = subprocess.Popen(
            [*command, *(str(number) for number in astuple(self.limits))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd=self.folder, text=True, start_new_session=True,
        )  # fmt: skip
        atexit.register(self.close)
        assert self.foreman.stdout is not None
        if self.foreman.stdout.readline().strip() != "ready":
            self.close()
            raise PressUnavailable("排版服务未能启动：检查系统库和字体集（make setup）。")

    def close(self) -> None:
        """Send the crew home."""
        if self.foreman is None or self.owner != os.getpid():
            return
        foreman, self.foreman = self.foreman, None
        assert foreman.stdin is not None and foreman.stdout is not None
        foreman.stdin.close()
        foreman.stdout.close()
        foreman.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)
