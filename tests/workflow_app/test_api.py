"""The interface for programs: one seat's token sees and does what that seat may, through the door, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.story import TO_MEETING, Town, item_of, open_case, run
from workflow_app import clock, outbox
from workflow_app.api.callers import LONGEST, make_token
from workflow_app.api.routes import api
from workflow_app.models import Account, Case, Document, Read, Record, Seat, SeatToken

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """王建国's case waits for the legality review."""
    case = run(town, open_case(town), *TO_MEETING[:9])
    monkeypatch.setattr(clock, "now", lambda: town.at)
    return case


class Caller:
    """A program with a token."""

    def __init__(self, town: Town, who: str, **changes: Any) -> None:
        seat = Seat.objects.select_related("desk").get(account=town.people[who])
        told = {"purpose": "档案系统对接", "days": 30, "at": town.at, **changes}
        self.head = {"Authorization": f"Bearer {make_token(seat, **told)}"}

    def get(self, place: str) -> Any:
        return Client().get(f"/api/v1{place}", headers=self.head)

    def post(self, place: str, told: dict[str, Any] | None = None, key: str = "") -> Any:
        head = {**self.head, **({"Idempotency-Key": key} if key else {})}
        return Client().post(f"/api/v1{place}", json.dumps(told or {}), content_type="application/json", headers=head)


def filled(town: Town, case: Case) -> dict[str, str]:
    """The reviewer's form, every field answered."""
    from_form = item_of(case, "review_legality")
    step = case.flow_class.node_of("review_legality").step
    assert from_form
    told = {}
    for name, field in step.Facts.base_fields.items():
        choices = [str(value) for value, _ in getattr(field, "choices", []) if value]
        told[name] = "pass" if name == "outcome" else choices[0] if choices else "经审核，事实清楚，依据充分。"
    return told


def test_the_reviewers_program_sees_its_desk_and_its_case(town: Town, case: Case) -> None:
    caller = Caller(town, "legal_reviewer1")
    (item,) = caller.get("/desk").json()
    assert (item["step"], item["number"], item["cadre"]) == ("review_legality", case.number, "王建国")
    listed = caller.get("/cases").json()["cases"]
    assert [one["number"] for one in listed] == [case.number]
    told = caller.get(f"/cases/{case.pk}").json()
    assert told["open_items"] == ["review_legality"]
    assert any(one["rule"] == "DN-LEGAL-MAX" for one in told["deadlines"])
    assert Read.objects.filter(account=town.people["legal_reviewer1"], what="case").count() == 1


def test_preview_then_complete_and_the_same_key_again_is_the_same_act(town: Town, case: Case) -> None:
    caller, facts = Caller(town, "legal_reviewer1"), filled(town, case)
    item = item_of(case, "review_legality").pk
    seen = caller.post(f"/items/{item}/preview", {"facts": facts})
    assert seen.status_code == 200, seen.content.decode()
    act = {"facts": facts, "seen": seen.json()["content_hash"]}
    first = caller.post(f"/items/{item}/complete", act, key="archive-0001")
    assert first.status_code == 200, first.content.decode()
    again = caller.post(f"/items/{item}/complete", act, key="archive-0001")
    assert first.json() == again.json()
    assert Record.objects.filter(case=case, step="review_legality", kind="ACT").count() == 1


def test_a_wrong_form_is_refused_field_by_field_and_writes_nothing(town: Town, case: Case) -> None:
    caller, item = Caller(town, "legal_reviewer1"), item_of(case, "review_legality").pk
    count = Record.objects.count()
    answer = caller.post(f"/items/{item}/preview", {"facts": {"outcome": "maybe"}})
    assert answer.status_code == 422
    assert "outcome" in answer.json()["fields"]
    assert Record.objects.count() == count


def test_what_was_not_previewed_is_not_signed(town: Town, case: Case) -> None:
    caller, item = Caller(town, "legal_reviewer1"), item_of(case, "review_legality").pk
    answer = caller.post(f"/items/{item}/complete", {"facts": filled(town, case), "seen": "0" * 64}, key="archive-0002")
    assert answer.status_code == 409
    assert answer.json()["rule"] and answer.json()["way_out"]


def test_an_act_without_a_key_is_refused(town: Town, case: Case) -> None:
    item = item_of(case, "review_legality").pk
    assert Caller(town, "legal_reviewer1").post(f"/items/{item}/claim").status_code == 422


