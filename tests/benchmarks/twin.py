"""Contender: a bare-SQL twin of the door. It writes the very same rows and asks no rule.

The door's own writes of one stretch are listened to once. For every further case the same statements go out on psycopg2 with
that case's keys, fresh salts, commitments, record text and hashes computed anew, chained to the case's real head: same tables,
indexes, triggers, rows and transactions, one lock and one batch each, no form, no seat, no rule, no walk.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.db import connection

from tests.benchmarks.arena import first
from tests.benchmarks.door import NEXT, Door
from tests.benchmarks.routing import ENDS, STRETCHES, type_job
from tests.story import item_of
from workflow_app.models import Case, Document, WorkItem
from workflow_app.models.case import ROWS_PER_CASE
from workflow_app.rows import Batch

LOCK = "SELECT c.head, c.records_count FROM workflow_app_workitem i JOIN workflow_app_case c ON c.id = i.process_id WHERE i.id = %s FOR UPDATE OF c"
INSERT = re.compile(r"INSERT INTO \"?(\w+)\"? \((.*?)\) VALUES \((.*?)\)", re.S)


@dataclass
class Score:
    """One transaction as it was heard: its text, and how each value comes about for another case."""

    text: str
    parts: list[tuple[str, Any]]  # name and plain value of every part of the record
    body: dict[str, Any]
    values: list[Callable[[Case0, dict[str, str]], Any]]


@dataclass(frozen=True)
class Case0:
    """The case that is written to."""

    key: int
    number: str


def canonical(value: Any) -> str:
    """RFC 8785 text, written anew: the twin shares no code with the door."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 in hex."""
    return sha256(text.encode()).hexdigest()


class Hearing:
    """Turns what the door sent for one case into scores."""

    def __init__(self, case: Case) -> None:
        self.case, self.low, self.high = case, case.pk * ROWS_PER_CASE, (case.pk + 1) * ROWS_PER_CASE

    def score(self, batch: Batch) -> Score:
        """One batch."""
        rows = [(text, list(values)) for text, values in zip(batch.texts, batch.values, strict=True)]
        record = next(self._named(text, values) for text, values in rows if 'workflow_app_record"' in text)
        known = {record["hash"]: "hash", record["body"]: "body", record["previous"]: "previous", record["key"]: "key"}
        self.code = next((str(self._named(text, values)["verify_code"]) for text, values in rows if 'workflow_app_document"' in text), "")
        parts = []
        for text, values in rows:
            if "workflow_app_recordpart" in text:
                for _, _, name, salt, value in (values[n : n + 5] for n in range(0, len(values), 5)):
                    parts.append((name, json.loads(value)))
                    known |= {salt: f"salt {name}", value: f"value {name}"}
        made = [self._maker(value, known) for _, values in rows for value in values]
        return Score(";\n".join(batch.texts), sorted(parts), json.loads(record["body"]), made)

    def _named(self, text: str, values: list[Any]) -> dict[str, Any]:
        found = INSERT.search(text)
        assert found is not None
        return dict(zip([name.strip().strip('"') for name in found[2].split(",")], values, strict=True))

    def _maker(self, value: Any, known: dict[Any, str]) -> Callable[[Case0, dict[str, str]], Any]:
        if isinstance(value, str) and value and value in known:
            name = known[value]
            return lambda case, fresh: fresh[name]
        if isinstance(value, int) and not isinstance(value, bool):
            if value == self.case.pk:
                return lambda case, fresh: case.key
            if self.low <= value < self.high:
                return lambda case, fresh: case.key * ROWS_PER_CASE + value - self.low
        if isinstance(value, str):
            text, code = self.moved(value), self.code
            if code and code in value:
                return lambda case, fresh: text(value, case).replace(code, fresh["code"])
            return lambda case, fresh: text(value, case)
        return lambda case, fresh: value

    def moved(self, text: str) -> Callable[[str, Case0], str]:
        """Puts another case's keys into a text of this shape."""
        keys = sorted({int(n) for n in re.findall(r"\d{9,}", text) if self.low <= int(n) < self.high})
        number, own = self.case.number, str(self.case.pk)
        has_number, has_own = number in text, own in text

        def move(text: str, case: Case0) -> str:
            for key in keys:
                text = text.replace(str(key), str(case.key * ROWS_PER_CASE + key - self.low))
            if has_number:
                text = text.replace(number, case.number)
            return text.replace(own, str(case.key)) if has_own else text

        return move


class Twin:
    """Cases are prepared by the door, as for itself."""

    title = "bare SQL, the same rows"

    def __init__(self, door: Door) -> None:
        self.door = door
        self.scores: dict[str, list[tuple[str, Score]]] = {}
        self.numbers: dict[int, str] = {}
        self.movers: dict[str, Hearing] = {}

    def prepare(self, stretches: list[str]) -> list[type_job]:
        """One case a stretch."""
        jobs = self.door.prepare(stretches)
        self.numbers |= dict(Case.objects.filter(pk__in=[key for _, key in jobs]).values_list("pk", "number"))
        return jobs

    def listen(self) -> None:
        """Hear the door once for each stretch."""
        heard: list[Batch] = []
        send = Batch.send

        def overheard(batch: Batch) -> None:
            heard.append(batch)
            send(batch)

        for job in self.door.prepare(list(STRETCHES)):
            case = Case.objects.get(pk=job[1])
            heard.clear()
            Batch.send = overheard  # type: ignore[method-assign]
            try:
                self.door.act(job, 0)
            finally:
                Batch.send = send  # type: ignore[method-assign]
            assert not Document.objects.filter(case=case, formal=True).exists(), "a formal number is a statement of its own"
            hearing = Hearing(case)
            steps = [act.step for act in STRETCHES[job[0]] for _ in ("claim", "complete")]
            self.movers[job[0]] = hearing
            self.scores[job[0]] = [(step, hearing.score(batch)) for step, batch in zip(steps, heard, strict=True)]

    def act(self, job: type_job, number: int) -> int:
        """Every transaction of the stretch."""
        connection.ensure_connection()
        stretch, key = job
        case, move = Case0(key, self.numbers[key]), self.movers[stretch]
        with connection.connection.cursor() as cursor:
            for place, (step, score) in enumerate(self.scores[stretch]):
                if place % 2 == 0:
                    item = first("next_twin", NEXT, key, step)[0]
                cursor.execute("BEGIN")
                cursor.execute(LOCK, [item])
                head, count = cursor.fetchone()
                fresh = self._fresh(score, case, head, count + 1, move)
                cursor.execute(score.text, [make(case, fresh) for make in score.values])
                cursor.execute("COMMIT")
        return len(STRETCHES[stretch])

    def _fresh(self, score: Score, case: Case0, head: str, seq: int, hearing: Hearing) -> dict[str, str]:
        fresh = {"previous": head, "key": uuid4().hex, "code": secrets.token_hex(13).upper()}
        commitments = {}
        for name, plain in score.parts:
            text = canonical(plain)
            value, salt = hearing.moved(text)(text, case), secrets.token_hex(16)
            fresh |= {f"salt {name}": salt, f"value {name}": value}
            commitments[name] = digest(f"{salt}:{value}")
        fresh["body"] = canonical({**score.body, "chain": f"C{case.key}", "seq": seq, "previous": head, "parts": commitments})
        fresh["hash"] = digest(fresh["body"])
        return fresh

    def arrived(self, job: type_job) -> WorkItem:
        """The item that the stretch leads to; raises when it is not there."""
        return item_of(Case.objects.get(pk=job[1]), ENDS[job[0]])
