"""verify_ledger over one million leaves: chains, parts, papers, every leaf and every signed head.

Nine leaves of ten are records (claims with one part, acts with four and a paper), one is a read. Chains are hashed by the
ledger and sealed by the sealer of the product; only the rows go in by COPY instead of through the door.
"""

from __future__ import annotations

import io
import json
import os
import time
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")
django.setup()

from django.db import connection  # noqa: E402

from tests.benchmarks.arena import apart, close, database, goal, keep, run, say, settle  # noqa: E402
from tests.benchmarks.copies import copy  # noqa: E402
from tests.conftest import build_town  # noqa: E402
from tests.story import AT, Town, act, open_case  # noqa: E402
from workflow_app import ledger, seals  # noqa: E402
from workflow_app.models import Case, Document, Read, Record, RecordPart  # noqa: E402
from workflow_app.verification import Report, verify_all  # noqa: E402

LEAVES = int(os.environ.get("BENCH_LEAVES", "1000000"))
ACTS = 22  # of a case; each is claimed first, and opening it is one more record
CASES = LEAVES * 9 // 10 // (2 * ACTS)
READS = LEAVES - CASES * 2 * ACTS
HELPERS = 4
HEADS = "CREATE TABLE bench_heads (n integer PRIMARY KEY, head text)"
PAPERS = f"1 + (n - 1) % {ACTS}"  # of copy `n`, within its case


class Chains:
    """The chains of copied cases, hashed by the ledger itself."""

    def __init__(self, town: Town, case: Case) -> None:
        self.case, self.actor = case.pk, town.people["org_leader1"]
        self.paper = Document.objects.get(case=case, step="approve_opening")
        said = RecordPart.objects.filter(chain=f"C{case.pk}", seq=self.paper.record_seq).exclude(name="paper")
        self.parts = {part.name: json.loads(part.value) for part in said}

    def entries(self, case: int) -> Any:
        """Claim and act in turn."""
        for number in range(1, ACTS + 1):
            about = {"kind": "CLAIM", "parts": {"item": {"id": (case << 20) + number}}}
            yield ledger.Entry(at=AT, actor=self.actor, step="approve_opening", key=uuid4().hex, **about)
            paper = {"id": (case << 20) + number, "hash": self.paper.content_hash}
            yield ledger.Entry(
                kind="ACT", at=AT, actor=self.actor, step="approve_opening", key=uuid4().hex, parts={**self.parts, "paper": paper}
            )

    def write(self, numbers: range) -> None:
        """Chains of the copies `numbers`, and their heads."""
        for start in range(0, len(numbers), 100):
            records, parts, heads = [], [], []
            for n in numbers[start : start + 100]:
                previous, case = "", self.case + n
                for seq, entry in enumerate(self.entries(case), 1):
                    row, its = ledger.chained(entry, chain=f"C{case}", seq=seq, previous=previous, case_id=case)
                    previous = row["hash"]
                    records.append({**row, "at": AT.isoformat()})
                    parts += its
                heads.append({"n": n, "head": previous})
            for table, rows in ((Record._meta.db_table, records), (RecordPart._meta.db_table, parts), ("bench_heads", heads)):
                into(table, rows)


def into(table: str, rows: list[dict[str, Any]]) -> None:
    """COPY."""
    named = list(rows[0])
    text = "\n".join("\t".join(r"\N" if row[name] is None else str(row[name]).replace("\\", "\\\\") for name in named) for row in rows)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(named)}) FROM STDIN", io.StringIO(text))


def load() -> None:
    """A case through the door, and its copies."""
    town = build_town()
    case = open_case(town)
    act(town, case, "approve_opening")
    ledger.read(account=town.people["org_leader1"], what="case", ref=case.pk, case=case, at=town.at)
    chains = Chains(town, case)
    key, paper = f"({case.pk} + n)", f"({case.pk} + 1 + (n - 1) / {ACTS})"
    run(HEADS)
    copy(town.wang, CASES, id=f"{town.wang.pk} + 100000 + n", number="'N' || n")
    copy(Case.objects.get(pk=case.pk), CASES, id=key, number="'云组降〔2025〕' || n || '号'", cadre_id=f"{town.wang.pk} + 100000 + n")
    each = -(-CASES // HELPERS)
    apart(chains.write, [(range(1 + n * each, 1 + min(CASES, (n + 1) * each)),) for n in range(HELPERS)])
    run(f"UPDATE workflow_app_case c SET head = h.head, records_count = {2 * ACTS} FROM bench_heads h WHERE c.id = {case.pk} + h.n")
    copy(
        chains.paper,
        CASES * ACTS,
        id=f"({paper}::bigint << 20) + {PAPERS}",
        case_id=paper,
        record_seq=f"2 * ({PAPERS})",
        number="'B' || n",
        verify_code="NULL",
    )
    copy(Read.objects.get(), READS, id="100000 + n", case_id=f"{case.pk} + 1 + n % {CASES}", salt="md5(n::text)")


def checked(report: Report) -> None:
    """Everything was looked at, and nothing was wrong."""
    wanted = (CASES * 2 * ACTS + 3, CASES + 1, CASES * ACTS + 2, LEAVES + 4, 0)
    seen = (report.records, report.chains, report.papers, report.leaves, report.unsealed)
    if report.findings or seen != wanted:
        raise RuntimeError(f"{seen} instead of {wanted}: {report.findings[:3]}")


def timed(work: Any) -> tuple[float, Any]:
    """Seconds, and the answer."""
    begun = time.monotonic()
    answer = work()
    return time.monotonic() - begun, answer


def main() -> None:
    """Load, seal, verify."""
    with database() as name:
        loading, _ = timed(load)
        settle(name)
        sealing, leaves = timed(lambda: seals.seal(AT))
        settle(name)
        busy = time.process_time()
        spent, report = timed(verify_all)
        busy = time.process_time() - busy
        say(
            f"{report.records:,} records in {report.chains:,} chains, {report.papers:,} papers, {report.leaves:,} leaves, {report.seals:,} heads"
        )
        checked(report)
    say(f"verified in {spent:.0f} s, of which {busy:.0f} s this process computed and the rest it waited for rows")
    say(f"loaded in {loading:.0f} s, sealed in {sealing:.0f} s ({leaves / sealing:,.0f} leaves a second)")
    goals = [goal(f"seconds to verify {LEAVES:,} leaves", spent, 60 * LEAVES / 1_000_000, must=False)]
    keep("verify", {"leaves": report.leaves, "records": report.records, "papers": report.papers, "heads": report.seals,
                    "seconds": round(spent, 1), "computing_seconds": round(busy, 1), "sealing_seconds": round(sealing, 1), "goals": goals})  # fmt: skip
    close(goals)


if __name__ == "__main__":
    main()
