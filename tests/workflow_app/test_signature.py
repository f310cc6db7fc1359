"""The organ's signature: the seal is its picture, the bytes before it stay, and what was changed afterwards is found."""

from __future__ import annotations

import hashlib
import io
import subprocess
from pathlib import Path
from typing import Any

import page
import pdfplumber
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.story import TO_MEETING, TO_SERVED, Town, begin, open_case, run
from workflow_app import conduct, documents, outbox, signet
from workflow_app.models import Deadline, Document, OrganSeal, Outgoing, Rendering, SignedPaper
from workflow_app.pages.genuine import ASKED
from workflow_app.samples import samples
from workflow_app.signet import stamping
from workflow_app.signet.keys import Pkcs11Keys, Sm2Keys
from workflow_app.worker import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_keys(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of this test run only."""
    folder = tmp_path_factory.getbasetemp() / "organs"
    monkeypatch.setattr(settings, "ORGAN_KEY_DIR", str(folder))
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path_factory.mktemp("var"))
    signet.keys.cache_clear()


def decision(town: Town) -> Document:
    """The decision of a case, rendered and signed."""
    case = run(town, open_case(town), *TO_SERVED[: TO_SERVED.index("decide") + 1])
    paper = Document.objects.get(case=case, step="decide")
    Outgoing.objects.exclude(target=paper.pk).delete()
    Worker().work_off(town.at)
    return paper


def file_of(paper: Document) -> bytes:
    pdf = documents.finished(paper.pk)
    assert pdf is not None
    return pdf


def test_the_signed_file_begins_with_the_bytes_whose_hash_is_chained(town: Town) -> None:
    paper = decision(town)
    made, signed = Rendering.objects.get(pk=paper.pk), SignedPaper.objects.get(pk=paper.pk)
    whole = file_of(paper)
    assert whole.startswith(bytes(made.pdf)) and len(whole) > len(bytes(made.pdf))
    assert hashlib.sha256(whole).hexdigest() == signed.sha256
    assert (signed.level, signed.signer) == ("B-T", "中共云溪市委组织部电子印章")


def test_the_signature_holds_and_says_when(town: Town) -> None:
    words, sound = signet.proving.signature_of(file_of(decision(town)))
    assert sound and words.startswith("“中共云溪市委组织部电子印章”的签名有效，时间戳")


def test_the_seal_is_seen_only_where_the_signature_is(town: Town) -> None:
    paper = decision(town)
    with pdfplumber.open(io.BytesIO(bytes(Rendering.objects.get(pk=paper.pk).pdf))) as plain:
        assert not any(sheet.annots for sheet in plain.pages)
    with pdfplumber.open(io.BytesIO(file_of(paper))) as signed:
        sheet = next(sheet for sheet in signed.pages if sheet.annots)
        seal = sheet.annots[0]
        assert "中共云溪市委组织部" in sheet.extract_text()
    assert (seal["width"], seal["height"]) == (pytest.approx(119, abs=1.5), pytest.approx(119, abs=1.5))


def test_a_sealed_paper_of_every_step_is_still_archivable_accessible_and_sound_with_its_signature(town: Town, tmp_path: Path) -> None:
    found, sealed = [], set()
    for one in samples():
        if (one.folder, one.step) in sealed or (made := documents.render(one.paper, one.content, one.template)).seal is None:
            continue
        sealed.add((one.folder, one.step))
        whole = signet.stamp(made.pdf, made.seal, town.city, on=town.today)
        for profile in ("3a", "ua1"):
            found += [(one.name, fault.rule_id, fault.message) for fault in page.validate_pdf_bytes(whole, profile=profile).failures]
        (tmp_path / "a.pdf").write_bytes(whole)
        if subprocess.run(["qpdf", "--check", str(tmp_path / "a.pdf")], capture_output=True, check=False).returncode:
            found.append((one.name, "qpdf", ""))
        if not signet.proving.signature_of(whole)[1]:
            found.append((one.name, "signature", ""))
    assert found == []
    assert len(sealed) >= 20


def test_a_paper_is_signed_again_when_a_stream_would_end_so_that_a_checker_cuts_it_short(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = next(iter(samples("formalize")))
    made = documents.render(one.paper, one.content, one.template)
    assert made.seal is not None
    first = signet.stamp(made.pdf, made.seal, town.city, on=town.today)
    end = first.rindex(b"\nendstream")
    unwanted = first[end - 2 : end] + b"\nendstream"  # as it happens to end; CR is as likely as any other byte
    monkeypatch.setattr(stamping, "CUT_SHORT", unwanted)
    second = signet.stamp(made.pdf, made.seal, town.city, on=town.today)
    assert unwanted in first and unwanted not in second[len(made.pdf) :]
    assert signet.proving.signature_of(second)[1]


def test_the_seal_is_read_out_as_what_it_is(town: Town) -> None:
    root = PdfFileReader(io.BytesIO(file_of(decision(town)))).root["/StructTreeRoot"]
    last = root["/K"][0]["/K"][-1]
    assert (last["/S"], last["/Alt"], last["/K"]["/Obj"]["/FT"]) == ("/Form", "中共云溪市委组织部电子印章", "/Sig")
    number = last["/K"]["/Obj"]["/StructParent"]
    numbers = list(root["/ParentTree"]["/Nums"])
    assert numbers[0::2] == sorted(numbers[0::2]) and numbers[-2] == number and numbers[-1].get_object()["/S"] == "/Form"


@pytest.mark.parametrize("where", [0.1, 0.5, 0.9])
def test_a_flipped_byte_is_found(town: Town, where: float, tmp_path: Path) -> None:
    whole = bytearray(file_of(decision(town)))
    whole[int(len(whole) * where)] ^= 1
    proof = signet.prove(bytes(whole))
    assert not proof.genuine and "签名有效" not in proof.signature
    (tmp_path / "paper.pdf").write_bytes(bytes(whole))
    with pytest.raises(CommandError):
        call_command("verify_paper", str(tmp_path / "paper.pdf"), stdout=io.StringIO())


def test_something_added_is_found_and_the_paper_still_named(town: Town) -> None:
    paper = decision(town)
    proof = signet.prove(file_of(paper) + b"\n% more")
    assert not proof.genuine and proof.document == paper and "追加" in proof.words


def test_the_command_names_number_case_hash_and_signature(town: Town, tmp_path: Path) -> None:
    paper, out = decision(town), io.StringIO()
    (tmp_path / "paper.pdf").write_bytes(file_of(paper))
    call_command("verify_paper", str(tmp_path / "paper.pdf"), stdout=out)
    said = out.getvalue()
    assert paper.number in said and paper.case.number in said and SignedPaper.objects.get(pk=paper.pk).sha256 in said
    assert "签名有效" in said and "完全一致" in said


def test_a_file_of_another_house_is_told_apart(tmp_path: Path) -> None:
    proof = signet.prove(b"%PDF-1.7 something else")
    assert (proof.genuine, proof.words) == (False, "不是本系统生成的文书")


def test_an_organ_changes_its_seal_without_touching_what_was_sealed(town: Town) -> None:
    before = file_of(decision(town))
    square = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="9" height="9" fill="red"/></svg>'
    OrganSeal.objects.create(unit=town.city, image=square, mime="image/svg+xml", valid_from=town.today, added_at=town.at)
    assert signet.picture.seal_pdf(town.city, town.today) != signet.picture.seal_pdf(town.city, town.today.replace(year=2020))
    assert file_of(Document.objects.get(step="decide")) == before


@pytest.mark.parametrize(("kind", "why"), [(Pkcs11Keys, "签名设备|python-pkcs11"), (Sm2Keys, "SM2")])
def test_a_device_that_is_not_there_is_named_and_the_paper_waits(town: Town, kind: type, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ORGAN_KEYS", f"workflow_app.signet.keys.{kind.__name__}")
    signet.keys.cache_clear()
    paper = decision(town)
    signet.keys.cache_clear()
    row = Outgoing.objects.get(target=paper.pk)
    assert row.done_at is None and not Rendering.objects.exists() and not SignedPaper.objects.exists()
    assert "未能用印" in row.error
    with pytest.raises(signet.KeyUnavailable, match=why):
        kind()._load("organ-YX", "云溪市")


# The public page


def test_the_page_answers_for_a_code_with_nothing_of_a_person(town: Town) -> None:
    paper = decision(town)
    said = Client().get(f"/verify/{paper.verify_code}/")
    text = said.content.decode()
    assert said.status_code == 200 and said["Cache-Control"].find("no-store") >= 0
    assert paper.number in text and "中共云溪市委组织部" in text and "2026年3月2日" in text and "有效" in text
    assert SignedPaper.objects.get(pk=paper.pk).sha256 in text
    for secret in ("王建国", "交通运输局", paper.case.number, "调整决定"):
        assert secret not in text


def test_a_code_that_nobody_gave_is_answered_as_such_and_typing_is_forgiven(town: Town) -> None:
    paper = decision(town)
    assert Client().get("/verify/00000000000000000000000000/").status_code == 404
    typed = "-".join(str(paper.verify_code)[n : n + 4] for n in range(0, 26, 4)).lower().replace("0", "o").replace("1", "l")
    assert Client().get("/verify/", {"code": typed}, follow=True).status_code == 200


def test_who_asks_too_often_is_turned_away(town: Town) -> None:
    paper, client = decision(town), Client()
    for _ in range(ASKED):
        client.get("/verify/00000000000000000000000000/")
    assert client.get(f"/verify/{paper.verify_code}/").status_code == 429
    assert Client(REMOTE_ADDR="10.0.0.9").get(f"/verify/{paper.verify_code}/").status_code == 200


def test_a_corrected_paper_says_by_which(town: Town) -> None:
    paper = decision(town)
    begin(town, paper.case, "correct_paper", by="decision_body1", paper=str(paper.pk), wrong="作出如下决定", right="决定如下")
    later = Document.objects.get(step="correct_paper")
    assert f"有文字更正，见{later.number}" in Client().get(f"/verify/{paper.verify_code}/").content.decode()


def test_codes_are_128_bits_and_never_repeat() -> None:
    codes = {documents.new_code() for _ in range(5000)}
    assert len(codes) == 5000 and {len(code) for code in codes} == {26}
    letters: Any = {letter for code in codes for letter in code}
    assert letters == set(documents.LETTERS)


def test_an_answer_is_headed_and_sealed_by_the_organ_that_answers(town: Town) -> None:
    case = run(town, open_case(town), *TO_SERVED[: TO_SERVED.index("give_opinion") + 1])
    answer, letter = (Document.objects.get(case=case, step=step) for step in ("give_opinion", "ask_opinion"))
    assert (answer.content["paper"]["organ"], letter.content["paper"]["organ"]) == ("市纪委监委", "中共云溪市委组织部")
    assert [outbox.sealed_by(paper).pk for paper in (answer, letter)] == [town.discipline.pk, town.city.pk]
    assert answer.content["content"]["to"] == "中共云溪市委组织部"


def test_that_an_organ_kept_silent_is_a_paper_of_the_organ_that_waited(town: Town) -> None:
    case = run(town, open_case(town), *TO_MEETING[:8], ("propose", {"co_authority": str(town.partner.pk)}), "review_legality")
    run(town, case, "ask_opinion", "ask_opinion")
    over = Deadline.objects.get(case=case, rule_id="DN-COAUTH")
    conduct.expire(over.pk, at=over.fires_at)
    silent = Document.objects.get(case=case, title="未答复情况记录")
    assert silent.content["paper"]["organ"] == "中共云溪市委组织部"
