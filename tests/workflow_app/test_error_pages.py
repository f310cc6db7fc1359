"""Error pages: the house style, what happened in a sentence, and a way on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.story import Town
from workflow_app import urls


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of the system."""
    raise RuntimeError("broken on purpose")


urlpatterns = [*urls.urlpatterns, path("broken/", broken)]


def shows(answer: Any, status: int, said: str) -> None:
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page and "shangxia" in page and "返回首页" in page
    assert "Traceback" not in page and "RuntimeError" not in page


@pytest.mark.django_db
def test_a_page_that_is_not_there(town: Town, client: Client) -> None:
    client.force_login(town.people["archivist1"], backend="django.contrib.auth.backends.ModelBackend")
    shows(client.get("/no-such-page/"), 404, "没有这一页，或者您无权查看。")


@pytest.mark.django_db
def test_a_page_that_is_for_others(town: Town, client: Client) -> None:
    client.force_login(town.people["archivist1"], backend="django.contrib.auth.backends.ModelBackend")
    shows(client.get("/letters/"), 403, "您没有查看这一页的权限。")


@pytest.mark.django_db
def test_a_submission_from_a_page_that_has_expired(town: Town) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    shows(client.post("/desk/next/"), 403, "请返回、刷新后再提交。")


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_fault_of_the_system_says_that_nothing_changed(town: Town) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(town.people["org_leader1"], backend="django.contrib.auth.backends.ModelBackend")
    shows(client.get("/broken/"), 500, "这次操作没有完成，案件没有变化。")


def test_the_page_of_last_resort_needs_nothing_that_may_be_broken() -> None:
    text = (Path(__file__).resolve().parents[2] / "templates" / "500.html").read_text(encoding="utf-8")
    assert "{% extends" not in text and "{% url" not in text
