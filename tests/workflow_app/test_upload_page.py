"""The page of my files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.story import Town, signed_in

pytestmark = pytest.mark.django_db


def test_a_handler_uploads_a_scan_and_sees_only_own_files(town: Town) -> None:
    mine, other = signed_in(town.people["case_handler1"]), signed_in(town.people["case_handler2"])
    sent = mine.post("/uploads/", {"file": SimpleUploadedFile("送达回证.pdf", b"%PDF-1.7\n")}, follow=True)
    assert "送达回证.pdf" in sent.content.decode()
    assert "送达回证.pdf" not in other.get("/uploads/").content.decode()


def test_a_refused_file_is_refused_aloud(town: Town) -> None:
    answer = signed_in(town.people["case_handler1"]).post("/uploads/", {"file": SimpleUploadedFile("页面.html", b"<b>")})
    assert answer.status_code == 422
    assert "不接受“html”类型的文件" in answer.content.decode()
