"""The log: one line for each step, about which revision, and never a word of a paper."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import logs, steps
from flows.plain import clear
from flows.settings import LogLevel, Settings
from flows.workshop import open_workshop

DAY = dt.date(2026, 4, 1)
STEPS = [
    "submit", "read_papers", "join", "settle", "claim_invoices", "compare_duty", "declare", "conclude", "file",
]  # fmt: skip


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where the log goes; quiet again afterwards."""
    yield io.StringIO()
    logs.start_quietly()


def _lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_step_of_a_shipment_tells_what_it_was_about_and_nothing_of_its_papers(
    papers: Path, tmp_path: Path, stream: io.StringIO
) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    logs.start_logging(settings, unless_set="info", stream=stream)
    with open_workshop(settings) as workshop:
        clear(papers, workshop, as_of=DAY, reference="R-1", on_page=steps.unseen)
    lines = _lines(stream)
    assert [line["event"] for line in lines] == STEPS
    about = {(line["broker"], line["reference"], line["revision"]) for line in lines[1:]}
    assert about == {("local", "R-1", 1)}
    assert len({line["run"] for line in lines[1:]}) == 1
    assert {"files": 2, "pages": 2}.items() <= lines[1].items()
    assert lines[-1]["status"] == "held"
    for secret in ("Harbour", "Nordlicht", "TW-2291", "1,250", "1250", "invoice.pdf", str(tmp_path)):
        assert secret not in stream.getvalue()


def test_a_time_is_told_in_utc(stream: io.StringIO) -> None:
    logs.start_logging(Settings(log_level="info"), stream=stream)
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    logs.tell("looked")
    told = dt.datetime.fromisoformat(str(_lines(stream)[0]["time"]))
    assert told.utcoffset() == dt.timedelta(0)
    assert before <= told <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(("level", "told"), [("off", 0), ("error", 1), ("warning", 1), ("info", 2), (None, 0)])
def test_the_level_decides_what_is_told(stream: io.StringIO, level: LogLevel | None, told: int) -> None:
    logs.start_logging(Settings(log_level=level), stream=stream)
    logs.tell("one")
    logs.tell("two", level="error")
    assert len(_lines(stream)) == told


def test_an_error_is_told_by_its_kind_as_its_message_may_quote_a_paper(stream: io.StringIO) -> None:
    @logs.logged
    def breaks() -> None:
        raise ValueError("Harbour Lamp Works Ltd owes 1,250.00")

    logs.start_logging(Settings(log_level="info"), stream=stream)
    with pytest.raises(ValueError, match="Harbour"):
        breaks()
    [line] = _lines(stream)
    assert (line["event"], line["level"], line["error"]) == ("breaks", "error", "ValueError")
    assert "Harbour" not in stream.getvalue()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_text_that_is_no_code_is_withheld(text: str) -> None:
    stream = io.StringIO()
    logs.start_logging(Settings(log_level="info"), stream=stream)
    logs.tell("told", told={"why": text, "codes": [text], "description": text})
    logs.start_quietly()
    [line] = _lines(stream)
    is_code = text.isascii() and not any(sign.isspace() or sign == "," for sign in text) and text[:1].isidentifier()
    assert line["description"] == "withheld"
    assert is_code or (line["why"], line["codes"]) == ("withheld", ["withheld"])


def test_the_lines_of_two_revisions_keep_apart(stream: io.StringIO) -> None:
    logs.start_logging(Settings(log_level="info"), stream=stream)
    with logs.about("acme", "A-1", 1, run="first"):
        with logs.about("acme", "A-2", 3, run="second"):
            logs.tell("inner")
        logs.tell("outer")
    logs.tell("nobody's")
    inner, outer, nobody = _lines(stream)
    assert (inner["reference"], inner["revision"], inner["run"]) == ("A-2", 3, "second")
    assert (outer["reference"], outer["run"]) == ("A-1", "first")
    assert "reference" not in nobody


def test_a_reference_cannot_forge_a_line_nor_steer_the_terminal(stream: io.StringIO) -> None:
    logs.start_logging(Settings(log_level="info", log_format="text"), stream=stream)
    with logs.about("acme", 'A\n2026 error "forged"\x1b[31m', 1, run="r"):
        logs.tell("looked", told={"count": 2})
    [line] = stream.getvalue().splitlines()
    assert " info looked broker=" in line
    assert line.endswith('run="r" count=2')
    assert "\x1b" not in line
