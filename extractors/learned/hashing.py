"""Features by hash: any word has a place in the model, also one that no training page held."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Mapping

Features = Mapping[int, float]
"""Weight by feature number."""


def hashed(blocks: Mapping[str, Iterable[str]], dimension: int) -> Features:
    """The features of named blocks of tokens. Each block has length one, so that long ones do not drown short ones."""
    features: dict[int, float] = {}
    for name, some in blocks.items():
        tokens = set(some)
        weight = 1 / math.sqrt(len(tokens)) if tokens else 0.0
        for token in tokens:
            place = zlib.crc32(f"{name}\t{token}".encode()) % dimension
            features[place] = features.get(place, 0.0) + weight
    return features


def ngrams(word: str, shortest: int, longest: int) -> Iterable[str]:
    """The runs of letters of a word, its ends marked, so that "Rechnungsnr" is near "Rechnungsnummer"."""
    marked = f"<{word}>"
    for size in range(shortest, longest + 1):
        for start in range(max(1, len(marked) - size + 1)):
            yield marked[start : start + size]
