"""What a paper carries of a face: the glyphs it uses, cut in one go from a face that stays open.

WeasyPrint 70 copies every face whole for every document and cuts it twice with the system's HarfBuzz; this was a third of the time of a
page. Glyph numbers stay, as the text refers to them; what lies behind the last one used goes. Needs the private font set, whose faces are
found by their family's name.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import uharfbuzz
from weasyprint.pdf import fonts as wanted

OFTEN = 10  # papers after which a face is taken apart once for all later ones: a tenth of a second, saved within some hundred papers
FLAGS = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.DESUBROUTINIZE | uharfbuzz.SubsetFlags.NO_HINTING


def install(folder: Path) -> None:
    """Replace WeasyPrint's way to cut a face by ours, for the faces in `folder`."""

    faces: dict[str, Any] = {}
    used: Counter[str] = Counter()

    def face(family: str) -> Any:
        if family not in faces:
            (path,) = folder.glob(family.replace(" ", "") + ".?tf")
            faces[family] = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
        used[family] += 1
        if used[family] == OFTEN:
            faces[family] = uharfbuzz.subset_preprocess(faces[family])
        return faces[family]

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
