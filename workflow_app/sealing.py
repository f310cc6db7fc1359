"""Text that is kept for one account only, and ballots until they are counted: encrypted under keys derived from the secret key."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from hashlib import sha256
from hmac import digest
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _fernet(owner: int) -> MultiFernet:
    return fernet(f"sealed for account {owner}")


def fernet(purpose: str) -> MultiFernet:
    """A cipher of its own for a purpose, derived from the secret key."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [digest(secret.encode(), purpose.encode(), sha256) for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def seal(text: str, *, owner: int) -> bytes:
    """`text` as bytes that only `unseal` with the same owner reads."""
    return _fernet(owner).encrypt(text.encode())


def unseal(kept: bytes, *, owner: int) -> str:
    """The text; empty when it was sealed for somebody else or under a key that is gone."""
    try:
        return _fernet(owner).decrypt(bytes(kept)).decode()
    except InvalidToken:
        return ""


def ballot(said: Mapping[str, Any], book: str, *, pad: int) -> bytes:
    """What somebody answered, for nobody until counting. No moment is in it (Fernet writes one in clear unless told otherwise), and its
    length says nothing: the text is filled up to a multiple of `pad` bytes. `book`: the one poll, named so that no two share a key."""
    text = json.dumps(said, ensure_ascii=False).encode()
    return fernet(f"ballots of {book}").encrypt_at_time(text + b" " * (-len(text) % pad), 0)


def counted(kept: bytes | memoryview, book: str) -> dict[str, Any]:
    """A ballot as it was answered. Raises cryptography's InvalidToken when it is of another book."""
    said: dict[str, Any] = json.loads(fernet(f"ballots of {book}").decrypt(bytes(kept)))
    return said
