from __future__ import annotations

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from extractors.engines import (
    Engines,
    LibraryMissingError,
    Rapid,
    Tesseract,
    TesseractLibrary,
    installed_engines,
    library_is_installed,
    second_reader_is_installed,
)
from extractors.reading import read_file
from schemas.geometry import Box
from schemas.pages import Page, Word
from tests.breadth import mostly_slow
from tests.reading.papers import LINES, drawn, encoded, paper, received

WITHOUT_SECOND = Engines(Tesseract())
BOTH = replace(WITHOUT_SECOND, second=Rapid() if second_reader_is_installed() else None)


def read(content: bytes, engines: Engines = WITHOUT_SECOND) -> Page:
    return read_file(received("scan.png", content), content, engines=engines).pages[0]


@pytest.mark.skipif(not library_is_installed(), reason="tesserocr is not installed")
def test_tesseract_as_a_library_reads_what_the_program_reads() -> None:
    page, library = drawn(paper()), TesseractLibrary()
    tokens = library.words(page, mode=3, languages=("eng",), dpi=300)
    assert {number for number in " ".join(LINES).split() if number[0].isdigit()} <= {token.text for token in tokens}
    seen = library.orientation(np.ascontiguousarray(np.rot90(page)), dpi=300)
    assert seen is not None
    assert seen.turn == 90


@pytest.mark.skipif(library_is_installed(), reason="tesserocr is installed")
def test_the_library_is_not_replaced_unasked_by_the_program() -> None:
    with pytest.raises(LibraryMissingError, match="TIDEWAITER_TESSERACT=program"):
        installed_engines(library=True)


def test_unless_the_library_is_asked_for_the_program_is_started() -> None:
    assert isinstance(installed_engines().primary, Tesseract)


@cache
def askew() -> Page:
    """A page scanned 1.5 degrees askew, with a scanner's grain."""
    picture = drawn(paper()).astype(np.float32)
    turn = cv2.getRotationMatrix2D((picture.shape[1] / 2, picture.shape[0] / 2), 1.5, 1.0)
    turned = cv2.warpAffine(picture, turn, (picture.shape[1], picture.shape[0]), borderValue=(255.0,))
    grain = np.random.default_rng(3).normal(0, 12, turned.shape)
    return read(encoded(np.clip(turned + grain, 0, 255).astype(np.uint8)), BOTH)


def word(page: Page, text: str) -> Word:
    return next(word for word in page.words if word.text == text)


def test_every_printed_number_of_a_scan_is_read() -> None:
    numbers = {token for line in LINES for token in line.split() if any(sign.isdigit() for sign in token)}
    assert {number for number in numbers if number not in {word.text for word in askew().words}} == set()


def test_words_stand_on_level_lines_and_find_the_way_back_to_the_page() -> None:
    page = askew()
    first, last = word(page, "100"), word(page, "1,234.56")
    assert first.box.bottom == pytest.approx(last.box.bottom, abs=2.5)
    placed = page.place(first.box), page.place(last.box)
    # Turned 1.5 degrees anticlockwise, the right end of a line stands higher by 2.6 points for each 100.
    rise = (placed[0].middle_y - placed[1].middle_y) / (placed[1].middle_x - placed[0].middle_x)
    assert rise == pytest.approx(np.tan(np.radians(1.5)), abs=0.006)


@pytest.mark.skipif(BOTH.second is None, reason="the second reader is not installed")
def test_what_both_engines_read_is_confirmed() -> None:
    amount = word(askew(), "11,111.06")
    assert amount.confirmed_by == ("rapidocr",)
    assert amount.confidence >= 0.95


def test_the_printed_frame_of_a_scan_becomes_rules() -> None:
    frame = Box(50, 52, 545, 362)
    level = [rule.box for rule in askew().rules if rule.horizontal]
    upright = [rule.box for rule in askew().rules if not rule.horizontal]
    assert sorted(box.middle_y for box in level) == pytest.approx([frame.top, frame.bottom], abs=4)
    assert sorted(box.middle_x for box in upright) == pytest.approx([frame.x0, frame.x1], abs=4)
    assert all(box.width > 0.95 * frame.width for box in level)


@pytest.mark.parametrize("quarters", mostly_slow([1, 3], quick={1}))
def test_a_page_scanned_sideways_is_turned_upright_without_the_second_engine(quarters: int) -> None:
    page = read(encoded(np.ascontiguousarray(np.rot90(drawn(paper()), quarters))))
    assert page.turned == 90 * quarters  # numpy turns anticlockwise
    assert (page.width, page.height) == pytest.approx((595, 842), abs=1)
    assert word(page, "11,111.06").box.middle_y == pytest.approx(842 - 760 + 28 * 6 - 4, abs=6)


def test_a_picture_without_a_resolution_is_taken_for_a4() -> None:
    page = read(encoded(drawn(paper()), dpi=1))
    assert max(page.width, page.height) == pytest.approx(842, abs=1)
