"""What a language module has to give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. Several words for one thing are synonyms; a paper uses one of them throughout.

    `units` and `packages` are keyed by UN/ECE Rec 20 and Rec 21 codes, `countries` by ISO 3166-1 alpha-2.
    """

    labels: Mapping[str, tuple[str, ...]]
    months: tuple[str, ...]
    units: Mapping[str, tuple[str, ...]]
    packages: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, str]
    kilograms: tuple[str, ...]
