"""Numbers of papers: fifty writers at once leave neither gap nor repeat, whatever is rolled back."""

from __future__ import annotations

import multiprocessing
import random
from typing import Any

import pytest
from django.db import connection, transaction

from tests.conftest import build_town
from workflow_app.conduct.carry import next_number
from workflow_app.models import NumberSeries

WRITERS, TURNS = 50, 20
pytestmark = [pytest.mark.race, pytest.mark.usefixtures("arena")]


class GivenUp(Exception):
    """The act failed after it had its number."""


def _write(organ: int, out: Any, seed: int) -> None:
    """One writer: some of its acts fail after taking a number."""
    connection.close()
    chance, kept = random.Random(seed), []
    for _ in range(TURNS):
        try:
            with transaction.atomic():
                number = next_number(organ, 2026, "FORMAL")
                if chance.random() < 0.3:
                    raise GivenUp
            kept.append(number)
        except GivenUp:
            continue
    out.put(kept)
    connection.close()


def test_fifty_writers_leave_neither_gap_nor_repeat() -> None:
    organ = build_town().city.pk
    writers = WRITERS if connection.vendor == "postgresql" else 8  # SQLite has one writer at a time anyway
    connection.close()
    context = multiprocessing.get_context("fork")
    out = context.Queue()
    crowd = [context.Process(target=_write, args=(organ, out, seed)) for seed in range(writers)]
    for process in crowd:
        process.start()
    given = sorted(number for _ in crowd for number in out.get(timeout=120))
    for process in crowd:
        process.join(30)
    assert given == list(range(1, len(given) + 1))
    assert len(given) > writers * TURNS / 2
    assert NumberSeries.objects.get(organ=organ, kind="FORMAL").last == len(given)
