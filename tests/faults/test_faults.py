"""Drills: whatever is killed, nothing is lost, nothing is done twice, and the books agree.

A tenth of the full size runs with the suite; `make faults` runs the full size. Every drill prints its figures.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faults.cluster import Cluster
from tests.faults.drill import Drill
from tests.faults.web import Web

SCALE = float(os.environ.get("FAULTS", "0.1"))
TIMERS, KILLS, CRASHES, CLAIMS, WEB_KILLS = (max(2, int(full * SCALE)) for full in (3000, 160, 20, 400, 20))
DATABASES = ["sqlite", "postgresql"]
pytestmark = pytest.mark.fault


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may enter: the cluster's user is not ours."""
    with tempfile.TemporaryDirectory(prefix="drill-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def database(vendor: str, folder: Path) -> Iterator[tuple[str, Cluster | None]]:
    """A database of the drill's own."""
    if vendor == "sqlite":
        yield f"sqlite:///{folder / 'drill.sqlite3'}", None
        return
    place = folder / "cluster"
    place.mkdir()
    cluster = Cluster(place)
    cluster.start()
    try:
        yield cluster.url, cluster
    finally:
        cluster.stop()


@contextmanager
def drilled(folder: Path, url: str, **env: str) -> Iterator[Drill]:
    drill = Drill(folder, url, **env)
    try:
        yield drill
    finally:
        drill.close()


def tell(name: str, **figures: Any) -> None:
    print(f"\n== {name}: " + ", ".join(f"{word} {value}" for word, value in figures.items() if word not in ("keys", "faults")))


def sound(drill: Drill, cases: int) -> dict[str, Any]:
    """The figures after a drill of `cases` silent persons; everything agrees."""
    found: dict[str, Any] = drill.ask("audit")
    assert found["faults"] == []
    assert found["silent"] == found["cases"] == cases, "no timer forgotten, none twice"
    assert found["steps"] == found["acts"] == found["documents"]
    assert (found["printed"], found["dead"]) == (cases, 0)
    return found


@pytest.mark.parametrize("vendor", DATABASES)
def test_killed_workers_and_a_crashing_database_lose_nothing_and_do_nothing_twice(vendor: str, folder: Path) -> None:
    with database(vendor, folder) as (url, cluster), drilled(folder, url) as drill:
        ready = drill.ask("open", TIMERS)
        drill.move(datetime.fromisoformat(ready["over"]) + timedelta(hours=9))
        done = drill.work_through(kills=KILLS, crashes=CRASHES if cluster else 0, crash=cluster.crash if cluster else None)
        tell(f"{vendor}, {TIMERS} timers and {TIMERS} rows, 4 workers", **done, **sound(drill, TIMERS))
        assert done["kills"] >= KILLS


@pytest.mark.parametrize("vendor", DATABASES)
def test_a_killed_web_process_loses_nothing_that_it_acknowledged(vendor: str, folder: Path) -> None:
    # Redis is down as well: it only wakes, so nothing may depend on it.
    with database(vendor, folder) as (url, _), drilled(folder, url, REDIS_URL="redis://127.0.0.1:1/0") as drill:
        ready = drill.ask("claims", CLAIMS)
        web = Web(drill, ready["sessions"], ready["fields"])
        done = web.carry_all(ready["items"], kills=WEB_KILLS)
        found = drill.ask("audit")
        assert found["faults"] == []
        assert set(done["acknowledged"]) <= set(found["keys"]), "acknowledged and lost"
        assert len(found["keys"]) == 3 * len(ready["items"]), "one record a key, however often it was sent"
        assert found["acts"] == found["steps"] == found["documents"] == 2 * CLAIMS, "the clue and the opening, once each"
        tell(f"{vendor}, web killed under load", kills=done["kills"], sent=done["sent"], acknowledged=len(done["acknowledged"]), **found)


@pytest.mark.parametrize("vendor", DATABASES)
def test_a_full_disk_stops_the_work_and_loses_nothing(vendor: str, folder: Path) -> None:
    count = max(5, int(100 * SCALE))
    megabytes = 24 if vendor == "sqlite" else 120
    with small_disk(folder / "disk", megabytes) as disk, database(vendor, disk) as (url, cluster), drilled(folder, url) as drill:
        ready = drill.ask("open", count)
        fill(disk)
        drill.move(datetime.fromisoformat(ready["over"]) + timedelta(hours=9))
        drill.raise_workers(2)
        stuck = [drill.ask("left") for _ in range(20)]
        assert "fault" in stuck[-1] or stuck[-1]["rows"] + stuck[-1]["timers"] > 0, "the disk was not full"
        drill.dismiss()
        (disk / "ballast").unlink()
        if cluster:
            cluster.crash()
        done = drill.work_through(kills=2, workers=2)
        tell(f"{vendor}, full disk", **done, **sound(drill, count))


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A disk that is soon full."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "drill", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> None:
    """Write until nothing goes in any more."""
    with (disk / "ballast").open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
