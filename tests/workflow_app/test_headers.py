"""Every address answers under the same strict headers, refusals and faults included."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.workflow_app.test_access import NAMES, PEOPLE, Stage, stage

pytestmark = pytest.mark.django_db
__all__ = ["stage"]


def test_every_answer_bears_the_strict_headers(stage: Stage) -> None:  # noqa: F811
    looked_at = 0
    for who in PEOPLE:
        client = stage.client(who)
        for name, parts in NAMES.items():
            answer = client.get(stage.address(name, parts))
            policy = answer.headers["Content-Security-Policy"]
            assert "unsafe-eval" not in policy and "http:" not in policy and "*" not in policy, name
            assert "default-src 'none'" in policy, name
            assert answer.headers["X-Content-Type-Options"] == "nosniff", name
            assert answer.headers["Referrer-Policy"] == "same-origin", name
            assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", name
            assert answer.headers["X-Frame-Options"] in ("DENY", "SAMEORIGIN"), name
            assert "Server" not in answer.headers, name
            looked_at += 1
    assert looked_at == len(PEOPLE) * len(NAMES)


def test_no_personal_page_is_kept_by_a_cache(stage: Stage) -> None:  # noqa: F811
    client: Client = stage.client("handler")
    for name, parts in NAMES.items():
        answer = client.get(stage.address(name, parts))
        if answer.status_code == 200 and "王建国" in answer.content.decode("utf-8", "replace"):
            assert "no-store" in answer.headers.get("Cache-Control", ""), name
