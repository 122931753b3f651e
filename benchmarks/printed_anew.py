"""The pages of read papers with other words printed on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.layout import rows_of
from schemas.pages import Page, Word

Changes = Mapping[str, str]
"""What is printed instead of a phrase, "" for nothing: on every page, or with "name|" before it on files so named."""


def changed(page: Page, changes: Changes) -> Page:
    """The page with each phrase printed otherwise: the new one takes the phrase's first words' places."""
    words = {id(word): word for word in page.words}
    for row in rows_of(page):
        for span in row.spans:
            for told, new in changes.items():
                file, _, old = told.rpartition("|")
                if file in page.file:
                    words.update(_replaced(span.words, old.split(), new.split()))
    kept = tuple(words[id(word)] for word in page.words if words[id(word)].text)
    return replace(page, words=kept)


def _replaced(words: Sequence[Word], old: Sequence[str], new: Sequence[str]) -> dict[int, Word]:
    told: dict[int, Word] = {}
    for at in range(len(words) - len(old) + 1):
        if [word.text for word in words[at : at + len(old)]] == list(old):
            texts = [*new[: len(old) - 1], " ".join(new[len(old) - 1 :])] + [""] * len(old)
            told |= {
                id(word): replace(word, text=text) for word, text in zip(words[at : at + len(old)], texts, strict=False)
            }
    return told
