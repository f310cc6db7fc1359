"""Whatever is sent to the interface for programs, the server answers, and answers as its description says."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from io import BytesIO

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, example, given, settings, strategies
from openpyxl import Workbook
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.story import TO_MEETING, Town, item_of, open_case, run
from workflow_app import clock
from workflow_app.api.callers import make_token
from workflow_app.api.routes import api
from workflow_app.models import Seat
from workflow_app.roster.lines import SHEETS

pytestmark = pytest.mark.django_db
DESCRIPTION = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
SCHEMA = schemathesis.openapi.from_dict(DESCRIPTION)
SCHEMA.app = get_wsgi_application()
CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)


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


IMPORTS = SCHEMA.include(path_regex="/import/")
CELLS = strategies.one_of(
    strategies.none(), strategies.booleans(), strategies.integers(-(10**18), 10**18), strategies.floats(allow_nan=False, allow_infinity=False),
    strategies.dates(), strategies.datetimes(), strategies.text(strategies.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=90),
    strategies.sampled_from(["YX00001", "王建国", "YX-01", "副局长", "是", "=1+1", "2026-03-02", "县处级副职"]),
)  # fmt: skip
GRADES = ("年度", "干部编号", "姓名", "单位", "职务", "职务层次", "比较组", "等次", "得分", "满意度", "有效答卷", "名次", "组内人数")


@strategies.composite
def workbooks(draw: strategies.DrawFn) -> bytes:
    """A workbook with the right heads and anything in its cells; or with strange sheets and heads; or no workbook at all."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, heads in draw(
        strategies.lists(strategies.sampled_from([*SHEETS.items(), ("结果", GRADES), ("备注", ())]), min_size=1, max_size=4)
    ):
        sheet = made.create_sheet(title)
        sheet.append(list(heads) if draw(strategies.integers(0, 9)) else ["？"])
        for line in draw(strategies.lists(strategies.lists(CELLS, max_size=14), max_size=4)):
            sheet.append(line)
    file = BytesIO()
    made.save(file)
    whole = file.getvalue()
    return (
        whole
        if draw(strategies.integers(0, 9))
        else draw(strategies.sampled_from([b"", b"PK\x03\x04", whole[: len(whole) // 2], b"%PDF-1.7"]))
    )


@pytest.mark.parametrize(("place", "who"), [("people", "archivist1"), ("results", "case_handler1")])
@given(data=workbooks())
@example(data=b"")
@example(data=b"PK\x03\x04")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_whatever_stands_in_a_workbook_it_is_taken_or_refused(town: Town, place: str, who: str, data: bytes) -> None:
    operation = IMPORTS[f"/api/v1/import/{place}"]["POST"]
    seat = Seat.objects.select_related("desk").get(account=town.people[who])
    head = {"Authorization": f"Bearer {make_token(seat, purpose='对接', days=30, at=clock.now())}", "Accept-Encoding": "identity"}
    case = operation.Case(body={"file": data}, headers=head, media_type="multipart/form-data")
    with transaction.atomic():
        answer = case.call_and_validate(checks=CHECKS)
        transaction.set_rollback(True)
    assert answer.status_code in (200, 409, 422), "the seat may import: nothing is turned away for the seat's sake"


@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_server_error_and_only_described_answers(case: schemathesis.Case, token: dict[str, int | str]) -> None:
    for name in ("case", "item"):
        if name in (case.path_parameters or {}) and secrets.randbelow(2):
            case.path_parameters[name] = token[name]
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token['token']}", "Accept-Encoding": "identity"}
    case.call_and_validate(checks=CHECKS)
