"""The words that papers are written with. A language is one module here and one entry in `WORDINGS`."""

from __future__ import annotations

from typing import Final

from sample_docs.languages import de, en, es, fr, it, zh
from sample_docs.languages.wording import Wording

__all__ = ["WORDINGS", "Wording", "wording"]

WORDINGS: Final = {
    "en": en.WORDING,
    "de": de.WORDING,
    "zh": zh.WORDING,
    "fr": fr.WORDING,
    "es": es.WORDING,
    "it": it.WORDING,
}


def wording(language: str) -> Wording:
    """The words of a language.

    Raises:
        KeyError: no module holds that language.
    """
    return WORDINGS[language]
