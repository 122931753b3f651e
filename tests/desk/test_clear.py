from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.desk.conftest import Command

CODES = {"clear": 0, "held": 10, "rejected": 20}


def _files(folder: Path) -> Mapping[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _records(folder: Path) -> Mapping[str, bytes]:
    """What is stored, without the register, which is an index only."""
    return {name: content for name, content in _files(folder).items() if "register" not in name}


def test_one_path_gives_one_object_and_an_exit_code_that_fits_its_status(tidewaiter: Command, papers: Path) -> None:
    ran = tidewaiter("clear", papers, "--json", "--as-of", "2026-04-01")
    result = json.loads(ran.out)
    assert ran.code == CODES[result["status"]]
    assert (result["reference"], result["revision"], result["as_of"], result["broker"]) == (
        "S-1",
        1,
        "2026-04-01",
        "local",
    )
    assert {document["type"] for document in result["documents"]} >= {"commercial_invoice", "packing_list"}


def test_the_table_names_status_papers_and_the_place_of_the_result(tidewaiter: Command, papers: Path) -> None:
    ran = tidewaiter("clear", papers, "--as-of", "2026-04-01", "--out", "my data")
    for part in ("S-1 #1 as of 2026-04-01", "commercial invoice", "packing list.pdf p. 1", "document_missing"):
        assert part in ran.out
    place = Path(ran.out.split("stored at ", 1)[1].splitlines()[0].strip())
    assert json.loads(place.read_bytes())["reference"] == "S-1"


def test_the_originals_are_stored_untouched(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers)
    stored = [path.read_bytes() for path in Path("tidewaiter-data/originals").rglob("*") if path.is_file()]
    assert sorted(stored) == sorted(path.read_bytes() for path in papers.iterdir())


def test_the_same_papers_again_give_the_stored_result_and_write_nothing(tidewaiter: Command, papers: Path) -> None:
    first = tidewaiter("clear", papers, "--json", "--as-of", "2026-04-01")
    before = _records(Path("tidewaiter-data"))
    assert tidewaiter("clear", papers, "--json", "--as-of", "2026-04-01") == first
    assert _records(Path("tidewaiter-data")) == before


@pytest.mark.slow
def test_another_day_makes_a_new_revision(tidewaiter: Command, papers: Path) -> None:
    tidewaiter("clear", papers, "--json", "--as-of", "2026-04-01")
    second = json.loads(tidewaiter("clear", papers, "--json", "--as-of", "2026-04-02").out)
    assert second["revision"] == 2


@pytest.mark.slow
def test_no_declaration_file_stands_beside_a_held_result(tidewaiter: Command, papers: Path) -> None:
    (papers / "packing list.pdf").unlink()
    ran = tidewaiter("clear", papers)
    assert ran.code == 10
    assert [name for name in _files(Path("tidewaiter-data")) if "declaration.json" in name] == []


def test_several_paths_give_an_array_and_the_gravest_code(tidewaiter: Command, papers: Path, unreadable: Path) -> None:
    ran = tidewaiter("clear", papers, unreadable / "empty.pdf", "--json")
    results = json.loads(ran.out)
    assert [result["reference"] for result in results] == ["S-1", "empty.pdf"]
    assert results[1]["status"] == "rejected"
    assert results[1]["declaration"] is None
    assert ran.code == 20


def test_each_unreadable_paper_says_why_and_the_readable_one_goes_on(
    tidewaiter: Command, papers: Path, unreadable: Path
) -> None:
    (papers / "invoice.pdf").rename(unreadable / "invoice 📦.pdf")
    ran = tidewaiter("clear", unreadable, "--json")
    result = json.loads(ran.out)
    assert ran.code == 10
    assert "invoice 📦.pdf" in {document["file"] for document in result["documents"]}
    told = {place["file"] for finding in result["findings"] for place in finding["evidence"]}
    assert told >= {"empty.pdf", "cut off.pdf", "locked.pdf", "letter.docx", "notes.txt", "noise.bin"}
    stored = {path.stat().st_size for path in Path("tidewaiter-data/originals").rglob("*") if path.is_file()}
    assert stored == {path.stat().st_size for path in unreadable.iterdir()}


def test_a_missing_path_is_one_clear_line_and_nothing_on_standard_output(tidewaiter: Command) -> None:
    ran = tidewaiter("clear", "nowhere", "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.strip().splitlines() == [
        "tidewaiter: nowhere: No such file or directory. Name a folder of papers, or one file"
    ]


@pytest.mark.slow
def test_a_missing_shipment_in_the_middle_does_not_lose_the_finished_ones(
    tidewaiter: Command, papers: Path, tmp_path: Path
) -> None:
    other = papers.rename(tmp_path / "S-0")
    papers.mkdir()
    (papers / "one.pdf").write_bytes((other / "invoice.pdf").read_bytes())
    ran = tidewaiter("clear", other, "nowhere", papers, "--json")
    assert [result["reference"] for result in json.loads(ran.out)] == ["S-0", "S-1"]
    assert ran.code == 2


@pytest.mark.parametrize("reference", ["", ".", "..", "x" * 101])
def test_a_reference_that_no_key_can_hold_is_wrong_usage(tidewaiter: Command, papers: Path, reference: str) -> None:
    ran = tidewaiter("clear", papers, "--reference", reference)
    assert ran.code == 2
    assert ran.err.startswith("tidewaiter: ")


def test_a_reference_for_several_shipments_is_wrong_usage(tidewaiter: Command, papers: Path) -> None:
    ran = tidewaiter("clear", papers, papers, "--reference", "A")
    assert ran.code == 2
    assert "names one shipment" in ran.err


def test_no_path_and_a_wrong_date_are_wrong_usage(tidewaiter: Command, papers: Path) -> None:
    assert tidewaiter("clear").code == 2
    assert tidewaiter("clear", papers, "--as-of", "02.03.2026").code == 2


def test_a_reference_climbs_nowhere(tidewaiter: Command, papers: Path) -> None:
    assert tidewaiter("clear", papers, "--reference", "../../up/😀").code == 10
    assert {path.name for path in Path().iterdir()} == {"tidewaiter-data"}
    assert [path.name for path in Path("tidewaiter-data/shipments/local").iterdir()] == [
        "%2E.%2F..%2Fup%2F%F0%9F%98%80"
    ]


def test_a_folder_of_other_things_is_not_taken_for_an_archive(tidewaiter: Command, papers: Path) -> None:
    before = _files(papers)
    ran = tidewaiter("clear", papers, "--out", papers)
    assert (ran.code, ran.out) == (70, "")
    assert len(ran.err.strip().splitlines()) == 1
    assert _files(papers) == before


def test_a_file_in_place_of_the_archive_is_told_in_one_line(tidewaiter: Command, papers: Path) -> None:
    ran = tidewaiter("clear", papers, "--out", papers / "invoice.pdf", "--json")
    assert (ran.code, ran.out) == (70, "")
    assert len(ran.err.strip().splitlines()) == 1


def test_a_wrong_setting_is_wrong_usage(tidewaiter: Command, papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIDEWAITER_WORKERS", "none")
    ran = tidewaiter("clear", papers)
    assert ran.code == 2
    assert "TIDEWAITER_WORKERS" in ran.err


def test_show_prints_the_stored_result_again(tidewaiter: Command, papers: Path) -> None:
    cleared = tidewaiter("clear", papers, "--json")
    assert tidewaiter("show", "S-1", "--json") == cleared
    assert "S-1 #1" in tidewaiter("show", "S-1").out


def test_show_of_what_was_never_cleared_is_one_line(tidewaiter: Command) -> None:
    ran = tidewaiter("show", "S-9")
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.strip().splitlines()) == 1


def test_the_version_is_printed(tidewaiter: Command) -> None:
    ran = tidewaiter("--version")
    assert ran.code == 0
    assert ran.out.startswith("tidewaiter 0.")


def _started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """The command as it is installed beside this Python."""
    command = [str(Path(sys.executable).with_name("tidewaiter")), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ)


@pytest.mark.slow
def test_two_commands_at_once_give_one_result(tidewaiter: Command, papers: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    two = [_started("clear", papers, "--json", "--as-of", "2026-04-01", "--out", data) for _ in range(2)]
    outputs = [one.communicate(timeout=120) for one in two]
    assert outputs[0][0] == outputs[1][0], outputs
    assert outputs[0][0] == tidewaiter("show", "S-1", "--json", "--out", data).out.encode()
    assert [path.name for path in (data / "shipments/local/S-1").iterdir()] == ["1"]


def test_ctrl_c_leaves_nothing_half_written(tidewaiter: Command, papers: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    running = _started("clear", papers, "--as-of", "2026-04-01", "--out", data)
    end = time.monotonic() + 60
    while running.poll() is None and not (data / "originals").exists() and time.monotonic() < end:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=60)
    assert running.returncode in {130, 10}, errors
    assert b"Traceback" not in errors
    result = json.loads(tidewaiter("clear", papers, "--as-of", "2026-04-01", "--out", data, "--json").out)
    assert result["revision"] == 1


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program's own, in the middle of a clearance."""

    def fail(*_: object) -> None:
        raise ValueError("a fault [bold]of ours[/bold]")

    monkeypatch.setattr("flows.steps.join", fail)


@pytest.mark.usefixtures("broken")
def test_an_error_of_ours_is_one_line_that_says_what_to_do(tidewaiter: Command, papers: Path) -> None:
    ran = tidewaiter("clear", papers, "--json")
    assert (ran.code, ran.out) == (70, "")
    [line] = ran.err.strip().splitlines()
    assert line.startswith(
        "tidewaiter: an error of ours: ValueError: a fault [bold]of ours[/bold]. Set TIDEWAITER_DEBUG=1"
    )


@pytest.mark.slow
@pytest.mark.usefixtures("broken")
def test_the_trace_is_shown_to_who_asks_for_it(
    tidewaiter: Command, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIDEWAITER_DEBUG", "1")
    ran = tidewaiter("clear", papers, trace=True)
    assert ran.code == 70
    assert "Traceback (most recent call last)" in ran.err
