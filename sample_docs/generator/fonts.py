"""The fonts the papers are drawn with: all free, all embedded, Chinese ones as TrueType outlines."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_ROOT: Final = Path("/usr/share/fonts/truetype")
_FIRST_CHINESE: Final = "\u2e80"

# Debian packages fonts-liberation, fonts-dejavu-core and -extra, fonts-wqy-zenhei, fonts-wqy-microhei.
FILES: Final = {
    "sans": "liberation/LiberationSans-Regular.ttf",
    "sans-bold": "liberation/LiberationSans-Bold.ttf",
    "serif": "liberation/LiberationSerif-Regular.ttf",
    "serif-bold": "liberation/LiberationSerif-Bold.ttf",
    "mono": "liberation/LiberationMono-Regular.ttf",
    "mono-bold": "liberation/LiberationMono-Bold.ttf",
    "narrow": "liberation/LiberationSansNarrow-Regular.ttf",
    "narrow-bold": "liberation/LiberationSansNarrow-Bold.ttf",
    "wide": "dejavu/DejaVuSansCondensed.ttf",
    "wide-bold": "dejavu/DejaVuSansCondensed-Bold.ttf",
    "book": "dejavu/DejaVuSerifCondensed.ttf",
    "book-bold": "dejavu/DejaVuSerifCondensed-Bold.ttf",
    "script": "dejavu/DejaVuSerif-Italic.ttf",
    "chinese": "wqy/wqy-zenhei.ttc",
    "chinese-bold": "wqy/wqy-microhei.ttc",
}
FAMILIES: Final = ("sans", "serif", "mono", "narrow", "wide", "book")


class FontMissingError(RuntimeError):
    """A font file is not installed; only making samples needs it, the made samples embed theirs."""


@cache
def registered(face: str) -> str:
    """The name under which the face is known to the PDF writer.

    Raises:
        FontMissingError: its file is not installed; the message names the Debian packages.
    """
    pdfmetrics.registerFont(TTFont(face, str(path(face))))
    return face


def path(face: str) -> Path:
    """The file of a face.

    Raises:
        FontMissingError: as above.
    """
    file = _ROOT / FILES[face]
    if not file.exists():
        message = (
            f"{file} is not there; install fonts-liberation fonts-dejavu-extra fonts-wqy-zenhei fonts-wqy-microhei"
        )
        raise FontMissingError(message)
    return file


def face(family: str, *, bold: bool) -> str:
    """The face of a family; those without a bold cut stay regular."""
    name = f"{family}-bold" if bold else family
    return registered(name if name in FILES else family)


def pieces(text: str, family: str, *, bold: bool) -> list[tuple[str, str]]:
    """The text cut where the script changes, as (face, text): Latin families hold no Chinese glyphs."""
    found: list[tuple[str, str]] = []
    for char in text:
        name = face("chinese" if char >= _FIRST_CHINESE else family, bold=bold)
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + char)
        else:
            found.append((name, char))
    return found


@lru_cache(maxsize=1 << 17)
def width(text: str, family: str, size: float, *, bold: bool = False) -> float:
    """Width of the text in points."""
    return sum(float(pdfmetrics.stringWidth(part, name, size)) for name, part in pieces(text, family, bold=bold))
