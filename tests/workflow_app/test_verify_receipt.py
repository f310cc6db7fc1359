"""The checker that is given out carries its own arithmetic: here it is held against published vectors and against ours."""

from __future__ import annotations

import hashlib
import importlib.util
from types import ModuleType

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from workflow_app import heads
from workflow_app.merkle import Tree

PLACE = settings.BASE_DIR / "workflow_app" / "static" / "verify_receipt.py"
# RFC 8032, 7.1: public key, message, signature.
VECTORS = [
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
]  # fmt: skip


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_receipt", PLACE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_are_valid(checker: ModuleType, public: str, message: str, signature: str) -> None:
    assert checker.signed_by(*(bytes.fromhex(one) for one in (public, message, signature)))
    assert not checker.signed_by(bytes.fromhex(public), bytes.fromhex(message) + b"x", bytes.fromhex(signature))
    assert not checker.signed_by(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature[:-2] + "1b"))


def test_a_signature_whose_number_is_too_large_is_refused(checker: ModuleType) -> None:
    public, message, signature = (bytes.fromhex(one) for one in VECTORS[1])
    larger = int.from_bytes(signature[32:], "little") + checker.Q
    assert not checker.signed_by(public, message, signature[:32] + larger.to_bytes(32, "little"))


def test_sm3_of_the_standard(checker: ModuleType) -> None:
    # GB/T 32905-2016, appendix A.
    assert checker.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert checker.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@given(st.binary(max_size=300))
def test_sm3_as_the_library_has_it(checker: ModuleType, data: bytes) -> None:
    assert checker.sm3(data) == hashlib.new("sm3", data).digest()


@given(st.integers(1, 70), st.data())
def test_its_tree_is_the_tree_of_the_record(checker: ModuleType, size: int, data: st.DataObject) -> None:
    tree = Tree("sha256")
    leaves = [tree.leaf(bytes([n])) for n in range(size)]
    read, index, old = tree.reader(leaves), data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    path, root = tree.inclusion(read, index, size), tree.root(read, size)
    assert checker.root_of("sha256", leaves[index], index, size, path) == root
    proof, before = tree.consistency(read, old, size), tree.root(read, old)
    assert checker.consistent("sha256", old, before, size, root, proof)
    assert old == size or not checker.consistent("sha256", old, leaves[0] + b"", size, root, proof) or before == leaves[0]


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80))
def test_it_accepts_what_the_library_signs(checker: ModuleType, seed: bytes, message: bytes) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    assert checker.signed_by(bytes.fromhex(heads.public_hex(private)), message, private.sign(message))


def test_it_stands_alone() -> None:
    text = PLACE.read_text()
    assert "workflow_app" not in text
    assert {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))} <= {
        "argparse", "base64", "hashlib", "json", "re", "sys", "zipfile"
    }  # fmt: skip
