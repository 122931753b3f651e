"""The doubt loop: values that solving leaves open are read once more from the archived paper, and solved again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typing_extensions import override

from extractors.engines import library_is_installed, second_reader_is_installed
from extractors.reading import Look, Sighting
from flows import steps
from flows.errors import MissingProgramError
from flows.isolation import ReadingPool
from flows.second_look import settle
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.documents import AnyField
from schemas.fields import Alternative
from schemas.geometry import Box
from schemas.pages import FileReading, Original, Page, Word
from schemas.results import Intake
from schemas.shipments import Reconciled, Shipment
from tests.reading.papers import encoded, print_of
from tests.trade_papers import codes, consistent, shipment

pytestmark = pytest.mark.skipif(not second_reader_is_installed(), reason="the second reader is not installed")
SCAN = "scan.png"
HEIGHT = 24
"""Points that each line of the scan is high."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("doubts"), workers=1)
    with open_workshop(settings) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Workshop]:
    """A workshop in which nothing was looked at yet."""
    with open_workshop(Settings(data_dir=tmp_path / "fresh", workers=1)) as opened:
        yield opened


def place(row: int, text: str) -> Box:
    return Box(10, HEIGHT * row + 8, 10 + 6.4 * len(text), HEIGHT * row + 20)


@dataclass(frozen=True)
class Scan:
    """An archived scan that prints these lines, and the words that a first reading made of them."""

    intake: Intake
    readings: tuple[FileReading, ...]


def scan(printed: dict[str, str], folder: Path, workshop: Workshop) -> Scan:
    """`printed` gives for each line what it prints and what was read."""
    folder.mkdir()
    (folder / SCAN).write_bytes(encoded(np.array(print_of(list(printed)).convert("L"))))
    intake = workshop.archive.begin(steps.submit(folder, workshop, reference=folder.name, as_of=dt.date(2026, 5, 4)))
    (original,) = steps.originals_of(intake)
    words = tuple(Word(text, place(row, text), 0.5, "tesseract") for row, text in enumerate(printed.values()))
    page = Page(SCAN, original.sha256, 1, 400, HEIGHT * len(printed), words, (), "ocr")
    return Scan(intake, (FileReading(original, (page,)),))


def read(row: int, text: str, *others: str) -> dict[str, Any]:
    """An amount that Tesseract alone read from that row of the scan, with other readings that it left open."""
    box = place(row, text)
    return {
        "value": text.replace(",", ""), "text": text, "confidence": 0.95, "reader": "tesseract", "file": SCAN,
        "page": 1, "box": (box.x0, box.top, box.x1, box.bottom),
        "alternatives": tuple(
            Alternative[Decimal](value=Decimal(other.replace(",", "")), text=other, confidence=0.05)
            for other in others
        ),
    }  # fmt: skip


def with_amount(amount: dict[str, Any]) -> Shipment:
    papers = consistent()
    papers["invoice"]["lines"][0]["amount"] = amount
    return shipment(papers)


def amount_of(papers: Shipment | Reconciled) -> AnyField:
    field = papers.documents[0].lines[0].get("amount")
    assert field is not None
    return field


class LookedError(Exception):
    """Somebody looked who was not to."""


class Blind(ReadingPool):
    """Cannot be asked to look again."""

    @override
    def look_again(self, papers: Sequence[tuple[Original, Path, tuple[Look, ...]]]) -> tuple[Sighting, ...]:
        raise LookedError


def test_a_misread_value_gives_way_to_what_both_engines_see_and_the_papers_allow(
    workshop: Workshop, tmp_path: Path
) -> None:
    paper = scan({"1,920.00": "1,320.00"}, tmp_path / "misread", workshop)
    misread = with_amount(read(0, "1,320.00", "1,920.00"))
    assert codes(steps.reconcile(misread, workshop)) != []
    settled, solved = settle(paper.intake, paper.readings, misread, workshop)
    field = amount_of(solved)
    assert (field.value, field.text) == (Decimal("1920.00"), "1,920.00")
    assert "reader:rapidocr" in field.witnesses
    assert [other.value for other in field.alternatives] == [Decimal("1320.00")]
    assert codes(solved) == []
    assert amount_of(settled).value == field.value


def test_what_the_paper_prints_wrong_stays_wrong_and_is_asked_about(workshop: Workshop, tmp_path: Path) -> None:
    paper = scan({"1,320.00": "1,320.00"}, tmp_path / "wrong", workshop)
    wrong = with_amount(read(0, "1,320.00", "1,920.00"))
    _, solved = settle(paper.intake, paper.readings, wrong, workshop)
    field = amount_of(solved)
    assert field.value == Decimal("1320.00")
    assert "reader:rapidocr" in field.witnesses
    assert field.alternatives == ()
    assert codes(solved) != []


def test_a_value_that_both_engines_see_but_nothing_left_open_is_only_offered(
    workshop: Workshop, tmp_path: Path
) -> None:
    paper = scan({"1,777.00": "1,320.00"}, tmp_path / "offered", workshop)
    _, solved = settle(paper.intake, paper.readings, with_amount(read(0, "1,320.00")), workshop)
    field = amount_of(solved)
    assert field.value == Decimal("1320.00")
    assert Decimal("1777.00") in [other.value for other in field.alternatives]


