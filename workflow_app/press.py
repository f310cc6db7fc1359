"""The rendering process: the only place that imports WeasyPrint. Runs in a spawned process with limits."""

from __future__ import annotations

import gc
import importlib
import logging
import os
import resource
from typing import Any

_state: dict[str, Any] = {}


class Net(logging.Handler):
    """Catches what WeasyPrint only logs: a character without a glyph."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.characters: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the character."""
        if "notdef" in record.msg:
            self.characters.add(str(record.args[0]) if isinstance(record.args, tuple) and record.args else "?")


def ready(conf: str, css: str) -> None:
    """Prepare the process: private fonts, closed fetcher, preloaded style sheet, limits."""
    os.environ["FONTCONFIG_FILE"] = conf
    # Only here, after the fonts are named: FONTCONFIG_FILE is read at import.
    weasyprint, urls = importlib.import_module("weasyprint"), importlib.import_module("weasyprint.urls")
    fonts = importlib.import_module("weasyprint.text.fonts")
    if importlib.import_module("weasyprint.text.ffi").harfbuzz_subset is None:
        raise RuntimeError("libharfbuzz-subset0 is missing")
    importlib.import_module("workflow_app.justify").install()

    class Closed(urls.URLFetcher):  # type: ignore[name-defined,misc]
        """Nothing is fetched but inline data."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    config, net, closed = fonts.FontConfiguration(), Net(), Closed()
    logging.getLogger("weasyprint").addHandler(net)
    logging.getLogger("weasyprint").propagate = False
    sheet = weasyprint.CSS(filename=css, font_config=config, url_fetcher=closed)
    _state.update(HTML=weasyprint.HTML, config=config, net=net, sheet=sheet, fetcher=closed)
    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    gc.freeze()


def make(html: str, data: str, issued_on: str) -> tuple[bytes, int, str]:
    """PDF, pages and the fault in words (then no PDF)."""
    _state["net"].characters.clear()
    try:
        document = _state["HTML"](string=html, url_fetcher=_state["fetcher"]).render(
            stylesheets=[_state["sheet"]], font_config=_state["config"]
        )
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3b")
    except Exception as fault:  # whatever a document does to the renderer is a fault of this document
        return b"", 0, f"无法排版（{type(fault).__name__}）。"
    if _state["net"].characters:
        named = "、".join(f"{c}（U+{ord(c[0]):04X}）" for c in sorted(_state["net"].characters))
        return b"", 0, f"含有字体集以外的字：{named}，请改用规范字。"
    return pdf, len(document.pages), ""
