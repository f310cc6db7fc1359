"""Text that is kept for one account only: encrypted under a key of its own, derived from the secret key."""

from __future__ import annotations

import base64
from hashlib import sha256
from hmac import digest

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
