from __future__ import annotations

import pytest

from validators.listed import words_in
from validators.romanised import latin, romanised


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Carved ivory figures", ("wool", "Ivory"), "Ivory"),
        ("Pocket watches of ivory, two", ("watch",), "watch"),
        ("Python belts", ("PYTHON",), "PYTHON"),
        ("Wandbehang aus Elfenbeinplatten", ("elfenbein*",), "elfenbein*"),
        ("Écharpe en fourrure", ("echarpe",), "echarpe"),
        ("雕刻象牙摆件", ("象牙",), "象牙"),
        ("cat fur collar", ("cat fur",), "cat fur"),
        ("Catalogues", ("cat",), None),
        ("Elfenbeinplatten", ("elfenbein",), None),
        ("anything", ("*", "—", ""), None),
        ("", ("ivory",), None),
        ("ivory", (), None),
    ],
)
def test_words_are_found_whole_in_any_case_with_a_star_for_what_goes_on(
    text: str, words: tuple[str, ...], found: str | None
) -> None:
    assert words_in(text, words) == found


@pytest.mark.parametrize("text", ["lvory figures", "Iv0ry figures", "1VORY figures"])
def test_a_word_misread_by_a_scanner_is_found_where_the_text_was_read_from_a_picture(text: str) -> None:
    assert words_in(text, ("ivory",)) is None
    assert words_in(text, ("ivory",), by_eye=True) == "ivory"


@pytest.mark.parametrize(
    "spellings",
    [
        ("Рособоронэкспорт", "Rosoboronexport", "Rosoboroneksport"),
        ("Шевченко", "Shevchenko", "Schevchenko"),
        ("Юсуф", "Yusuf", "Iusuf"),
        ("Mustafa", "Moustafa"),
        ("Ψαρού", "Psarou"),
        ("Khalil", "Halil"),
        ("Schneider & Quandt", "Shneider and Kuandt"),
    ],
)
def test_romanisations_of_one_name_become_one_word(spellings: tuple[str, ...]) -> None:
    assert len({" ".join(romanised(word) for word in latin(one).split()) for one in spellings}) == 1
