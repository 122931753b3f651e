"""What the reading rooms ask of an OCR engine. Boxes here are in pixels of the picture handed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from schemas.geometry import Box
from schemas.pages import Reader

Picture = NDArray[np.uint8]
"""A grey picture, rows by columns, 0 black to 255 white."""

LAYOUT = 3
"""Page mode that follows columns and paragraphs."""
SPARSE = 11
"""Page mode that takes words wherever they stand. It fails at other places than `LAYOUT`."""
LINE = 7
"""Page mode for a picture of a single line."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word as an engine saw it. `certainty` is the engine's own figure, 0 to 1: it cannot see a clipped word."""

    text: str
    box: Box
    certainty: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. `starts` and `ends` give for each character of `text` where it begins and ends in x."""

    text: str
    box: Box
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    certainty: float


@dataclass(frozen=True, slots=True)
class Orientation:
    """How many degrees clockwise the picture must be turned to stand upright, and the script seen ("Latin", "Han")."""

    turn: int
    certainty: float
    script: str


class WordEngine(Protocol):
    """Reads a page into words; must be able to work alone."""

    @property
    def name(self) -> Reader: ...

    def languages(self) -> frozenset[str]:
        """The languages installed, as ISO 639-2 codes ("eng", "chi_sim")."""
        ...

    def words(self, picture: Picture, *, mode: int, languages: tuple[str, ...], dpi: int) -> tuple[Token, ...]:
        """Words in the engine's reading order; raises `EngineError`."""
        ...

    def snippets(
        self, pictures: Sequence[Picture], *, mode: int, languages: tuple[str, ...], signs: str = ""
    ) -> tuple[str, ...]:
        """What each picture of one line says, "" where nothing; only `signs` are read where some are given.

        Raises `EngineError`.
        """
        ...

    def orientation(self, picture: Picture, *, dpi: int) -> Orientation | None:
        """None where there is too little text to tell; raises `EngineError`."""
        ...


class LineEngine(Protocol):
    """The independent witness: reads lines, of any language it knows, upright pictures only."""

    @property
    def name(self) -> Reader: ...

    def find(self, picture: Picture) -> tuple[Box, ...]:
        """Where lines of text stand."""
        ...

    def read(self, picture: Picture, box: Box) -> Line | None:
        """The text of the line in the box, None where there is none; raises `EngineError`."""
        ...


@dataclass(frozen=True, slots=True)
class Engines:
    """The readers in use; `second` is None where it is not installed: everything works, fewer values are confirmed."""

    primary: WordEngine
    second: LineEngine | None = None
