"""X 附扫描件."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from flows.anywhere.steps.attach_scan import AttachScan
from tests.flows.down.stand import case, demanded, moved, printed, refusal
from tests.story import Town, begin, open_case, run
from workflow_app import uploads
from workflow_app.models import Case, Document, Upload
from workflow_app.steps import Situation

pytestmark = pytest.mark.django_db
STEP = AttachScan()
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


def scanned(town: Town, by: str = "case_handler1") -> Upload:
    """A hand-signed record, scanned."""
    upload: Upload = uploads.keep(SimpleUploadedFile("笔录签名页.pdf", PDF), by=town.people[by], at=town.at)
    return upload


def facts(opened: Case, scan: Upload, **changes: Any) -> dict[str, Any]:
    return {"paper": str(Document.objects.get(case=opened, code="D-CLUE").pk), "file": scan.pk, "remark": "签名页"} | changes


def at(town: Town, opened: Case) -> Situation:
    return Situation(opened, town.people["case_handler1"], town.at, {})


def test_the_form_asks_for_paper_and_scan(town: Town) -> None:
    assert demanded(STEP) == {"paper", "file"}
    opened, file = open_case(town), scanned(town)
    form = STEP.Facts(situation=at(town, opened))
    assert [value for value, _ in form.fields["paper"].choices if value] == [str(Document.objects.get(case=opened).pk)]
    assert [int(value) for value, _ in form.fields["file"].choices if value] == [file.pk]


def test_paper_and_scan_exist_and_the_paper_is_of_this_case(town: Town) -> None:
    opened, file = open_case(town), scanned(town)
    assert refusal(STEP, facts(opened, file), at(town, opened)) == ("", "")
    assert refusal(STEP, facts(opened, file, paper="1"), at(town, opened)) == ("X-SCAN", "paper")
    assert refusal(STEP, facts(opened, file, file=file.pk + 1), at(town, opened)) == ("X-SCAN", "file")


def test_two_handlers_put_it_to_the_file_also_after_the_end(town: Town) -> None:
    opened = open_case(town, outcome="no_case")
    begin(town, opened, "attach_scan", by="case_handler1", **facts(opened, scanned(town)))
    paper = Document.objects.get(case=opened, code="X-SCAN")
    assert len(paper.content["paper"]["signatures"]) == 2
    assert not paper.open_to_subject
    assert (STEP.role, [slot.role for slot in STEP.slots(at(town, opened), {})]) == ("case_handler", ["case_handler"])


def test_it_moves_nothing(town: Town) -> None:
    assert moved(STEP, case("hearing")) == "hearing"
    assert run(town, open_case(town), "approve_opening").state == "opened"


def test_the_entry_names_paper_size_and_digest(town: Town) -> None:
    opened, file = open_case(town), scanned(town)
    html = printed(STEP, facts(opened, file), at(town, opened), "anywhere")
    for text in ("<h1>附件登记</h1>", str(Document.objects.get(case=opened)), f"{len(PDF)}字节", file.sha256, "签名页"):
        assert text in html
