"""Sample papers of every step of every path: each can be made, archived, read aloud, and holds all that it should say."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import page
import pdfplumber
import pytest
from django.core.management import call_command

from workflow_app import documents
from workflow_app.models import Case, Unit
from workflow_app.nodes import PATHS, Human, Wait
from workflow_app.samples import Sample, samples

pytestmark = pytest.mark.django_db
QUIET = ("widths",)  # of the content, what is not printed


def words(value: Any) -> str:
    """All that a content says, without blanks."""
    if isinstance(value, dict):
        return "".join(words(one) for name, one in value.items() if name not in QUIET)
    if isinstance(value, (list, tuple)):
        return "".join(map(words, value))
    return "".join(str(value).split()) if isinstance(value, str) else ""


def faults_of(one: Sample, folder: Path) -> list[str]:
    """What is wrong with a sample."""
    if one.fault:
        return [f"{one.name}: {one.fault}"]
    made = documents.render(one.paper, one.content, one.template)
    (folder / "paper.pdf").write_bytes(made.pdf)
    found = [
        f"{one.name} {profile}: {fault.rule_id} {fault.message}"
        for profile in ("3a", "ua1")
        for fault in page.validate_pdf_bytes(made.pdf, profile=profile).failures
    ]
    if subprocess.run(["qpdf", "--check", str(folder / "paper.pdf")], capture_output=True, check=False).returncode:
        found.append(f"{one.name}: qpdf")
    with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
        letters = [letter for sheet in opened.pages for letter in sheet.chars]
        printed = Counter(letter["text"] for letter in letters)
        lost = Counter(words(one.content)) - printed
        off = [c for c in letters if not (5 < c["x0"] < 590 and 5 < c["top"] < 837)]
    if lost:
        found.append(f"{one.name}: not printed: {dict(lost)}")
    if off:
        found.append(f"{one.name}: off the page: {off[0]['text']}")
    return found


def test_every_sample_is_archivable_accessible_sound_and_complete(tmp_path: Path) -> None:
    made = list(samples())
    assert [fault for one in made for fault in faults_of(one, tmp_path)] == []
    wanted = {
        (path.folder, node.step.name)
        for path in PATHS.values()
        for node in path._nodes_by_name.values()
        if isinstance(node, Human) and not isinstance(node, Wait)
    }
    assert {(one.folder, one.step) for one in made} == wanted
    assert len({one.name for one in made}) == len(made), "each is a file of its own"


def test_making_samples_leaves_nothing_behind(tmp_path: Path) -> None:
    call_command("papers", sample=str(tmp_path), step="terminate", stdout=io.StringIO())
    assert sorted(file.name for file in tmp_path.iterdir()) == ["down-terminate-done.pdf"]
    assert not Case.objects.exists() and not Unit.objects.exists()


@pytest.mark.django_db
def test_a_paper_that_nobody_signed_says_so_and_promises_no_signature() -> None:
    silent = [one for one in samples("review_oneself") if one.outcome == "silent"]
    assert [one.paper["signatures"] for one in silent] == [[]]
    with pdfplumber.open(io.BytesIO(documents.render(silent[0].paper, silent[0].content, silent[0].template).pdf)) as found:
        text = found.pages[0].extract_text()
    assert "期限届满时由系统记录，无人签名" in text and "签发后" not in text
