"""What a paper carries of a face: the glyphs it uses, cut in one go from a face that stays open.

WeasyPrint 70 copies every face whole for every document and cuts it twice with the system's HarfBuzz; this was a third of the time of a
page. Glyph numbers stay, as the text refers to them; what lies behind the last one used goes. Needs the private font set, whose faces are
found by their family's name.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import uharfbuzz
from weasyprint.pdf import fonts as wanted

FLAGS = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.DESUBROUTINIZE | uharfbuzz.SubsetFlags.NO_HINTING


def install(folder: Path) -> None:
    """Replace WeasyPrint's way to cut a face by ours, for the faces in `folder`."""

    @cache
    def face(family: str) -> Any:
        (path,) = folder.glob(family.replace(" ", "") + ".?tf")
        return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))

    def cut(font: Any, glyphs: dict[int, str], hinting: bool) -> None:
        font.file_content = part(face(font.family), set(glyphs), outline=bool(font.missing))

    wanted.Font.subset = cut
    wanted.get_hb_object_data = lambda face: b""


def part(face: Any, glyphs: set[int], *, outline: bool) -> bytes:
    """A face with `glyphs` only; `outline`: the box of a character that no face draws is shown as well."""
    order = uharfbuzz.SubsetInput()
    order.glyph_set.update(glyphs)
    order.flags = FLAGS | (uharfbuzz.SubsetFlags.NOTDEF_OUTLINE if outline else 0)
    made: bytes = uharfbuzz.subset(face, order).blob.data
    return made
