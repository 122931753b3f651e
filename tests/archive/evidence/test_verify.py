from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.evidence import verify
from archive.evidence.packing import JournalPart, PackWriter, ProvenEntry, new_pack
from archive.evidence.verify import ITSELF, PROVED, UNCHECKED, WRONG, is_signed, root_from, root_of, roots_from
from archive.journal import merkle
from archive.journal.checkpoints import checkpoint_text
from archive.journal.merkle import Subtree, TreeHead
from archive.journal.notes import SigningKey, new_key

KEY, OTHER = new_key("example.com/journal"), new_key("example.com/journal")
SIZE = 21
MINE = {4: {"originals/sha256/aa": b"the invoice"}, 9: {"shipments/local/A-1/1/result.json": b"{}"}}


def leaf(index: int) -> bytes:
    records = {key: sha256(content).hexdigest() for key, content in MINE.get(index, {}).items()}
    told = {"kind": "received", "broker": "local", "reference": "A-1" if index in MINE else "B", "records": records}
    return json.dumps({**told, "at": "2026-03-01T10:00:00Z", "by": "ann"}).encode()


def subtree(size: int) -> Subtree:
    hashes = [merkle.leaf_hash(leaf(index)) for index in range(size)]
    return lambda height, index: merkle.root_of(hashes[index << height : (index + 1) << height])


@cache
def head(size: int) -> TreeHead:
    return TreeHead(size, merkle.root_of(merkle.leaf_hash(leaf(index)) for index in range(size)))


def journal_part(*, key: SigningKey = KEY, with_leaves: bool = True, since: tuple[int, ...] = ()) -> JournalPart:
    tree = subtree(SIZE)
    entries = tuple(ProvenEntry(index, leaf(index), merkle.inclusion(index, SIZE, tree)) for index in MINE)
    return JournalPart(
        entries,
        checkpoint_text(head(SIZE), [key]),
        (str(key.verifier),),
        b"".join(tree(0, index) for index in range(SIZE)) if with_leaves else b"",
        {size: merkle.consistency(size, SIZE, tree) for size in since},
    )


def packed(folder: Path, part: JournalPart | None = None) -> Path:
    """A pack as it is made, unpacked, so that tests can touch single files."""
    with new_pack(folder / "pack.zip") as pack:
        for key, content in [pair for records in MINE.values() for pair in records.items()]:
            pack.add_record(key, f"records/{key}", content)
        pack.add("summary.html", b"<p>")
        pack.finish("local", "A-1", part or journal_part(), {})
    with zipfile.ZipFile(folder / "pack.zip") as pack_file:
        pack_file.extractall(folder / "pack")
    return folder / "pack"


@dataclass
class Told:
    code: int
    text: str


