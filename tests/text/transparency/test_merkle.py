"""RFC 6962's trees against the roots that Certificate Transparency publishes, and an independent implementation."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from ovn_desk.text.transparency import merkle

ENTRIES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [  # of the first 1, 2, … 8 of them, from Certificate Transparency's own tests
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LOGS = st.lists(st.binary(max_size=6), min_size=1, max_size=70)


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_that_certificate_transparency_publishes(size):
    assert merkle.Tree.of(ENTRIES).root(size).hex() == ROOTS[size - 1]
    assert merkle.Tree.of(ENTRIES[:size]).root().hex() == ROOTS[size - 1]


def test_the_root_of_no_entries_is_the_hash_of_nothing():
    assert merkle.Tree.of([]).root() == hashlib.sha256(b"").digest()


def _other(entries):
    tree = InmemoryTree(algorithm="sha256")
    for entry in entries:
        tree.append_entry(entry)
    return tree


@given(LOGS, st.data())
def test_roots_and_proofs_are_those_of_an_independent_implementation(entries, data):
    ours, theirs = merkle.Tree.of(entries), _other(entries)
    new = data.draw(st.integers(1, len(entries)))
    index, old = data.draw(st.integers(0, new - 1)), data.draw(st.integers(1, new))
    assert ours.root(new) == theirs.get_root(new)
    assert merkle.is_included(entries[index], index, new, ours.root(new), ours.inclusion_proof(index, new))
    verify_inclusion(merkle.leaf_hash(entries[index]), ours.root(new), theirs.prove_inclusion(index + 1, new))
    verify_consistency(ours.root(old), ours.root(new), theirs.prove_consistency(old, new))
    proof = ours.consistency_proof(old, new)
    assert merkle.is_consistent(old, ours.root(old), new, ours.root(new), proof)


@given(LOGS, st.data())
def test_a_proof_holds_for_nothing_else(entries, data):
    """Any other entry, place, size or root, and any proof that is shorter, longer or has one other bit."""
    tree, size = merkle.Tree.of(entries), len(entries)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    entry, root, proof = entries[index], tree.root(), tree.inclusion_proof(index, size)
    growth = tree.consistency_proof(old, size)
    assert not merkle.is_included(entry + b"x", index, size, root, proof)
    assert not merkle.is_included(entry, index, size, merkle.leaf_hash(root), proof)
    assert not merkle.is_included(entry, size, size, root, proof)
    assert not merkle.is_included(entry, -1, size, root, proof)
    assert not merkle.is_included(entry, index, size, root, [*proof, root])
    for wrong in _damaged(proof, data):
        assert not merkle.is_included(entry, index, size, root, wrong)
    assert not merkle.is_consistent(old, tree.root(old), size, root, [*growth, root])
    assert not merkle.is_consistent(size + 1, root, size, root, growth)
    for wrong in _damaged(growth, data):
        assert not merkle.is_consistent(old, tree.root(old), size, root, wrong)


@given(LOGS, st.data())
def test_a_log_that_was_begun_anew_is_not_the_old_one_grown(entries, data):
    """One entry of the past was changed: no proof of either log leads from the old head to the new one."""
    old = data.draw(st.integers(1, len(entries)))
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*entries[:at], entries[at] + b"!", *entries[at + 1 :], b"new"]
    before, after = merkle.Tree.of(entries), merkle.Tree.of(rewritten)
    size = len(rewritten)
    for proof in ([], after.consistency_proof(old, size), before.consistency_proof(old, len(entries))):
        assert not merkle.is_consistent(old, before.root(old), size, after.root(), proof)


def _damaged(proof, data):
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        yield proof[:at] + proof[at + 1 :]
        yield [*proof[:at], bytes([proof[at][0] ^ 1]) + proof[at][1:], *proof[at + 1 :]]


def test_a_log_grows_without_hashing_its_past_again():
    """The same roots whether a tree is made at once or appended to."""
    entries = [str(n).encode() for n in range(300)]
    growing = merkle.Tree([])
    for size, entry in enumerate(entries, 1):
        growing.leaves.append(merkle.leaf_hash(entry))
        assert growing.root() == merkle.Tree.of(entries[:size]).root()
