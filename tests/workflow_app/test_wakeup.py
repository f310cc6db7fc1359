"""Redis carries a call after commit and nothing else; an act does not depend on it."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import transaction
from redis import Redis

from tests.story import Town, item_of, key, open_case
from workflow_app import conduct, wakeup

REDIS = "redis://127.0.0.1:6379/9"
NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def listener() -> Any:
    """Somebody who listens as a hub of another process does."""
    client = Redis.from_url(REDIS)
    heard = client.pubsub(ignore_subscribe_messages=True)
    heard.subscribe(wakeup.CHANNEL)
    heard.get_message(timeout=2)
    yield heard
    heard.close()
    client.close()


def calls(listener: Any) -> int:
    """How often somebody called within a moment."""
    found = 0
    while listener.get_message(timeout=0.3) is not None:
        found += 1
    return found


@pytest.mark.django_db
def test_hubs_are_called_after_commit_and_not_before(
    town: Town, listener: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    case = open_case(town)
    settings.REDIS_URL = REDIS
    calls(listener)
    with django_capture_on_commit_callbacks() as left, transaction.atomic():
        conduct.claim(item_of(case, "approve_opening"), by=town.people["org_leader1"], at=town.at, key=key())
        assert calls(listener) == 0, "nothing leaves before commit"
    for call in left:
        call()
    assert calls(listener) >= 1


@pytest.mark.django_db
def test_an_act_is_done_though_nobody_can_be_called(
    town: Town, settings: Any, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    case = open_case(town)
    settings.REDIS_URL = NOBODY
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        conduct.claim(item_of(case, "approve_opening"), by=town.people["org_leader1"], at=town.at, key=key())
    assert item_of(case, "approve_opening").owner == town.people["org_leader1"]
    assert "nobody woken" in caplog.text
    caplog.clear()
    wakeup.rouse()
    assert "nobody woken" not in caplog.text, "for a while it is not tried again"


def test_without_redis_nothing_is_tried(settings: Any) -> None:
    settings.REDIS_URL = ""
    wakeup.rouse()
