"""Frozen content -> PDF. Rendering happens in a process of its own (press.py), never in a thread of the web process."""

from __future__ import annotations

import hashlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string

from workflow_app import press
from workflow_app.ledger import canonical

SECONDS = 60
BASES = ("base.html", "record.html", "letter.html", "formal.html", "paper.css")


class RenderingFailed(Exception):
    """A paper could not be made; the message can be shown to a person."""


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    pdf: bytes
    sha256: str
    pages: int


_pool: list[ProcessPoolExecutor] = []


def _press() -> ProcessPoolExecutor:
    if not _pool:
        context = multiprocessing.get_context("spawn")
        conf = str(Path(settings.FONT_DIR) / "fonts.conf")
        css = str(settings.BASE_DIR / "templates" / "documents" / "paper.css")
        _pool.append(ProcessPoolExecutor(1, mp_context=context, initializer=press.ready, initargs=(conf, css), max_tasks_per_child=300))
    return _pool[0]


def _close() -> None:
    for pool in _pool:
        pool.shutdown(wait=False, cancel_futures=True)
    _pool.clear()


def html_of(paper: dict[str, Any], content: dict[str, Any], template: str, *, watermark: bool = False) -> str:
    """The paper as HTML; Django escapes every value."""
    return render_to_string(template, {"paper": paper, "c": content, "watermark": watermark})


def render(paper: dict[str, Any], content: dict[str, Any], template: str, watermark: bool = False) -> Rendered:
    """Render in the press. Raises RenderingFailed with a reason a person can read."""
    if not (Path(settings.FONT_DIR) / "version").exists():
        raise RenderingFailed("字体集尚未生成：运行 make setup。")
    html = html_of(paper, content, template, watermark=watermark)
    try:
        pdf, pages, fault = _press().submit(press.make, html, canonical(content), str(paper.get("issued_on", ""))).result(SECONDS)
    except (BrokenProcessPool, TimeoutError) as broken:
        _close()
        raise RenderingFailed(f"《{paper['title']}》排版进程中断或超过{SECONDS}秒，请缩短正文或表格后重试。") from broken
    if fault:
        raise RenderingFailed(f"《{paper['title']}》{fault}")
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), pages)


@lru_cache(maxsize=256)
def template_version(template: str) -> str:
    """Hash of a template with everything it stands on."""
    folder = settings.BASE_DIR / "templates"
    names = [folder / template, *(folder / "documents" / name for name in BASES)]
    assert engines["django"]
    return hashlib.sha256(b"".join(name.read_bytes() for name in names)).hexdigest()


@lru_cache(maxsize=1)
def font_set() -> str:
    """Version of the font set in use."""
    return (Path(settings.FONT_DIR) / "version").read_text()
