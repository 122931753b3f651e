"""Signed notes, checkpoints and proofs as texts.

The key, text and signature of PeterNeumann are the example of Go's `golang.org/x/mod/sumdb/note` (its documentation and
`note_test.go`); Ed25519 is deterministic, so our signature must be that one to the last byte.
"""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import NoteInvalid, SigningKeyRefused
from archive.journal.checkpoints import InclusionProof, checkpoint_of, checkpoint_text, stated
from archive.journal.merkle import TreeHead, leaf_hash, node_hash
from archive.journal.notes import SigningKey, new_key, note_of, signed, signing_key, verified, verifier_key

GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = (
    f"{GO_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBw"
    "JnAM=\n"
)
HEAD = TreeHead(2, node_hash(leaf_hash(b"a"), leaf_hash(b"b")))


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return new_key("example.com/journal")


def test_our_signature_of_gos_example_is_that_of_go() -> None:
    assert signed(GO_TEXT, [signing_key(GO_PRIVATE, "example")]) == GO_NOTE


def test_gos_example_is_verified_with_its_public_key() -> None:
    public = verifier_key(GO_PUBLIC)
    note = note_of(GO_NOTE.encode(), "example")
    assert note.text == GO_TEXT
    assert verified(note, [public], "example") == (public,)
    assert str(public) == GO_PUBLIC
    assert signing_key(GO_PRIVATE, "example").secret == GO_PRIVATE


@pytest.mark.parametrize("place", range(len(GO_PUBLIC)))
def test_a_public_key_with_one_wrong_letter_is_refused(place: int) -> None:
    wrong = GO_PUBLIC[:place] + chr(ord(GO_PUBLIC[place]) + 1) + GO_PUBLIC[place + 1 :]
    with pytest.raises(NoteInvalid):
        verifier_key(wrong)


@pytest.mark.parametrize("place", range(0, len(GO_NOTE.encode()), 3))
def test_a_note_with_one_wrong_byte_is_refused(place: int) -> None:
    content = bytearray(GO_NOTE.encode())
    content[place] ^= 1
    with pytest.raises(NoteInvalid):
        verified(note_of(bytes(content), "example"), [verifier_key(GO_PUBLIC)], "example")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_whatever_is_no_note_is_refused_and_nothing_else_happens(content: bytes) -> None:
    with pytest.raises(NoteInvalid):
        stated(content, "somewhere")


@pytest.mark.parametrize("text", ["", "PRIVATE+KEY+", GO_PUBLIC, GO_PRIVATE[:-4], GO_PRIVATE.replace("a3", "a4")])
def test_a_private_key_that_is_none_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(SigningKeyRefused) as raised:
        signing_key(text, "the file")
    assert "AYEK" not in str(raised.value)
    assert "the file" in str(raised.value)


def test_a_private_key_is_not_shown(key: SigningKey) -> None:
    material = key.secret.split("+", 4)[4]
    assert material not in repr(key)
    assert repr(base64.b64decode(material)[1:]) not in repr(key)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_key_has_no_name_that_a_note_cannot_carry(name: str) -> None:
    with pytest.raises(NoteInvalid):
        new_key(name)


def test_a_checkpoint_states_origin_size_and_root(key: SigningKey) -> None:
    text = checkpoint_text(HEAD, [key])
    root = base64.b64encode(HEAD.root).decode()
    assert text.startswith(f"example.com/journal\n2\n{root}\n\n— example.com/journal ")
    found = checkpoint_of(text.encode(), [key.verifier], "checkpoint")
    assert (found.origin, found.head, found.signers) == ("example.com/journal", HEAD, (key.verifier,))


def test_while_keys_change_old_and_new_one_sign_and_either_is_enough(key: SigningKey) -> None:
    new = new_key(key.name)
    text = checkpoint_text(HEAD, [key, new]).encode()
    for known in ([key.verifier], [new.verifier], [key.verifier, new.verifier]):
        assert checkpoint_of(text, known, "checkpoint").signers == tuple(known)


def test_a_signature_of_a_stranger_is_no_signature(key: SigningKey) -> None:
    text = checkpoint_text(HEAD, [new_key(key.name)]).encode()
    with pytest.raises(NoteInvalid, match="no trusted key"):
        checkpoint_of(text, [key.verifier], "checkpoint")


def test_a_trusted_key_of_another_name_does_not_count(key: SigningKey) -> None:
    text = checkpoint_text(HEAD, [key]).encode()
    with pytest.raises(NoteInvalid, match="no trusted key"):
        checkpoint_of(text, [new_key("example.com/other").verifier], "checkpoint")


def test_one_wrong_signature_of_a_trusted_key_makes_the_note_wrong(key: SigningKey) -> None:
    new = new_key(key.name)
    both = checkpoint_text(HEAD, [key, new])
    other = checkpoint_text(TreeHead(3, HEAD.root), [new])
    mixed = both.replace(both.rstrip().rpartition(" ")[2], other.rstrip().rpartition(" ")[2])
    with pytest.raises(NoteInvalid, match="not its own"):
        checkpoint_of(mixed.encode(), [key.verifier, new.verifier], "checkpoint")


@pytest.mark.parametrize("size", ["-1", "01", "1.0", " 2", "２", "", "9" * 30])
def test_a_size_is_written_in_one_way(key: SigningKey, size: str) -> None:
    root = base64.b64encode(HEAD.root).decode()
    note = signed(f"example.com/journal\n{size}\n{root}\n", [key])
    with pytest.raises(NoteInvalid):
        stated(note.encode(), "checkpoint")


def test_lines_that_a_later_version_adds_are_passed_over(key: SigningKey) -> None:
    root = base64.b64encode(HEAD.root).decode()
    note = signed(f"example.com/journal\n2\n{root}\nmore\n", [key])
    assert stated(note.encode(), "checkpoint") == ("example.com/journal", HEAD)


def test_a_proof_proves_the_leaf_that_it_is_of(key: SigningKey) -> None:
    proof = InclusionProof(1, (leaf_hash(b"a"),), checkpoint_text(HEAD, [key]))
    assert proof.proves(b"b", HEAD)
    assert not proof.proves(b"c", HEAD)


def test_a_proof_in_a_tree_of_one_has_no_path(key: SigningKey) -> None:
    head = TreeHead(1, leaf_hash(b"a"))
    assert InclusionProof(0, (), checkpoint_text(head, [key])).proves(b"a", head)
