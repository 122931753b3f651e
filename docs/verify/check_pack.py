#!/usr/bin/env python3
"""Checks a pack of evidence by its description alone: python3 check_pack.py PACK.zip VKEY. Needs openssl 3."""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def root(index: int, size: int, leaf: bytes, path: list[bytes]) -> bytes:
    """RFC 6962, 2.1.1: the tree is split at the largest power of two below its size."""
    if size <= 1:
        return leaf if not path and index == 0 else b""
    left, *sibling = 1 << (size - 1).bit_length() - 1, *path[-1:]
    if index < left:
        return digest(b"\x01" + root(index, left, leaf, path[:-1]) + b"".join(sibling))
    return digest(b"\x01" + b"".join(sibling) + root(index - left, size - left, leaf, path[:-1]))


def is_signed(note: str, vkey: str) -> bool:
    text, _, lines = note.rpartition("\n\n")
    name, key_id, key = vkey.strip().split("+", 2)
    if digest(f"{name}\n".encode() + base64.b64decode(key))[:4].hex() != key_id or text.split("\n")[0] != name:
        return False
    signed = [base64.b64decode(line.split(" ")[2]) for line in lines.splitlines() if line.split(" ")[1] == name]
    with tempfile.TemporaryDirectory() as folder:  # RFC 8410 says what stands before the 32 bytes of a key in DER
        der = bytes.fromhex("302a300506032b6570032100") + base64.b64decode(key)[1:]
        mine = next((one[4:] for one in signed if one[:4].hex() == key_id), b"")
        for file, content in {"text": f"{text}\n".encode(), "key": der, "signature": mine}.items():
            (Path(folder) / file).write_bytes(content)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature"
        return not subprocess.run(command.split(), cwd=folder, capture_output=True, check=False).returncode  # noqa: S603


def check(pack: zipfile.ZipFile, vkey: str) -> Iterator[tuple[str, bool]]:
    told, note, names = (
        json.loads(pack.read("manifest.json")),
        pack.read("journal/checkpoint").decode(),
        pack.namelist(),
    )
    files, records, (size, tree) = told["files"], told["records"], note.split("\n")[1:3]
    yield "every file is there, and no other", sorted(names) == sorted({*files, "manifest.json"})
    yield (
        "no file was changed",
        all(name in names and digest(pack.read(name)).hex() == stated for name, stated in files.items()),
    )
    leaves = [
        (one["index"], base64.b64decode(one["leaf"]), [*map(base64.b64decode, one["proof"])]) for one in told["entries"]
    ]
    roots = {root(n, int(size), digest(b"\x00" + leaf), path) for n, leaf, path in leaves}
    yield "every entry is in the journal", roots == {base64.b64decode(tree)}
    entries = [json.loads(leaf) for _, leaf, _ in leaves]
    about = {(one["broker"], one["reference"]) for one in entries}
    yield "every entry is about this shipment", about == {(told["broker"], told["reference"])}
    recorded = {(key, stated) for one in entries for key, stated in one.get("records", {}).items()}
    yield "every record is what the journal recorded", {(key, files[name]) for key, name in records.items()} <= recorded
    yield "all that it recorded is here", {key for key, _ in recorded} <= {*records, *told["left_out"]}
    yield "the head of the journal is signed by your key", is_signed(note, vkey)


if __name__ == "__main__":
    steps = list(check(zipfile.ZipFile(sys.argv[1]), sys.argv[2]))
    sys.stdout.write("".join(f"{'ok   ' if holds else 'WRONG'} {what}\n" for what, holds in steps))
    sys.exit(0 if all(holds for _, holds in steps) else 1)
