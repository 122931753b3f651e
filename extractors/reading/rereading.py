"""Lines read once more, alone and larger than on the page, by both engines and in several preparations."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractors.engines import EngineFailedError, Engines, Picture
from extractors.engines.protocol import LINE
from extractors.reading import pictures
from extractors.reading.crops import prepared, rimmed
from extractors.reading.errors import DamagedFileError, DamagedPageError, EncryptedError, PictureTooLargeError
from extractors.reading.kinds import kind_of
from extractors.reading.languages import ENGLISH
from extractors.reading.looking import Look
from extractors.reading.options import ReadingOptions
from extractors.reading.pdf import Pdf, open_pdf
from extractors.reading.turning import turned_picture
from schemas.doubts import ExpectedKind
from schemas.geometry import Box
from schemas.pages import Reader

_HEAD = 65_536
_FINE_DPI = 450.0
"""A page of a PDF is drawn so finely, half more than at the first reading, where it is not one scan of less."""
_WHOLE_PAGE = 0.7
_LOWEST_DPI = 200.0
_DIGITS: Final = "0123456789.,'-+()/%"
_CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS: Final[dict[ExpectedKind, str]] = {
    "amount": _DIGITS + "$€£¥",
    "quantity": _DIGITS,
    "weight": _DIGITS,
    "code": "0123456789.-/()" + _CAPITALS,
    "date": "0123456789.,-/" + _CAPITALS + _CAPITALS.lower(),
    "identifier": "0123456789.,-/_#&()" + _CAPITALS + _CAPITALS.lower(),
    "text": "",
}
"""What can stand in a value of the kind; a reading with these signs alone counts beside those without such help."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one engine reads at one look, once for each bitmap and mode, "" where it sees nothing."""

    doubt: int
    reader: Reader
    texts: tuple[str, ...]


def reread(
    content: bytes | Path, looks: Sequence[Look], *, engines: Engines, options: ReadingOptions | None = None
) -> Iterator[tuple[Sighting, ...]]:
    """Page by page, the looks of one page in the order given; a page that cannot be shown has no sightings.

    Raises only `EngineMissingError` and `LanguageMissingError`, which are no fault of the file.
    """
    stored = content.read_bytes() if isinstance(content, Path) else content
    showing = _Showing(stored, options or ReadingOptions())
    for number in dict.fromkeys(look.page for look in looks):
        own = [look for look in looks if look.page == number]
        try:
            yield _sighted(own, showing.page(number), engines)
        except (DamagedFileError, DamagedPageError, EncryptedError, PictureTooLargeError, EngineFailedError):
            yield ()


class _Showing:
    """A file's pages as pictures, at the file's own resolution."""

    def __init__(self, content: bytes, options: ReadingOptions) -> None:
        self._content = content
        self._options = options
        self._pdf: Pdf | None = None

    def page(self, number: int) -> Picture:
        if kind_of(self._content[:_HEAD]) != "pdf":
            return pictures.shot(self._content, number, max_megapixels=self._options.max_megapixels).picture
        self._pdf = self._pdf or open_pdf(self._content)
        return self._pdf.picture(number, dpi=self._dpi(self._pdf, number))

    def _dpi(self, pdf: Pdf, number: int) -> float:
        width, height = pdf.size(number)
        stored = pdf.largest_picture(number)
        dpi = _FINE_DPI
        if stored is not None and stored.cover >= _WHOLE_PAGE:
            dpi = min(dpi, max(_LOWEST_DPI, stored.dpi))
        pixels = self._options.max_megapixels * 1_000_000
        most = math.sqrt(pixels / (width * height)) * pictures.POINTS
        return min(dpi, most)


def _sighted(looks: Sequence[Look], stored: Picture, engines: Engines) -> tuple[Sighting, ...]:
    upright = turned_picture(stored, looks[0].turned)
    shown = [(look, views) for look in looks if (views := prepared(look, upright))]
    first = _first(shown, engines)
    second = [_second(look, views, engines) for look, views in shown]
    return tuple(one for pair in zip(first, second, strict=True) for one in pair if one is not None)


_Shown = Sequence[tuple[Look, tuple[Picture, ...]]]


def _first(shown: _Shown, engines: Engines) -> list[Sighting]:
    """The first engine's, of all looks together where they share mode, languages and signs."""
    texts: list[list[str]] = [[] for _ in shown]
    passes: dict[tuple[int, tuple[str, ...], str], list[int]] = {}
    for at, (look, _) in enumerate(shown):
        for way in _ways(look):
            passes.setdefault(way, []).append(at)
    for (mode, languages, signs), own in passes.items():
        bitmaps = [rimmed(view) for at in own for view in shown[at][1]]
        read = engines.primary.snippets(bitmaps, mode=mode, languages=languages, signs=signs)
        owners = [at for at in own for _ in shown[at][1]]
        for at, text in zip(owners, read, strict=True):
            texts[at].append(text)
    name = engines.primary.name
    return [Sighting(look.doubt, name, tuple(own)) for (look, _), own in zip(shown, texts, strict=True)]


def _ways(look: Look) -> list[tuple[int, tuple[str, ...], str]]:
    languages, signs = look.languages or (ENGLISH,), _SIGNS[look.kind]
    return [(LINE, languages, one) for one in dict.fromkeys(("", signs))]


def _second(look: Look, views: Sequence[Picture], engines: Engines) -> Sighting | None:
    if engines.second is None:
        return None
    lines = [engines.second.read(view, Box(0, 0, view.shape[1], view.shape[0])) for view in views]
    return Sighting(look.doubt, engines.second.name, tuple(line.text if line else "" for line in lines))
