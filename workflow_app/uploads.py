"""Checking and keeping what somebody uploads: size, name, true kind by its bytes, and what an archive holds."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from workflow_app.models import Account, Upload
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
MEMBERS, RATIO, UNPACKED = 2000, 100, 200 * 1024 * 1024
BAD_MEMBER = re.compile(r"(^/|\.\./|\\|\.(exe|dll|js|vbs|bat|cmd|ps1|sh|bin)$)", re.IGNORECASE)
WAY_OUT = "改为上传 PDF、PNG、JPG、DOCX 或 XLSX 文件，每个不超过20兆字节。"


class UploadRefused(Refused):
    """The file is not taken in."""

    rule = "附件"


def keep(file: UploadedFile, *, by: Account, at: datetime) -> Upload:
    """Check a file and keep it under the hash of its bytes. Raises UploadRefused; then nothing is kept."""
    name = re.sub(r"[\x00-\x1f/\\:*?\"<>|]", "_", file.name or "")[-120:]
    if not file.size or file.size > settings.UPLOAD_MAX_BYTES:
        raise UploadRefused("文件为空或超过20兆字节。", way_out=WAY_OUT)
    data = file.read()
    mime = true_kind(name, data)
    digest = sha256(data).hexdigest()
    kept = Upload.objects.filter(sha256=digest).first()
    if kept is not None:
        return kept
    return Upload.objects.create(sha256=digest, name=name, mime=mime, size=len(data), data=data, uploaded_by=by, uploaded_at=at)


def true_kind(name: str, data: bytes) -> str:
    """The content type by extension, confirmed by the bytes."""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in KINDS:
        raise UploadRefused(f"不接受“{extension or '无扩展名'}”类型的文件。", way_out=WAY_OUT)
    mime, magic, member = KINDS[extension]
    if not data.startswith(magic):
        raise UploadRefused("文件内容与扩展名不符。", way_out=WAY_OUT)
    if extension == "pdf" and re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile)\b", data):
        raise UploadRefused("PDF 含有脚本、启动动作或内嵌文件。", way_out="另存为不含这些内容的 PDF。")
    if member:
        check_archive(data, member)
    return mime


def check_archive(data: bytes, needed: str) -> None:
    """An office file holds its main part, no programs, no macros, and does not explode."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except zipfile.BadZipFile as broken:
        raise UploadRefused("文件已损坏。", way_out=WAY_OUT) from broken
    names = [member.filename for member in members]
    total = sum(member.file_size for member in members)
    if needed not in names or len(members) > MEMBERS:
        raise UploadRefused("文件内容与扩展名不符。", way_out=WAY_OUT)
    if any(BAD_MEMBER.search(name) for name in names):
        raise UploadRefused("文件内含程序或宏。", way_out="另存为不含宏的文件。")
    if total > UNPACKED or total > RATIO * max(len(data), 1):
        raise UploadRefused("文件解压后过大。", way_out=WAY_OUT)
