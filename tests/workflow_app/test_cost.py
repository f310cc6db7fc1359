"""What one act costs: statements and rows, so that both can only fall."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.story import TO_MEETING, Town, facts_for, item_of, key, open_case, run
from workflow_app import conduct
from workflow_app.rows import Batch


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Rows written by each batch."""
    counted: list[int] = []
    send = Batch.send

    def counting(self: Batch) -> None:
        counted.append(self.rows)
        send(self)

    monkeypatch.setattr(Batch, "send", counting)
    return counted


def statements(work: Any) -> list[str]:
    """Statements inside the door, BEGIN and COMMIT (a savepoint under the test's own transaction) included.

    What a connection prepares once is not part of an act.
    """
    with CaptureQueriesContext(connection) as seen:
        work()
    return [query["sql"] for query in seen.captured_queries if not query["sql"].startswith("PREPARE ")]


@pytest.mark.django_db
def test_a_claim_costs_at_most_five_statements(town: Town, rows: list[int]) -> None:
    case = open_case(town)
    item, by = item_of(case, "approve_opening"), town.people["org_leader1"]
    rows.clear()
    said = statements(lambda: conduct.claim(item, by=by, at=town.at, key=key()))
    assert len(said) <= (5 if connection.vendor == "postgresql" else 9), said
    assert sum(rows) <= 5, "record, its part, the item, an event, the case"


@pytest.mark.django_db
def test_a_plain_completion_costs_few_statements_and_rows(town: Town, rows: list[int]) -> None:
    case = run(town, open_case(town), *TO_MEETING[:9])
    item, by = item_of(case, "review_legality"), town.people["legal_reviewer1"]
    facts = facts_for(town, "review_legality")
    seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
    rows.clear()
    said = statements(lambda: conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key()))
    assert len(said) <= (6 if connection.vendor == "postgresql" else 15), "\n".join(said)
    assert sum(rows) <= 17, rows
