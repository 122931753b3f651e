"""`tidewaiter reference …` as a person at a terminal meets it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desk.conftest import Command

WATCHED = "name,programme\nKestrelfold Mills,SHIP\n"


def test_a_list_is_loaded_listed_and_shown_as_it_was_received(tidewaiter: Command, tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_bytes(WATCHED.encode("utf-8-sig"))
    loaded = tidewaiter(
        "reference", "load", "watch_list", file, "--scope", "GB", "--source", "Harbour list",
        "--valid-from", "2026-02-01",
    )  # fmt: skip
    assert (loaded.code, loaded.out) == (0, "")
    assert "watch_list for GB: w.csv is loaded and holds from 2026-02-01, until the next" in loaded.err
    listed = tidewaiter("reference", "list", "--as-of", "2026-02-01")
    assert (listed.code, "Harbour list" in listed.out, "yes" in listed.out) == (0, True, True)
    shown = tidewaiter("reference", "show", "watch_list", "--scope", "GB", "--as-of", "2026-02-01")
    assert (shown.code, shown.out) == (0, "\ufeff" + WATCHED)
    assert "w.csv (Harbour list), from 2026-02-01, SHA-256" in shown.err


def test_the_same_list_again_changes_nothing(tidewaiter: Command, tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_text(WATCHED)
    for told in ("is loaded and holds", "was loaded before"):
        again = tidewaiter("reference", "load", "watch_list", file, "--valid-from", "2026-02-01")
        assert (again.code, told in again.err) == (0, True)
    listed = json.loads(tidewaiter("reference", "list", "--json", "--as-of", "2026-01-31").out)
    assert [(one["version"]["name"], one["in_force"]) for one in listed] == [("w.csv", False)]


def test_the_first_list_holds_for_any_day_and_a_later_one_from_the_day_it_is_loaded(
    tidewaiter: Command, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(WATCHED)
    second.write_text(WATCHED.replace("SHIP", "AERO"))
    assert "holds for any day" in tidewaiter("reference", "load", "watch_list", first).err
    assert "was loaded before" in tidewaiter("reference", "load", "watch_list", first).err
    assert "SHIP" in tidewaiter("reference", "show", "watch_list", "--as-of", "2001-01-01").out
    assert "holds from 20" in tidewaiter("reference", "load", "watch_list", second).err
    assert "SHIP" in tidewaiter("reference", "show", "watch_list", "--as-of", "2001-01-01").out
    assert "AERO" in tidewaiter("reference", "show", "watch_list").out
    assert "any day" in tidewaiter("reference", "list").out


def test_a_bad_file_is_wrong_usage_and_its_line_is_told(tidewaiter: Command, tmp_path: Path) -> None:
    file = tmp_path / "w.csv"
    file.write_text("name,programme\nKestrelfold Mills,=A1\n")
    ran = tidewaiter("reference", "load", "watch_list", file)
    assert ran.code == 2
    assert "w.csv: line 2, column programme: there is a formula (=A1); save the value" in ran.err
    assert tidewaiter("reference", "list").out == "No list is loaded.\n"


def test_a_name_that_would_steer_the_terminal_is_shown_without_doing_so(tidewaiter: Command, tmp_path: Path) -> None:
    file = tmp_path / "w\x1b[31m.csv"
    file.write_text(WATCHED)
    assert tidewaiter("reference", "load", "watch_list", file).code == 0
    listed = tidewaiter("reference", "list")
    assert "\x1b" not in listed.out
    assert "w\ufffd[31m.csv" in listed.out


def test_a_kind_that_is_none_is_told_with_all_kinds(tidewaiter: Command) -> None:
    ran = tidewaiter("reference", "load", "blacklist", "w.csv")
    assert ran.code == 2
    assert "exchange_rates" in ran.err


def test_a_list_that_is_not_in_force_is_wrong_usage(tidewaiter: Command) -> None:
    ran = tidewaiter("reference", "show", "watch_list", "--as-of", "2026-01-01")
    assert (ran.code, ran.out) == (2, "")
    assert "no watch_list is in force on 2026-01-01" in ran.err
