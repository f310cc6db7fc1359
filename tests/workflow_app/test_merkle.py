"""The tree of RFC 9162 against its own definition, written out naively."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_app.merkle import Frontier, Tree

TREE = Tree("sha256")


def leaves(size: int) -> list[bytes]:
    return [TREE.leaf(str(n).encode()) for n in range(size)]


def naive_root(hashes: list[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\x01" + naive_root(hashes[:half]) + naive_root(hashes[half:])).digest()


def test_the_published_vectors_hold() -> None:
    """Roots of the first leaves of the test data that implementations of Certificate Transparency share."""
    data = [
        bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
    ]
    hashes = [TREE.leaf(one) for one in data]
    assert TREE.root(TREE.reader(hashes), 1).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert TREE.root(TREE.reader(hashes), 2).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert TREE.root(TREE.reader(hashes), 8).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(70))
def test_root_and_frontier_equal_the_definition(size: int) -> None:
    hashes, frontier = leaves(size), Frontier(TREE)
    for one in hashes:
        frontier.add(one)
    assert TREE.root(TREE.reader(hashes), size) == frontier.root() == naive_root(hashes)


@given(st.integers(1, 300).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1))))
def test_every_leaf_proves_its_place_and_no_other(pair: tuple[int, int]) -> None:
    size, index = pair
    hashes = leaves(size)
    read = TREE.reader(hashes)
    path = TREE.inclusion(read, index, size)
    assert TREE.root_of_path(hashes[index], index, size, path) == TREE.root(read, size)
    assert TREE.root_of_path(TREE.leaf(b"other"), index, size, path) != TREE.root(read, size)
    if path:
        with pytest.raises(ValueError, match="short"):
            TREE.root_of_path(hashes[index], index, size, path[:-1])
    with pytest.raises(ValueError, match="long"):
        TREE.root_of_path(hashes[index], index, size, [*path, path[-1] if path else b"x"])


@given(st.integers(1, 300).flatmap(lambda new: st.tuples(st.integers(1, new), st.just(new))))
def test_a_later_tree_proves_that_it_begins_with_the_earlier(pair: tuple[int, int]) -> None:
    old, new = pair
    hashes = leaves(new)
    read = TREE.reader(hashes)
    roots = TREE.root(read, old), TREE.root(read, new)
    proof = TREE.consistency(read, old, new)
    assert TREE.consistent(old, roots[0], new, roots[1], proof)
    forged = TREE.root(TREE.reader([TREE.leaf(b"changed"), *hashes[1:]]), old)
    if forged != roots[0]:
        assert not TREE.consistent(old, forged, new, roots[1], proof)


def test_a_proof_reads_blocks_and_not_all_leaves() -> None:
    hashes, asked = leaves(256), []

    def read(level: int, index: int) -> bytes:
        asked.append(level)
        return TREE.reader(hashes)(level, index)

    TREE.inclusion(read, 100, 256)
    assert sorted(asked) == list(range(8))
