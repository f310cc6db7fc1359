"""The press: what it prints, and what no document can do to it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import page
import pdfplumber
import pytest
from django.conf import settings

from tests.flows.down.stand import PAPER
from workflow_app import documents
from workflow_app.orders import Limits, Order
from workflow_app.printshop import Printshop

DECISION = "documents/down/decide.html"
ENVELOPE = PAPER | {"title": "调整决定书", "dated": "2026-03-20"}
CONTENT: dict[str, Any] = {"to": "王建国", "paragraphs": ["经核实认定、听取本人陈述申辩，并经会议讨论，作出如下决定。"]}
HEAD = '<!DOCTYPE html><html lang="zh-CN"><title>试</title>'


@pytest.fixture(scope="module")
def shop() -> Iterator[Printshop]:
    """A press of one worker with tight limits."""
    one = Printshop(Path(settings.FONT_DIR), settings.BASE_DIR, Limits(processor=3, waiting=8, memory=1 << 30, orders=50, workers=1))
    yield one
    one.close()


def embedded(pdf: bytes) -> bytes:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        names = opened.doc.catalog["AF"]
        return bytes(names[0].resolve()["EF"]["F"].resolve().get_data())


def test_a_paper_is_archivable_and_accessible_at_once() -> None:
    made = documents.render(ENVELOPE, CONTENT, DECISION)
    for profile in ("3a", "ua1"):
        report = page.validate_pdf_bytes(made.pdf, profile=profile)
        assert report.is_compliant, [(one.rule_id, one.message) for one in report.failures]


def test_its_syntax_is_sound(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(documents.render(ENVELOPE, CONTENT, DECISION).pdf)
    checked = subprocess.run(["qpdf", "--check", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_its_content_is_attached_as_data_and_says_nothing_that_is_not_printed() -> None:
    signed = [{"title": "承办人", "name": "李敏文", "time": "2026-03-20 09:00", "account": 7, "cadre": 9}]
    made = documents.render(ENVELOPE | {"signatures": signed}, CONTENT, DECISION)
    data = json.loads(embedded(made.pdf))
    assert data["content"] == CONTENT
    assert data["paper"]["signatures"] == [{"title": "承办人", "name": "李敏文", "time": "2026-03-20 09:00"}]


def test_a_preview_carries_no_data_and_a_watermark() -> None:
    made = documents.render(ENVELOPE, CONTENT, DECISION, watermark=True)
    with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
        assert "AF" not in opened.doc.catalog
        assert "预" in (opened.pages[0].extract_text() or "")


def test_a_character_without_glyph_is_named() -> None:
    with pytest.raises(documents.RenderingFailed, match=r"U\+1F600"):
        documents.render(ENVELOPE, {"paragraphs": ["😀"]}, DECISION)


def test_markup_in_a_text_is_printed_as_text() -> None:
    made = documents.render(ENVELOPE, {"paragraphs": ["<b>甲</b><img src='http://127.0.0.1:9/x'>"]}, DECISION)
    with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
        assert "<b>甲</b>" in "".join(str(one.extract_text()) for one in opened.pages)


class Ear(BaseHTTPRequestHandler):
    """Hears every request."""

    heard: list[str] = []

    def do_GET(self) -> None:
        """Note it."""
        self.heard.append(self.path)
        self.send_response(404)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Silence."""


# Ways in which markup asks for something from elsewhere; {u} is an address of ours, {f} a file of this machine.
ASKING = (
    '<img src="{u}/a.png">', '<style>@import url({u}/b.css)</style>', '<link rel="stylesheet" href="{u}/c.css">',
    '<p style="background:url({u}/d.png)">x', "<style>@font-face{{font-family:q;src:url({u}/e.ttf)}}p{{font-family:q}}</style><p>x",
    '<style>p::before{{content:url({u}/f.png)}}</style><p>x', '<ul style="list-style:url({u}/g.png)"><li>x</ul>',
    '<object data="{u}/h.svg"></object>', '<embed src="{u}/i.svg">', '<iframe src="{u}/j.html"></iframe>',
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{u}/k.png"/></svg>',
    '<img src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27%3E%3Cimage href=%27{u}/l.png%27/%3E%3C/svg%3E">',
    '<base href="{u}/"><img src="m.png">', '<link rel="attachment" href="{u}/n.txt">', '<a rel="attachment" href="{u}/o.txt">x</a>',
    '<link rel="attachment" href="{f}">', '<a rel="attachment" href="{f}">x</a>', '<img src="{f}">', '<script src="{u}/p.js"></script>',
)  # fmt: skip


def test_the_press_fetches_nothing_and_attaches_nothing(shop: Printshop, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("SECRET-OF-THE-MACHINE")
    Ear.heard.clear()
    server = HTTPServer(("127.0.0.1", 0), Ear)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        for text in ASKING:
            body = text.format(u=f"http://127.0.0.1:{server.server_port}", f=f"file://{tmp_path}/secret.txt")
            made = shop.order(Order(f"{HEAD}<body>{body}</body>", ""))
            assert b"SECRET" not in made.pdf and b"/EmbeddedFile" not in made.pdf
    finally:
        server.shutdown()
        server.server_close()
    assert Ear.heard == []


HOSTILE = {
    "a table of a million columns": '<table><tr><td colspan="1000000">x</td></tr></table>',
    "elements nested without end": "<div>" * 1500,
    "boxes that bend in boxes": '<div style="display:flex">' * 6 + "<p>字</p>" * 300,
    "a page of one millimetre": f"<style>@page{{size:1mm;margin:0}}</style><p>{'字' * 30000}",
    "twenty thousand cells": "<table>" + ("<tr>" + "<td>x</td>" * 40 + "</tr>") * 500 + "</table>",
    "letters as large as the sky": '<p style="font-size:1e9px">字',
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_document_is_refused_in_words_and_the_press_goes_on(shop: Printshop, what: str) -> None:
    began = time.monotonic()
    made = shop.order(Order(f"{HEAD}<body>{HOSTILE[what]}</body>", ""))
    assert time.monotonic() - began < 40
    assert made.fault.endswith("重试。") and made.pdf == b""
    assert shop.order(Order(f"{HEAD}<p>正常文书</p>", "")).pages == 1


def test_a_worker_that_dies_loses_one_order_only(shop: Printshop) -> None:
    assert shop.order(Order(f"{HEAD}<p>先印一份</p>", "")).pages == 1
    assert shop.foreman is not None
    children = Path(f"/proc/{shop.foreman.pid}/task/{shop.foreman.pid}/children")
    for worker in children.read_text().split():
        os.kill(int(worker), signal.SIGKILL)
    assert shop.order(Order(f"{HEAD}<p>正常文书</p>", "")).pages == 1


def test_a_worker_is_replaced_after_its_orders() -> None:
    one = Printshop(Path(settings.FONT_DIR), settings.BASE_DIR, Limits(orders=3, workers=1))
    try:
        made = {one.order(Order(f"{HEAD}<p>正常文书</p>", "")).pdf for _ in range(8)}
    finally:
        one.close()
    assert len(made) == 1, "and the next one prints the same bytes"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"paragraphs": ["字" * 20_001]}, "20001字"),
        ({"tables": [{"title": "表", "head": ["一"], "rows": [["x"] * 8] * 2001}]}, "16008格"),
        ({"paragraphs": ["字" * 19_999] * 51}, "1000000字"),
    ],
)
def test_a_paper_of_endless_size_is_refused_before_it_is_printed(content: dict[str, Any], why: str) -> None:
    with pytest.raises(documents.RenderingFailed, match=why):
        documents.render(ENVELOPE, content, DECISION)
