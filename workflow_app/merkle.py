"""The Merkle tree of RFC 9162 over byte strings: roots, inclusion proofs, consistency proofs. Arithmetic, no database.

A tree is given by its leaf hashes, or by `Reader`, which answers for the hash of a complete, aligned block of
2**level leaves; so a proof over a million leaves reads a few thousand rows instead of a million.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

type_reader = Callable[[int, int], bytes]  # (level, index) -> hash of leaves [index << level, (index + 1) << level)


class Tree:
    """Hashes of one digest ("sha256", "sm3")."""

    def __init__(self, digest: str = "sha256") -> None:
        self.digest = digest

    def leaf(self, data: bytes) -> bytes:
        """Hash of a leaf (RFC 9162, 2.1.1)."""
        return hashlib.new(self.digest, b"\x00" + data).digest()

    def pair(self, left: bytes, right: bytes) -> bytes:
        """Hash of a node over two subtrees."""
        return hashlib.new(self.digest, b"\x01" + left + right).digest()

    def empty(self) -> bytes:
        """Root of the tree without leaves."""
        return hashlib.new(self.digest, b"").digest()

    def reader(self, leaves: Sequence[bytes]) -> type_reader:
        """A reader over leaf hashes in memory."""

        def block(level: int, index: int) -> bytes:
            if level == 0:
                return leaves[index]
            return self.pair(block(level - 1, 2 * index), block(level - 1, 2 * index + 1))

        return block

    def span(self, read: type_reader, start: int, end: int) -> bytes:
        """Hash of leaves [start, end), where `start` is a multiple of the power of two that holds the span."""
        size = end - start
        level = size.bit_length() - 1
        if size == 1 << level:
            return read(level, start >> level)
        half = 1 << level
        return self.pair(self.span(read, start, start + half), self.span(read, start + half, end))

    def root(self, read: type_reader, size: int) -> bytes:
        """Root over the first `size` leaves."""
        return self.span(read, 0, size) if size else self.empty()

    def inclusion(self, read: type_reader, index: int, size: int) -> list[bytes]:
        """Audit path of leaf `index` in the tree of `size` leaves (2.1.3)."""
        if not 0 <= index < size:
            raise ValueError(f"leaf {index} of {size}")
        return self._path(read, index, 0, size)

    def _path(self, read: type_reader, index: int, start: int, end: int) -> list[bytes]:
        size = end - start
        if size == 1:
            return []
        half = 1 << ((size - 1).bit_length() - 1)
        if index < start + half:
            return [*self._path(read, index, start, start + half), self.span(read, start + half, end)]
        return [*self._path(read, index, start + half, end), self.span(read, start, start + half)]

    def consistency(self, read: type_reader, old: int, new: int) -> list[bytes]:
        """Proof that the tree of `new` leaves begins with the tree of `old` leaves (2.1.4)."""
        if not 0 < old <= new:
            raise ValueError(f"sizes {old} and {new}")
        return [] if old == new else self._between(read, old, 0, new, whole=True)

    def _between(self, read: type_reader, old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
        size = end - start
        if old == size:
            return [] if whole else [self.span(read, start, end)]
        half = 1 << ((size - 1).bit_length() - 1)
        if old <= half:
            return [*self._between(read, old, start, start + half, whole=whole), self.span(read, start + half, end)]
        return [*self._between(read, old - half, start + half, end, whole=False), self.span(read, start, start + half)]

    def root_of_path(self, leaf: bytes, index: int, size: int, path: Iterable[bytes]) -> bytes:
        """The root that an audit path leads to (2.1.3.2); compare it with the head's."""
        here, last, found = index, size - 1, leaf
        for step in path:
            if last == 0:
                raise ValueError("the path is too long")
            if here & 1 or here == last:
                found = self.pair(step, found)
                while not here & 1 and here:
                    here, last = here >> 1, last >> 1
            else:
                found = self.pair(found, step)
            here, last = here >> 1, last >> 1
        if last:
            raise ValueError("the path is too short")
        return found

    def consistent(self, old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
        """Whether `proof` shows that the old tree is a beginning of the new one (2.1.4.2)."""
        if old == new:
            return not proof and old_root == new_root
        path = list(proof) if old & (old - 1) else [old_root, *proof]
        here, last = old - 1, new - 1
        while here & 1:
            here, last = here >> 1, last >> 1
        if not path:
            return False
        first = second = path[0]
        for step in path[1:]:
            if last == 0:
                return False
            if here & 1 or here == last:
                first, second = self.pair(step, first), self.pair(step, second)
                while not here & 1 and here:
                    here, last = here >> 1, last >> 1
            else:
                second = self.pair(second, step)
            here, last = here >> 1, last >> 1
        return last == 0 and first == old_root and second == new_root


class Frontier:
    """The roots of a growing tree: leaves are added one by one, the root is known at every size."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.size = tree, 0
        self.peaks: list[bytes] = []  # of the complete subtrees, largest first

    def add(self, leaf: bytes) -> None:
        """Add a leaf hash."""
        found, size = leaf, self.size
        while size & 1:
            found = self.tree.pair(self.peaks.pop(), found)
            size >>= 1
        self.peaks.append(found)
        self.size += 1

    def root(self) -> bytes:
        """Root at the present size."""
        if not self.peaks:
            return self.tree.empty()
        found = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            found = self.tree.pair(peak, found)
        return found
