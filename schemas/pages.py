"""What a reader makes of a file: pages of words with their places, and notices of what it could not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from schemas.documents import Document
from schemas.geometry import Box
from schemas.readers import Reader

__all__ = ["FileReading", "Notice", "NoticeKind", "Original", "Page", "Reader", "Rule", "Word"]

NoticeKind = Literal[
    "encrypted",
    "empty",
    "damaged",
    "unsupported",
    "too_large",
    "reduced",
    "time_limit",
    "memory_limit",
    "unreadable",
    "blank",
    "handwriting",
    "no_picture",
    "false_text",
    "wrong_extension",
    "sorted_otherwise",
]


@dataclass(frozen=True, slots=True)
class Original:
    """A file as received. `file` is the sender's own name for it, relative to the shipment, never a path of ours."""

    file: str
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Word:
    """One printed word. `confidence` is 0 to 1, from the agreement of readings where there are several.

    `confirmed_by` names other readers that see the same text at the same place: a second witness. `alternatives` are
    other texts that some reader saw there, best first.
    """

    text: str
    box: Box
    confidence: float = 1.0
    reader: Reader = "text_layer"
    confirmed_by: tuple[Reader, ...] = ()
    alternatives: tuple[str, ...] = ()
    size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed straight line, horizontal or vertical, as a thin box."""

    box: Box

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height


def _mapped(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f, g, h, i = matrix
    depth = g * x + h * y + i
    return (a * x + b * y + c) / depth, (d * x + e * y + f) / depth


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page: its words in reading order and its printed rules, in points from the top-left corner.

    Words and rules stand on the *flat* page: deskewed, and rectified where it was photographed, so that lines of text
    are level. `flat_to_upright` is the 3 x 3 homography, row by row, that takes a flat point to the page as it stands
    upright before that; None where both are the same. `place` maps a box, and every box that leaves for a result goes
    through it.
    `turned` is how many degrees clockwise the stored page was turned to stand upright (0, 90, 180, 270).
    `width` and `height` are those of the upright page.
    """

    file: str
    sha256: str
    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    text_source: Literal["digital", "ocr", "structured"] = "digital"
    turned: int = 0
    flat_to_upright: tuple[float, ...] | None = None
    languages: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    def place(self, box: Box) -> Box:
        """Where a box of the flat page lies on the upright page, clipped to it."""
        if self.flat_to_upright is None:
            return box
        corners = ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom))
        points = [_mapped(self.flat_to_upright, x, y) for x, y in corners]
        xs = [min(max(x, 0.0), self.width) for x, _ in points]
        ys = [min(max(y, 0.0), self.height) for _, y in points]
        return Box(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader could not do, in words for a clerk: what is wrong, where, and what to do about it.

    `page` is None where the whole file is meant. `holds` says that a person has to look.
    """

    file: str
    page: int | None
    kind: NoticeKind
    message: str
    holds: bool = True


@dataclass(frozen=True, slots=True)
class FileReading:
    """All that was read of one original: its pages, and the documents that it holds as figures (`structured`)."""

    original: Original
    pages: tuple[Page, ...] = ()
    notices: tuple[Notice, ...] = field(default=())
    structured: tuple[Document, ...] = ()
