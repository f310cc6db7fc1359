"""`python -m tests.faults.nursery COMMANDS ON STDIN`: one warm process per database that raises workers and tells how far they are.

`worker` forks a worker and tells its process; `left` tells how much is left to do; `open N`, `seats N` and `audit` prepare and check.
Everything that touches the database happens in a child, so that the nursery itself never holds a connection.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import types
from contextlib import suppress
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - only after the line above
from django.core.management import call_command  # noqa: E402
from django.db import Error  # noqa: E402

from tests.faults import ledgers  # noqa: E402
from workflow_app import clock, documents  # noqa: E402
from workflow_app.models import Deadline, Outgoing  # noqa: E402


def left() -> dict[str, int]:
    """What the workers still have to do."""
    now = clock.now()
    return {
        "timers": Deadline.objects.filter(fires_at__lte=now).count(),
        "rows": Outgoing.objects.filter(done_at=None, dead_at=None).count(),
        "dead": Outgoing.objects.exclude(dead_at=None).count(),
    }


def worker() -> None:
    """A worker that shares the nursery's press: what is killed here is the worker."""
    shop = documents.printshop()
    shop.owner, shop.foreman = os.getpid(), types.SimpleNamespace(poll=lambda: None)  # type: ignore[assignment]
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with open(os.environ["FAULTS_LOG"], "a", buffering=1) as log:
        os.dup2(log.fileno(), 2)
        call_command("run_worker", pause=0.05, stderr=log)


def child(work: Any, *values: Any) -> int:
    """Fork; the child tells what `work` gives as one line of JSON."""
    pid = os.fork()
    if pid:
        return pid
    try:
        told = work(*values)
        line = json.dumps(told)
    except Error as fault:
        line = json.dumps({"fault": str(fault)})
    except BaseException as fault:
        line = json.dumps({"error": repr(fault)})
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    os._exit(0)


def reap() -> None:
    """Let the killed go."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main() -> None:
    """Commands, one a line."""
    settings.RENDERERS = 4
    known = {"left": left, "open": ledgers.open_cases, "claims": ledgers.open_claims, "audit": ledgers.audit, "move": ledgers.move}
    for line in sys.stdin:
        word, *values = line.split()
        reap()
        if word == "worker":
            documents.printshop()._open()
            print(json.dumps(child(worker)), flush=True)
        else:
            os.waitpid(child(known[word], *(json.loads(value) for value in values)), 0)
    documents.printshop().close()


if __name__ == "__main__":
    main()
