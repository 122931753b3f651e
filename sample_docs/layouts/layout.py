"""What a layout module gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sample_docs.generator.drawing import Drawing
from sample_docs.generator.truth import Paper


@dataclass(frozen=True, slots=True)
class Layout:
    """`kind` is the document type it draws, `form` the form of a certificate or transport document.

    `prints` names facts beyond the usual that it has a place for (`consignment.STATED`); they are only stated where the
    invoice's layout prints them.
    `languages` are those whose labels it prints; papers of authorities and carriers are in English where it lacks one.
    """

    name: str
    kind: str
    draw: Callable[[Paper], Drawing]
    form: str | None = None
    languages: tuple[str, ...] = ("en", "de", "zh", "fr", "es", "it")
    prints: frozenset[str] = frozenset()
