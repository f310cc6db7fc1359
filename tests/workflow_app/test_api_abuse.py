"""Whatever is sent to the interface for programs, the server answers, and answers as its description says."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.story import TO_MEETING, Town, item_of, open_case, run
from workflow_app import clock
from workflow_app.api.callers import make_token
from workflow_app.api.routes import api
from workflow_app.models import Seat

pytestmark = pytest.mark.django_db
DESCRIPTION = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
SCHEMA.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The test's transaction outlives the requests in it, as with Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(town: Town, monkeypatch: pytest.MonkeyPatch) -> dict[str, int | str]:
    """A reviewer's program, and the numbers of what it may reach."""
    opened = run(town, open_case(town), *TO_MEETING[:9])
    monkeypatch.setattr(clock, "now", lambda: town.at)
    seat = Seat.objects.select_related("desk").get(account=town.people["legal_reviewer1"])
    return {
        "token": make_token(seat, purpose="对接", days=30, at=town.at), "case": opened.pk, "item": item_of(opened, "review_legality").pk
    }  # fmt: skip


@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_server_error_and_only_described_answers(case: schemathesis.Case, token: dict[str, int | str]) -> None:
    for name in ("case", "item"):
        if name in (case.path_parameters or {}) and secrets.randbelow(2):
            case.path_parameters[name] = token[name]
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token['token']}", "Accept-Encoding": "identity"}
    checks = (not_a_server_error, status_code_conformance, response_schema_conformance)
    case.call_and_validate(checks=checks)
