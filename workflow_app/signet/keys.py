"""Where organs keep their signing keys. ORGAN_KEYS names one of the classes here, or another that answers as they do."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from workflow_app.models import Unit
from workflow_app.signet import authority


class KeyUnavailable(Exception):
    """The organ's key cannot be used now; the message is for a person."""


class OrganKeys(Protocol):
    """What signing needs of a place of keys."""

    def signer(self, organ: Unit) -> Signer:
        """The organ's signer. Raises KeyUnavailable."""
        ...

    def trusted(self) -> list[Certificate]:
        """Certificates of the authorities whose signatures count."""
        ...


class LoadedSigner(SimpleSigner):
    """A signer whose private key stays loaded: loading and checking an RSA key takes longer than signing with it."""

    private: Any = None

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Sign with the loaded key."""
        if self.private is None:
            self.private = serialization.load_der_private_key(self.signing_key.dump(), None)
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(digest))
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(data, padding.PKCS1v15(), digest)
        raise KeyUnavailable("机关密钥的种类不受支持。")


class FileKeys:
    """Keys in files beside the database: for the demonstration, whose own authority certifies them."""

    def __init__(self) -> None:
        self.folder, self.loaded = Path(settings.ORGAN_KEY_DIR), {}  # type: ignore[var-annotated]

    def signer(self, organ: Unit) -> Signer:
        """The organ's key, named by the unit's code; the demonstration makes one."""
        if organ.code not in self.loaded:
            self.loaded[organ.code] = self._load(f"organ-{organ.code}", f"{organ.organ_name or organ.name}电子印章")
        found: Signer = self.loaded[organ.code]
        return found

    def _load(self, stem: str, name: str) -> Signer:
        if not settings.DEMO and not (self.folder / f"{stem}.crt").exists():
            raise KeyUnavailable(f"没有“{name}”的签名密钥：在{self.folder}放入{stem}.crt和{stem}.key，或者接入签名设备。")
        certificate, key = authority.named(self.folder, stem, name)
        store = SimpleCertificateStore()
        store.register_multiple(self.trusted())
        return LoadedSigner(
            signing_cert=load_cert_from_pemder(str(certificate)),
            signing_key=load_private_key_from_pemder(str(key), None),
            cert_registry=store,
        )

    def trusted(self) -> list[Certificate]:
        """What ORGAN_TRUST names; without it the authority of the demonstration."""
        named = [Path(path) for path in settings.ORGAN_TRUST]
        return [load_cert_from_pemder(str(path)) for path in named or [authority.root(self.folder)]]


class Pkcs11Keys(FileKeys):
    """Keys in a PKCS#11 device: ORGAN_KEY_MODULE is its library, the token's label is the unit's code, the PIN is ORGAN_KEY_PIN."""

    def _load(self, stem: str, name: str) -> Signer:
        try:
            pkcs11 = import_module("pyhanko.sign.pkcs11")
        except ImportError as missing:
            raise KeyUnavailable("使用签名设备须先安装 python-pkcs11。") from missing
        label = stem.removeprefix("organ-")
        try:
            session = pkcs11.open_pkcs11_session(settings.ORGAN_KEY_MODULE, token_label=label, user_pin=settings.ORGAN_KEY_PIN)
        except Exception as fault:  # each library has errors of its own
            raise KeyUnavailable(f"签名设备不可用（{label}）：{fault}") from fault
        signer: Signer = pkcs11.PKCS11Signer(session, cert_label=label)
        return signer


class Sm2Keys(FileKeys):
    """The place of a certified SM2 device (GM/T 0018, GB/T 38540 seals): subclass it and answer `_load` with the device's signer.

    PAdES readers know no SM2, so a paper that must be signed so is sealed by the device after our bytes are final; nothing else changes.
    """

    def _load(self, stem: str, name: str) -> Signer:
        raise KeyUnavailable(f"“{name}”须由经认证的SM2签章设备签名，本机没有接入这一设备。")


@lru_cache(maxsize=1)
def keys() -> OrganKeys:
    """The configured place of keys."""
    found: OrganKeys = import_string(settings.ORGAN_KEYS)()
    return found