def test_claim_and_release(town: Town, case: Case) -> None:
    caller, item = Caller(town, "legal_reviewer1"), item_of(case, "review_legality").pk
    assert caller.post(f"/items/{item}/claim", key="archive-0003").status_code == 200
    assert caller.get("/desk").json()[0]["owner"] == "legal_reviewer1"
    assert caller.post(f"/items/{item}/release", key="archive-0004").status_code == 200
    assert caller.get("/desk").json()[0]["owner"] is None


def test_a_paper_is_fetched_and_the_reading_recorded(town: Town, case: Case) -> None:
    paper = Document.objects.filter(case=case, step="propose").latest("pk")
    outbox.render(paper.pk, at=town.at)
    caller = Caller(town, "legal_reviewer1")
    listed = {one["id"]: one["sha256"] for one in caller.get(f"/cases/{case.pk}/papers").json()}
    assert listed[paper.pk]
    assert caller.get(f"/papers/{paper.pk}/pdf").content.startswith(b"%PDF")
    assert Read.objects.filter(what="paper", ref=paper.pk).count() == 1


@pytest.mark.parametrize("place", ["/cases/{case}", "/cases/{case}/papers", "/papers/{paper}/pdf"])
def test_another_desks_program_gets_the_answer_of_what_does_not_exist(town: Town, case: Case, place: str) -> None:
    paper = Document.objects.filter(case=case).latest("pk").pk
    caller = Caller(town, "archivist1")
    there, nowhere = caller.get(place.format(case=case.pk, paper=paper)), caller.get(place.format(case=9999, paper=9999))
    assert (there.status_code, there.json()) == (nowhere.status_code, nowhere.json())
    assert caller.get("/cases").json()["cases"] == caller.get("/desk").json() == []
    item = item_of(case, "review_legality").pk
    assert caller.post(f"/items/{item}/claim", key="archive-0005").status_code == 404


def test_an_ended_seat_a_late_token_a_closed_account_and_no_token_are_all_401(town: Town, case: Case) -> None:
    assert Client().get("/api/v1/desk").status_code == 401
    assert Client().get("/api/v1/desk", headers={"Authorization": "Bearer nonsense"}).status_code == 401
    late = Caller(town, "legal_reviewer1", at=town.at - timedelta(days=31))
    assert late.get("/desk").status_code == 401
    ended = Caller(town, "legal_reviewer2")
    assert ended.get("/desk").status_code == 200
    Seat.objects.filter(account=town.people["legal_reviewer2"]).update(valid_to=town.today - timedelta(days=1))
    assert ended.get("/desk").status_code == 401
    closed = Caller(town, "legal_reviewer3")
    Account.objects.filter(pk=town.people["legal_reviewer3"].pk).update(is_active=False)
    assert closed.get("/desk").status_code == 401
    cancelled = Caller(town, "legal_reviewer4")
    SeatToken.objects.filter(seat__account=town.people["legal_reviewer4"]).update(ended_at=town.at)
    assert cancelled.get("/desk").status_code == 401


def test_tokens_are_not_kept_and_not_made_for_ever(town: Town) -> None:
    seat = Seat.objects.get(account=town.people["legal_reviewer1"])
    text = make_token(seat, purpose="对接", days=LONGEST, at=town.at)
    assert text not in str(list(SeatToken.objects.values()))
    with pytest.raises(ValueError, match="天"):
        make_token(seat, purpose="对接", days=LONGEST + 1, at=town.at)


def test_a_token_is_made_by_command_and_stands_in_the_journal(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seat_token", "legal_reviewer1", "legal_reviewer", purpose="对接")
    assert SeatToken.objects.count() == 1
    assert capsys.readouterr().out.strip()
    assert Record.objects.filter(kind="GRANT", outcome="token").exists()
    with pytest.raises(CommandError, match="没有这个席位"):
        call_command("seat_token", "legal_reviewer1", "archivist", purpose="对接")


def test_the_description_is_openapi_3_1_and_names_every_refusal() -> None:
    told = api.get_openapi_schema(path_prefix="/api/v1/")
    assert told["openapi"].startswith("3.1")
    for place, kinds in told["paths"].items():
        for kind, about in kinds.items():
            assert {"401", "404", "409"} <= {str(code) for code in about["responses"]}, (place, kind)
