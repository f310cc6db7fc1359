"""Whether a file is a paper of this house, unchanged, and what its signature is worth."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from workflow_app.models import Document, Rendering, SignedPaper
from workflow_app.signet.keys import keys

END = b"%%EOF"


@dataclass(frozen=True)
class Proof:
    """What can be said of a file."""

    genuine: bool
    words: str
    document: Document | None = None
    signature: str = "文件没有签名"
    sha256: str = ""
    claimed: str = ""


def prove(data: bytes) -> Proof:
    """Compare a file with what is kept, and check its signature."""
    sha, signature, sound = hashlib.sha256(data).hexdigest(), *signature_of(data)
    if kept := Rendering.objects.filter(sha256=sha).select_related("document__case").defer("pdf").first():
        return Proof(True, "与存档文件完全一致（未用印的原件）", kept.document, signature, sha)
    if signed := SignedPaper.objects.filter(sha256=sha).select_related("document__case").defer("addition").first():
        words = "与存档的用印文件完全一致" if sound else "与存档的用印文件一致，但是签名未通过验证"
        return Proof(sound, words, signed.document, signature, sha)
    if kept := _start_of(data):
        return Proof(False, "正文与存档文件一致，但是文件在其后被追加或者改动过", kept.document, signature, sha)
    claimed = claim_of(data)
    words = "与存档文件不一致：文件被改动过，或者不是本系统生成的" if claimed else "不是本系统生成的文书"
    return Proof(False, words, None, signature, sha, claimed)


def _start_of(data: bytes) -> Rendering | None:
    """The rendering that the file begins with, if any: a signature and an addition come after the end of what they follow."""
    at = data.find(END)
    while at >= 0:
        for end in (at + len(END) + 1, at + len(END)):
            sha = hashlib.sha256(data[:end]).hexdigest()
            if found := Rendering.objects.filter(sha256=sha).select_related("document__case").defer("pdf").first():
                return found
        at = data.find(END, at + 1)
    return None


def signature_of(data: bytes) -> tuple[str, bool]:
    """The state of the signature in words, and whether it is sound."""
    try:
        found = PdfFileReader(io.BytesIO(data), strict=False).embedded_regular_signatures
        if not found:
            return "文件没有签名", False
        trust = ValidationContext(trust_roots=keys().trusted(), allow_fetching=False)
        state = validate_pdf_signature(found[0], trust, ts_validation_context=trust)
        who = _name(found[0].signer_cert)
    except Exception as fault:  # a broken file breaks the reader in many ways
        return f"签名无法读取（{type(fault).__name__}）", False
    if not state.intact or not state.valid:
        return f"“{who}”的签名已被破坏：签名后文件被改动", False
    if not state.bottom_line:
        return f"“{who}”的签名不受信任", False
    stamped = state.timestamp_validity
    return f"“{who}”的签名有效" + (f"，时间戳{stamped.timestamp:%Y-%m-%d %H:%M:%S %Z}" if stamped else ""), True


def _name(certificate: x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", "不详"))


def claim_of(data: bytes) -> str:
    """Number and title that a file says it has; empty when it says nothing."""
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        said = json.loads(reader.root["/AF"][0]["/EF"]["/F"].data)["paper"]
        return f"{said['number']}《{said['title']}》"
    except Exception:  # whatever it is, it is none of ours
        return ""
