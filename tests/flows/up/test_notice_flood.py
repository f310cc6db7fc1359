"""Reports about a notice come from anybody: too many and too large are refused aloud, and nobody's address is kept to do so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.flows.up.rising import open_case, to_notice
from tests.story import Town
from workflow_app import uploads
from workflow_app.models import Case, Notice, Report, Upload, WorkItem
from workflow_app.pages import throttle

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"
TEXT = "该同志在项目招标中有不当行为。"


@pytest.fixture
def posted(town: Town, settings: Any) -> Case:
    case = to_notice(town, open_case(town))
    settings.FIXED_NOW = town.at.isoformat()
    return case


def send(case: Case, n: int = 0, address: str = ADDRESS, **more: Any) -> Any:
    token = Notice.objects.get(case=case).token
    typed = {"text": TEXT, "name": "", "contact": "", "key": f"k{n}"} | more
    return Client(REMOTE_ADDR=address).post(f"/notices/{token}/report/", typed)


def test_one_sender_does_not_flood_the_desk_and_is_told_when_to_come_back(posted: Case, settings: Any, town: Town) -> None:
    for n in range(throttle.AT_MOST):
        assert send(posted, n).status_code == 200
    refused = send(posted, 99, contact="写下的联系方式")
    html = refused.content.decode()
    assert refused.status_code == 429 and "10分钟后再试" in html and "电话和地址" in html
    assert TEXT in html and "写下的联系方式" in html, "what was typed is kept"
    assert Report.objects.count() == WorkItem.objects.filter(step="verify_report").count() == throttle.AT_MOST
    assert send(posted, 100, address="203.0.113.78").status_code == 200, "others are not kept from reporting"
    settings.FIXED_NOW = (town.at + throttle.WINDOW).isoformat()
    assert send(posted, 101).status_code == 200, "and the same sender is not for long"


def test_tries_that_are_refused_count_too(posted: Case) -> None:
    for n in range(throttle.AT_MOST):
        assert send(posted, n, text="短").status_code == 422
    assert send(posted, 99).status_code == 429


def test_the_address_of_a_sender_is_kept_nowhere(posted: Case, caplog: pytest.LogCaptureFixture) -> None:
    answer = send(posted, 1, file=SimpleUploadedFile("材料.pdf", b"%PDF-1.4 minimal"))
    send(posted, 2, text="短")
    assert ADDRESS not in answer.content.decode() and ADDRESS not in caplog.text and "sessionid" not in answer.cookies
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            for row in model._base_manager.values_list():
                assert ADDRESS not in str(row) and ADDRESS.encode() not in b"".join(v for v in row if isinstance(v, bytes)), model
    counter = throttle.REPORTS
    assert ADDRESS not in str(vars(counter)), "only a keyed hash, in memory"


def test_the_hash_is_another_one_after_an_hour_so_nobody_can_be_followed() -> None:
    counter, at = throttle.Counter(), datetime.fromisoformat("2026-03-06T09:00:00+08:00")
    counter.count(ADDRESS, at)
    first = set(counter._tries)
    counter.count(ADDRESS, at + throttle.NEW_KEY)
    assert len(counter._tries) == 1 and not first & set(counter._tries)
    other = throttle.Counter()
    other.count(ADDRESS, at + throttle.NEW_KEY)
    assert not set(other._tries) & set(counter._tries), "two processes know the same sender under different names"


def test_the_memory_of_senders_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "KEPT", 3)
    counter, at = throttle.Counter(), datetime.fromisoformat("2026-03-06T09:00:00+08:00")
    for n in range(10):
        counter.count(f"203.0.113.{n}", at + timedelta(seconds=n))
    assert len(counter._tries) == 3


@pytest.mark.parametrize(("more", "word"), [({"name": "甲" * 61}, "姓名不能超过60字"), ({"contact": "1" * 121}, "联系方式不能超过120字")])
def test_nothing_that_was_written_is_cut_off_silently(posted: Case, more: dict[str, str], word: str) -> None:
    answer = send(posted, **more)
    assert answer.status_code == 422 and word in answer.content.decode() and not Report.objects.exists()


def test_a_report_that_is_refused_leaves_no_file_behind(posted: Case) -> None:
    assert send(posted, text="短", file=SimpleUploadedFile("材料.pdf", b"%PDF-1.4 minimal")).status_code == 422
    assert not Upload.objects.exists()


def test_a_file_that_is_too_large_and_a_day_that_is_full_are_refused_in_words(posted: Case, settings: Any, monkeypatch: Any) -> None:
    file = {"file": SimpleUploadedFile("材料.pdf", b"%PDF-1.4 minimal")}
    monkeypatch.setattr(uploads, "OUTSIDE", 10)
    assert "先不带附件提交文字" in send(posted, 1, **file).content.decode()
    settings.UPLOAD_MAX_BYTES = 10
    assert "超过20兆字节" in send(posted, 2, file=SimpleUploadedFile("材料.pdf", b"%PDF-1.4 minimal")).content.decode()
    assert not Report.objects.exists() and send(posted, 3).status_code == 200, "the text alone still comes in"
