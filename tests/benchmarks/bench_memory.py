"""Memory of one worker process: resident size after 10,000 acts against after 100.

One process lives through case after case, from the clue to the meeting, with previews, claims and every signature.
"""

from __future__ import annotations

import gc
import os
import re
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
django.setup()

from tests.benchmarks.arena import apart, close, database, goal, keep, say  # noqa: E402
from tests.benchmarks.door import Door  # noqa: E402
from tests.benchmarks.routing import STRETCHES  # noqa: E402
from tests.conftest import build_town  # noqa: E402
from tests.story import TO_MEETING  # noqa: E402

FEW, MANY = 100, int(os.environ.get("BENCH_ACTS", "10000"))
ACTS_A_CASE = 1 + len(TO_MEETING[:9]) + len(STRETCHES["review"])


def resident() -> float:
    """Resident size of this process in MiB, garbage collected."""
    gc.collect()
    found = re.search(r"VmRSS:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def live(door: Door) -> list[tuple[int, float]]:
    """Acts done and MiB, at the first case after FEW acts and at every tenth of MANY."""
    seen: list[tuple[int, float]] = []
    acts = cases = 0
    while acts < MANY or not seen:
        [job] = door._prepare([(cases, "review")])
        door.subjects.clear()
        door.act(job, 0)
        acts, cases = acts + ACTS_A_CASE, cases + 1
        if acts >= FEW + len(seen) * (MANY - FEW) / 10:
            seen.append((acts, resident()))
    return seen


def main() -> None:
    """One run in a process of its own."""
    with database():
        begun = time.monotonic()
        [seen] = apart(live, [(Door(build_town()),)])
        spent = time.monotonic() - begun
    say(f"{'acts':>8}{'MiB':>9}")
    for acts, size in seen:
        say(f"{acts:8}{size:9.1f}")
    (few, small), (many, large) = seen[0], seen[-1]
    goals: list[dict[str, Any]] = [goal(f"memory after {many:,} acts : after {few:,}", large / small, 1.1)]
    keep("memory", {"seconds": round(spent), "mebibytes": {str(acts): round(size, 1) for acts, size in seen}, "goals": goals})
    close(goals)


if __name__ == "__main__":
    main()
