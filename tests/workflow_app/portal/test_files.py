"""Files that somebody sends along: every attack is refused with a sentence that helps, or is harmless."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.attacks import HARMLESS, JPG, PDF, REFUSED
from tests.story import Town
from tests.workflow_app.portal.conftest import Phone, phone
from workflow_app import receipts, uploads
from workflow_app.models import Attachment, Case, Document, Draft, Holder, Receipt, Upload

pytestmark = pytest.mark.django_db


def named(name: str, data: bytes) -> SimpleUploadedFile:
    """A file under exactly this name: the test client's own file would already take the path away."""
    made = SimpleUploadedFile("x.pdf", data)
    made._name = name  # type: ignore[attr-defined]
    return made


@pytest.fixture
def draft(wang: Phone, hearing: Case) -> Draft:
    begun = wang.begin(hearing)
    wang.fill(begun, 1, outcome="statement")
    return begun


@pytest.mark.parametrize("attack", REFUSED)
def test_an_attack_is_refused_and_nothing_of_it_is_kept(town: Town, attack: str) -> None:
    name, data, said = REFUSED[attack]
    with pytest.raises(uploads.UploadRefused) as refused:
        uploads.keep(named(name, data), by=town.people["wang"], at=town.at)
    assert said in refused.value.reason + refused.value.way_out
    assert refused.value.way_out
    assert not Upload.objects.exists()


@pytest.mark.parametrize("attack", HARMLESS)
def test_what_is_taken_in_has_a_plain_name(town: Town, attack: str) -> None:
    name, data, kept = HARMLESS[attack]
    uploads.keep(named(name, data), by=town.people["wang"], at=town.at)
    assert Holder.objects.get().name == kept


@pytest.mark.parametrize("attack", ["script in a paper", "drawing with script", "bomb"])
def test_the_page_says_beside_the_field_what_to_do_and_keeps_the_rest(wang: Phone, draft: Draft, attack: str) -> None:
    name, data, said = REFUSED[attack]
    good = SimpleUploadedFile("好.pdf", PDF)
    answer = wang.fill(draft, 3, evidence="防汛值班记录", enclosures_new=[SimpleUploadedFile(name, data), good])
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text and 'href="#id_enclosures_new"' in text
    assert "防汛值班记录" in text
    assert Holder.objects.get().name == "好.pdf", "a good file is not lost because of a bad one"
    assert "好.pdf" in text


def test_a_file_goes_with_the_statement_and_is_named_in_the_receipt(wang: Phone, hearing: Case, draft: Draft, town: Town) -> None:
    wang.write_statement(draft, enclosures_new=SimpleUploadedFile("值班记录.jpg", JPG))
    wang.send(draft)
    sent = Attachment.objects.get(case=hearing)
    assert sent.name == "值班记录.jpg"
    assert receipts.words_of(Receipt.objects.get()).files == (("值班记录.jpg", f"{len(JPG)}字节", sent.upload.sha256),)
    assert "值班记录.jpg（SHA-256" in str(Document.objects.get(case=hearing, step="answer").content)


@pytest.mark.parametrize("who", ["wang", "examination_team1"])
def test_a_file_is_handed_out_as_a_download_and_never_shown_in_our_pages(
    who: str, wang: Phone, hearing: Case, draft: Draft, town: Town
) -> None:
    wang.write_statement(draft, enclosures_new=SimpleUploadedFile("值班记录.pdf", PDF + b"<script>alert(1)</script>"))
    wang.send(draft)
    paper = Document.objects.get(case=hearing, step="answer")
    other = phone(town.people[who])
    assert "值班记录.pdf" in other.get(f"/papers/{paper.pk}/").content.decode()
    answer: Any = other.get(f"/papers/{paper.pk}/files/{Attachment.objects.get().pk}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == ("nosniff", "default-src 'none'; sandbox")


def test_a_file_of_somebody_else_cannot_be_sent(wang: Phone, hearing: Case, draft: Draft, town: Town) -> None:
    secret = uploads.keep(SimpleUploadedFile("举报信.pdf", PDF), by=town.people["case_handler1"], at=town.at)
    answer = wang.fill(draft, 3, enclosures=[secret.sha256])
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "有文件不是您上传的，或者已经不在。请删去后重新上传。" in text
    assert "举报信" not in text


def test_a_day_holds_so_much_and_no_more(wang: Phone, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "OWN", len(PDF))
    wang.fill(draft, 3, do="upload", enclosures_new=SimpleUploadedFile("一.pdf", PDF))
    answer = wang.fill(draft, 3, do="upload", enclosures_new=SimpleUploadedFile("二.jpg", JPG))
    assert "明天再传" in answer.content.decode()


def test_a_file_left_unticked_is_not_sent(wang: Phone, hearing: Case, draft: Draft) -> None:
    wang.fill(draft, 3, do="upload", enclosures_new=SimpleUploadedFile("错.pdf", PDF))
    wang.write_statement(draft)
    wang.send(draft)
    assert not Attachment.objects.exists()
