"""What is said where Tesseract, or data of a language that papers are in, is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desk.languages_told import tell_missing_languages, tell_what_tesseract_lacks
from extractors.reading.options import ReadingOptions

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed here")
SHARED = {
    "TIDEWAITER_STORE": "s3",
    "TIDEWAITER_S3_ENDPOINT": "http://127.0.0.1:1",
    "TIDEWAITER_REGISTER_URL": "postgresql://me:hunter2@127.0.0.1:1/register",
    "PREFECT_API_URL": "http://127.0.0.1:1/api",
}
NEEDED = frozenset((*ReadingOptions().languages, "osd"))


def _told_without(
    lacking: set[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    for language in NEEDED - lacking:
        (folder / f"{language}.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(folder))
    tell_what_tesseract_lacks()
    return capsys.readouterr().err


@needs_tesseract
def test_languages_without_data_are_named_with_their_packages_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _told_without({"deu", "chi_sim"}, tmp_path, monkeypatch, capsys) == (
        "tidewaiter: Tesseract has no data for deu, chi_sim; scans in deu, chi_sim are read as English, and worse: "
        "apt-get install tesseract-ocr-deu tesseract-ocr-chi-sim\n"
    )


@needs_tesseract
@pytest.mark.parametrize("lacking", [{"eng", "deu"}, set(NEEDED)])
def test_that_nothing_is_read_without_english_is_told_even_where_there_is_no_data_at_all(
    lacking: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _told_without(lacking, tmp_path, monkeypatch, capsys)
    assert "without eng no scanned page can be read: apt-get install tesseract-ocr-eng tesseract-ocr-deu" in told


@needs_tesseract
def test_that_turned_pages_stay_turned_is_told_where_their_data_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _told_without({"osd"}, tmp_path, monkeypatch, capsys)
    assert "no data for osd; pages that lie turned are read as they lie: apt-get install tesseract-ocr-osd\n" in told
    assert "as English" not in told


@needs_tesseract
@pytest.mark.parametrize(("command", "settings"), [("up", {}), ("worker", SHARED)])
def test_who_starts_a_worker_is_told_before_anything_else_can_fail(
    command: str, settings: dict[str, str], tmp_path: Path
) -> None:
    """The folder of the archive is a file, and no store answers: no server and no worker is started."""
    (tmp_path / "archive").touch()
    (tmp_path / "eng.traineddata").touch()
    own = {name: told for name, told in os.environ.items() if not name.startswith(("TIDEWAITER_", "PREFECT_"))}
    told = {"TESSDATA_PREFIX": str(tmp_path), "TIDEWAITER_DATA_DIR": str(tmp_path / "archive")}
    ended = subprocess.run(
        [sys.executable, "-m", "desk.cli", command, "--once"],
        env={**own, **told, **settings}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "tidewaiter: Tesseract has no data for deu, fra, spa, ita, chi_sim, osd; scans in deu, fra" in ended.stderr
    assert ended.returncode in {2, 70}


@needs_tesseract
def test_nothing_is_said_where_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    tell_what_tesseract_lacks()
    assert capsys.readouterr().err == ""


def test_that_scans_wait_is_told_where_there_is_no_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tell_missing_languages()
    assert capsys.readouterr().err == ""
    tell_what_tesseract_lacks()
    assert "shipments with scanned pages wait in the inbox" in capsys.readouterr().err
