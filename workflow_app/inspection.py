"""What a file really is, by its bytes, and what it must not hold: programs, scripts, remote parts, entities, bombs."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from workflow_app.steps import Refused

# Extension -> (content type, first bytes, member that an office archive must hold).
KINDS: dict[str, tuple[str, bytes, str]] = {
    "pdf": ("application/pdf", b"%PDF-", ""),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n", ""),
    "jpg": ("image/jpeg", b"\xff\xd8\xff", ""),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff", ""),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04", "word/document.xml"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"),
}
MEMBERS, RATIO, UNPACKED, PIXELS = 2000, 100, 200 * 1024 * 1024, 100_000_000
BAD_MEMBER = re.compile(
    r"(^/|\.\./|\\|\.(exe|dll|js|vbs|bat|cmd|ps1|sh|bin|zip|jar|lnk|hta|scr|docm|xlsm|ole)$|/(activeX|macrosheets|externalLinks|embeddings)/)",
    re.IGNORECASE,
)
ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# A part that is fetched from elsewhere when the file is opened; a link that somebody clicks is none.
REMOTE = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
FIELD = re.compile(rb"(instrText[^>]*>|instr\s*=\s*[\"'])[^<\"']*\bDDE(AUTO)?\b", re.IGNORECASE)
# Long names only: three bytes such as "/JS" turn up by chance in any large scan, and an action names its kind as well.
ACTIVE = re.compile(rb"/(JavaScript|Rendition|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA|SubmitForm|ImportData|GoToE)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
WAY_OUT = "改为上传 PDF、PNG、JPG、DOCX 或 XLSX 文件，每个不超过20兆字节。"


class UploadRefused(Refused):
    """The file is not taken in."""

    rule = "附件"


def true_kind(name: str, data: bytes) -> str:
    """The content type by extension, confirmed by the bytes. Raises UploadRefused."""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in KINDS:
        raise UploadRefused(f"不接受“{extension[:12] or '无扩展名'}”类型的文件。", way_out=WAY_OUT)
    mime, magic, member = KINDS[extension]
    if not data.startswith(magic):
        raise UploadRefused("文件内容与扩展名不符。", way_out=WAY_OUT)
    if extension == "pdf":
        check_pdf(data)
    elif member:
        check_archive(data, member)
    else:
        check_picture(data)
    return mime


def check_pdf(data: bytes) -> None:
    """No scripts, actions or files inside, however they are spelled or packed; nothing that cannot be looked into."""
    if re.search(rb"/Encrypt\b", data):
        raise UploadRefused("PDF 设有密码或者加密，无法检查。", way_out="去掉密码后另存，再上传。")
    for text in (data, *_packed(data)):
        if ACTIVE.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)):
            raise UploadRefused("PDF 含有脚本、启动动作或内嵌文件。", way_out="另存为不含这些内容的 PDF，或者打印成 PDF 后再上传。")


def _packed(data: bytes) -> Iterator[bytes]:
    for found in PACKED.finditer(data):
        try:
            yield zlib.decompressobj().decompress(data[found.end() :], RATIO * 1024 * 1024)
        except zlib.error as broken:
            raise UploadRefused("PDF 已损坏，或者无法检查。", way_out="打印成 PDF 后再上传。") from broken


def check_picture(data: bytes) -> None:
    """A picture says how large it is, and is not so large that opening it would stop a computer."""
    size = _png_size(data) if data.startswith(b"\x89PNG") else _jpeg_size(data)
    if size is None:
        raise UploadRefused("图片已损坏。", way_out="重新拍照或者另存后再上传。")
    if size[0] * size[1] > PIXELS:
        raise UploadRefused("图片尺寸过大。", way_out="缩小后再上传（不超过一亿像素）。")


def _png_size(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return (width, height) if width and height else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        if data[place + 1] == 0xFF:  # padding
            place += 1
            continue
        kind, length = data[place + 1], struct.unpack(">H", data[place + 2 : place + 4])[0]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return (width, height) if width and height else None
        place += 2 + max(length, 2)
    return None


def check_archive(data: bytes, needed: str) -> None:
    """An office file holds its main part, no programs, no macros, nothing remote, and does not explode."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
        members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error) as broken:
        raise UploadRefused("文件已损坏。", way_out=WAY_OUT) from broken
    names = [member.filename for member in members]
    if needed not in names or len(members) > MEMBERS or len(set(names)) != len(names):
        raise UploadRefused("文件内容与扩展名不符。", way_out=WAY_OUT)
    if any(BAD_MEMBER.search(name) for name in names):
        raise UploadRefused("文件内含程序、宏或者其他文件。", way_out="另存为不含宏和内嵌文件的文件，或者另存为 PDF。")
    if any(member.flag_bits & 1 for member in members):
        raise UploadRefused("文件设有密码，无法检查。", way_out="去掉密码后另存，再上传。")
    total = sum(member.file_size for member in members)
    if total > UNPACKED or total > RATIO * max(len(data), 1):
        raise UploadRefused("文件解压后过大。", way_out=WAY_OUT)
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            _check_part(_part(packed, member))


def _part(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with packed.open(member) as part:
            return part.read(UNPACKED)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as broken:
        raise UploadRefused("文件已损坏。", way_out=WAY_OUT) from broken


def _check_part(text: bytes) -> None:
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = text.decode("utf-16", "replace").encode()
    if ENTITY.search(text):
        raise UploadRefused("文件内含外部实体声明。", way_out="用办公软件重新另存，或者另存为 PDF。")
    if FIELD.search(text):
        raise UploadRefused("文件内含会执行程序的域。", way_out="删去后另存，或者另存为 PDF。")
    if any(b"/hyperlink" not in found.group(0) for found in REMOTE.finditer(text)):
        raise UploadRefused("文件会从网络上读取其他内容（远程模板或者对象）。", way_out="另存为 PDF 后再上传。")