@pytest.fixture
def checked(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    def run(*arguments: str | Path) -> Told:
        code = verify.main([str(argument) for argument in arguments])
        return Told(code, capsys.readouterr().out)

    return run


def note(folder: Path, size: int, *, key: SigningKey = KEY, of: TreeHead | None = None) -> Path:
    path = folder / f"kept-{size}"
    path.write_text(checkpoint_text(of or head(size), [key]))
    return path


def test_a_pack_is_proved_with_a_key_from_outside(tmp_path: Path, checked: Callable[..., Told]) -> None:
    told = checked(packed(tmp_path), "--key", str(KEY.verifier))
    assert told.code == PROVED
    assert told.text.startswith("Key: the one that you gave.\n")
    assert "PROVED" in told.text.splitlines()[-1]
    assert checked(tmp_path / "pack.zip", "--key", str(KEY.verifier)).code == PROVED


def test_with_its_own_key_it_says_first_that_nothing_is_proved(tmp_path: Path, checked: Callable[..., Told]) -> None:
    told = checked(packed(tmp_path))
    assert told.code == ITSELF
    assert told.text.startswith("Key: the pack's own.")
    assert told.text.splitlines()[-1].startswith("CONSISTENT WITH ITSELF, not proved")


def test_it_runs_alone_on_the_standard_library(tmp_path: Path) -> None:
    folder = packed(tmp_path)
    command = [sys.executable, "-I", "-S", "verify.py", "--key", str(KEY.verifier)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (PROVED, "")


def rewritten(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = folder / verify.MANIFEST
    told = json.loads(manifest.read_bytes())
    change(told)
    manifest.write_text(json.dumps(told))


RESULT = "records/shipments/local/A-1/1/result.json"


def change_a_byte(folder: Path) -> None:
    (folder / RESULT).write_bytes(b"[]")


def change_a_byte_and_the_manifest(folder: Path) -> None:
    change_a_byte(folder)
    digest = sha256(b"[]").hexdigest()
    rewritten(folder, lambda told: told["files"].update({RESULT: digest}))


def take_a_file_away(folder: Path) -> None:
    (folder / RESULT).unlink()


def forget_a_record(folder: Path) -> None:
    """As if it had never been there: file, manifest and all."""
    take_a_file_away(folder)
    rewritten(folder, lambda told: (told["files"].pop(RESULT), told["records"].clear()))


def slip_a_file_in(folder: Path) -> None:
    (folder / "also.pdf").write_bytes(b"x")


def take_the_entries_away(folder: Path) -> None:
    rewritten(folder, lambda told: told.update({"entries": []}))


def lie_about_an_entry(folder: Path) -> None:
    def change(told: dict[str, Any]) -> None:
        told["entries"][0]["index"] = 5

    rewritten(folder, change)


def rename_the_shipment(folder: Path) -> None:
    rewritten(folder, lambda told: told.update({"reference": "A-2"}))


def sign_anew(folder: Path) -> None:
    content = checkpoint_text(head(SIZE), [OTHER]).encode()
    (folder / verify.CHECKPOINT).write_bytes(content)
    digest = sha256(content).hexdigest()
    rewritten(folder, lambda told: told["files"].update({verify.CHECKPOINT: digest}))


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (change_a_byte, f"{RESULT}: was changed"),
        (change_a_byte_and_the_manifest, f"{RESULT}: no entry of the journal records"),
        (take_a_file_away, f"{RESULT}: is missing"),
        (forget_a_record, "shipments/local/A-1/1/result.json: the journal records it, and it is not in the pack"),
        (slip_a_file_in, "also.pdf: is not of the pack"),
        (take_the_entries_away, "has no entry of the journal"),
        (lie_about_an_entry, "entry 5: is not in the journal"),
        (rename_the_shipment, "is about another shipment"),
        (sign_anew, "is not signed by example.com/journal"),
    ],
)
def test_whatever_is_touched_is_named(
    tamper: Callable[[Path], None], says: str, tmp_path: Path, checked: Callable[..., Told]
) -> None:
    folder = packed(tmp_path)
    tamper(folder)
    told = checked(folder, "--key", str(KEY.verifier))
    assert told.code == WRONG
    assert says in told.text
    assert "WRONG" in told.text.splitlines()[-1]


def test_a_file_twice_in_the_zip_is_named(tmp_path: Path, checked: Callable[..., Told]) -> None:
    packed(tmp_path)
    with zipfile.ZipFile(tmp_path / "pack.zip", "a") as pack, pytest.warns(UserWarning, match="Duplicate"):
        pack.writestr("summary.html", b"another")
    told = checked(tmp_path / "pack.zip", "--key", str(KEY.verifier))
    assert told.code == WRONG
    assert "summary.html: stands in the pack more than once" in told.text


@pytest.mark.parametrize("size", [1, 7, 16, 20, SIZE])
@pytest.mark.parametrize("with_leaves", [True, False])
def test_a_checkpoint_kept_elsewhere_is_shown_to_be_of_the_same_journal(
    size: int, tmp_path: Path, checked: Callable[..., Told], *, with_leaves: bool
) -> None:
    folder = packed(tmp_path, journal_part(with_leaves=with_leaves, since=(1, 7, 16, 20)))
    kept = note(tmp_path, size)
    assert checked(folder, "--key", str(KEY.verifier), "--checkpoint", kept).code == PROVED


@pytest.mark.parametrize("size", [7, SIZE])
@pytest.mark.parametrize("with_leaves", [True, False])
def test_a_rewritten_journal_is_found_by_a_kept_checkpoint(
    size: int, tmp_path: Path, checked: Callable[..., Told], *, with_leaves: bool
) -> None:
    folder = packed(tmp_path, journal_part(with_leaves=with_leaves, since=(7,)))
    kept = note(tmp_path, size, of=TreeHead(size, sha256(b"what it was before").digest()))
    told = checked(folder, "--key", str(KEY.verifier), "--checkpoint", kept)
    assert told.code == WRONG
    assert f"its first {size} entries are not those of the checkpoint that you kept" in told.text


def test_a_kept_checkpoint_must_be_signed_too_and_be_comparable(tmp_path: Path, checked: Callable[..., Told]) -> None:
    folder = packed(tmp_path, journal_part(with_leaves=False))
    key = ("--key", str(KEY.verifier))
    assert "kept-7 is not signed" in checked(folder, *key, "--checkpoint", note(tmp_path, 7, key=OTHER)).text
    assert "no proof from 7 entries on" in checked(folder, *key, "--checkpoint", note(tmp_path, 7)).text
    later = note(tmp_path, 30, of=TreeHead(30, bytes(32)))
    assert "is later than the pack" in checked(folder, *key, "--checkpoint", later).text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (verify.MANIFEST, b"{"),
        (verify.MANIFEST, b'{"format": "tidewaiter-evidence/9"}'),
        (verify.CHECKPOINT, b"no note"),
        (verify.CHECKPOINT, b"a\nb\nc\n\n\xe2\x80\x94 x\n"),
    ],
)
def test_what_is_no_pack_is_told_plainly(
    name: str, content: bytes, tmp_path: Path, checked: Callable[..., Told]
) -> None:
    folder = packed(tmp_path)
    (folder / name).write_bytes(content)
    told = checked(folder)
    assert told.code == UNCHECKED
    assert told.text.startswith("Could not be checked: ")


