"""Signed heads as plain text: what an outside witness keeps. Ed25519; the key lies in a file outside the database."""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

ORIGIN = "shangxia/record"
MARK = "\u2014 "


class BadHead(Exception):
    """A head's text or signature is not right."""


@dataclass(frozen=True)
class Head:
    """The tree had `size` leaves and this root at this moment."""

    size: int
    root: str
    at: datetime
    digest: str

    def text(self) -> str:
        """The lines that are signed."""
        return f"{ORIGIN}\n{self.size}\n{self.root}\n{self.at.astimezone(UTC).isoformat()}\n{self.digest}\n"


def key() -> Ed25519PrivateKey:
    """The sealing key. The demo makes its own; elsewhere a missing key is an error."""
    path = Path(settings.SEAL_KEY)
    if not path.exists():
        if not settings.DEMO:
            raise BadHead(f"封存密钥不存在：{path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        made = Ed25519PrivateKey.generate()
        new = path.with_suffix(f".{id(made)}")
        new.touch(mode=0o600)
        new.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        with suppress(FileExistsError):  # the first of several workers wins; the others read its key
            path.hardlink_to(new)
        new.unlink()
    found = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise BadHead(f"{path} 不是 Ed25519 密钥")
    return found


def public_hex(private: Ed25519PrivateKey | None = None) -> str:
    """The public key, as 64 hexadecimal digits."""
    return (private or key()).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def name_of(public: str) -> str:
    """Short name of a public key."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def sign(head: Head) -> str:
    """The head as published: its lines, an empty line, the signature."""
    private = key()
    signature = base64.b64encode(private.sign(head.text().encode())).decode()
    return f"{head.text()}\n{MARK}{name_of(public_hex(private))} {signature}\n"


def opened(note: str, public: str) -> Head:
    """The head of a published text. Raises BadHead when text or signature is not right."""
    try:
        text, tail = note.split("\n\n", 1)
        origin, size, root, at, digest = text.split("\n")
        name, signature = tail.strip().removeprefix(MARK).split(" ")
        head = Head(int(size), root, datetime.fromisoformat(at), digest)
        if origin != ORIGIN or name != name_of(public):
            raise BadHead("签名文本的来源或密钥名不符")
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(base64.b64decode(signature), head.text().encode())
    except (ValueError, InvalidSignature) as wrong:
        raise BadHead("签名文本格式不对或签名无效") from wrong
    return head


def notes_in(text: str) -> list[str]:
    """The published heads in a file that holds one or many."""
    return re.findall(rf"{ORIGIN}\n(?:[^\n]+\n)+\n{MARK}[^\n]+\n", text)
