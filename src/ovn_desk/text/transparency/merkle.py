"""Merkle tree hashes and the two proofs of a log: that an entry is in it, and that a longer one only grew.

After RFC 6962, section 2.1. Hashes are 32 raw bytes; entries are bytes; places count from 0. Proof checks follow the
same recursion as proof making, so each is read beside the other; they take as many steps as the tree is high.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; the 0x00 keeps an entry from being taken for a node."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees, left to right."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Tree:
    """The hashes of a log's entries. Subtrees that are full are hashed once; `leaves` may only be appended to."""

    leaves: list[bytes]
    _full: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Sequence[bytes]) -> "Tree":
        """The tree over entries as they stand in the log."""
        return cls([leaf_hash(entry) for entry in entries])

    def root(self, size: int | None = None) -> bytes:
        """The root over the first `size` entries; over all of them without a size."""
        size = len(self.leaves) if size is None else size
        return self._root(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """What shows that the entry at `index` is among the first `size`; raises ValueError where it is not."""
        if not 0 <= index < size <= len(self.leaves):
            raise ValueError(f"no entry {index} in a tree of {size}")
        return self._path(index, 0, size)

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """What shows that the first `old` entries are the beginning of the first `new`; empty for none or all."""
        if not 0 <= old <= new <= len(self.leaves):
            raise ValueError(f"no trees of {old} and {new}")
        return [] if old in {0, new} else self._growth(old, 0, new, is_whole=True)

    def _root(self, start: int, end: int) -> bytes:
        if end - start == 1:
            return self.leaves[start]
        known = self._full.get((start, end))
        if known is None:
            middle = start + _split(end - start)
            known = node_hash(self._root(start, middle), self._root(middle, end))
            if (end - start).bit_count() == 1:
                self._full[start, end] = known
        return known

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._root(middle, end)]
        return [*self._path(index, middle, end), self._root(start, middle)]

    def _growth(self, old: int, start: int, end: int, *, is_whole: bool) -> list[bytes]:
        """RFC 6962's SUBPROOF: `is_whole` while the old root itself is what the checker has already."""
        if old == end:
            return [] if is_whole else [self._root(start, end)]
        middle = start + _split(end - start)
        if old <= middle:
            return [*self._growth(old, start, middle, is_whole=is_whole), self._root(middle, end)]
        return [*self._growth(old, middle, end, is_whole=False), self._root(start, middle)]


def is_included(entry: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof leads from an entry at `index` to the root of a tree of `size`."""
    if not 0 <= index < size:
        return False
    rest = list(proof)
    found = _climb(leaf_hash(entry), index, size, rest)
    return not rest and found == root


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that a tree of `new` entries begins with the tree of `old`."""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if old == new:
        return not proof and old_root == new_root
    rest = list(proof)
    found = _regrow(old, new, old_root, rest, is_whole=True)
    return not rest and found == (old_root, new_root)


def _split(size: int) -> int:
    """The largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def _climb(leaf: bytes, index: int, size: int, rest: list[bytes]) -> bytes | None:
    if size == 1:
        return leaf
    if not rest:
        return None
    beside, middle = rest.pop(), _split(size)
    if index < middle:
        below = _climb(leaf, index, middle, rest)
        return below and node_hash(below, beside)
    below = _climb(leaf, index - middle, size - middle, rest)
    return below and node_hash(beside, below)


def _regrow(old: int, new: int, old_root: bytes, rest: list[bytes], *, is_whole: bool) -> tuple[bytes, bytes] | None:
    """The old and the new root that a proof leads to; none where it is too short."""
    if old == new:
        if is_whole:
            return old_root, old_root
        return (rest[0], rest.pop()) if rest else None
    if not rest:
        return None
    beside, middle = rest.pop(), _split(new)
    if old <= middle:
        below = _regrow(old, middle, old_root, rest, is_whole=is_whole)
        return below and (below[0], node_hash(below[1], beside))
    below = _regrow(old - middle, new - middle, old_root, rest, is_whole=False)
    return below and (node_hash(beside, below[0]), node_hash(beside, below[1]))
