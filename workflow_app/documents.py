"""Frozen content -> PDF. Rendering happens in the press (printshop.py), never in a thread or process of the web."""

from __future__ import annotations

import base64
import hashlib
import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.utils.dateformat import format as dateformat

from workflow_app import fonts, patterns, titles
from workflow_app.ledger import canonical
from workflow_app.models import Case, Rendering, SignedPaper, Unit
from workflow_app.orders import Limits, Order, Place
from workflow_app.printshop import PressUnavailable, Printshop
from workflow_app.steps import Step

PARAGRAPH = 20_000  # characters; a longer one takes the press minutes
CELLS = 16_000  # of all tables of a paper: some 135 pages, 22 s of processor (it grows evenly); the press gives up after 60
TEXT = 1_000_000  # characters of a paper
PREVIEWED = "（签发后编号）"
LETTERS, CODE_LENGTH = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 26
SIGNED = ("title", "name", "time")  # of a signature, what the attached data says


class RenderingFailed(Exception):
    """A paper could not be made; the message can be shown to a person. `tries`: after how many it is put aside."""

    def __init__(self, reason: str, *, tries: int = 8) -> None:
        super().__init__(reason)
        self.tries = tries


@dataclass(frozen=True)
class Rendered:
    """A finished PDF, and where its seal goes."""

    pdf: bytes
    sha256: str
    pages: int
    seal: Place | None = None


@lru_cache(maxsize=1)
def printshop() -> Printshop:
    """The press of this process."""
    return Printshop(Path(settings.FONT_DIR), settings.BASE_DIR, Limits(workers=settings.RENDERERS))


def envelope(
    case: Case,
    step: Step,
    title: str,
    *,
    signed: list[dict[str, Any]],
    number: str = PREVIEWED,
    issued_on: date | None = None,
    code: str = "",
    subject: Mapping[str, Any] | None = None,
    outcome: str = "",
) -> tuple[dict[str, Any], str]:
    """What a paper carries besides its content, frozen with it, and its template. A preview has no number, date or code."""
    other = step.speaks_for(subject or {}, outcome)
    organ = case.organ if other is None else Unit.objects.get(pk=other)
    name = step.issuer(case) if other is None else organ.organ_name or organ.name
    paper = {
        "title": title, "title_lines": titles.lines(title), "number": number, "organ": name, "header": header_of(organ, name),
        "contact": (organ.contact or "").splitlines(), "case_no": case.number,
        "issued_on": dateformat(issued_on, "Y年n月j日") if issued_on else "", "dated": str(issued_on or ""),
        "addressee": case.cadre.name, "signatures": signed, "formal": step.formal, "code": step.document, "kind": step.no,
        "verify": verify_of(code) if code else None, "demo": settings.DEMO,
    }  # fmt: skip
    folder = "anywhere" if step.no == "X" else case.flow_class.folder
    return paper, f"documents/{folder}/{step.name}.html"


def header_of(organ: Unit, name: str) -> str:
    """发文机关标志: what the organ has set, for papers in its own name."""
    own = name == (organ.organ_name or organ.name)
    return organ.header_name if own and organ.header_name else f"{name}文件"


def new_code() -> str:
    """128 random bits in letters and digits that cannot be taken for one another."""
    number = secrets.randbits(128)
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def verify_of(code: str) -> dict[str, str]:
    """The code as it is printed, and the address that answers for the paper."""
    printed = "-".join(code[n : n + 4] for n in range(0, len(code), 4))
    return {"code": code, "printed": printed, "url": f"{settings.PUBLIC_URL}/verify/{code}/"}


