"""Meaning of goods descriptions by word vectors that lie in the installed package: `schemas.ports.Similarity`, offline."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import wordllama
from wordllama.inference import WordLlamaInference


@cache
def _model() -> WordLlamaInference:
    # The loader looks in a cache folder and then on the network; the wheel carries the weights in its own folder.
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


class WordVectors:
    """Cosine of averaged word vectors. The vectors know upper from lower case, which trade papers use at will."""

    def scores(self, left: Sequence[str], right: Sequence[str]) -> Sequence[Sequence[float]]:
        if not left or not right:
            return [[] for _ in left]
        ours, theirs = self._vectors(left), self._vectors(right)
        matrix: list[list[float]] = (ours @ theirs.T).tolist()
        return matrix

    def _vectors(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        embedded = np.asarray(_model().embed([text.lower() for text in texts]), dtype=np.float32)
        lengths = np.linalg.norm(embedded, axis=1, keepdims=True)
        scaled: np.ndarray[tuple[int, int], np.dtype[np.float32]] = embedded / np.where(lengths == 0, 1, lengths)
        return scaled
