from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extractors.reading import ReadingError, page_picture
from flows.isolated_reader import Shown
from flows.isolation import ReadingPool
from flows.settings import Settings
from tests.reading.papers import drawn, encoded, paper, received, shown_turned


def opened(webp: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(webp))
    assert image.format == "WEBP"
    return image


def ink(image: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.asarray(image.convert("L").resize((120, 160))) < 200


def likeness(one: Image.Image, other: Image.Image) -> float:
    first, second = ink(one), ink(other)
    return float((first & second).sum() / (first | second).sum())


def test_a_page_is_shown_as_large_as_asked_for() -> None:
    assert max(opened(page_picture(paper(), 1, longest=800)).size) == 800


def test_a_page_stored_sideways_is_shown_as_it_was_read() -> None:
    upright = opened(page_picture(paper(), 1, longest=800))
    sideways = encoded(np.rot90(drawn(paper())))
    assert likeness(opened(page_picture(sideways, 1, turned=90, longest=800)), upright) > 0.7
    assert likeness(opened(page_picture(sideways, 1, turned=270, longest=800)), upright) < 0.4


def test_a_file_that_says_how_to_turn_its_page_is_followed() -> None:
    assert opened(page_picture(shown_turned(paper(), 90), 1)).width > opened(page_picture(paper(), 1)).width


def test_colours_stay() -> None:
    stamped = io.BytesIO()
    Image.new("RGB", (300, 200), (200, 30, 40)).save(stamped, "PNG")
    red, green, _ = np.asarray(opened(page_picture(stamped.getvalue(), 1)).convert("RGB"))[100, 150]
    assert red > 150
    assert green < 80


def test_what_cannot_be_shown_raises_the_error_of_reading() -> None:
    with pytest.raises(ReadingError):
        page_picture(b"%PDF-1.7 nothing", 1)
    with pytest.raises(ReadingError):
        page_picture(paper(), 7)


def test_pages_are_drawn_in_the_child_process_too(tmp_path: Path) -> None:
    content = paper(2)
    path = tmp_path / "paper"
    path.write_bytes(content)
    with ReadingPool(Settings(workers=1)) as pool:
        assert pool.drawn(received("a.pdf", content), path, Shown(2, 0, 400)) == page_picture(content, 2, longest=400)
        assert pool.drawn(received("a.pdf", content), path, Shown(9, 0, 400)) is None
