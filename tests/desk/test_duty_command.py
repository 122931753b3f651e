"""`tidewaiter duty`: nothing but JSON on standard output, refusals in the element, wrong files by exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from desk.cli import app

CASE = {
    "scenario": "A",
    "commodity": "6302600000",
    "procedure": ["4000", "000"],
    "price_gbp": 1000,
    "net_kg": "500",
    "origin": [["IN", "1"]],
    "preference": ["100"],
    "vat_rate_pct": 20.0,
}
TARIFF = "commodity,duty_expression\n63026000,12.00% + 10 GBP/100kg\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tariff.csv").write_text(TARIFF, encoding="utf-8")
    (tmp_path / "cases.json").write_text(json.dumps([CASE, {**CASE, "preference": ["300"]}]), encoding="utf-8")
    return tmp_path


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["duty", *map(str, arguments)])


def test_each_case_is_computed_or_refused_in_its_own_element(folder: Path) -> None:
    ran = _run(folder / "cases.json", "--tariff", folder / "tariff.csv", "--json")
    assert ran.exit_code == 0
    known, refused = json.loads(ran.stdout)
    assert {name: known[name] for name in ("scenario", "duty", "vat_base", "vat", "error")} == {
        "scenario": "A",
        "duty": "170.00",
        "vat_base": "1170.00",
        "vat": "234.00",
        "error": None,
    }
    assert "10 GBP per 100 kg × 500 kg = 50.00 GBP" in " ".join(known["working"])
    assert (refused["duty"], refused["vat"]) == (None, None)
    assert "preference 300" in refused["error"]


def test_for_people_the_working_stands_in_a_table(folder: Path) -> None:
    ran = _run(folder / "cases.json", "--tariff", folder / "tariff.csv")
    assert ran.exit_code == 0
    assert "170.00" in ran.stdout
    assert "neither in the case nor in the tariff" in " ".join(ran.stdout.split())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("cases.json", "{}", "no list"),
        ("cases.json", "[", "no JSON"),
        ("tariff.csv", "commodity,duty_expression\n1012100,8%\n", "leading zero"),
        ("tariff.csv", "code;rate\n", "no column"),
    ],
)
def test_a_file_that_cannot_be_read_is_wrong_usage(folder: Path, name: str, content: str, told: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    ran = _run(folder / "cases.json", "--tariff", folder / "tariff.csv", "--json")
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert told in " ".join(ran.stderr.split())


def test_a_file_that_is_not_there_is_wrong_usage(folder: Path) -> None:
    assert _run(folder / "none.json").exit_code == 2
    assert _run(folder / "cases.json", "--tariff", folder / "none.csv").exit_code == 2


def test_the_day_of_acceptance_decides_a_season(folder: Path) -> None:
    (folder / "tariff.csv").write_text(
        'commodity,duty_expression\n63026000,"8% (01 JAN - 30 JUN), 4% (01 JUL - 31 DEC)"\n', encoding="utf-8"
    )
    arguments = (folder / "cases.json", "--tariff", folder / "tariff.csv", "--json")
    assert json.loads(_run(*arguments, "--as-of", "2026-08-01").stdout)[0]["duty"] == "40.00"
    assert "day of acceptance" in json.loads(_run(*arguments).stdout)[0]["error"]
