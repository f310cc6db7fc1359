"""The private font set: `python -m workflow_app.fonts DIR` builds it once from Debian's fonts.

Each face is cut to the characters in use, gets a family name of its own and the same vertical metrics, so that a
fallback face cannot change the height of a row, and what happens to be installed cannot change a paper.
"""

from __future__ import annotations

import bz2
import hashlib
import io
import os
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

NOTO, TRUETYPE = "/usr/share/fonts/opentype/noto", "/usr/share/fonts/truetype"
FANDOL = "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
FACES = (
    ("GW Fang", f"{FANDOL}/FandolFang-Regular.otf", 0, "common"),
    ("GW Kai", f"{FANDOL}/FandolKai-Regular.otf", 0, "common"),
    ("GW Hei", f"{FANDOL}/FandolHei-Regular.otf", 0, "common"),
    ("GW Song", f"{FANDOL}/FandolSong-Regular.otf", 0, "common"),
    ("GW Biao", f"{NOTO}/NotoSerifCJK-Bold.ttc", 2, "common"),
    ("GW Serif", f"{NOTO}/NotoSerifCJK-Regular.ttc", 2, "common"),
    ("GW Sans", f"{NOTO}/NotoSansCJK-Regular.ttc", 2, "common"),
    ("GW Wen", f"{TRUETYPE}/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, "common"),
    ("GW Rare", f"{TRUETYPE}/babelstone/BabelStoneHan.ttf", 0, "rare"),
    ("GW RareB", f"{TRUETYPE}/hanazono/HanaMinB.ttf", 0, "rare"),
)
# Neither variants of other regions nor vertical lines: half of the glyphs of a face that knows them.
DROP = {int.from_bytes(tag, "big") for tag in (b"DSIG", b"GPOS", b"GSUB", b"BASE", b"FFTM", b"meta")}
CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir prefix="relative">faces</dir><cachedir prefix="relative">.cache</cachedir></fontconfig>
"""
UNSEEN = set(range(0x20)) | {0x7F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF} | set(range(0xFE00, 0xFE10))


class FontMissing(RuntimeError):
    """A font that the set is made of is not installed."""


def wanted() -> dict[str, set[int]]:
    """Characters of the common and of the rare faces (通用规范汉字表 from Unihan; GBK and extensions as rare)."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        common = {int(line.split("\t")[0][2:], 16) for line in lines if line.startswith("U+") and "\tkTGH\t" in line}
    for low, high in ((0x20, 0x250), (0x2000, 0x2700), (0x3000, 0x3100), (0x3200, 0x3400), (0xFE10, 0xFF70), (0xFFE0, 0xFFE7)):
        common |= set(range(low, high))
    rare = set(range(0x3400, 0x4DC0)) | set(range(0x4E00, 0xA000)) | set(range(0x20000, 0x323B0))
    return {"common": common, "rare": rare - common}


def build(folder: Path) -> str:
    """Build the set unless it is there as this file makes it; returns its version."""
    stamp, recipe, mine = folder / "version", folder / "recipe", Path(__file__).read_bytes()
    if stamp.exists() and recipe.exists() and recipe.read_bytes() == mine:
        return stamp.read_text()
    (folder / "faces").mkdir(parents=True, exist_ok=True)
    characters, version = wanted(), hashlib.sha256()
    with tempfile.TemporaryDirectory() as scratch:
        for family, path, face, which in FACES:
            data = _cut(Path(_fandol(path, scratch)), face, characters[which], family)
            name = family.replace(" ", "") + (".otf" if data[:4] == b"OTTO" else ".ttf")
            (folder / "faces" / name).write_bytes(data)
            version.update(data)
    (folder / "fonts.conf").write_text(CONF)
    recipe.write_bytes(mine)
    stamp.write_text(version.hexdigest())
    return version.hexdigest()


def _fandol(path: str, scratch: str) -> str:
    """Fandol comes out of a package whose regular installation would pull in hundreds of megabytes."""
    if not path.startswith(FANDOL) or os.path.exists(path):
        if not os.path.exists(path):
            raise FontMissing(f"缺少字体 {path}。运行 make setup 安装。")
        return path
    unpacked = scratch + path
    if not os.path.exists(unpacked):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "download", "-qq", "texlive-lang-chinese"], cwd=scratch, check=True, env=env, capture_output=True)
        package = next(Path(scratch).glob("texlive-lang-chinese_*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(package), scratch], check=True)
    return unpacked


def _cut(path: Path, face: int, characters: set[int], family: str) -> bytes:
    order = uharfbuzz.SubsetInput()
    order.unicode_set.update(characters)
    order.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    order.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(DROP)
    order.layout_feature_tag_set.clear()
    cut = uharfbuzz.subset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), face), order)
    font = TTFont(io.BytesIO(cut.blob.data), recalcTimestamp=False, recalcBBoxes=False)
    _level(font)
    _rename(font, family)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _level(font: TTFont, up: float = 0.88, down: float = 0.12) -> None:
    units = font["head"].unitsPerEm
    above, below = round(up * units), round(down * units)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = above, -below, 0
    os2 = font["OS/2"]
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = above, -below, 0
    os2.usWinAscent, os2.usWinDescent, os2.usWeightClass, os2.fsSelection = above, below, 400, 0x40
    for name in ("vhea", "vmtx", "VORG", "BASE"):
        if name in font:
            del font[name]


def _rename(font: TTFont, family: str) -> None:
    names = font["name"]
    names.names = [row for row in names.names if row.nameID in (0, 7, 13, 14)]  # copyright and licence stay
    plain = family.replace(" ", "")
    for number, text in ((1, family), (2, "Regular"), (3, plain), (4, family), (5, "Version 1"), (6, plain)):
        names.setName(text, number, 3, 1, 0x409)


@lru_cache(maxsize=2)
def covered(folder: Path) -> frozenset[int]:
    """Every character that the chain can draw."""
    found: set[int] = set()
    for path in sorted((folder / "faces").glob("*.?tf")):
        found |= set(TTFont(path, lazy=True).getBestCmap())
    return frozenset(found)


def missing(text: str, folder: Path) -> list[str]:
    """Characters of `text` that no face draws, and private-use ones, which look right nowhere else."""
    can = covered(folder)
    return sorted({c for c in text if ord(c) not in UNSEEN and (ord(c) not in can or 0xE000 <= ord(c) < 0xF900)})


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))
