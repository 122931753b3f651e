"""Lines in doubt are looked at once more: found on the page, cut out level, and read by both engines."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.engines import Engines, LanguageMissingError, Tesseract, installed_engines, second_reader_is_installed
from extractors.reading import Look, Sighting, looks, read_file, reread
from extractors.reading.crops import prepared
from schemas.declarations import FieldRef
from schemas.doubts import Doubt
from schemas.geometry import Box, union
from schemas.pages import Page, Rule, Word
from tests.breadth import mostly_slow
from tests.reading.papers import drawn, encoded, paper, print_of, received, scan_and_text

ENGINES = installed_engines()
BOTH = pytest.mark.skipif(not second_reader_is_installed(), reason="the second reader is not installed")


def doubt(box: Box, *, kind: str = "amount") -> Doubt:
    ref = FieldRef(document=0, field="amount", line=0)
    return Doubt.model_validate(
        {"file": "a.png", "page": 1, "box": (box.x0, box.top, box.x1, box.bottom), "ref": ref, "kind": kind}
    )


def page(*words: Word, rules: tuple[Rule, ...] = ()) -> Page:
    return Page("a.png", "0" * 64, 1, 400, 240, words, rules, "ocr")


def word(text: str, x: float, top: float = 100) -> Word:
    return Word(text, Box(x, top, x + 6 * len(text), top + 10), 0.5, "tesseract")


def sightings(content: bytes, places: tuple[Look, ...], engines: Engines = ENGINES) -> list[Sighting]:
    return [one for sighted in reread(content, places, engines=engines) for one in sighted]


def test_the_line_is_seen_with_paper_round_it_but_without_its_neighbours_and_rules() -> None:
    words = [word("12", 100), word("1,234.56", 150), word("EUR", 206)]
    rule = Rule(Box(140, 80, 140.5, 130))
    (look,) = looks([doubt(words[1].box)], [page(*words, rules=(rule,))])
    assert (look.box.x0, look.box.top) == pytest.approx((141.3, 97.8))
    assert look.box.x1 == pytest.approx(198 + 0.55 * 8)


def test_text_of_two_lines_and_text_of_a_text_layer_are_not_looked_at_again() -> None:
    words = [word("steel", 50), word("bolts", 50, 116)]
    two = doubt(union(one.box for one in words))
    assert looks([two], [page(*words)]) == ()
    assert looks([doubt(words[0].box)], [replace(page(*words), text_source="digital")]) == ()


def test_the_crop_shows_the_place_of_the_upright_page_however_the_flat_one_lay() -> None:
    upright = np.full((240, 400), 255, np.uint8)
    upright[110:120, 160:200] = 0
    moved = (1.0, 0.0, 60.0, 0.0, 1.0, 10.0, 0.0, 0.0, 1.0)
    look = Look(0, 1, Box(95, 95, 145, 115), 400, 240, 0, moved, "amount", ())
    for view in prepared(look, upright):
        dark = np.argwhere(view < 100)
        scale = view.shape[1] / 50
        assert (dark[:, 1].min() / scale, dark[:, 0].min() / scale) == pytest.approx((5, 5), abs=0.6)


@pytest.mark.parametrize("box", [Box(10, 10, 10, 20), Box(10, 10, 60, 20), Box(900, 900, 960, 910)])
def test_a_place_without_ink_has_nothing_to_show_as_engines_read_words_into_white_paper(box: Box) -> None:
    assert prepared(Look(0, 1, box, 400, 240, 0, None, "amount", ()), np.full((240, 400), 250, np.uint8)) == ()


@BOTH
@pytest.mark.parametrize("turn", mostly_slow([0, 90], quick={90}))
def test_both_engines_read_the_line_again_wherever_the_page_lies(turn: int) -> None:
    stored = np.ascontiguousarray(np.rot90(drawn(paper()), turn // 90))
    file = encoded(stored)
    (read,) = read_file(received("a.png", file), file, engines=ENGINES).pages
    (total,) = [one for one in read.words if one.text == "11,111.06"]
    seen = sightings(file, looks([doubt(read.place(total.box))], [read]))
    assert [one.reader for one in seen] == ["tesseract", "rapidocr"]
    assert all("11,111.06" in text for one in seen for text in one.texts)


@BOTH
@pytest.mark.parametrize("content", [scan_and_text(), paper()], ids=["a stored scan", "drawn from outlines"])
def test_a_page_of_a_pdf_is_drawn_as_finely_as_it_is_stored(content: bytes) -> None:
    look = Look(0, 1, Box(167, 238, 233, 253), 595, 842, 0, None, "amount", ())
    (first, second) = sightings(content, (look,))
    assert set(first.texts) == set(second.texts) == {"11,111.06"}


@BOTH
def test_a_faint_fax_is_read_larger_than_at_first() -> None:
    small = np.array(print_of(["Total 7,418.25"], dpi=100).convert("L"))
    blurred = cv2.GaussianBlur(small, (3, 3), 0).astype(np.uint8)
    look = Look(0, 1, Box(36, 4, 100, 22), 400, 24, 0, None, "amount", ())
    (first, second) = sightings(encoded(blurred, dpi=100), (look,))
    assert second.texts.count("7,418.25") >= 2
    assert first.texts.count("7,418.25") >= 4


def test_only_the_signs_of_the_kind_are_read_where_they_are_given() -> None:
    picture = np.array(print_of(["SOLD 4711"]).convert("L"))
    (free,) = Tesseract().snippets([picture], mode=7, languages=("eng",))
    (digits,) = Tesseract().snippets([picture], mode=7, languages=("eng",), signs="0123456789.'\"")
    assert free == "SOLD 4711"
    assert "4711" in digits
    assert set(digits) <= set("0123456789.'\" ")


def test_each_picture_has_its_text_in_the_order_of_the_pictures() -> None:
    shown = [np.array(print_of([text]).convert("L")) for text in ("4711", "0815", "12.50")]
    assert Tesseract().snippets(shown, mode=7, languages=("eng",)) == ("4711", "0815", "12.50")
    assert Tesseract().snippets([], mode=7, languages=("eng",)) == ()


def test_a_language_that_is_not_installed_is_named() -> None:
    with pytest.raises(LanguageMissingError, match="tlh"):
        Tesseract().snippets([np.full((40, 200), 255, np.uint8)], mode=7, languages=("tlh",))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", encoded(np.asarray(Image.new("L", (9, 9))))[:40]])
def test_a_file_that_cannot_be_shown_has_nothing_to_say(content: bytes) -> None:
    look = Look(0, 1, Box(10, 10, 60, 22), 400, 240, 0, None, "amount", ())
    assert sightings(content, (look,)) == []


def test_without_the_second_engine_the_first_is_heard_alone() -> None:
    picture = encoded(np.array(print_of(["1,234.56"]).convert("L")))
    look = Look(0, 1, Box(8, 5, 62, 24), 400, 24, 0, None, "amount", ())
    (only,) = sightings(picture, (look,), Engines(Tesseract()))
    assert (only.reader, len(only.texts)) == ("tesseract", 6)
