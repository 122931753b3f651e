"""What is told of wrong arguments: what is wrong, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.running import say
from flows.errors import WrongSettingsError
from flows.settings import load_settings
from tests.desk.conftest import Command


@pytest.fixture
def file() -> Path:
    """A file in the working folder where a folder, or a file of another kind, is asked for."""
    path = Path("note.txt")
    path.write_text("not what was asked for")
    return path


def test_a_checkpoint_that_is_none_is_told_and_not_passed_over(tidewaiter: Command, file: Path) -> None:
    missing = tidewaiter("evidence", "A-1", "--checkpoint", "nowhere")
    wrong = tidewaiter("evidence", "A-1", "--checkpoint", file)
    remedy = "Give the file of a checkpoint that you kept"
    assert missing == type(missing)(2, "", f"tidewaiter: nowhere: No such file or directory. {remedy}\n")
    assert wrong == type(wrong)(2, "", f"tidewaiter: note.txt: is no checkpoint. {remedy}\n")


def test_policies_that_cannot_be_written_are_no_error_of_ours(tidewaiter: Command, file: Path) -> None:
    ended = tidewaiter("init", "--policies", file)
    assert ended.code == 2
    assert ended.err == "tidewaiter: note.txt: File exists. Name a folder that this user may write, with --policies\n"


@pytest.mark.parametrize("option", ["--out", "--exchange"])
def test_a_file_where_the_stack_needs_a_folder_is_told_as_such(tidewaiter: Command, file: Path, option: str) -> None:
    ended = tidewaiter("up", "--once", "--port", "18400", option, file)
    assert ended.code == 70
    assert f"a file is in the way. Move it, or name another with {option}\n" in ended.err


@pytest.mark.parametrize(
    "command", [("status", "--out", ""), ("up", "--exchange", ""), ("clear", "papers", "--out", "")]
)
def test_a_folder_of_an_unset_variable_is_not_the_working_folder(tidewaiter: Command, command: tuple[str, ...]) -> None:
    ended = tidewaiter(*command)
    assert ended.code == 2
    assert f"Invalid value for '{command[-2]}': is empty" in ended.err
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("name", ["DATA_DIR", "EXCHANGE_DIR", "JOURNAL_KEY_FILE", "WITNESS_DIR"])
def test_an_empty_setting_is_no_path(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"TIDEWAITER_{name}", "")
    with pytest.raises(WrongSettingsError, match=f"TIDEWAITER_{name}=: is empty; name a path, or leave the setting"):
        load_settings()


def test_a_setting_that_is_like_no_other_gets_no_wild_guess(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_NONSENSE", "1")
    with pytest.raises(WrongSettingsError, match=r"no such setting\. Remove it"):
        load_settings()


@pytest.mark.parametrize("command", ["fetch", "evidence"])
def test_whose_shipment_was_looked_for_is_told(tidewaiter: Command, command: str) -> None:
    ended = tidewaiter(command, "A-1", "--broker", "karl")
    assert ended.code == 2
    assert "A-1: not in the archive as a shipment of karl. Look which there are, and whose" in ended.err


def test_what_another_program_tells_in_several_lines_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    say("connection refused\n\tIs the server running?")
    assert capsys.readouterr().err == "tidewaiter: connection refused Is the server running?\n"
