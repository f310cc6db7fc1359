"""Sealing: ballots until closing, and raters' names for the audit role.

A ballot is encrypted under a key of its campaign (`workflow_app.sealing.ballot`). A rater's name is encrypted to the public key of the audit role (X25519, HKDF-SHA256,
AES-256-GCM, a fresh sender key each time); the system does not have the private half and cannot open what it has sealed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat, load_pem_private_key

from workflow_app import sealing
from workflow_app.models import AuditKey

PURPOSE = b"shangxia rater envelope 1"
KEY, NONCE, NAME = 32, 12, 160  # bytes: of a public key, of a nonce, and to which a name is padded
PAD = 512  # a ballot's text is padded to a multiple of this


@dataclass(frozen=True)
class Answered:
    """What a ballot says: scores by the key of the scheme's indicator (None: 随时评 as a whole), their scale, and tags."""

    scores: tuple[tuple[int | None, Decimal], ...]
    scale: Decimal
    tags: tuple[str, ...] = ()
    envelope: str = ""


def ballot(answered: Answered, campaign: int) -> bytes:
    """The ballot, encrypted."""
    said = {
        "scores": [[key, str(value)] for key, value in answered.scores], "scale": str(answered.scale), "tags": list(answered.tags),
        "envelope": answered.envelope,
    }  # fmt: skip
    return sealing.ballot(said, f"campaign {campaign}", pad=PAD)


def opened(kept: bytes, campaign: int) -> Answered:
    """The ballot as it was answered. Raises cryptography's InvalidToken when the key is another."""
    said = sealing.counted(kept, f"campaign {campaign}")
    scores = tuple((key, Decimal(value)) for key, value in said["scores"])
    return Answered(scores, Decimal(said["scale"]), tuple(said["tags"]), said["envelope"])


def new_key(passphrase: str) -> tuple[bytes, bytes]:
    """A pair for the audit role: the public half, and the private half as PEM under a passphrase."""
    private = X25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode()))
    return private.public_key().public_bytes_raw(), pem


def fingerprint(public: bytes) -> str:
    """SHA-256 of a public key."""
    return sha256(public).hexdigest()


def envelope_for(name: str) -> bytes:
    """A rater's name for the audit role alone; empty while no audit key is set: then nobody at all can tell."""
    key = AuditKey.objects.order_by("-id").first()
    if key is None:
        return b""
    sender, public = X25519PrivateKey.generate(), X25519PublicKey.from_public_bytes(bytes(key.public))
    own, nonce = sender.public_key().public_bytes_raw(), os.urandom(NONCE)
    text = name.encode()[:NAME]
    return own + nonce + AESGCM(_shared(sender.exchange(public), own)).encrypt(nonce, text + b" " * (NAME - len(text)), None)


def name_in(envelope: bytes, pem: bytes, passphrase: str) -> str:
    """The name in an envelope, for who has the private half. Raises ValueError when key or passphrase do not fit."""
    private = load_pem_private_key(pem, passphrase.encode())
    if not isinstance(private, X25519PrivateKey):
        raise ValueError("not an X25519 key")
    kept = bytes(envelope)
    own, nonce, sealed = kept[:KEY], kept[KEY : KEY + NONCE], kept[KEY + NONCE :]
    try:
        text = AESGCM(_shared(private.exchange(X25519PublicKey.from_public_bytes(own)), own)).decrypt(nonce, sealed, None)
    except InvalidTag as wrong:
        raise ValueError("another key") from wrong
    return text.decode(errors="ignore").strip()


def _shared(secret: bytes, sender: bytes) -> bytes:
    return HKDF(SHA256(), KEY, sender, PURPOSE).derive(secret)
