"""A certificate authority for the demonstration and for tests: it certifies organs and the clock that stamps their signatures.

A real installation has its certificates from a licensed authority and names it in ORGAN_TRUST; nothing here is used then.
"""

from __future__ import annotations

import fcntl
import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

BITS = 2048
FROM, YEARS = datetime(2026, 1, 1), 30
ROOT, CLOCK = "authority", "clock"
USES = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
        "encipher_only", "decipher_only")  # fmt: skip


def named(folder: Path, stem: str, name: str) -> tuple[Path, Path]:
    """Files of the certificate and key called `stem`, made when they are not there."""
    certificate, key = folder / f"{stem}.crt", folder / f"{stem}.key"
    if not certificate.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (folder / f"{stem}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes that begin together one makes it
            if not certificate.exists():
                _make(folder, stem, name)
    return certificate, key


def root(folder: Path) -> Path:
    """The authority's own certificate."""
    return named(folder, ROOT, "演示根证书")[0]


def _make(folder: Path, stem: str, name: str) -> None:
    own = rsa.generate_private_key(65537, BITS)
    if stem == ROOT:
        certificate = _certificate(name, name, own, own, authority=True)
    else:
        root(folder)
        parent = serialization.load_pem_private_key((folder / f"{ROOT}.key").read_bytes(), None)
        assert isinstance(parent, rsa.RSAPrivateKey)
        certificate = _certificate(name, "演示根证书", own, parent, clock=stem == CLOCK)
    secret = own.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    _put(folder / f"{stem}.key", secret)
    _put(folder / f"{stem}.crt", certificate.public_bytes(serialization.Encoding.PEM))


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all: another process may be looking."""
    scratch = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    scratch.write_bytes(data)
    scratch.chmod(0o600)
    scratch.rename(path)


def _certificate(
    name: str, issuer: str, own: rsa.RSAPrivateKey, parent: rsa.RSAPrivateKey, *, authority: bool = False, clock: bool = False
) -> x509.Certificate:
    wanted = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature", "content_commitment"}
    building = (
        x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name(issuer)).public_key(own.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(FROM).not_valid_after(FROM + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(authority, None), True)
        .add_extension(x509.KeyUsage(**{use: use in wanted for use in USES}), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(parent.public_key()), False)
    )  # fmt: skip
    if clock:
        building = building.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    return building.sign(parent, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"), x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])
