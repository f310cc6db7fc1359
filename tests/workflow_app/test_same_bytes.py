"""The same paper is the same file: in another zone, language and folder, after 300 others, and years later from what was frozen."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone, translation

from tests.story import Town, open_case
from tests.workflow_app.test_layout import ENVELOPE, content
from workflow_app import documents, outbox, patterns
from workflow_app.models import Document, PaperTemplate, Rendering
from workflow_app.orders import Limits
from workflow_app.printshop import Printshop

TEMPLATE = "documents/down/decide.html"
PAPER = ENVELOPE | {"title": "调整决定书"}
ALONE = """
import hashlib, json, sys, django
django.setup()
from workflow_app import documents
paper, content, template = json.load(open(sys.argv[1]))
made = documents.render(paper, content, template)
print(hashlib.sha256(made.pdf).hexdigest())
"""


def here() -> str:
    return documents.render(PAPER, content(times=8), TEMPLATE).sha256


@pytest.mark.parametrize(
    "changed",
    [{"TZ": "America/Lima"}, {"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, {"PYTHONHASHSEED": "7"}, {"SOURCE_DATE_EPOCH": "1", "HOME": "/"}],
    ids=["zone", "language", "hashes", "home"],
)
def test_another_process_makes_the_same_bytes(changed: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "paper.json").write_text(json.dumps([PAPER, content(times=8), TEMPLATE]))
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "workflow_app.settings", "PYTHONPATH": str(settings.BASE_DIR), "RENDERERS": "1"} | changed
    done = subprocess.run(
        [sys.executable, "-c", ALONE, str(tmp_path / "paper.json")], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == here()


def test_neither_the_language_nor_the_zone_of_the_reader_has_a_say() -> None:
    first = here()
    with translation.override("en"), timezone.override("America/Lima"):
        assert here() == first


def test_after_300_other_papers_it_is_the_same_file() -> None:
    one = Printshop(Path(settings.FONT_DIR), settings.BASE_DIR, Limits(workers=1, orders=1000))
    order = documents.order_of(PAPER, content(times=8), TEMPLATE)
    try:
        first = one.order(order).pdf
        for number in range(300):
            other: dict[str, Any] = {"to": f"第{number}人", "paragraphs": [f"第{number}份文书。", chr(0x4E00 + number * 7) * 5]}
            assert one.order(documents.order_of(PAPER, other, "documents/down/follow_up.html")).pages == 1
        assert one.order(order).pdf == first
    finally:
        one.close()


@pytest.mark.django_db
def test_a_paper_is_printed_again_in_the_template_of_its_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    open_case(town)
    paper = Document.objects.get()
    outbox.render(paper.pk, at=town.at)
    first = Rendering.objects.get(pk=paper.pk).sha256
    old = patterns.current(paper.template)
    newer = patterns.Pattern(old.name, old.sources | {patterns.STYLE: old.style.replace("12pt", "13pt")})
    monkeypatch.setattr(patterns, "current", lambda name: newer)
    monkeypatch.setattr(patterns, "version_of", lambda name: "another")
    said = paper.content
    again = documents.render(said["paper"], said["content"], paper.template, version=paper.template_version)
    assert again.sha256 == first == hashlib.sha256(again.pdf).hexdigest()
    assert documents.render(said["paper"], said["content"], paper.template).sha256 != first


@pytest.mark.django_db
def test_every_template_is_kept_when_the_database_is_made() -> None:
    kept = set(PaperTemplate.objects.values_list("version", flat=True))
    assert {patterns.version_of(name) for name in patterns.names()} <= kept
    assert "documents/down/decide.html" in patterns.names()


@pytest.mark.django_db
def test_a_paper_whose_template_nobody_kept_is_refused_aloud(town: Town) -> None:
    open_case(town)
    said = Document.objects.get().content
    with pytest.raises(documents.RenderingFailed, match="没有保存"):
        documents.render(said["paper"], said["content"], TEMPLATE, version="0" * 64)
