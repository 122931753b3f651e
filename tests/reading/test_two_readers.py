from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytesseract
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.engines import (
    EngineFailedError,
    EngineMissingError,
    LanguageMissingError,
    Line,
    Rapid,
    Tesseract,
    Token,
    second_reader_is_installed,
)
from extractors.reading.languages import languages_of
from extractors.reading.merging import Seen, merged
from extractors.reading.noise import cleaned
from extractors.reading.witness import same, witnessed
from schemas.geometry import Box
from schemas.pages import Rule, Word
from tests.reading.papers import drawn, paper


def token(text: str, x: float, certainty: float = 0.95) -> Token:
    return Token(text, Box(x, 0, x + 10 * len(text), 20), certainty)


def seen(text: str, x: float, *, twice: bool = False, other: str | None = None) -> Seen:
    return Seen(text, Box(x, 0, x + 10 * len(text), 20), 0.95, twice=twice, other=other)


def line(text: str, x: float = 0) -> Line:
    """Each character, also a space, ten pixels wide."""
    starts = tuple(x + 10 * index for index in range(len(text)))
    box = Box(x, -2, x + 10 * len(text), 22)
    return Line(text, box, starts, tuple(start + 10 for start in starts), 0.99)


def judged(words: list[Seen], *lines: Line) -> list[Word]:
    return sorted(witnessed(words, lines, second="rapidocr", accented=False), key=lambda word: word.box.x0)


def test_a_clipped_word_loses_against_the_whole_one() -> None:
    assert [word.text for word in merged([token("20", 20)], [token("320.00", 0)])] == ["320.00"]


def test_a_word_that_one_pass_dropped_is_taken_from_the_other() -> None:
    assert {word.text for word in merged([token("Total", 0)], [token("Total", 0), token("122.40", 100)])} == {
        "Total",
        "122.40",
    }


def test_the_dot_of_an_i_is_no_letter_beside_the_word() -> None:
    dot = Token("H", Box(40, 0, 44, 4), 0.9)
    assert [word.text for word in merged([dot, token("Packing", 0)], [token("Packing", 0)])] == ["Packing"]


@given(st.lists(st.text("abc123.", min_size=1, max_size=6), min_size=1, max_size=8))
def test_merging_a_pass_with_itself_loses_and_invents_nothing(texts: list[str]) -> None:
    tokens = [token(text, 100.0 * index) for index, text in enumerate(texts)]
    result = merged(tokens, tokens)
    assert sorted(word.text for word in result) == sorted(texts)
    assert all(word.twice for word in result)


@given(st.lists(st.text("abcXYZ123", min_size=1, max_size=6), min_size=1, max_size=8))
def test_a_line_that_reads_the_same_confirms_every_word(texts: list[str]) -> None:
    words, x = [], 0.0
    for text in texts:
        words.append(seen(text, x))
        x += 10 * (len(text) + 1)
    result = judged(words, line(" ".join(texts)))
    assert [word.text for word in result] == texts
    assert all(word.confirmed_by == ("rapidocr",) for word in result)


def test_words_glued_by_the_second_reader_are_parted_by_the_first() -> None:
    result = judged([seen("23.07.2025", 0), seen("MUMBAI", 110)], line("23.07.2025 MUMBAI"))
    assert [(word.text, word.confirmed_by) for word in result] == [
        ("23.07.2025", ("rapidocr",)),
        ("MUMBAI", ("rapidocr",)),
    ]


def test_a_word_that_the_first_reader_missed_is_added_in_its_place() -> None:
    result = judged([seen("Total", 0)], line("Total 122.40 EUR"))
    assert [(word.text, word.reader) for word in result] == [
        ("Total", "tesseract"),
        ("122.40", "rapidocr"),
        ("EUR", "rapidocr"),
    ]
    assert result[1].box.x0 == pytest.approx(60)
    assert all(before.box.x1 <= after.box.x0 for before, after in pairwise(result))


def test_a_dispute_keeps_both_readings_and_little_confidence() -> None:
    (word,) = judged([seen("450", 0)], line("150"))
    assert (word.text, word.alternatives, word.confirmed_by) == ("150", ("450",), ())
    assert word.confidence <= 0.5


def test_a_clipped_number_gets_the_whole_place() -> None:
    (word,) = judged([seen("20.00", 10)], line("320.00"))
    assert word.text == "320.00"
    assert word.box.x0 == 0


def test_the_pass_that_lost_the_merge_may_confirm_the_second_reader() -> None:
    (word,) = judged([seen("1,384,006", 0, other="1,384.00")], line("1,384.00"))
    assert (word.text, word.confirmed_by) == ("1,384.00", ("tesseract",))


