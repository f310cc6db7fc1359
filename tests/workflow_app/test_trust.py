"""What trust rests on, end to end: reads by any way, recusal that reaches everywhere, a record under the national digest."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from django.conf import settings as project
from django.test import Client

from tests.story import TO_MEETING, Town, begin, facts_for, item_of, key, members, open_case, run, signed_in
from tests.workflow_app.test_access import PEOPLE, Stage, stage
from workflow_app import clock, conduct, outbox, seals
from workflow_app.api.callers import make_token
from workflow_app.bundle import write_bundle
from workflow_app.live import Desk as Socket
from workflow_app.live import topics_of
from workflow_app.models import Account, Cadre, Case, Desk, Document, Message, Read, Record, Seat
from workflow_app.steps import Refused
from workflow_app.telling import watching
from workflow_app.telling.messages import tell
from workflow_app.verification import verify_all

pytestmark = pytest.mark.django_db
__all__ = ["stage"]
CHECKER = project.BASE_DIR / "workflow_app" / "static" / "verify_receipt.py"


@pytest.fixture
def case(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """王建国's case waits for the legality review."""
    found = run(town, open_case(town), *TO_MEETING[:9])
    monkeypatch.setattr(clock, "now", lambda: town.at)
    return found


def readings(who: Account) -> list[str]:
    return list(Read.objects.filter(account=who).order_by("pk").values_list("what", flat=True))


class TestReads:
    """Page, paper, file, search hit, interface, export: each leaves its row, and one that is refused leaves none."""

    def test_every_way_of_a_browser(self, town: Town, case: Case) -> None:
        who = town.people["legal_reviewer1"]
        paper = Document.objects.filter(case=case, step="propose").latest("pk")
        outbox.render(paper.pk, at=town.at)
        browser = signed_in(who)
        ways = {
            f"/cases/{case.pk}/": ["case"], f"/items/{item_of(case, 'review_legality').pk}/": ["item"], f"/papers/{paper.pk}/": ["paper"],
            f"/papers/{paper.pk}/pdf": ["paper"], "/search/?q=王建国": ["search", "hit"], f"/cases/{case.pk}/records/1.json": ["proof"],
        }  # fmt: skip
        for url, wanted in ways.items():
            before = len(readings(who))
            assert browser.get(url).status_code == 200, url
            assert readings(who)[before:] == wanted, url
        assert Read.objects.get(account=who, what="hit").case_id == case.pk

    def test_every_way_of_a_program(self, town: Town, case: Case) -> None:
        seat = Seat.objects.select_related("desk").get(account=town.people["legal_reviewer1"])
        head = {"Authorization": f"Bearer {make_token(seat, purpose='对接', days=3, at=town.at)}"}
        paper = Document.objects.filter(case=case, step="propose").latest("pk")
        outbox.render(paper.pk, at=town.at)
        ways = {
            f"cases/{case.pk}": ["case"], f"cases/{case.pk}/papers": ["case"], f"papers/{paper.pk}/pdf": ["paper"], "cases?q=王建国": ["search", "hit"],
        }  # fmt: skip
        for url, wanted in ways.items():
            before = len(readings(seat.account))
            assert Client().get(f"/api/v1/{url}", headers=head).status_code == 200, url
            assert readings(seat.account)[before:] == wanted, url

    def test_exports(self, town: Town, case: Case) -> None:
        auditor = signed_in(town.people["auditor1"])
        auditor.post(f"/cases/{case.pk}/reason/", {"reason": "抽查本季度案件办理期限"})
        assert auditor.get(f"/cases/{case.pk}/bundle.zip").status_code == 200
        assert auditor.get("/audit/export.csv").status_code == 200
        assert readings(town.people["auditor1"]) == ["bundle", "audit"]
        wang = signed_in(town.people["wang"])
        assert wang.get(f"/cases/{case.pk}/bundle.zip").status_code == 200
        assert readings(town.people["wang"]) == ["bundle"]


