"""Sessions end by themselves: after half an hour without doing anything, and after eight hours in any case."""

from __future__ import annotations

import time

import pytest
from django.conf import settings
from django.test import Client

from tests.story import Town
from workflow_app.pages import idling

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(town: Town) -> Client:
    client = Client()
    client.force_login(town.people["case_handler1"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/").status_code == 200
    return client


def went_by(client: Client, *, seen: int = 0, since: int = 0) -> None:
    """So many seconds have gone by."""
    session = client.session
    session[idling.SEEN], session[idling.SINCE] = int(time.time()) - seen, int(time.time()) - since
    session.save()


def test_after_half_an_hour_the_next_page_asks_to_sign_in_and_leads_back(handler: Client) -> None:
    went_by(handler, seen=settings.SESSION_IDLE_SECONDS + 1)
    answer = handler.get("/search/?q=1")
    assert answer.headers["Location"] == "/sign-in/?next=%2Fsearch%2F%3Fq%3D1"
    assert "自动退出" in handler.get(answer.headers["Location"]).content.decode()
    assert handler.get("/desk/").status_code == 302


def test_who_does_something_stays(handler: Client) -> None:
    went_by(handler, seen=settings.SESSION_IDLE_SECONDS - 60, since=3600)
    assert handler.get("/search/").status_code == 200
    assert time.time() - handler.session[idling.SEEN] < 30


def test_a_list_that_refreshes_itself_keeps_nobody_signed_in(handler: Client) -> None:
    went_by(handler, seen=settings.SESSION_IDLE_SECONDS - 60, since=3600)
    before = handler.session[idling.SEEN]
    assert handler.get("/desk/", headers={"HX-Request": "true"}).status_code == 200
    assert handler.session[idling.SEEN] == before
    went_by(handler, seen=settings.SESSION_IDLE_SECONDS + 1)
    answer = handler.get("/desk/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/sign-in/")


def test_after_eight_hours_it_ends_in_the_middle_of_work(handler: Client) -> None:
    went_by(handler, seen=1, since=settings.SESSION_COOKIE_AGE + 1)
    assert handler.post("/desk/next/").headers["Location"] == "/sign-in/"


def test_a_session_is_not_written_on_every_request(handler: Client) -> None:
    went_by(handler, seen=5, since=100)
    before = handler.session[idling.SEEN]
    handler.get("/desk/")
    assert handler.session[idling.SEEN] == before


def test_typing_errors_lock_one_account_at_one_address_and_not_the_office_behind_it(town: Town) -> None:
    someone, colleague = town.people["case_handler1"], town.people["org_leader1"]
    for one in (someone, colleague):
        one.set_password("ying-shan-hong-2026")
        one.save()
    tried = {"username": someone.username, "password": "wrong"}
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = Client().post("/sign-in/", tried)
    assert answer.status_code == 429
    assert Client().post("/sign-in/", {**tried, "password": "ying-shan-hong-2026"}).status_code == 429
    assert Client().post("/sign-in/", {"username": colleague.username, "password": "ying-shan-hong-2026"}).status_code == 302
    elsewhere = Client(REMOTE_ADDR="10.1.2.3").post("/sign-in/", {**tried, "password": "ying-shan-hong-2026"})
    assert elsewhere.status_code == 302
