"""`tidewaiter journal …`, from the first key to a history that somebody touched."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from archive.journal.batches import batch_key
from archive.journal.notes import verifier_key
from desk.cli import app
from flows.journal import viewed
from flows.settings import Settings
from flows.workshop import open_records


@dataclass
class Shell:
    """Runs commands on one archive; the key is in their environment once there is one."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str) -> Result:
        environment = {"TIDEWAITER_DATA_DIR": str(self.folder / "data"), **self.environment}
        return CliRunner(env=environment).invoke(app, ["journal", *words])

    def new_key(self, file: str) -> str:
        made = self.run("new-key", str(self.folder / file), "--name", "example.com/journal")
        assert made.exit_code == 0
        return made.stdout.strip()

    def look_at(self, reference: str) -> None:
        with open_records(Settings(data_dir=self.folder / "data")) as records:
            viewed("local", reference, "auditor-7", records.journal)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path)
    made.look_at("R-1")
    return made


def test_the_printed_key_is_the_public_one_and_the_file_is_not_written_over(shell: Shell) -> None:
    public = shell.new_key("key")
    assert verifier_key(public).name == "example.com/journal"
    secret = (shell.folder / "key").read_text(encoding="ascii").strip()
    again = shell.run("new-key", str(shell.folder / "key"))
    assert again.exit_code == 70
    assert secret not in again.output


def test_without_a_key_the_status_and_the_proof_say_that_nobody_vouches(shell: Shell) -> None:
    assert "no key" in shell.run("status").stdout
    found = shell.run("verify")
    assert (found.exit_code, "could have rewritten all" in found.stdout) == (0, True)


def test_what_is_published_is_verified_with_the_key_and_a_kept_checkpoint(shell: Shell) -> None:
    public = shell.new_key("key")
    shell.environment["TIDEWAITER_JOURNAL_KEY_FILE"] = str(shell.folder / "key")
    published = json.loads(shell.run("publish", "--json").stdout)
    (shell.folder / "kept").write_text(published["checkpoint"], encoding="utf-8")
    shell.look_at("R-2")
    del shell.environment["TIDEWAITER_JOURNAL_KEY_FILE"]
    found = shell.run("verify", "--key", public, "--checkpoint", str(shell.folder / "kept"), "--json")
    told = json.loads(found.stdout)
    assert (found.exit_code, told["entries"], told["signed"], told["kept"], told["troubles"]) == (0, 2, 1, 1, [])


def test_an_altered_entry_is_named_and_ends_with_its_own_exit_code(shell: Shell) -> None:
    shell.look_at("R-2")
    batch = shell.folder / "data" / batch_key(0)
    batch.chmod(0o600)
    batch.write_bytes(batch.read_bytes().replace(b"auditor-7", b"auditor-8"))
    found = shell.run("verify")
    assert found.exit_code == 10
    assert batch_key(0) in found.stdout
    assert "altered" in found.stdout


def test_a_key_that_is_still_in_use_is_not_retired(shell: Shell) -> None:
    public = shell.new_key("key")
    shell.environment["TIDEWAITER_JOURNAL_KEY_FILE"] = str(shell.folder / "key")
    refused = shell.run("retire-key", public.split("+")[1], "--reason", "replaced")
    assert refused.exit_code == 70
    assert "still signs" in refused.output


def test_a_checkpoint_that_is_not_there_is_wrong_usage(shell: Shell) -> None:
    assert shell.run("verify", "--checkpoint", str(shell.folder / "none")).exit_code == 2
