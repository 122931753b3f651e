"""Meaning of goods descriptions by word vectors from the installed package: `schemas.ports.Similarity`, offline."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt


@contextmanager
def _root_logger_left_alone() -> Iterator[None]:
    """`wordllama` sets the root logger to INFO and has it write to standard error when it is imported."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers


with _root_logger_left_alone():
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
        matrix: list[list[float]] = (self._vectors(left) @ self._vectors(right).T).tolist()
        return matrix

    def _vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float64]:
        """One row of length 1 for each text; zeros for a text without a known word."""
        embedded = np.asarray(_model().embed([text.lower() for text in texts]), dtype=np.float64)
        lengths: npt.NDArray[np.float64] = np.sqrt((embedded**2).sum(axis=1, keepdims=True))
        return embedded / np.where(lengths == 0, 1.0, lengths)
