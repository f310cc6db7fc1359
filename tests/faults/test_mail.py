"""Drill: the mail server refuses, hangs, says “later” or cuts the line. No mail is lost, none is two to its reader, papers go out meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.faults.post_office import PostOffice
from tests.faults.test_faults import SCALE, tell
from tests.story import Town, open_case
from workflow_app import outbox
from workflow_app.models import Account, Document, Message, Outgoing, Rendering, Wish
from workflow_app.telling import outside, watching
from workflow_app.worker import Worker

pytestmark = [pytest.mark.fault, pytest.mark.django_db]
CASES = max(4, int(40 * SCALE))


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """The office's mail server, which can be ill."""
    found = PostOffice()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", found.port, 1
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    monkeypatch.setattr(outside, "POST", outside.Post())
    # A test's events are never committed, and PostgreSQL shows a reader only what is: here they are read by their number.
    monkeypatch.setattr(watching.events, "SETTLED", "true")
    yield found
    found.close()


@pytest.fixture
def ordered(town: Town, server: PostOffice) -> int:
    """Everybody at the desk of a leader wants a mail for every new item."""
    for n in range(1, 5):
        Wish.objects.create(account=town.people[f"org_leader{n}"], address=f"leader{n}@example.org", mail="EACH")
    for n in range(CASES):
        town.wang.pk, town.wang.number, town.wang._state.adding = None, f"MAIL{n}", True
        town.wang.save()
        open_case(town)
    watching.follow(town.at + timedelta(minutes=1))
    return Outgoing.objects.filter(kind="MAIL").count()


def left() -> int:
    return Outgoing.objects.filter(kind="MAIL", done_at=None).count()


def rounds(town: Town, count: int, worker: Worker) -> None:
    """So many rounds of a worker, a little more than a minute apart."""
    for _ in range(count):
        town.later(seconds=125)
        while worker.work_off(town.at):
            pass


def test_a_mail_server_that_is_ill_for_hours_loses_no_mail_and_holds_up_no_paper(town: Town, server: PostOffice, ordered: int) -> None:
    worker, since = Worker(), time.monotonic()
    papers = Document.objects.count()
    assert ordered >= CASES
    server.mood = "hangs"
    rounds(town, 2, worker)
    waited = time.monotonic() - since
    assert Rendering.objects.count() == papers, "papers do not wait for the mail"
    assert server.calls <= 2 and left() == ordered, "one wait a minute, not one a mail"
    for mood in ("later", "hangs", "later"):
        server.mood = mood
        rounds(town, 1, worker)
    town.later(hours=9)
    rounds(town, 3, worker)
    assert left() == ordered and not outbox.put_aside().exists(), "an illness of hours puts nothing aside"
    row = Outgoing.objects.filter(kind="MAIL").first()
    assert row is not None and "邮件服务器" in row.error and row.attempts == 0
    server.release.set()
    server.mood = "cuts off"
    rounds(town, 2, worker)
    cut = len(server.taken)
    server.mood = "well"
    rounds(town, 6, worker)
    tell("mail server ill", mails=ordered, cut_off=cut, taken=len(server.taken), papers=papers, seconds=round(waited, 1))
    assert left() == 0 and len(set(server.ids)) == ordered, "every mail came"
    assert len(server.taken) >= ordered and len(server.taken) - ordered <= cut, "sent again only where the line was cut, under the same id"
    assert Message.objects.count() >= ordered, "what was told inside never waited for the mail"


def test_nobody_listens_at_all(town: Town, server: PostOffice, ordered: int) -> None:
    port = server.port
    server.close()
    worker = Worker()
    rounds(town, 3, worker)
    assert left() == ordered and not outbox.put_aside().exists()
    again = PostOffice(port)
    try:
        rounds(town, 3, worker)
        assert left() == 0 and len(set(again.ids)) == len(again.taken) == ordered
    finally:
        again.close()


def test_after_a_day_it_is_put_aside_readably_and_a_retry_brings_it_out(
    town: Town, server: PostOffice, ordered: int, client: Client, settings: Any
) -> None:
    server.mood = "hangs"
    town.later(hours=25)
    rounds(town, 2, Worker())
    dead = outbox.put_aside()
    assert dead.count() == ordered
    settings.FIXED_NOW = town.at.isoformat()
    steward = Account.objects.create(username="steward", office="SYSTEM", password="!")
    client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get("/letters/").content.decode()
    assert "发送邮件" in html and "邮件服务器" in html and "example.org" not in html
    server.release.set()
    server.mood = "well"
    for row in dead:
        outbox.retry(row.pk, by=steward, at=town.at)
    rounds(town, 2, Worker())
    assert left() == 0 and len(set(server.ids)) == ordered


def test_an_address_that_does_not_exist_is_the_mails_own_fault_and_is_put_aside_after_eight_tries(
    town: Town, server: PostOffice, ordered: int
) -> None:
    server.mood = "unknown"
    rounds(town, 2 + 3 * outbox.TRIES, Worker())
    assert outbox.put_aside().count() == ordered
    assert {row.attempts for row in outbox.put_aside()} == {outbox.TRIES} and "550" in outbox.put_aside()[0].error
