"""What is refused at the door of the files, and what is kept once."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.story import Town
from workflow_app.models import Upload
from workflow_app.uploads import UploadRefused, described, held_by, keep

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


@pytest.mark.django_db
def test_a_scan_is_kept_once_under_its_hash(town: Town) -> None:
    by = town.people["case_handler1"]
    first = keep(SimpleUploadedFile("送达回证.pdf", PDF), by=by, at=town.at)
    again = keep(SimpleUploadedFile("另一个名字.pdf", PDF), by=by, at=town.at)
    assert first == again
    assert (first.mime, bytes(first.data)) == ("application/pdf", PDF)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空.pdf", b""),
        ("脚本.html", b"<script>"),
        ("图.svg", b"<svg/>"),
        ("假.pdf", b"MZ\x90\x00"),
        ("假.png", PDF),
        ("脚本.pdf", PDF + b"/OpenAction <</S /JavaScript>>"),
        ("假.docx", archive(readme_dot_txt=b"x")),
        ("程序.docx", archive(word__document_dot_xml=b"<w/>", word__run_dot_exe=b"MZ")),
        ("宏.xlsx", archive(xl__workbook_dot_xml=b"<w/>", xl__vbaProject_dot_bin=b"x")),
        ("炸弹.xlsx", archive(xl__workbook_dot_xml=b"0" * 30_000_000)),
        ("坏.docx", b"PK\x03\x04broken"),
        ("无扩展名", PDF),
    ],
)
def test_a_hostile_or_false_file_is_refused_and_nothing_is_kept(town: Town, name: str, data: bytes) -> None:
    with pytest.raises(UploadRefused):
        keep(SimpleUploadedFile(name, data), by=town.people["case_handler1"], at=town.at)
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_two_people_who_bring_the_same_bytes_each_keep_their_own_name_for_it(town: Town) -> None:
    first, second = town.people["case_handler1"], town.people["case_handler2"]
    keep(SimpleUploadedFile("来信原件.pdf", PDF), by=first, at=town.at)
    keep(SimpleUploadedFile("附件3.pdf", PDF), by=second, at=town.at)
    assert [one.name for one in held_by(first)] == ["来信原件.pdf"]
    assert [one.name for one in held_by(second)] == ["附件3.pdf"], "what the other called it is nobody's business"
    assert Upload.objects.count() == 1


SCANNER = "{python} -c \"import sys; sys.exit({code} if b'EICAR' in sys.stdin.buffer.read() else 0)\""


@pytest.mark.django_db
def test_a_file_that_the_scanner_calls_infected_is_refused(town: Town, settings: Any) -> None:
    settings.UPLOAD_SCANNER = SCANNER.format(python=sys.executable, code=1)
    with pytest.raises(UploadRefused, match="不安全"):
        keep(SimpleUploadedFile("坏.pdf", PDF + b"EICAR"), by=town.people["case_handler1"], at=town.at)
    assert not Upload.objects.exists()
    clean = keep(SimpleUploadedFile("好.pdf", PDF), by=town.people["case_handler1"], at=town.at)
    assert clean.scanned_at == town.at
    assert "未做病毒扫描" not in described(clean)


@pytest.mark.django_db
@pytest.mark.parametrize("command", [SCANNER.format(python=sys.executable, code=2), "/nowhere/scanner -"])
def test_a_scanner_that_gives_no_answer_lets_nothing_in(town: Town, settings: Any, command: str) -> None:
    settings.UPLOAD_SCANNER = command
    with pytest.raises(UploadRefused, match="没有完成"):
        keep(SimpleUploadedFile("坏.pdf", PDF + b"EICAR"), by=town.people["case_handler1"], at=town.at)
    assert not Upload.objects.exists()


@pytest.mark.django_db
def test_without_a_scanner_the_file_says_so(town: Town) -> None:
    kept = keep(SimpleUploadedFile("送达回证.pdf", PDF), by=town.people["case_handler1"], at=town.at)
    assert "未做病毒扫描" in described(kept)
