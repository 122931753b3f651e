"""`tidewaiter find` as an auditor meets it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from archive.register import Register
from archive.stores.local import REGISTER, LocalStore
from schemas.results import Status
from tests.archived import PAPERS, archive_in, clear, submission
from tests.desk.conftest import Command, Ran

SHIPMENTS: dict[str, tuple[Status, str]] = {
    "A-1": ("clear", "Kestrelfold Mills"),
    "A 2": ("clear", "Sunrise"),
    "B-1": ("held", "[red]Ev\x1b[31mil"),
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Three shipments, the last of them held; its exporter's name is meant for a terminal."""
    folder = tmp_path / "kept"
    archive, register = archive_in(LocalStore(folder)), Register(folder / REGISTER)
    for reference, (status, exporter) in SHIPMENTS.items():
        clear(archive, submission(reference), status=status, number=f"INV-{reference}", exporter=exporter)
    register.catch_up(archive)
    register.close()
    return folder


@pytest.fixture
def find(tidewaiter: Command, kept: Path) -> Command:
    return lambda *options: tidewaiter("find", *options, "--out", kept)


def references(ran: Ran) -> list[str]:
    assert (ran.code, ran.err) == (0, "")
    return [one["reference"] for one in json.loads(ran.out)["shipments"]]


def test_all_shipments_are_listed_newest_first_with_what_a_person_looks_for(find: Command) -> None:
    ran = find()
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["shipment", "local/B-1", "local/A", "local/A-1"]
    assert ran.out.splitlines()[-1].split() == [
        "local/A-1", "#1", "clear", "2026-03-02", "2026-03-01", "19:00", "INV-A-1", "Kestrelfold", "Mills"
    ]  # fmt: skip


def test_text_of_papers_is_shown_as_it_stands_and_commands_no_terminal(find: Command) -> None:
    shown = find("--reference", "B").out
    assert "[red]Ev" in shown
    assert "\x1b" not in shown
    assert json.loads(find("--reference", "B", "--json").out)["shipments"][0]["exporter"] == "[red]Ev\x1b[31mil"


def test_the_json_has_everything_that_is_known_of_a_shipment(find: Command) -> None:
    assert json.loads(find("--number", "inv a1", "--json").out) == {
        "shipments": [
            {
                "broker": "local",
                "reference": "A-1",
                "revision": 1,
                "status": "clear",
                "as_of": "2026-03-02",
                "received_at": "2026-03-01T19:00:00+00:00",
                "invoices": ["INV-A-1"],
                "exporter": "Kestrelfold Mills",
            }
        ],
        "next": None,
        "complete": True,
    }


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--reference", "a"], ["A 2", "A-1"]),
        (["--reference", "a", "--exact"], []),
        (["--party", "kestrelfold"], ["A-1"]),
        (["--party", "Müller", "--status", "held"], ["B-1"]),
        (["--hs-code", "9405.42"], ["B-1", "A 2", "A-1"]),
        (["--file-name", "packing"], ["B-1", "A 2", "A-1"]),
        (["--since", "2026-03-01", "--until", "2026-03-01", "--status", "clear"], ["A 2", "A-1"]),
        (["--since", "2026-03-02"], []),
        (["--amount", "17.5"], []),
        (["--at-most", "17.5", "--currency", "eur"], []),
        (["--broker", "other"], []),
        (["--digest", hashlib.sha256(PAPERS["invoice.pdf"]).hexdigest()[:8].upper()], ["B-1", "A 2", "A-1"]),
    ],
)
def test_conditions_are_taken_as_a_person_types_them(find: Command, options: list[str], expected: list[str]) -> None:
    assert references(find(*options, "--json")) == expected


def test_a_file_tells_whose_original_it_is(find: Command, tmp_path: Path) -> None:
    held, other = tmp_path / "in my hand.pdf", tmp_path / "other.pdf"
    held.write_bytes(PAPERS["invoice.pdf"])
    other.write_bytes(b"nobody's")
    assert references(find("--file", held, "--reference", "a-", "--json")) == ["A-1"]
    assert references(find("--file", other, "--json")) == []


def test_the_pages_lead_from_one_to_the_next(find: Command) -> None:
    ran = find("--limit", "2")
    assert "local/A-1" not in ran.out
    place = ran.out.split("--after ")[1].strip()
    assert [line.split()[0] for line in find("--limit", "2", "--after", place).out.splitlines()[1:]] == ["local/A-1"]
    assert json.loads(find("--limit", "2", "--json").out)["next"] == place


def test_that_nothing_was_found_is_said_beside_the_output(find: Command) -> None:
    ran = find("--reference", "C")
    assert (ran.code, ran.out) == (0, "")
    assert "no shipment meets every condition" in ran.err


def test_a_register_that_is_gone_is_made_anew_as_the_message_says(
    tidewaiter: Command, find: Command, kept: Path
) -> None:
    for file in kept.glob("register.sqlite*"):
        file.unlink()
    assert "`tidewaiter register rebuild`" in find().err
    assert tidewaiter("register", "rebuild", "--out", kept).code == 0
    assert len(references(find("--json"))) == len(SHIPMENTS)


def test_a_register_that_was_told_of_nothing_says_so(tidewaiter: Command, tmp_path: Path) -> None:
    ran = tidewaiter("find", "--out", tmp_path / "new")
    assert ran.code == 0
    assert "may lack shipments" in ran.err
    assert "`tidewaiter register rebuild`" in ran.err
    assert json.loads(tidewaiter("find", "--json", "--out", tmp_path / "new").out)["complete"] is False


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--number", "--"], "letters or digits"),
        (["--party", " * "], "letters or digits"),
        (["--reference", " "], "letters or digits"),
        (["--hs-code", "8"], "two to ten digits"),
        (["--hs-code", "84x"], "two to ten digits"),
        (["--status", "open"], "open"),
        (["--amount", "NaN"], "amount"),
        (["--amount", "1e99"], "amount"),
        (["--amount", "1,5"], "amount"),
        (["--at-least", "5"], "--currency"),
        (["--at-least", "5", "--amount", "5", "--currency", "EUR"], "--amount"),
        (["--currency", "EURO"], "three letters"),
        (["--digest", "abc"], "SHA-256"),
        (["--file", "nowhere.pdf"], "nowhere.pdf"),
        (["--since", "yesterday"], "yesterday"),
        (["--limit", "0"], "--limit"),
        (["--after", "A-1"], "place"),
        (["--after", "2026-03-01/../x"], "place"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_what_to_give(find: Command, options: list[str], told: str) -> None:
    ran = find(*options)
    assert (ran.code, ran.out) == (2, "")
    assert told in " ".join(ran.err.replace("│", " ").split())