def picture_of(paper: dict[str, Any]) -> str:
    """The address as a QR picture, or nothing."""
    if not paper.get("verify"):
        return ""
    out = io.BytesIO()
    segno.make(paper["verify"]["url"], error="m", micro=False).save(out, kind="png", border=0, scale=1)
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def order_of(paper: dict[str, Any], content: dict[str, Any], template: str, *, watermark: bool = False, version: str = "") -> Order:
    """What the press is given. A preview carries neither data nor date."""
    check_size(paper["title"], content)
    pattern = patterns.kept(template, version)
    if pattern is None:
        raise RenderingFailed(f"《{paper['title']}》所用的模板版本{version[:8]}没有保存，不能重新生成。", tries=1)
    html = patterns.fill(pattern, {"paper": paper, "c": content, "watermark": watermark, "qr": picture_of(paper)})
    data = "" if watermark else canonical(data_of(paper, content))
    return Order(html, pattern.style, data, "" if watermark else str(paper.get("dated", "")))


def data_of(paper: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The paper as data, for machines: what is printed and nothing more."""
    signed = [{name: one.get(name, "") for name in SIGNED} for one in paper.get("signatures", [])]
    return {"paper": {**paper, "signatures": signed}, "content": content}


def render(paper: dict[str, Any], content: dict[str, Any], template: str, watermark: bool = False, *, version: str = "") -> Rendered:
    """Render in the press. Raises RenderingFailed with a reason a person can read."""
    return printed(paper["title"], order_of(paper, content, template, watermark=watermark, version=version))


def printed(title: str, order: Order) -> Rendered:
    """What the press makes of an order; any thread may ask. Raises RenderingFailed with a reason a person can read."""
    if not (Path(settings.FONT_DIR) / "version").exists():
        raise RenderingFailed("字体集尚未生成：运行 make setup。")
    try:
        made = printshop().order(order)
    except PressUnavailable as away:
        raise RenderingFailed(str(away)) from away
    if made.fault:
        # What used up its limits is tried again: the machine may have been busy.
        raise RenderingFailed(f"《{title}》{made.fault}", tries=3 if made.worn else 1)
    return Rendered(made.pdf, hashlib.sha256(made.pdf).hexdigest(), made.pages, made.seal)


def begin(paper: dict[str, Any], content: dict[str, Any], template: str, *, version: str = "") -> None:
    """Let the press begin with a paper that will be rendered soon."""
    if (Path(settings.FONT_DIR) / "version").exists():
        printshop().begin(order_of(paper, content, template, version=version))


def check_size(title: str, content: Any) -> None:
    """Refuse what would keep the press busy for minutes. Raises RenderingFailed."""
    texts = list(_texts(content))
    longest, cells = max(map(len, texts), default=0), sum(_cells(table) for table in content.get("tables", ()))
    if longest > PARAGRAPH:
        raise RenderingFailed(f"《{title}》有一段文字长{longest}字，超过{PARAGRAPH}字，请分段后重试。", tries=1)
    if cells > CELLS:
        raise RenderingFailed(f"《{title}》的表格有{cells}格，超过{CELLS}格，请分成几份文书。", tries=1)
    if sum(map(len, texts)) > TEXT:
        raise RenderingFailed(f"《{title}》全文超过{TEXT}字，请分成几份文书。", tries=1)


def _cells(table: dict[str, Any]) -> int:
    return sum(len(row) for row in table.get("rows", ()))


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)


@lru_cache(maxsize=1)
def font_set() -> str:
    """Version of the font set in use."""
    return (Path(settings.FONT_DIR) / "version").read_text()


def missing(text: str) -> list[str]:
    """Characters of `text` that no face of the set draws."""
    return fonts.missing(text, Path(settings.FONT_DIR)) if text else []


def not_drawn(characters: list[str]) -> str:
    """Which characters they are, in words."""
    return f"含有字体集以外的字：{'、'.join(f'“{one}”（U+{ord(one):04X}）' for one in characters)}。"


def finished(document_id: int) -> bytes | None:
    """The file that leaves the house: signed where the paper is signed; None while it is not made."""
    made = Rendering.objects.filter(pk=document_id).first()
    if made is None:
        return None
    signed = SignedPaper.objects.filter(pk=document_id).first()
    return bytes(made.pdf) + (bytes(signed.addition) if signed else b"")
