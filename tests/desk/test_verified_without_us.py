"""What docs/verify.md tells a third party to run says what it says there, on what is whole and on what was touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from archive.journal.notes import new_key
from desk.cli import app

DOCS = Path(__file__).parents[2] / "docs"
Files = dict[str, bytes]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed here"),
]


@dataclass(frozen=True)
class Kept:
    """An archive with one shipment and a signed journal, a pack of it, and the public key."""

    archive: Path
    pack: Path
    vkey: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, make_papers: Callable[[Path], Path]) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    key, file = new_key("example.com/journal"), folder / "journal.key"
    file.write_text(f"{key.secret}\n")
    file.chmod(0o600)
    made = Kept(folder / "archive", folder / "pack.zip", str(key.verifier))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIDEWAITER_JOURNAL_KEY_FILE", str(file))
        for command in (
            ["clear", str(make_papers(folder / "S-1")), "--as-of", "2026-04-01"],
            ["journal", "publish"],
            ["evidence", "S-1", "--into", str(made.pack)],
        ):
            ran = CliRunner().invoke(app, [*command, "--out", str(made.archive)])
            assert ran.exit_code in {0, 10}, ran.output
    return made


def _run(script: str, *arguments: object) -> tuple[int, str]:
    command = [sys.executable, "-I", "-S", str(DOCS / "verify" / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, "".join(line + "\n" for line in done.stdout.splitlines() if line.startswith("WRONG"))


def _touched(pack: Path, folder: Path, change: Callable[[Files, dict[str, Any]], object]) -> Path:
    with zipfile.ZipFile(pack) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(files["manifest.json"])
    change(files, manifest)
    files["manifest.json"] = json.dumps(manifest).encode()
    touched = folder / "touched.zip"
    with zipfile.ZipFile(touched, "w") as written:
        for name, content in files.items():
            written.writestr(name, content)
    return touched


def _paper(files: Files) -> str:
    return next(name for name in files if name.startswith("originals/"))


def _another_paper(files: Files, _: dict[str, Any]) -> None:
    files[_paper(files)] += b" "


def _with_its_digest(files: Files, manifest: dict[str, Any]) -> None:
    files[_paper(files)] += b" "
    manifest["files"][_paper(files)] = sha256(files[_paper(files)]).hexdigest()


def _one_file_less(files: Files, _: dict[str, Any]) -> None:
    del files["summary.html"]


def _another_leaf(_: Files, manifest: dict[str, Any]) -> None:
    manifest["entries"][0]["leaf"] = manifest["entries"][1]["leaf"]


def _another_head(files: Files, manifest: dict[str, Any]) -> None:
    files["journal/checkpoint"] = files["journal/checkpoint"].replace(b"\n\n", b"\nmore\n\n")
    manifest["files"]["journal/checkpoint"] = sha256(files["journal/checkpoint"]).hexdigest()


def test_a_pack_is_proved_and_a_touched_one_is_not(kept: Kept, tmp_path: Path) -> None:
    pack, vkey = kept.pack, kept.vkey
    assert _run("check_pack.py", pack, vkey) == (0, "")
    assert _run("check_pack.py", _touched(pack, tmp_path, lambda *_: None), vkey) == (0, "")
    for change, said in (
        (_another_paper, "no file was changed"),
        (_with_its_digest, "every record is what the journal recorded"),
        (_one_file_less, "every file is there, and no other"),
        (_another_leaf, "every entry is in the journal"),
        (_another_head, "the head of the journal is signed by your key"),
    ):
        code, wrong = _run("check_pack.py", _touched(pack, tmp_path, change), vkey)
        assert (code, f"WRONG {said}\n" in wrong) == (1, True), (change.__name__, wrong)
    stranger = str(new_key("example.com/journal").verifier)
    assert _run("check_pack.py", pack, stranger) == (1, "WRONG the head of the journal is signed by your key\n")


def test_the_commands_of_the_page_check_digests_and_signature(kept: Kept, tmp_path: Path) -> None:
    [by_hand] = re.findall(r"```sh\n(.*?)```", (DOCS / "verify.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    with zipfile.ZipFile(kept.pack) as opened:
        opened.extractall(tmp_path / "pack")
    run = ["sh", "-e", "-c", by_hand]
    environment = {**os.environ, "VKEY": kept.vkey, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(run, cwd=tmp_path / "pack", env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Signature Verified Successfully\n"), done.stderr
    environment["VKEY"] = str(new_key("example.com/journal").verifier)
    other = subprocess.run(run, cwd=tmp_path / "pack", env=environment, capture_output=True, text=True, check=False)
    assert other.returncode != 0
    (tmp_path / "pack" / "summary.html").write_text("another one")
    touched = subprocess.run(run, cwd=tmp_path / "pack", env=environment, capture_output=True, text=True, check=False)
    assert "summary.html: FAILED" in touched.stdout


def test_a_copy_of_the_archive_goes_on_from_a_kept_checkpoint_until_it_is_touched(kept: Kept, tmp_path: Path) -> None:
    [checkpoint] = (kept.archive / "journal" / "published").rglob("0*")
    assert _run("check_journal.py", kept.archive, checkpoint) == (0, "")
    for copy, said in _touched_archives(kept.archive, tmp_path):
        code, wrong = _run("check_journal.py", copy, checkpoint)
        assert code == 1
        assert said in wrong


def test_an_entry_has_the_form_and_the_id_that_the_page_says(kept: Kept) -> None:
    lines = [
        line
        for batch in sorted((kept.archive / "journal/batches").iterdir())
        for line in batch.read_bytes().splitlines()[1:]
    ]
    assert {json.loads(line)["kind"] for line in lines} >= {"key_added", "received", "found"}
    for line in lines:
        entry = json.loads(line)
        assert json.dumps(entry, sort_keys=True, separators=(",", ":")).encode() == line
        told = [entry.get(name) for name in ("kind", "broker", "reference", "revision", "about", "part")]
        named = json.dumps([*told[:2], told[2] or "", *told[3:5], told[5] or 1])
        assert entry["id"] == sha256(named.encode()).hexdigest()[:32]


def _touched_archives(archive: Path, folder: Path) -> Iterator[tuple[Path, str]]:
    shutil.copytree(archive, folder / "altered")
    batch = folder / "altered" / "journal" / "batches" / "001"
    batch.write_bytes(batch.read_bytes().replace(b"received", b"Received"))
    yield folder / "altered", "batch 2 does not follow what stands before it"
    shutil.copytree(archive, folder / "cut")
    for path in sorted((folder / "cut" / "journal" / "batches").iterdir())[2:]:
        path.unlink()
    yield folder / "cut", "entries, and the checkpoint is of"
    shutil.copytree(archive, folder / "less")
    [result] = (folder / "less" / "shipments").rglob("result.json")
    result.unlink()
    yield folder / "less", "result.json is gone, or is not what was recorded"


def test_every_object_lies_where_the_reference_says(kept: Kept) -> None:
    page = (DOCS / "reference" / "archive.md").read_text(encoding="utf-8")
    known = [_pattern(key) for key in re.findall(r"^\| `([a-z]+/.+?)` \|", page, flags=re.MULTILINE)]
    archive = kept.archive
    keys = [path.relative_to(archive).as_posix() for path in archive.glob("[a-z]*/**/*") if path.is_file()]
    assert any(key.startswith("journal/") for key in keys)
    assert [key for key in keys if not any(pattern.fullmatch(key) for pattern in known)] == []


def _pattern(key: str) -> re.Pattern[str]:
    """`<n>` of the journal may be several parts (x001/x234/067)."""
    if key.startswith("originals/"):
        return re.compile(r"originals/sha256/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")
    parts = re.split(r"(\[[^\]]+\]|<[^>]+>)", key)
    told = "[^/]+(?:/[0-9x/]+)?" if key.startswith("journal/") else "[^/]+"
    return re.compile(
        "".join(
            "(?:\\.p/[0-9]+)?" if one.startswith("[") else told if one.startswith("<") else re.escape(one)
            for one in parts
        )
    )
