"""The press: HTML -> PDF/A-3a that is PDF/UA-1 as well. The only module that loads WeasyPrint; only a worker loads it.

FONTCONFIG_FILE must name the private font set before this module is imported: `workflow_app.printshop` sees to it.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import re
import zlib
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from workflow_app import cutting, justify, styling
from workflow_app.orders import Order, Place, Printed

VARIANT, PICTURE = "pdf/a-3a", "pdf/a-3u"
POINT = 0.75  # of a CSS pixel
SEAL_SIDE = 42 / 25.4 * 72
EPOCH = "2000-01-01"  # of a preview, which has no date
COLLECT_EVERY = 16
CARRIAGE_RETURN = 0x0D
LEVEL = 1  # of compression: 6 takes a millisecond a page for one part in a hundred, 9 three times that for another
CUT_SHORT = b"\r\nendstream"
NAMED, USED = re.compile(r"(--[\w-]+):\s*([^;{}]+)"), re.compile(r"var\((--[\w-]+)\)")
# PDF/UA-1 is named beside PDF/A-3a; PDF/A wants the schema of the name to be described in the same place.
UA = (
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>'
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>'
    b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>"
    b"</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    b'<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>'
)


class TooLong(BaseException):
    """An order used up its time. Not an Exception: WeasyPrint swallows those that a picture raises."""


class Net(logging.Handler):
    """Catches what WeasyPrint only logs: a character without a glyph, and something that was not fetched."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the character."""
        if "notdef" in record.msg:
            self.characters.add(str(record.args[0]) if isinstance(record.args, tuple) and record.args else "?")


class Closed(URLFetcher):
    """Nothing is fetched but inline data: neither the network nor a file."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)


class Press:
    """One worker's press: fonts and style sheets are loaded once."""

    def __init__(self) -> None:
        justify.install()
        styling.install()
        cutting.install(Path(os.environ["FONTCONFIG_FILE"]).parent / "faces")
        self.fonts, self.net, self.fetcher, self.done = FontConfiguration(), Net(), Closed(), 0
        self.sheets: dict[str, Any] = {}
        logger = logging.getLogger("weasyprint")
        logger.handlers, logger.propagate = [self.net], False
        gc.disable()

    def make(self, order: Order) -> Printed:
        """Print one order. Whatever a document does to the press is a fault of this document."""
        self.net.characters.clear()
        try:
            made = self._print(order)
        except MemoryError:
            return Printed(fault="内容过于复杂，超过内存上限，请缩短正文或表格后重试。", worn=True)
        except TooLong:
            return Printed(fault="内容过于复杂，超过排版时限，请缩短正文或表格后重试。", worn=True)
        except Exception as fault:
            return Printed(fault=f"无法排版（{type(fault).__name__}），请更正所填内容后重试。", worn=True)
        finally:
            self.done += 1
            if self.done % COLLECT_EVERY == 0:
                gc.collect()
        if self.net.characters:
            named = "、".join(f"{c}（U+{ord(c[0]):04X}）" for c in sorted(self.net.characters))
            return Printed(fault=f"含有字体集以外的字：{named}，请改用规范字。")
        return made

    def _print(self, order: Order) -> Printed:
        document = weasyprint.HTML(string=order.html, url_fetcher=self.fetcher).render(
            stylesheets=[self._sheet(order.css)], font_config=self.fonts, pdf_variant=VARIANT if order.tagged else PICTURE
        )
        return Printed(self._written(document, order), len(document.pages), _seal_of(document))

    def _written(self, document: Any, order: Order) -> bytes:
        """The file. The streams made last, of objects and cross-references, must not end in CR either: blanks move their ends."""
        if not order.tagged:
            picture: bytes = document.write_pdf(pdf_variant=PICTURE)
            return picture
        for blanks in range(8):
            document.metadata.attachments = [self._data(order)] if order.data else []
            pdf: bytes = document.write_pdf(pdf_variant=VARIANT, finisher=partial(_finish, blanks=blanks))
            if CUT_SHORT not in pdf:
                break
        return pdf

    def _sheet(self, css: str) -> Any:
        if css not in self.sheets:
            if len(self.sheets) >= 8:
                self.sheets.clear()
            self.sheets[css] = weasyprint.CSS(string=_written_out(css), font_config=self.fonts, url_fetcher=self.fetcher)
        return self.sheets[css]

    def _data(self, order: Order) -> Any:
        day = datetime.fromisoformat(order.dated or EPOCH)
        return weasyprint.Attachment(
            file_obj=io.BytesIO(order.data.encode()), name="content.json", description="本文书的结构化内容", url_fetcher=self.fetcher,
            relationship="Source", created=day, modified=day,
        )  # fmt: skip


def _written_out(css: str) -> str:
    """Values that are named once, in the place of their names: else they are looked up for every element of every page."""
    found = NAMED.findall(css)
    once = {name: value.strip() for name, value in found if [one for one, _ in found].count(name) == 1}
    return USED.sub(lambda used: once.get(used[1], used[0]), css)


def _finish(document: Any, pdf: Any, *, blanks: int = 0) -> None:
    """Plain metadata, which any archive can read, with the name of PDF/UA; no stream that a strict reader could cut short."""
    if blanks:
        pdf.info["Blanks"] = pydyf.String(" " * blanks)
    for found in pdf.objects:
        if getattr(found, "extra", None) and found.extra.get("Type") == "/Metadata":
            found.compress = False
            found.stream[0] = found.stream[0].replace(b"</rdf:RDF>", UA + b"</rdf:RDF>")
        elif getattr(found, "compress", False):
            _pack(found)


def _pack(stream: Any) -> None:
    """Compress a stream, unless it would end in CR: some checkers take that for part of the line end before `endstream`."""
    stream.compress = False
    raw = stream.data.split(b"stream\n", 1)[1].removesuffix(b"\nendstream")
    packed = zlib.compress(raw, LEVEL)
    if packed[-1] != CARRIAGE_RETURN:
        stream.stream = [packed]
        stream.extra["Filter"] = "/FlateDecode"


def _seal_of(document: Any) -> Place | None:
    for number, page in enumerate(document.pages):
        if "seal" in page.anchors:
            left, top = page.anchors["seal"][:2]
            return Place(number, left * POINT, (page.height - top) * POINT - SEAL_SIDE)
    return None
