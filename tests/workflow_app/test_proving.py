"""What leaves the house to be checked elsewhere: who may take it, that taking it is recorded, and that it verifies."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.story import Town, open_case, run, signed_in
from workflow_app import heads, ledger, seals
from workflow_app.models import Case, Read, Record

CHECKER = settings.BASE_DIR / "workflow_app" / "static" / "verify_receipt.py"
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    acts = ("approve_opening", "plan_examination", "list_evidence", "report_findings", "inform_cadre", "serve_information", "answer")
    case = run(town, open_case(town), *acts)
    seals.seal(town.at)
    return Case.objects.get(pk=case.pk)


def check(tmp_path: Path, data: bytes, *arguments: str) -> tuple[int, str]:
    file = tmp_path / "receipt.json"
    file.write_bytes(data)
    done = subprocess.run([sys.executable, "-I", str(CHECKER), str(file), *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def answer_of(case: Case) -> Record:
    return Record.objects.get(case=case, step="answer", kind="ACT")


def test_wang_checks_what_he_sent_at_home(town: Town, case: Case, tmp_path: Path) -> None:
    reply = signed_in(town.people["wang"]).get(f"/cases/{case.pk}/records/{answer_of(case).seq}.json")
    assert "延期系汛期所致" in reply.content.decode()
    code, said = check(tmp_path, reply.content, "--key", heads.public_hex())
    assert code == 0, said
    assert "相符" in said


def test_later_heads_go_on_from_the_one_on_the_receipt(town: Town, case: Case, tmp_path: Path) -> None:
    for minutes in (1, 2):
        ledger.read(account=town.people["case_handler1"], what="case", ref=case.pk, case=case, at=town.at)
        seals.seal(town.at + timedelta(minutes=minutes))
    data = signed_in(town.people["wang"]).get(f"/cases/{case.pk}/records/{answer_of(case).seq}.json").content
    assert data.decode().count('"path"') == 3
    assert check(tmp_path, data, "--key", heads.public_hex())[0] == 0
    forged = json.dumps({**json.loads(data), "later": [{"head": _other_head(case), "path": []}]})
    assert check(tmp_path, forged.encode(), "--key", heads.public_hex())[0] == 1


def _other_head(case: Case) -> str:
    """A well-signed head of another history."""
    return heads.sign(heads.Head(999, "ab" * 32, answer_of(case).at, "sha256"))


def test_a_changed_answer_is_found(town: Town, case: Case, tmp_path: Path) -> None:
    data = signed_in(town.people["wang"]).get(f"/cases/{case.pk}/records/{answer_of(case).seq}.json").content
    code, said = check(tmp_path, data.decode().replace("汛期", "疏忽").encode())
    assert (code, "承诺值" in said) == (1, True)


def test_a_record_not_sealed_yet_says_so(town: Town, case: Case, tmp_path: Path) -> None:
    case = run(town, case, "weigh_answer")
    last = Record.objects.filter(case=case, kind="ACT").latest("seq")
    code, said = check(tmp_path, signed_in(town.people["wang"]).get(f"/cases/{case.pk}/records/{last.seq}.json").content)
    assert (code, "尚未封存" in said) == (0, True)


def test_the_receipt_of_an_inner_act_shows_wang_no_inner_facts(town: Town, case: Case) -> None:
    inner = Record.objects.get(case=case, step="list_evidence", kind="ACT")
    said = signed_in(town.people["wang"]).get(f"/cases/{case.pk}/records/{inner.seq}.json").content.decode()
    assert "来自一名工作人员" not in said
    assert '"name": "facts"' not in said


def test_the_handler_takes_the_whole_and_wang_his_edition_and_both_are_recorded(town: Town, case: Case) -> None:
    whole = signed_in(town.people["case_handler1"]).get(f"/cases/{case.pk}/bundle.zip")
    own = signed_in(town.people["wang"]).get(f"/cases/{case.pk}/bundle.zip")
    assert whole["Content-Disposition"] != own["Content-Disposition"]
    assert len(whole.content) > len(own.content)
    assert list(Read.objects.filter(case=case, what="bundle").order_by("pk").values_list("account__username", flat=True)) == [
        "case_handler1", "wang"
    ]  # fmt: skip


def test_a_reviewer_reaches_the_case_but_does_not_take_the_whole_out(town: Town, case: Case) -> None:
    run(town, case, "weigh_answer", "propose")
    reviewer = signed_in(town.people["legal_reviewer1"])
    assert reviewer.get(f"/cases/{case.pk}/").status_code == 200
    assert reviewer.get(f"/cases/{case.pk}/bundle.zip").status_code == 404


def test_a_stranger_gets_the_answer_of_a_case_that_does_not_exist(town: Town, case: Case) -> None:
    stranger = signed_in(town.people["partner1"])
    for place in ("bundle.zip", "records/1.json"):
        assert stranger.get(f"/cases/{case.pk}/{place}").status_code == stranger.get(f"/cases/999/{place}").status_code == 404
    assert not Read.objects.filter(account=town.people["partner1"]).exists()


def test_the_heads_are_public_and_a_witness_can_use_them(case: Case, client: Client) -> None:
    text = client.get("/heads.txt").content.decode()
    assert heads.public_hex() in text
    assert [heads.opened(note, heads.public_hex()).size for note in heads.notes_in(text)] == [seals.tree_size()]
    assert case.number not in text
