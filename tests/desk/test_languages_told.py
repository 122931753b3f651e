"""What is said where Tesseract, or data of a language that papers are in, is not installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk.languages_told import tell_missing_languages, tell_missing_program

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed here")


@needs_tesseract
def test_languages_without_data_are_named_with_their_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for language in ("eng", "osd", "fra", "spa", "ita"):
        (tmp_path / f"{language}.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    tell_missing_languages()
    told = capsys.readouterr().err
    assert "Tesseract has no data for deu, chi_sim" in told
    assert "apt-get install tesseract-ocr-deu tesseract-ocr-chi-sim\n" in told


@needs_tesseract
def test_nothing_is_said_where_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    tell_missing_languages()
    tell_missing_program()
    assert capsys.readouterr().err == ""


def test_that_scans_wait_is_told_where_there_is_no_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tell_missing_languages()
    assert capsys.readouterr().err == ""
    tell_missing_program()
    assert "shipments with scanned pages wait in the inbox" in capsys.readouterr().err
