"""What a paper carries of its faces: enough to look as it should, and no more."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.workflow_app.test_press import CONTENT, DECISION, ENVELOPE
from workflow_app import documents

MAKE = """
import pickle, sys
from workflow_app import cutting, press
if sys.argv[1] == "whole":
    cutting.install = lambda folder: None
sys.stdout.buffer.write(press.Press().make(pickle.load(sys.stdin.buffer)).pdf)
"""
TEXT = "王建国：2025年度完成率为41%，“不称职”；Hagb 犇㙟𠮷。"


def made(how: str, folder: Path) -> Path:
    """The paper as printed with our cut, or with WeasyPrint's own."""
    order = documents.order_of(ENVELOPE, CONTENT | {"paragraphs": [TEXT]}, DECISION)
    fonts = {"FONTCONFIG_FILE": str(Path(settings.FONT_DIR) / "fonts.conf"), "PYTHONPATH": str(settings.BASE_DIR)}
    done = subprocess.run(
        [sys.executable, "-c", MAKE, how], input=pickle.dumps(order), capture_output=True, check=True, env={**os.environ, **fonts}
    )
    (folder / f"{how}.pdf").write_bytes(done.stdout)
    return folder / f"{how}.pdf"


def picture(pdf: Path) -> bytes:
    return subprocess.run(["pdftoppm", "-r", "150", "-gray", str(pdf)], capture_output=True, check=True).stdout


def test_a_paper_looks_the_same_as_with_the_cut_of_the_library(tmp_path: Path) -> None:
    ours, theirs = made("cut", tmp_path), made("whole", tmp_path)
    assert picture(ours) == picture(theirs)
    assert ours.stat().st_size < theirs.stat().st_size


def test_every_face_is_carried_in_part_and_its_text_can_be_copied(tmp_path: Path) -> None:
    ours = made("cut", tmp_path)
    listed = subprocess.run(["pdffonts", str(ours)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert listed and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in listed), listed  # carried, in part, readable
    text = subprocess.run(["pdftotext", "-raw", str(ours), "-"], capture_output=True, text=True, check=True).stdout
    assert TEXT in text.replace("\n", "").replace("\f", "")
