"""What an auditor does at the command line, on shipments that went through the whole program."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from archive.journal.notes import new_key
from desk.running import OUR_ERROR, WRONG_USAGE
from tests.desk.conftest import Command

pytestmark = pytest.mark.slow
DATA = Path("tidewaiter-data")


@pytest.fixture
def vkey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The public key of the journal, whose private one is in a file of the operator's."""
    key = new_key("example.com/journal")
    file = tmp_path / "journal.key"
    file.write_text(f"{key.secret}\n")
    file.chmod(0o600)
    monkeypatch.setenv("TIDEWAITER_JOURNAL_KEY_FILE", str(file))
    return str(key.verifier)


@pytest.fixture
def filed(tidewaiter: Command, papers: Path, vkey: str) -> str:
    """A shipment with a decision, locked as it must be."""
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    tidewaiter("decide", "S-1", "1", "request", "--reason", "send it", "--by", "ann")
    tidewaiter("retention", "apply")
    return vkey


def test_a_pack_proves_itself_on_another_machine(tidewaiter: Command, filed: str, tmp_path: Path) -> None:
    pack = tmp_path / "pack.zip"
    ran = tidewaiter("evidence", "S-1", "--into", pack, "--by", "auditor")
    assert (ran.code, ran.err) == (0, "")
    with zipfile.ZipFile(pack) as opened:
        opened.extractall(tmp_path / "elsewhere")
    command = [sys.executable, "-I", "-S", "verify.py", "--key", filed]
    done = subprocess.run(command, cwd=tmp_path / "elsewhere", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "viewed, by auditor" in done.stdout
    assert "decided revision 1, by ann" in done.stdout
    held = {path.relative_to(tmp_path / "elsewhere").as_posix() for path in (tmp_path / "elsewhere").rglob("*.*")}
    assert {"summary.html", "summary.pdf", "records/shipments/local/S-1/2/result.json"} <= held
    assert any(name.startswith("originals/") for name in held)
    assert any(name.endswith("/001.webp") for name in held)
    summary = (tmp_path / "elsewhere" / "summary.html").read_text()
    assert "Decisions by people" in summary
    assert "<script" not in summary


def test_without_a_key_no_pack_pretends_to_prove(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers, "--as-of", "2026-04-01")
    ran = tidewaiter("evidence", "S-1")
    assert ran.code == OUR_ERROR
    assert "no key signs the journal" in ran.err
    assert not list(Path().glob("*.zip"))


@pytest.mark.usefixtures("filed")
def test_a_pack_is_not_written_over_what_is_there(tidewaiter: Command) -> None:
    assert tidewaiter("evidence", "S-1").code == 0
    ran = tidewaiter("evidence", "S-1")
    assert ran.code == WRONG_USAGE
    assert "S-1-evidence.zip: is there already" in ran.err
    assert tidewaiter("evidence", "S-9", "--into", "x.zip").code == WRONG_USAGE


def test_the_audit_finds_nothing_until_a_byte_is_touched(tidewaiter: Command, filed: str) -> None:
    ran = tidewaiter("audit", "--key", filed)
    assert ran.code == 0
    assert "Nothing is missing, altered or unrecorded." in ran.out
    result = DATA / "shipments/local/S-1/1/result.json"
    result.chmod(0o600)
    result.write_bytes(result.read_bytes().replace(b'"held"', b'"clear"', 1))
    ran = tidewaiter("audit", "--json")
    assert ran.code == 10
    troubles = json.loads(ran.out)["troubles"]
    assert ("altered", "shipments/local/S-1/1/result.json") in {(one["kind"], one["where"]) for one in troubles}


def test_a_checkpoint_kept_elsewhere_shows_that_the_journal_was_begun_anew(
    tidewaiter: Command, filed: str, papers: Path, tmp_path: Path
) -> None:
    tidewaiter("evidence", "S-1", "--into", tmp_path / "pack.zip")
    kept = tmp_path / "checkpoint"
    with zipfile.ZipFile(tmp_path / "pack.zip") as opened:
        kept.write_bytes(opened.read("journal/checkpoint"))
    assert tidewaiter("audit", "--checkpoint", kept, "--key", filed).code == 0
    forged = tmp_path / "forged"
    tidewaiter("clear", papers, "--as-of", "2026-04-02", "--out", forged)
    ran = tidewaiter("audit", "--checkpoint", kept, "--out", forged, "--json")
    assert ran.code == 10
    assert str(kept) in {one["where"] for one in json.loads(ran.out)["troubles"]}
    assert tidewaiter("audit", "--checkpoint", tmp_path / "none").code == WRONG_USAGE


def test_the_register_is_made_anew_from_the_archive_alone(tidewaiter: Command, filed: str) -> None:
    for file in DATA.glob("register.sqlite*"):
        file.unlink()
    ran = tidewaiter("register", "rebuild")
    assert ran.code == 0
    assert "2 revisions and" in ran.out
    assert tidewaiter("audit", "--key", filed).code == 0
