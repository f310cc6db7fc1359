"""Justified Chinese lines. WeasyPrint 70 stretches only spaces, so a line that kinsoku shortened stays ragged;
this shares the free width over all gaps of the line. WeasyPrint is pinned, and a test guards the right edge."""

from __future__ import annotations

import re
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_plain = inline.justify_line


def install() -> None:
    """Replace WeasyPrint's justification of lines that hold Han characters."""
    inline.justify_line = justify


def justify(context: Any, line: Any, extra: float) -> None:
    """Share `extra` over the gaps of a line of text; a line with a picture in it is left to WeasyPrint."""
    found = _texts(line, [])
    text = "".join(one.text for one in found if one is not None)
    if extra > 0 and found and None not in found and HAN.search(text) and len(text) > 1 and line.style["direction"] == "ltr":
        _spread(line, extra / (len(text) - 1), 0)
    else:
        _plain(context, line, extra)


def _texts(box: Any, out: list[Any]) -> list[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            out.append(child)
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)):
            if child.is_in_normal_flow():
                _texts(child, out)
        elif child.is_in_normal_flow():
            out.append(None)
    return out


def _spread(box: Any, gap: float, x: float) -> float:
    box.position_x += x
    start = x
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            child.position_x += x
            style = child.style.copy()
            spacing = style["letter_spacing"]
            style["letter_spacing"] = (0 if spacing == "normal" else spacing) + gap
            child.style = style
            child.width += gap * len(child.text)
            x += gap * len(child.text)
        elif isinstance(child, (boxes.LineBox, boxes.InlineBox)) and child.is_in_normal_flow():
            x = _spread(child, gap, x)
    box.width += x - start
    return x