class TestRecusal:
    """A reviewer is challenged, and the leader grants it."""

    @pytest.fixture
    def out(self, town: Town, case: Case) -> Account:
        who = town.people["legal_reviewer1"]
        begin(town, case, "apply_recusal", by="wang", person=who.cadre_id, ground="kin")
        substitute = town.cadre("legal_reviewer2")
        changes = {"outcome": "granted", "reason": "有亲属关系", "recheck": "此前没有办理", "substitute": substitute}
        item, by = item_of(case, "decide_recusal"), town.people["org_leader2"]
        facts = facts_for(town, "decide_recusal", **changes)
        seen = conduct.preview(item, facts=facts, by=by, at=town.at).content_hash
        conduct.complete(item, facts=facts, seen=seen, by=by, at=town.at, key=key())
        return who

    def test_the_case_is_gone_from_inbox_search_file_and_interface(self, town: Town, case: Case, out: Account) -> None:
        browser, item = signed_in(out), item_of(case, "review_legality")
        for url in ("/desk/", "/search/?q=王建国", "/papers/"):
            assert case.number not in browser.get(url).content.decode(), url
        paper = Document.objects.filter(case=case).earliest("pk")
        for url in (
            f"/cases/{case.pk}/",
            f"/items/{item.pk}/",
            f"/papers/{paper.pk}/",
            f"/papers/{paper.pk}/pdf",
            f"/cases/{case.pk}/bundle.zip",
        ):
            assert browser.get(url).status_code == 404, url
        head = {
            "Authorization": f"Bearer {make_token(Seat.objects.select_related('desk').get(account=out), purpose='对接', days=3, at=town.at)}"
        }
        assert Client().get(f"/api/v1/cases/{case.pk}", headers=head).status_code == 404
        other = signed_in(town.people["legal_reviewer2"])
        assert case.number in other.get("/desk/").content.decode()

    def test_they_are_told_nothing_of_it_any_more(self, town: Town, case: Case, out: Account) -> None:
        desk = item_of(case, "review_legality").desk
        assert tell(watching._at_desk(desk.pk, case.pk, [], town.at), town.at)
        assert Message.objects.filter(account=town.people["legal_reviewer2"], case=case).exists()
        assert not Message.objects.filter(account=out, case=case).exists()

    def test_they_count_neither_for_the_quorum_nor_in_the_vote(self, town: Town) -> None:
        case = run(town, open_case(town), *TO_MEETING)
        Case.objects.filter(pk=case.pk).update(recused={str(town.cadre("decision_body2")): "granted"})
        item, by = item_of(case, "record_meeting"), town.people["meeting_secretary1"]
        told = facts_for(town, "record_meeting", members=members(town))
        with pytest.raises(Refused) as said:
            conduct.preview(item, facts=told, by=by, at=town.at)
        assert said.value.rule == "SD-14"
        told["members"][1] |= {"recused": True, "view": "", "vote": "", "order": None}
        seen = conduct.preview(item, facts=told, by=by, at=town.at)
        assert seen.outcome == "adopt"
        for row in told["members"][2:5]:
            row |= {"recused": True, "view": "", "vote": "", "order": None}
        with pytest.raises(Refused):  # five of nine are no quorum
            conduct.preview(item, facts=told, by=by, at=town.at)


def test_a_record_under_sm3_is_sealed_bundled_and_checked_offline(town: Town, settings: Any, tmp_path: Path) -> None:
    settings.RECORD_DIGEST = "sm3"
    case = run(town, open_case(town), *TO_MEETING[:3])
    seals.seal(town.at)
    assert verify_all().findings == []
    body = Record.objects.filter(case=case).earliest("seq").body
    assert '"digest":"sm3"' in body
    file = BytesIO()
    write_bundle(case, file)
    (tmp_path / "case.zip").write_bytes(file.getvalue())
    (tmp_path / "verify_receipt.py").write_bytes(CHECKER.read_bytes())
    told = subprocess.run([sys.executable, "verify_receipt.py", "case.zip"], cwd=tmp_path, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_socket_is_for_whoever_is_signed_in_and_hears_only_of_the_own_desks(stage: Stage) -> None:  # noqa: F811
    async def greeted() -> str:
        scope = {"type": "websocket", "path": "/ws/live", "headers": [], "query_string": b"", "user": None, "session": {}}
        socket = ApplicationCommunicator(Socket.as_asgi(), scope)
        await socket.send_input({"type": "websocket.connect"})
        answer = await socket.receive_output(2)
        await socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await socket.wait(2)
        return str(answer["type"])

    for who in PEOPLE:
        account = stage.accounts[who]
        if account is not None:
            own = {f"desk:{seat.desk_id}" for seat in Seat.objects.filter(account=account, valid_to__isnull=True)}
            assert topics_of(account) == own | {f"account:{account.pk}"}, who
    assert async_to_sync(greeted)() == "websocket.close", "nobody"
    print(f"sockets: {len(PEOPLE)} cells")


def test_a_search_shows_nobody_what_is_not_theirs(stage: Stage) -> None:  # noqa: F811
    seen = {who: stage.case.number in stage.client(who).get("/search/?q=王建国").content.decode() for who in PEOPLE}
    print(f"search: {len(seen)} cells")
    assert seen == {
        "nobody": False, "handler": True, "same_unit": False, "other_unit": False, "ended": False, "auditor": True, "wang": False, "other": False,
        "steward": False,
    }  # fmt: skip


def test_a_seat_opens_cases_from_its_first_day_to_its_last(town: Town, case: Case) -> None:
    person = Cadre.objects.create(number="S1", name="秦川", sex="男", unit=town.city)
    account, day = Account.objects.create(username="qin", password="!", cadre=person), timedelta(days=1)
    Seat.objects.create(
        desk=Desk.objects.get(role="case_handler"),
        account=account,
        valid_from=town.today + day,
        valid_to=town.today + 2 * day,
        granted_at=town.at,
    )
    seen = [Case.objects.visible_to(account, on=town.today + n * day).filter(pk=case.pk).exists() for n in range(4)]
    assert seen == [False, True, True, False]
