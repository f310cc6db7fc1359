"""Scores of a prefecture: 1,700 cadres x 30 indicators x 6 rater groups, each with its explanation; then one changed rating.

Two processes share the cadres, whole comparison groups each. Counted is the time in which scores, explanations and their JSON are made;
making up the ratings is not. `CADRES` (default 1700) makes it shorter; the aim of 60 s is for 1,700 on two cores.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from workflow_app.assessment.scoring.inputs import Group, Indicator, Kind, Rated, Raw, Scheme
from workflow_app.assessment.scoring.sheet import Sheet

CADRES, WORKERS, AIM = int(os.environ.get("CADRES", "1700")), 2, 60.0
SIZE = 34  # of a comparison group
# Raters of each group for one cadre: department, leader, peers, public, third party, media.
GROUPS = {"organization": (20, 2), "leader": (15, 1), "peers": (15, 22), "public": (30, 30), "third": (15, 3), "media": (5, 2)}
SCHEME = Scheme(
    "bench", "年度考核", "1",
    tuple(Group(key, key, Decimal(weight), trimmed=key == "peers", public=key == "public") for key, (weight, _) in GROUPS.items()),
    tuple(Indicator(str(n), str(n), Decimal(4 if n < 10 else 3), political=n < 3) for n in range(30)),
)  # fmt: skip


def person(rnd: random.Random, number: int) -> Rated:
    """Somebody with all ratings."""
    raws = tuple(
        Raw(f"r{number}.{one.key}.{key}.{n}", one.key, Decimal(rnd.randint(40, 100)), key)
        for one in SCHEME.indicators if one.kind == Kind.QUALITATIVE for key, (_, raters) in GROUPS.items() for n in range(raters)
    )  # fmt: skip
    return Rated(str(number), f"group{number // SIZE}", raws)


def group(first: int, many: int) -> tuple[int, float, int, float, int]:
    """One comparison group: cadres, seconds, bytes of explanations, seconds for one changed rating, nodes computed for it."""
    people = [person(random.Random(number), number) for number in range(first, first + many)]
    start = time.perf_counter()
    sheet, written = Sheet(SCHEME, people), 0
    for one in people:
        written += len(json.dumps(sheet.score(one.person).total.plain(), ensure_ascii=False))
    taken = time.perf_counter() - start
    sheet.computed.clear()
    start = time.perf_counter()
    sheet.change(people[0].person, replace(people[0].raws[5], value=Decimal(1)))
    for one in people:
        sheet.score(one.person)
    return many, taken, written, time.perf_counter() - start, sum(sheet.computed.values())


def main() -> int:
    """Measure and say."""
    slices = [(first, min(SIZE, CADRES - first)) for first in range(0, CADRES, SIZE)]
    begun, done, seconds, size, changes = time.perf_counter(), 0, 0.0, 0, []
    with ProcessPoolExecutor(WORKERS) as pool:
        for future in as_completed([pool.submit(group, *one) for one in slices]):
            many, taken, written, again, nodes = future.result()
            done, seconds, size = done + many, seconds + taken, size + written
            changes.append((again, nodes))
            bar = "#" * (40 * done // CADRES)
            print(f"\r[{bar:<40}] {done}/{CADRES}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    found = {
        "cadres": CADRES, "raw_rows": CADRES * 30 * sum(raters for _, raters in GROUPS.values()), "workers": WORKERS,
        "seconds_scoring": round(seconds / WORKERS, 2), "seconds_wall": round(time.perf_counter() - begun, 2), "explanation_kb": size // CADRES // 1024,
        "one_change_ms": round(1000 * sorted(one for one, _ in changes)[len(changes) // 2], 2), "nodes_of_a_change": max(nodes for _, nodes in changes),
        "load": os.getloadavg()[0],
    }  # fmt: skip
    for name, value in found.items():
        print(f"{name:>20} {value}")
    folder = Path("var/bench")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scoring.json").write_text(json.dumps(found, indent=1))
    print(
        f"aim: under {AIM:.0f} s for 1,700 cadres"
        + ("" if CADRES < 1700 else ": reached" if found["seconds_scoring"] < AIM else ": missed")
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