@pytest.mark.parametrize(("first", "second"), [("P.O.", "P.0."), ("GROOVE", "GR00VE"), ("C/O", "C/0")])
def test_letters_that_the_second_reader_takes_for_digits_stay_letters(first: str, second: str) -> None:
    (word,) = judged([seen(first, 0)], line(second))
    assert (word.text, word.alternatives) == (first, (second,))


def test_one_upright_stroke_in_capitals_is_no_dispute() -> None:
    (word,) = judged([seen("BW-CI-2503", 0)], line("BW-Cl-2503"))
    assert (word.text, word.confirmed_by) == ("BW-CI-2503", ("rapidocr",))


def test_dust_is_no_digit_but_a_digit_of_the_usual_size_is() -> None:
    words = [Word("Total", Box(0, 0, 50, 10), 0.99, "tesseract", ("rapidocr",))]
    digit = Word("7", Box(80, 0, 85, 9), 0.8, "tesseract")
    dust = Word("7", Box(120, 0, 122, 2), 0.8, "tesseract")
    assert cleaned([*words, digit, dust], []) == [*words, digit]


def test_a_minus_before_a_number_is_no_punctuation() -> None:
    assert not same("-120.00", "120.00")
    assert same("Marks:", "Marks")
    assert same("ＦＯＢ", "FOB")
    assert not same("fob", "FOB")


def test_strokes_of_ruled_lines_are_no_words_but_a_lone_digit_is() -> None:
    stroke = Word("|", Box(98, 10, 100, 20), 0.9, "tesseract")
    digit = Word("1", Box(150, 10, 155, 20), 0.8, "tesseract")
    rule = Rule(Box(99, 0, 99.5, 200))
    assert cleaned([stroke, digit], [rule]) == [digit]


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("COMMERCIAL INVOICE quantity and net weight of the goods", ("eng",)),
        ("Rechnung Menge Bezeichnung und Gewicht der Lieferung", ("eng", "deu")),
        ("facture quantite designation et poids des marchandises pour le destinataire", ("eng", "fra")),
        ("商业发票 数量 COMMERCIAL INVOICE", ("eng", "chi_sim")),
    ],
)
def test_the_language_of_a_page_is_told_from_what_was_read(text: str, languages: tuple[str, ...]) -> None:
    assert languages_of([text], allowed=("eng", "deu", "fra", "spa", "ita", "chi_sim")) == languages


def test_without_tesseract_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    with pytest.raises(EngineMissingError, match=r"apt-get install tesseract-ocr tesseract-ocr-eng"):
        Tesseract().words(drawn(paper(), dpi=50), mode=3, languages=("eng",), dpi=50)


def test_a_language_that_is_not_installed_is_named() -> None:
    with pytest.raises(LanguageMissingError, match="apt-get install tesseract-ocr-xx"):
        Tesseract().words(drawn(paper(), dpi=50), mode=3, languages=("xx",), dpi=50)


def test_what_only_one_reader_sees_of_a_scribble_is_not_sure() -> None:
    (unread,) = judged([seen("Teams", 0, twice=True)])
    (guessed,) = judged([], replace(line("2002"), certainty=0.75))
    assert max(unread.confidence, guessed.confidence) <= 0.5


def test_a_number_that_only_the_second_reader_sees_clearly_is_kept() -> None:
    (word,) = judged([], line("122.40"))
    assert (word.text, word.confirmed_by) == ("122.40", ())
    assert word.confidence >= 0.9


def test_a_part_of_an_agreed_number_read_again_from_an_overlapping_line_is_dropped() -> None:
    assert [word.text for word in judged([seen("175.750", 0)], line("175.750"), line("75.750", 10))] == ["175.750"]


@pytest.mark.skipif(not second_reader_is_installed(), reason="the second reader is not installed")
def test_a_strip_too_flat_for_print_holds_no_line_and_breaks_nothing() -> None:
    rule = np.zeros((5, 60_000), np.uint8)
    assert Rapid().read(rule, Box(0, 0, 60_000, 5)) is None
    assert Rapid().find(rule) == ()


@pytest.mark.skipif(not second_reader_is_installed(), reason="the second reader is not installed")
def test_the_library_s_own_errors_are_failures_of_the_engine() -> None:
    from rapidocr.utils.process_img import ResizeImgError  # noqa: PLC0415  an optional dependency

    def breaking(*_: object, **__: object) -> object:
        raise ResizeImgError

    broken = Rapid()
    vars(broken)["_reader"] = breaking
    with pytest.raises(EngineFailedError, match="RapidOCR failed"):
        broken.read(np.zeros((40, 400), np.uint8), Box(0, 0, 400, 40))
