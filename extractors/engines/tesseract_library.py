"""Tesseract as a library (tesserocr): the same reader, loaded once and kept, where pytesseract starts it for each pass.

The wheel bundles a Tesseract of its own (5.5) but no language data, which it takes from the installed program. Its
readings differ from those of the program in a few tokens a page, so a desk should keep to one of the two.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol, cast

from extractors.engines.errors import EngineFailedError, EngineMissingError, LanguageMissingError
from extractors.engines.protocol import Orientation, Picture, Token
from schemas.geometry import Box
from schemas.pages import Reader

_FOLDER = re.compile(r'"([^"]+)"')
_DATA = ".traineddata"
_WHITELIST = "tessedit_char_whitelist"
_SNIPPET_DPI = 300
"""Told of crops that were made as large as print is at 300 dots an inch."""
_COLUMNS = 12
"""Of a line of Tesseract's table: level, five numbers, left, top, width, height, certainty, text."""


class _Api(Protocol):
    """What is used of tesserocr's `PyTessBaseAPI`, which ships no types."""

    def SetPageSegMode(self, mode: int) -> None: ...  # noqa: N802  the library's names
    def SetImageBytes(self, data: bytes, width: int, height: int, depth: int, stride: int) -> None: ...  # noqa: N802, PLR0913, PLR0917, RUF100
    def SetSourceResolution(self, dpi: int) -> None: ...  # noqa: N802
    def GetTSVText(self, page: int) -> str: ...  # noqa: N802
    def SetVariable(self, name: str, value: str) -> bool: ...  # noqa: N802
    def DetectOrientationScript(self) -> dict[str, object] | None: ...  # noqa: N802
    def Clear(self) -> None: ...  # noqa: N802


class _Library(Protocol):
    def PyTessBaseAPI(self, *, path: str, lang: str) -> _Api: ...  # noqa: N802


def is_installed() -> bool:
    return importlib.util.find_spec("tesserocr") is not None


class TesseractLibrary:
    """The first reader within this process. It has no limit of time: whoever isolates the reading sets one."""

    def __init__(self) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._loaded: dict[str, _Api] = {}

    @property
    def name(self) -> Reader:
        return "tesseract"

    def languages(self) -> frozenset[str]:
        return frozenset(path.name.removesuffix(_DATA) for path in self._folder.glob(f"*{_DATA}"))

    def words(self, picture: Picture, *, mode: int, languages: tuple[str, ...], dpi: int) -> tuple[Token, ...]:
        api = self._shown("+".join(languages), picture, mode=mode, dpi=dpi)
        try:
            return tuple(_tokens(api.GetTSVText(0)))
        except RuntimeError as error:
            raise EngineFailedError(f"Tesseract failed: {error}") from error
        finally:
            api.Clear()

    def snippets(
        self, pictures: Sequence[Picture], *, mode: int, languages: tuple[str, ...], signs: str = ""
    ) -> tuple[str, ...]:
        if not pictures:
            return ()
        api = self._api("+".join(languages))
        api.SetVariable(_WHITELIST, signs)
        try:
            read = (self.words(one, mode=mode, languages=languages, dpi=_SNIPPET_DPI) for one in pictures)
            return tuple(" ".join(token.text for token in tokens) for tokens in read)
        finally:
            api.SetVariable(_WHITELIST, "")

    def orientation(self, picture: Picture, *, dpi: int) -> Orientation | None:
        api = self._shown("osd", picture, mode=0, dpi=dpi)
        try:
            seen = api.DetectOrientationScript()
        finally:
            api.Clear()
        if seen is None:
            return None
        turned, sure = int(str(seen["orient_deg"])), float(str(seen["orient_conf"]))
        return Orientation(-turned % 360, sure, str(seen["script_name"]))

    def _shown(self, languages: str, picture: Picture, *, mode: int, dpi: int) -> _Api:
        api = self._api(languages)
        height, width = picture.shape
        api.SetPageSegMode(mode)
        api.SetImageBytes(picture.tobytes(), width, height, 1, width)
        api.SetSourceResolution(dpi)
        return api

    def _api(self, languages: str) -> _Api:
        for language in languages.split("+"):
            if language not in self.languages():
                raise LanguageMissingError(language)
        if languages not in self._loaded:
            library = cast("_Library", importlib.import_module("tesserocr"))  # an optional dependency
            self._loaded[languages] = library.PyTessBaseAPI(path=f"{self._folder}/", lang=languages)
        return self._loaded[languages]

    @cached_property
    def _folder(self) -> Path:
        """Where the language data is: as the environment says, or as the installed program does."""
        stated = os.environ.get("TESSDATA_PREFIX")
        if stated:
            return Path(stated)
        try:
            told = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=True, text=True)  # noqa: S607
        except (OSError, subprocess.CalledProcessError) as error:
            raise EngineMissingError from error
        folder = _FOLDER.search(told.stdout + told.stderr)
        if folder is None:
            raise EngineMissingError
        return Path(folder[1])


def _tokens(table: str) -> Iterator[Token]:
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != _COLUMNS or not cells[-1].strip() or float(cells[10]) < 0:
            continue
        x, y, width, height = (float(cell) for cell in cells[6:10])
        yield Token(cells[-1].strip(), Box(x, y, x + width, y + height), float(cells[10]) / 100)
