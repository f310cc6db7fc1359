"""Checking and keeping what somebody uploads: size, name, true kind by its bytes, and what an archive holds."""

from __future__ import annotations

import re
import shlex
import subprocess
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat

from workflow_app import inspection, positions
from workflow_app.models import Account, Holder, Upload

SCAN_SECONDS, HELD = 60, 200
# What a name may hold: letters, figures, characters and plain marks. Anything else could hide an extension or break a paper.
PLAIN_MARKS = " ._-()（）《》【】〔〕[]、，·+&@#%=~"
A_DAY = timedelta(days=1)
# What one person uploads within a day, and everybody together who sends files with reports about notices.
OWN, OUTSIDE = 300 * 1024 * 1024, 2 * 1024 * 1024 * 1024
WAY_OUT = inspection.WAY_OUT
UploadRefused = inspection.UploadRefused


def keep(file: UploadedFile, *, by: Account, at: datetime, from_outside: bool = False, placeless: bool = False) -> Upload:
    """Check a file and keep it under the hash of its bytes; `placeless`: no photo that says where it was taken.

    Raises UploadRefused; then nothing is kept.
    """
    name = plain_name(file.name or "")
    if not file.size or file.size > settings.UPLOAD_MAX_BYTES:
        raise UploadRefused("文件为空或超过20兆字节。", way_out=WAY_OUT)
    _check_share(by, file.size, at, from_outside)
    data = file.read()
    mime = inspection.true_kind(name, data)
    if placeless and positions.tells_where(name, data):
        raise UploadRefused("照片带有拍摄位置，没有收下：这里不收集行踪。", way_out="关闭手机相机的位置信息后重拍，或者截屏后上传截图。")
    scanned_at = at if scan(data) else None
    new = {"name": name, "mime": mime, "size": len(data), "data": data, "uploaded_by": by, "uploaded_at": at, "scanned_at": scanned_at}
    kept, _ = Upload.objects.defer("data").get_or_create(sha256=sha256(data).hexdigest(), defaults=new)
    # The bytes are kept once; under which name somebody brought them is that person's own.
    Holder.objects.get_or_create(upload=kept, account=by, defaults={"name": name, "at": at})
    return kept


def plain_name(name: str) -> str:
    """The name without path and without signs that hide or break something; its end is kept, for the extension is there."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(sign if sign.isalnum() or sign in PLAIN_MARKS else "_" for sign in unicodedata.normalize("NFC", last))
    return kept.strip(" .").lstrip("=+-@")[-120:]


def _check_share(by: Account, size: int, at: datetime, from_outside: bool) -> None:
    today = Holder.objects.filter(account=by, at__gt=at - A_DAY).aggregate(size=Sum("upload__size"))["size"] or 0
    if from_outside and today + size > OUTSIDE:
        raise UploadRefused("今天收到的附件过多，暂时不能再收附件。", way_out="先不带附件提交文字，材料按公示所列地址寄送，或者明天再传。")
    if not from_outside and today + size > OWN:
        raise UploadRefused("您一天内上传的文件已经超过300兆字节。", way_out="明天再传，或者压缩、合并后再传；材料特别多的，可以当面递交。")


def scan(data: bytes) -> bool:
    """Ask the scanner of this installation; False when there is none. Raises UploadRefused, also when it gives no answer."""
    if not settings.UPLOAD_SCANNER:
        return False
    try:
        answer = subprocess.run(shlex.split(settings.UPLOAD_SCANNER), input=data, capture_output=True, timeout=SCAN_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise UploadRefused("病毒扫描没有完成，文件没有收下。", way_out="稍后再试；仍不成功的，请与管理员联系。") from fault
    if answer.returncode == 1:
        raise UploadRefused("病毒扫描认为这个文件不安全，没有收下。", way_out="在本机查杀病毒后，重新导出文件再上传。")
    if answer.returncode != 0:
        raise UploadRefused("病毒扫描没有完成，文件没有收下。", way_out="稍后再试；仍不成功的，请与管理员联系。")
    return True


def held_by(account: Account) -> list[Holder]:
    """Files that somebody brought, newest first, without their bytes."""
    return list(Holder.objects.filter(account=account).select_related("upload").defer("upload__data").order_by("-id")[:HELD])


def choices_of(account: Account | None) -> list[tuple[str, str]]:
    """The files of an account for a form: name, size, digest, and whether a scanner has seen them."""
    if account is None:
        return []
    return [(str(one.upload_id), f"{one.name}（{described(one.upload)}）") for one in held_by(account)]


def described(upload: Upload) -> str:
    """Size, digest and scan of a file: what can be checked, and nothing that its name might give away."""
    scanned = "" if upload.scanned_at else "，未做病毒扫描"
    return f"{filesizeformat(upload.size)}，SHA-256 {upload.sha256[:16]}{scanned}".replace("\xa0", "")


def known(keys: Iterable[int]) -> dict[int, Upload]:
    """Files by key, without their bytes."""
    return Upload.objects.filter(pk__in=set(keys)).defer("data").in_bulk()


class Pick(forms.Select):
    """A choice among the own files, beside which a page offers to upload one more."""


class FileField(forms.TypedChoiceField):
    """One of the actor's own checked files; the value is its key, or None."""

    def __init__(self, *, label: str, help_text: str = "", required: bool = False) -> None:
        super().__init__(label=label, help_text=help_text, required=required, coerce=int, empty_value=None, widget=Pick)
