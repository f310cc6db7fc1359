"""The foreman of the press: `python -m workflow_app.foreman SOCKET`. Loads the press once, forks the workers, replaces them.

A worker prints orders one after the other within limits of processor, memory and time, and goes after some hundred of
them, or after one that wore it out. The foreman ends when the process that started it closes its end of the pipe.
"""

from __future__ import annotations

import ctypes
import faulthandler
import gc
import os
import resource
import select
import signal
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection, Listener
from typing import Any

from workflow_app.orders import Limits, Order
from workflow_app.press import Press, TooLong

BEGUN = "begun"
GRACE = 5  # seconds between asking an order to stop and stopping its worker
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def _too_long(*_: Any) -> None:
    raise TooLong


def work(listener: Listener, limits: Limits) -> None:
    """One worker's life."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGXCPU, _too_long)
    signal.signal(signal.SIGALRM, _too_long)
    press = Press()
    press.make(Order("<p>开工</p>", ""))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    gc.freeze()
    for _ in range(limits.orders):
        with suppress(EOFError, OSError), listener.accept() as customer:
            if _serve(press, customer, limits):
                return


def _serve(press: Press, customer: Connection, limits: Limits) -> bool:
    """Print what the customer orders; whether the worker is worn out."""
    order = customer.recv()
    customer.send(BEGUN)
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + limits.processor, resource.RLIM_INFINITY))
    signal.alarm(limits.waiting)
    # For a loop inside a library, where no exception of ours is heard.
    faulthandler.dump_traceback_later(limits.waiting + GRACE, exit=True)
    try:
        printed = press.make(order)
    finally:
        signal.alarm(0)
        faulthandler.cancel_dump_traceback_later()
    customer.send(printed)
    return printed.worn


def hire(listener: Listener, limits: Limits) -> int:
    """Fork a worker."""
    worker = os.fork()
    if worker:
        return worker
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        work(listener, limits)
    finally:
        os._exit(0)


def oversee(listener: Listener, limits: Limits) -> None:
    """Keep the crew complete until the customer's process is gone."""
    heard, bell = os.pipe()
    os.set_blocking(bell, False)
    signal.set_wakeup_fd(bell, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    crew = {hire(listener, limits): time.monotonic() for _ in range(limits.workers)}
    while True:
        ready, _, _ = select.select([sys.stdin, heard], [], [])
        if sys.stdin in ready:
            break
        os.read(heard, 512)
        for worker in _gone(crew):
            if time.monotonic() - crew.pop(worker) < 1:
                time.sleep(1)  # a press that cannot start must not fork without end
            crew[hire(listener, limits)] = time.monotonic()
    for worker in crew:
        os.kill(worker, signal.SIGKILL)


def _gone(crew: dict[int, float]) -> list[int]:
    gone = []
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            gone.append(found)
    return [worker for worker in gone if worker in crew]


def main(address: str, *numbers: str) -> None:
    """Listen, say so, and oversee."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = Limits(*(int(number) for number in numbers))
    listener = Listener(address, "AF_UNIX", backlog=128)
    gc.freeze()
    print("ready", flush=True)
    oversee(listener, limits)


if __name__ == "__main__":
    main(*sys.argv[1:])