def test_a_value_that_was_read_right_gets_its_witness_and_no_more_confidence_than_its_like_have_earned(
    workshop: Workshop, tmp_path: Path
) -> None:
    paper = scan({"NL-204": "NL-204"}, tmp_path / "number", workshop)
    papers = consistent()
    del papers["packing"], papers["certificate"]
    papers["invoice"]["number"] = {**read(0, "1"), "value": "NL-204", "text": "NL-204"}
    box = place(0, "NL-204")
    papers["invoice"]["number"]["box"] = (box.x0, box.top, box.x1, box.bottom)
    before = shipment(papers)
    settled, _ = settle(paper.intake, paper.readings, before, workshop)
    number = settled.documents[0].fields.get("number")
    assert number is not None
    assert number.witnesses == ("reader:rapidocr",)
    assert 0.95 <= number.confidence < 0.999


def test_papers_without_a_doubt_are_not_looked_at_again(workshop: Workshop, tmp_path: Path) -> None:
    paper = scan({"1,920.00": "1,920.00"}, tmp_path / "clear", workshop)
    papers = shipment(consistent())
    settled, solved = settle(paper.intake, paper.readings, papers, workshop)
    assert settled is papers
    assert solved == steps.reconcile(papers, workshop)


def test_equal_papers_settle_equally(workshop: Workshop, tmp_path: Path) -> None:
    paper = scan({"1,920.00": "1,320.00"}, tmp_path / "twice", workshop)
    papers = with_amount(read(0, "1,320.00", "1,920.00"))
    first, second = (settle(paper.intake, paper.readings, papers, workshop) for _ in range(2))
    assert first == second


def test_what_was_seen_once_is_not_looked_at_again(fresh: Workshop, tmp_path: Path) -> None:
    paper = scan({"1,920.00": "1,320.00"}, tmp_path / "kept", fresh)
    papers = with_amount(read(0, "1,320.00", "1,920.00"))
    first = settle(paper.intake, paper.readings, papers, fresh)
    blind = replace(fresh, readers=Blind(fresh.settings))
    assert settle(paper.intake, paper.readings, papers, blind) == first


def test_under_other_rules_it_is_looked_at_again(fresh: Workshop, tmp_path: Path) -> None:
    paper = scan({"1,920.00": "1,320.00"}, tmp_path / "rules", fresh)
    papers = with_amount(read(0, "1,320.00", "1,920.00"))
    settle(paper.intake, paper.readings, papers, fresh)
    blind = replace(fresh, readers=Blind(fresh.settings), readings=replace(fresh.readings, rules="other"))
    with pytest.raises(LookedError):
        settle(paper.intake, paper.readings, papers, blind)


@pytest.mark.slow
def test_a_page_that_said_nothing_at_all_is_looked_at_again(fresh: Workshop, tmp_path: Path) -> None:
    paper = scan({"1,920.00": "1,320.00"}, tmp_path / "silent", fresh)
    papers = with_amount(read(0, "1,320.00", "1,920.00"))
    with ReadingPool(Settings(workers=1, memory_bytes=128 * 2**20)) as small:
        settle(paper.intake, paper.readings, papers, replace(fresh, readers=small))
    _, solved = settle(paper.intake, paper.readings, papers, fresh)
    assert amount_of(solved).value == Decimal("1920.00")


@pytest.mark.slow
def test_a_look_that_bloats_its_reader_says_nothing_and_the_next_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "paper"
    path.write_bytes(encoded(np.array(print_of(["1,920.00"]).convert("L"))))
    look = Look(0, 1, place(0, "1,920.00"), 400, HEIGHT, 0, None, "amount", ())
    with open_workshop(Settings(data_dir=tmp_path / "data")) as opened:
        intake = opened.archive.begin(steps.submit(path, opened, reference="R", as_of=dt.date(2026, 5, 4)))
    (original,) = steps.originals_of(intake)
    with ReadingPool(Settings(workers=1, memory_bytes=128 * 2**20)) as small:
        assert small.look_again([(original, path, (look,))]) == ()
    with ReadingPool(Settings(workers=1)) as pool:
        assert pool.look_again([(original, tmp_path / "gone", (look,)), (original, path, (look,))]) != ()


def test_a_value_that_two_papers_repeat_is_mended_on_both_together(workshop: Workshop, tmp_path: Path) -> None:
    """On each alone it would break what they say of each other: 1.600 pieces invoiced, 1600 packed."""
    paper = scan({"1,600": "1.600", "1,600 ": "1.600"}, tmp_path / "together", workshop)
    papers = consistent()
    for row, name in enumerate(("invoice", "packing")):
        papers[name]["lines"][0] |= {"quantity": read(row, "1.600", "1,600")}
    del papers["certificate"]
    papers["invoice"]["lines"][0] |= {"unit_price": "1.20"}
    _, solved = settle(paper.intake, paper.readings, shipment(papers), workshop)
    quantities = [document.lines[0].get("quantity") for document in solved.documents[:2]]
    assert [one.value for one in quantities if one is not None] == [Decimal(1600), Decimal(1600)]
    assert codes(solved) == []


@pytest.mark.slow
@pytest.mark.skipif(library_is_installed(), reason="tesserocr is installed")
def test_an_engine_that_is_not_there_is_told_by_what_to_install(fresh: Workshop, tmp_path: Path) -> None:
    paper = scan({"1,920.00": "1,320.00"}, tmp_path / "missing", fresh)
    papers = with_amount(read(0, "1,320.00", "1,920.00"))
    with ReadingPool(Settings(workers=1, tesseract="library")) as readers:
        without = replace(fresh, readers=readers)
        with pytest.raises(MissingProgramError, match="tesseract-library"):
            settle(paper.intake, paper.readings, papers, without)