def test_a_slip_in_a_key_is_told(tmp_path: Path, checked: Callable[..., Told]) -> None:
    folder = packed(tmp_path)
    slipped = str(KEY.verifier).replace("+", "+0", 1)
    assert checked(folder, "--key", slipped).code == UNCHECKED
    assert checked(tmp_path / "no such pack.zip").code == UNCHECKED


@given(st.integers(0, 40), st.integers(1, 41))
def test_inclusion_agrees_with_the_journals_own_proofs(index: int, size: int) -> None:
    tree = subtree(size)
    if index < size:
        proof = merkle.inclusion(index, size, tree)
        assert root_from(index, size, merkle.leaf_hash(leaf(index)), proof) == head(size).root
    assert root_from(index, size, b"\0" * 32, ()) != head(size).root


@given(st.data())
def test_consistency_agrees_with_the_journals_own_proofs(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 40))
    old = data.draw(st.integers(1, new - 1))
    proof = merkle.consistency(old, new, subtree(new))
    assert roots_from(old, new, head(old).root, proof) == (head(old).root, head(new).root)
    assert roots_from(old, new, head(old).root, proof[:-1]) != (head(old).root, head(new).root)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_roots_agree_with_the_journals_own(leaves: list[bytes]) -> None:
    assert root_of(leaves) == merkle.root_of(leaves)


@settings(deadline=None, max_examples=30)
@given(st.binary(min_size=32, max_size=32), st.binary(), st.integers(0, 511))
def test_signatures_agree_with_the_librarys(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    flipped = bytearray(signature)
    flipped[bit // 8] ^= 1 << bit % 8
    assert is_signed(message, signature, public)
    assert not is_signed(message, bytes(flipped), public)
    assert not is_signed(message + b"x", signature, public)


# RFC 8032, 7.1, tests 1 and 2.
VECTORS: Mapping[bytes, tuple[str, str]] = {
    b"": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
            "d25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    b"\x72": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
            "387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
}


@pytest.mark.parametrize("message", VECTORS)
def test_the_published_vectors_verify(message: bytes) -> None:
    public, signature = VECTORS[message]
    assert is_signed(message, bytes.fromhex(signature), bytes.fromhex(public))


def test_a_pack_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    def half(pack: PackWriter) -> None:
        pack.add("a", b"a")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), new_pack(tmp_path / "pack.zip") as pack:
        half(pack)
    assert list(tmp_path.iterdir()) == []
    packed(tmp_path)
    with pytest.raises(FileExistsError):
        packed(tmp_path)
