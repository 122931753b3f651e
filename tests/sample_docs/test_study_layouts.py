"""The words of the layouts to study. How they are drawn: `test_layouts_of_every_pool`."""

from __future__ import annotations

import pytest

from sample_docs.layouts.study.spelling import spelt
from sample_docs.layouts.study.words import labels


def test_every_word_is_there_in_every_language_its_layout_writes() -> None:
    spoken: dict[str, set[str]] = {}
    for (layout, _), words in labels().items():
        spoken.setdefault(layout, set()).update(language for language in words if language not in {"layout", "key"})
    lacking = {
        (layout, key): sorted(spoken[layout] - set(words))
        for (layout, key), words in labels().items()
        if spoken[layout] - set(words) and (layout, key) != ("letter", "say")
    }
    assert not lacking


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1240.50", "US DOLLARS ONE THOUSAND TWO HUNDRED FORTY AND CENTS FIFTY"),
        ("21", "US DOLLARS TWENTY-ONE"),
        ("3000000.07", "US DOLLARS THREE MILLION AND CENTS SEVEN"),
    ],
)
def test_an_amount_is_spelt_as_banks_want_it(amount: str, words: str) -> None:
    assert spelt(amount, "USD") == words
