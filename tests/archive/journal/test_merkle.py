"""The tree and its proofs, against the published vectors and against themselves.

Leaves, roots and proofs are the reference tree of Certificate Transparency (`merkle_tree_test` of
google/certificate-transparency; the proofs are those of transparency-dev/merkle, `testonly/reference_test.go`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.journal.merkle import (
    EMPTY,
    Frontier,
    Subtree,
    TreeHead,
    consistency,
    head_root,
    inclusion,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = [
    (0, 1, []),
    (0, 2, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"]),
    (1, 2, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (1, 5, ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
    (0, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (5, 8, ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
]  # fmt: skip
CONSISTENCY = [
    (1, 1, []),
    (1, 8, ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]),
    (2, 5, ["5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"]),
    (6, 8, ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]),
]  # fmt: skip

sizes = st.integers(1, 300)


def _subtree(hashes: Sequence[bytes]) -> Subtree:
    """As RFC 6962 defines the root of a part, straight from its words."""

    def root(height: int, index: int) -> bytes:
        return _mth(hashes[index << height : (index + 1) << height])

    return root


def _mth(hashes: Sequence[bytes]) -> bytes:
    if len(hashes) <= 1:
        return hashes[0] if hashes else EMPTY
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(_mth(hashes[:split]), _mth(hashes[split:]))


def _hashes(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


VECTORS = [leaf_hash(leaf) for leaf in LEAVES]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_reference_tree(size: int) -> None:
    assert root_of(VECTORS[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "expected"), INCLUSION)
def test_the_audit_paths_are_those_of_the_reference_tree(index: int, size: int, expected: list[str]) -> None:
    proof = inclusion(index, size, _subtree(VECTORS))
    assert [one.hex() for one in proof] == expected
    assert verify_inclusion(VECTORS[index], index, proof, TreeHead(size, bytes.fromhex(ROOTS[size])))


@pytest.mark.parametrize(("old", "new", "expected"), CONSISTENCY)
def test_the_consistency_proofs_are_those_of_the_reference_tree(old: int, new: int, expected: list[str]) -> None:
    proof = consistency(old, new, _subtree(VECTORS))
    assert [one.hex() for one in proof] == expected
    first, second = (TreeHead(size, bytes.fromhex(ROOTS[size])) for size in (old, new))
    assert verify_consistency(first, second, proof)


@settings(deadline=None)
@given(sizes, st.data())
def test_a_tree_grown_in_any_steps_has_the_root_that_the_definition_gives(size: int, data: st.DataObject) -> None:
    hashes = _hashes(size)
    cuts = sorted(data.draw(st.lists(st.integers(0, size), max_size=5)))
    tree = Frontier()
    for low, high in zip([0, *cuts], [*cuts, size], strict=True):
        tree = tree.grown(hashes[low:high])
    assert tree == Frontier().grown(hashes)
    assert tree.root == _mth(hashes) == head_root(size, _subtree(hashes))


@settings(deadline=None)
@given(sizes, st.data())
def test_every_leaf_is_proved_and_no_other_leaf_place_or_tree(size: int, data: st.DataObject) -> None:
    hashes = _hashes(size)
    head = TreeHead(size, root_of(hashes))
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion(index, size, _subtree(hashes))
    assert verify_inclusion(hashes[index], index, proof, head)
    assert not verify_inclusion(leaf_hash(b"other"), index, proof, head)
    assert not verify_inclusion(hashes[index], index, (*proof, EMPTY), head)
    assert not verify_inclusion(hashes[index], index, proof, TreeHead(size, EMPTY))
    elsewhere = data.draw(st.integers(-1, size + 1).filter(lambda place: place != index))
    assert not verify_inclusion(hashes[index], elsewhere, proof, head)
    if proof:
        assert not verify_inclusion(hashes[index], index, proof[:-1], head)
        damaged = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_inclusion(hashes[index], index, _flipped(proof, damaged), head)


@settings(deadline=None)
@given(sizes, sizes, st.data())
def test_a_tree_is_proved_to_go_on_from_its_own_beginning_and_from_no_other(
    one: int, other: int, data: st.DataObject
) -> None:
    small, large = sorted((one, other))
    hashes = _hashes(large)
    old, new = TreeHead(small, root_of(hashes[:small])), TreeHead(large, root_of(hashes))
    proof = consistency(small, large, _subtree(hashes))
    assert verify_consistency(old, new, proof)
    assert not verify_consistency(TreeHead(small, EMPTY), new, proof)
    assert not verify_consistency(old, TreeHead(large, EMPTY), proof)
    assert not verify_consistency(old, new, (*proof, EMPTY))
    assert not verify_consistency(new, old, proof) or small == large
    if proof:
        damaged = data.draw(st.integers(0, len(proof) - 1))
        assert not verify_consistency(old, new, _flipped(proof, damaged))
        assert not verify_consistency(old, new, proof[:-1])


def _flipped(proof: tuple[bytes, ...], place: int) -> tuple[bytes, ...]:
    return (*proof[:place], hashlib.sha256(proof[place]).digest(), *proof[place + 1 :])


def test_every_tree_goes_on_from_the_empty_one_and_the_empty_one_from_nothing_else() -> None:
    tree = TreeHead(3, root_of(VECTORS[:3]))
    assert verify_consistency(TreeHead(0, EMPTY), tree, consistency(0, 3, _subtree(VECTORS)))
    assert not verify_consistency(TreeHead(0, tree.root), tree, ())
    assert not verify_consistency(tree, TreeHead(0, EMPTY), ())


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_what_is_not_in_the_tree_has_no_path(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        inclusion(index, size, _subtree(VECTORS))
