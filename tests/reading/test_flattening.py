from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from extractors.reading.flat import flattened, is_bilevel
from extractors.reading.joining import joined
from extractors.reading.neighbours import Neighbours
from extractors.reading.noise import is_noise
from extractors.reading.order import in_reading_order
from extractors.reading.ruled import rules
from extractors.reading.sheet import page_corners
from extractors.reading.skew import is_sideways, skew
from extractors.reading.turning import turned_box, turned_size
from schemas.geometry import Box
from schemas.pages import Word
from tests.reading.papers import drawn, paper

SHEET = np.array([[130, 90], [1010, 140], [1060, 1420], [80, 1390]], dtype=np.float32)


def photograph() -> NDArray[np.uint8]:
    """The page on a dark table, seen from aside, with a shadow across it."""
    page = drawn(paper(), dpi=150)
    height, width = page.shape
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = cv2.warpPerspective(page, cv2.getPerspectiveTransform(flat, SHEET), (1150, 1530), borderValue=(60.0,))
    shadow = np.linspace(1.0, 0.55, seen.shape[1], dtype=np.float32)
    return (seen * shadow).astype(np.uint8)


def test_the_corners_of_a_photographed_sheet_are_found() -> None:
    corners = page_corners(photograph())
    assert corners is not None
    assert np.abs(corners - SHEET).max() < 8


def test_a_scan_that_is_all_page_has_no_corners() -> None:
    assert page_corners(drawn(paper(), dpi=100)) is None


def test_a_photographed_page_is_rectified_lit_evenly_and_keeps_the_way_back() -> None:
    flat = flattened(photograph())
    assert flat.is_photo
    corner = flat.to_upright @ np.array([0.0, 0.0, 1.0])
    assert corner[:2] / corner[2] == pytest.approx(SHEET[0], abs=8)
    paper_tone = np.percentile(flat.printed[40:-40, 40:-40], [10, 90])
    assert paper_tone[0] > 0.9 * paper_tone[1]


@pytest.mark.parametrize("angle", [-2.0, 0.0, 0.7, 3.0])
def test_the_skew_of_a_page_is_measured(angle: float) -> None:
    page = drawn(paper(), dpi=100)
    turn = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), angle, 1.0)
    askew = cv2.warpAffine(page, turn, (page.shape[1], page.shape[0]), borderValue=(255.0,))
    assert skew(askew.astype(np.uint8)) == pytest.approx(-angle, abs=0.15)


def test_a_fax_is_told_from_a_grey_scan_and_print_from_noise() -> None:
    page = drawn(paper(), dpi=100)
    grey = np.random.default_rng(5).normal(0, 20, page.shape) + np.minimum(page, 220)
    assert is_bilevel(((page > 128) * 255).astype(np.uint8))
    assert not is_bilevel(np.clip(grey, 0, 255).astype(np.uint8))
    assert not is_noise(page)
    assert is_noise(np.random.default_rng(5).integers(0, 256, page.shape, dtype=np.uint8))


def test_neither_text_nor_a_faint_pattern_nor_a_stamp_is_a_ruled_line() -> None:
    page = np.full((1000, 800), 255, np.uint8)
    cv2.putText(page, "TOTAL IIII lllll EEEE", (60, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 5)
    cv2.circle(page, (400, 700), 120, 0, 4)
    for x in range(0, 800, 12):
        cv2.line(page, (x, 0), (x + 40, 999), 225, 1)
    assert rules(page, dpi=150) == []
    cv2.line(page, (50, 500), (750, 503), 0, 3)
    assert [round(box.width, -1) for box in rules(page, dpi=150)] == [700]


boxes = st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), *(st.floats(0, 200) for _ in range(4)))


@given(boxes, st.sampled_from([0, 90, 180, 270]))
def test_a_box_turned_and_turned_back_is_the_same(box: Box, turn: int) -> None:
    width, height = 500.0, 700.0
    there = turned_box(box, width=width, height=height, turn=turn)
    across, down = turned_size(width, height, turn)
    back = turned_box(there, width=across, height=down, turn=-turn % 360)
    assert back.as_list() == pytest.approx(box.as_list(), abs=0.02)


@given(st.lists(boxes, max_size=12))
def test_ordering_loses_and_invents_no_word(found: list[Box]) -> None:
    words = [Word(str(index), box) for index, box in enumerate(found)]
    assert sorted(in_reading_order(words), key=lambda word: word.text) == sorted(words, key=lambda word: word.text)


@given(st.integers(2, 9), st.floats(0, 3))
def test_pieces_of_one_line_are_one_rule(pieces: int, gap: float) -> None:
    found = [Box(50 * i + gap * i, 100, 50 * (i + 1) + gap * i, 101) for i in range(pieces)]
    assert len(joined(reversed(found), shortest=6)) == 1


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_lines_that_run_up_the_page_are_told_from_level_ones(quarters: int) -> None:
    page = np.ascontiguousarray(np.rot90(drawn(paper(), dpi=100), quarters))
    assert is_sideways(page) == (quarters % 2 == 1)


@given(st.lists(boxes, max_size=20), boxes)
def test_no_box_that_overlaps_is_left_out_when_looked_up_by_place(known: list[Box], box: Box) -> None:
    found = Neighbours(known).of(box)
    assert {index for index, one in enumerate(known) if one.intersection(box) > 0} <= set(found)
    assert all(known[index].overlap_x(box) >= 0 and known[index].overlap_y(box) >= 0 for index in found)
