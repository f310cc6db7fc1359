"""The whole of a case as one file: it verifies without the program, and comes back in an empty system as the same case."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.story import Town, open_case, run
from workflow_app import heads, ledger, outbox, seals
from workflow_app.bundle import BadBundle, bring_in, write_bundle
from workflow_app.models import Account, Carried, Case, Deadline, Document, Record, RecordPart, Rendering, WorkItem
from workflow_app.verification import verify_all

CHECKER = settings.BASE_DIR / "workflow_app" / "static" / "verify_receipt.py"
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(town: Town) -> Case:
    """王建国's case up to his own statement, with one rendered paper, read once, sealed."""
    acts = ("approve_opening", "plan_examination", "list_evidence", "report_findings", "inform_cadre", "serve_information", "answer")
    case = run(town, open_case(town), *acts)
    outbox.render(Document.objects.get(case=case, step="inform_cadre").pk, at=town.at)
    ledger.read(account=town.people["case_handler1"], what="case", ref=case.pk, case=case, at=town.at, step="answer")
    seals.seal(town.at)
    return Case.objects.get(pk=case.pk)


def made(case: Case, *, subject: bool = False) -> bytes:
    file = io.BytesIO()
    write_bundle(case, file, subject=subject)
    return file.getvalue()


def checked(tmp_path: Path, data: bytes, *arguments: str) -> tuple[int, str]:
    """Run the checker as its own process, outside of this program's folder."""
    file = tmp_path / "case.zip"
    file.write_bytes(data)
    command = [sys.executable, "-I", str(CHECKER), str(file), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    return done.returncode, done.stdout + done.stderr


def changed(data: bytes, name: str, change: Any, *, relist: bool = True) -> bytes:
    """The bundle with one file changed by somebody who also mends the list of hashes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        files = {one: old.read(one) for one in old.namelist()}
        files[name] = change(files[name])
        if relist:
            manifest = {one: ledger.hashlib.sha256(text).hexdigest() for one, text in files.items() if one != "manifest.json"}
            files["manifest.json"] = json.dumps(manifest).encode()
        for one, text in files.items():
            new.writestr(one, text)
    return out.getvalue()


def empty_system() -> None:
    """Everything of this database away, triggers included: what is left is a migrated, empty system."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names() if name.startswith("workflow_app_") and "casewords" not in name]
        if connection.vendor == "postgresql":
            connection.check_constraints()  # nothing may be pending when a trigger is altered
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name in names:
                cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
                cursor.execute(f"DELETE FROM {name}")
                cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'workflow_app%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        for name in names:
            cursor.execute(f"DELETE FROM {name}")
        for _, text in triggers:
            cursor.execute(text)


def test_a_bundle_verifies_without_the_program_and_under_the_published_key(case: Case, tmp_path: Path) -> None:
    code, said = checked(tmp_path, made(case), "--key", heads.public_hex())
    assert code == 0, said
    assert case.number in said
    assert f"记录{case.records_count}条" in said
    assert f"{case.records_count}条已封存" in said


def test_without_the_key_it_says_that_it_only_agrees_with_itself(case: Case, tmp_path: Path) -> None:
    assert "没有给出机关公布的公钥" in checked(tmp_path, made(case))[1]


def test_another_key_is_refused(case: Case, tmp_path: Path) -> None:
    code, said = checked(tmp_path, made(case), "--key", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    assert (code, "公钥" in said) == (1, True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("tables/record.jsonl", b"inform_cadre", b"inform_cadra"),
        ("tables/recordpart.jsonl", "延期".encode(), "延误".encode()),
        ("tables/document.jsonl", "延期".encode(), "延误".encode()),
    ],
)
def test_a_changed_word_is_found_though_the_list_of_hashes_was_mended(
    case: Case, tmp_path: Path, file: str, old: bytes, new: bytes
) -> None:
    data = made(case)
    assert old in zipfile.ZipFile(io.BytesIO(data)).read(file)
    code, said = checked(tmp_path, changed(data, file, lambda text: text.replace(old, new, 1)))
    assert (code, said[:3]) == (1, "不通过")


def test_a_flipped_byte_of_a_paper_is_found(case: Case, tmp_path: Path) -> None:
    data = made(case)
    pdf = next(name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.endswith(".pdf"))
    code, said = checked(tmp_path, changed(data, pdf, lambda text: text[:-9] + bytes([text[-9] ^ 1]) + text[-8:]))
    assert (code, "文书文件" in said) == (1, True)


def test_a_file_that_was_changed_without_more_is_named(case: Case, tmp_path: Path) -> None:
    code, said = checked(tmp_path, changed(made(case), "withheld.json", lambda text: text + b" ", relist=False))
    assert (code, "withheld.json" in said) == (1, True)


def test_a_record_cut_off_at_the_end_is_missed(case: Case, tmp_path: Path) -> None:
    cut = changed(made(case), "tables/record.jsonl", lambda text: b"\n".join(text.splitlines()[:-1]))
    assert checked(tmp_path, cut)[0] == 1


def test_the_edition_of_the_person_concerned_verifies_and_names_what_is_withheld(case: Case, tmp_path: Path) -> None:
    data = made(case, subject=True)
    code, said = checked(tmp_path, data, "--key", heads.public_hex())
    assert code == 0, said
    archive = zipfile.ZipFile(io.BytesIO(data))
    whole = b"".join(archive.read(name) for name in archive.namelist())
    assert "来自一名工作人员".encode() not in whole  # the sealed source of the evidence
    assert b"case_handler1" not in whole
    reasons = [json.loads(line) for line in archive.read("withheld.json").decode().splitlines()]
    assert {"facts", "sealed", "actor"} <= {one["what"] for one in reasons}
    assert all(one["why"] for one in reasons)
    shown = {json.loads(line)["step"] for line in archive.read("tables/document.jsonl").decode().splitlines()}
    assert "answer" in shown
    assert shown == set(Document.objects.filter(case=case, open_to_subject=True).values_list("step", flat=True))
    assert "延期系汛期所致" in archive.read("tables/recordpart.jsonl").decode()  # what he stated himself


def test_the_edition_tells_which_office_read_the_file_and_not_who(case: Case) -> None:
    archive = zipfile.ZipFile(io.BytesIO(made(case, subject=True)))
    rows = [json.loads(line) for line in archive.read("tables/read.jsonl").decode().splitlines()]
    assert all(set(row) == {"office", "what", "at", "step"} for row in rows) and rows


def test_the_same_case_gives_the_same_bytes(case: Case) -> None:
    assert made(case) == made(case)


def test_brought_into_an_empty_system_it_is_the_same_case_and_makes_the_same_bundle(town: Town, case: Case) -> None:
    data, number, state = made(case), case.number, case.state
    counts = [model.objects.filter(**{name: case}).count() for model, name in KEPT]
    parts = RecordPart.objects.filter(chain=f"C{case.pk}").count()
    empty_system()
    assert not Case.objects.exists()
    back = bring_in(io.BytesIO(data), at=town.at)
    assert (back.number, back.state, back.cadre.name) == (number, state, "王建国")
    assert [model.objects.filter(**{name: back}).count() for model, name in KEPT] == counts
    assert RecordPart.objects.filter(chain=f"C{back.pk}").count() == parts
    assert bytes(Rendering.objects.get(document__case=back).pdf).startswith(b"%PDF")
    assert not Account.objects.exclude(password="!").exists()
    assert made(back) == data
    assert Carried.objects.get(case=back).brought_at == town.at
    seals.seal(town.at)
    assert verify_all().findings == []


KEPT: list[tuple[Any, str]] = [(Record, "case"), (Document, "case"), (Deadline, "case"), (WorkItem, "process")]


def test_where_the_case_is_already_nothing_is_written_over(town: Town, case: Case) -> None:
    with pytest.raises(BadBundle, match="导入空的系统"):
        bring_in(io.BytesIO(made(case)), at=town.at)
    assert not Carried.objects.exists()


def test_the_edition_of_the_person_concerned_cannot_be_brought_in(town: Town, case: Case) -> None:
    data = made(case, subject=True)
    with pytest.raises(BadBundle, match="本人查阅版"):
        bring_in(io.BytesIO(data), at=town.at)


def test_a_changed_bundle_is_not_brought_in_and_leaves_nothing(town: Town, case: Case) -> None:
    data = made(case)
    empty_system()
    for file, old, new in (("tables/record.jsonl", b"inform_cadre", b"inform_cadra"), ("tables/case.jsonl", b'"head":"', b'"head":"0')):
        with pytest.raises(BadBundle):
            bring_in(io.BytesIO(changed(data, file, lambda text, old=old, new=new: text.replace(old, new, 1))), at=town.at)
        assert not Case.objects.exists()
        assert not Account.objects.exists()


def test_what_is_no_bundle_is_refused_in_words(town: Town) -> None:
    with pytest.raises(BadBundle, match="不是完整的案卷包"):
        bring_in(io.BytesIO(b"PK no"), at=town.at)
