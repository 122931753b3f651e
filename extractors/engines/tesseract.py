"""Tesseract through pytesseract: a process per picture, handed a plain bitmap file so that nothing is encoded twice."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import cv2
import pytesseract
from pytesseract import Output, TesseractError, TesseractNotFoundError

from extractors.engines.errors import EngineFailedError, EngineMissingError, EngineTimeoutError, LanguageMissingError
from extractors.engines.protocol import Orientation, Picture, Token
from schemas.geometry import Box
from schemas.pages import Reader

_SECONDS = 60
"""A last resort: whoever isolates the reading sets narrower limits."""
_SNIPPET_DPI = 300
"""Told of crops that were made as large as print is at 300 dots an inch."""


def tesseract_version() -> str:
    """The installed program and its languages, empty where there is none; another of either reads otherwise."""
    try:
        languages = pytesseract.get_languages(config="")
        return f"tesseract {pytesseract.get_tesseract_version()} {' '.join(sorted(languages))}"
    except (TesseractError, TesseractNotFoundError, OSError):
        return ""


class Tesseract:
    """The first reader. Languages are those of the installed data files."""

    def __init__(self, seconds: int = _SECONDS) -> None:
        # More threads than one make a page slower: 8 s instead of 3.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        self._seconds = seconds

    @property
    def name(self) -> Reader:
        return "tesseract"

    def languages(self) -> frozenset[str]:
        return self._installed

    @cached_property
    def _installed(self) -> frozenset[str]:
        with _foreign_errors():
            return frozenset(pytesseract.get_languages(config=""))

    def words(self, picture: Picture, *, mode: int, languages: tuple[str, ...], dpi: int) -> tuple[Token, ...]:
        self._require(languages)
        with _bitmap(picture) as path, _foreign_errors():
            table = pytesseract.image_to_data(
                path,
                lang="+".join(languages),
                config=f"--psm {mode} --dpi {dpi}",
                output_type=Output.DICT,
                timeout=self._seconds,
            )
        return tuple(_tokens(table))

    def snippets(
        self, pictures: Sequence[Picture], *, mode: int, languages: tuple[str, ...], signs: str = ""
    ) -> tuple[str, ...]:
        """All in one start of the program, which costs more than the reading of ten lines."""
        if not pictures:
            return ()
        self._require(languages)
        with _bitmaps(pictures) as path, _foreign_errors():
            table = pytesseract.image_to_data(
                path,
                lang="+".join(languages),
                config=f"--psm {mode} --dpi {_SNIPPET_DPI} {_only(signs)}",
                output_type=Output.DICT,
                timeout=self._seconds,
            )
        return tuple(_texts(table, len(pictures)))

    def _require(self, languages: tuple[str, ...]) -> None:
        for language in languages:
            if language not in self.languages():
                raise LanguageMissingError(language)

    def orientation(self, picture: Picture, *, dpi: int) -> Orientation | None:
        with _bitmap(picture) as path:
            try:
                with _foreign_errors():
                    seen = pytesseract.image_to_osd(
                        path, config=f"--dpi {dpi}", output_type=Output.DICT, timeout=self._seconds
                    )
            except EngineTimeoutError:
                raise
            except EngineFailedError:  # "Too few characters. Skipping this page"
                return None
        return Orientation(int(seen["rotate"]) % 360, float(seen["orientation_conf"]), str(seen["script"]))


@contextmanager
def _bitmap(picture: Picture) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        path = str(Path(folder) / "page.pgm")
        _write(path, picture)
        yield path


@contextmanager
def _bitmaps(pictures: Sequence[Picture]) -> Iterator[str]:
    """A text file that names one picture a line, which Tesseract takes for pages of one paper."""
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as folder:
        paths = [str(Path(folder) / f"{number}.pgm") for number in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            _write(path, picture)
        names = Path(folder) / "pages.txt"
        names.write_text("\n".join(paths), encoding="utf-8")
        yield str(names)


def _write(path: str, picture: Picture) -> None:
    if not cv2.imwrite(path, picture):
        raise EngineFailedError("no space to hand the page to Tesseract: free some in the folder for temporary files")


@contextmanager
def _foreign_errors() -> Iterator[None]:
    """Tesseract's and pytesseract's errors as ours; pytesseract tells a timeout by a bare RuntimeError."""
    try:
        yield
    except TesseractNotFoundError as error:
        raise EngineMissingError from error
    except TesseractError as error:
        raise EngineFailedError(f"Tesseract failed: {error.message}") from error
    except RuntimeError as error:
        raise EngineTimeoutError("Tesseract took too long") from error


def _only(signs: str) -> str:
    return f"-c {shlex.quote(f'tessedit_char_whitelist={signs}')}" if signs else ""


def _texts(table: dict[str, list[str | int | float]], pictures: int) -> Iterator[str]:
    """Words of each page joined; Tesseract counts pages from 1."""
    words: dict[int, list[str]] = {}
    for page, text in zip(table["page_num"], table["text"], strict=True):
        words.setdefault(int(page), []).append(str(text).strip())
    yield from (" ".join(filter(None, words.get(number, ()))) for number in range(1, pictures + 1))


def _tokens(table: dict[str, list[str | int | float]]) -> Iterator[Token]:
    columns = (table[name] for name in ("text", "conf", "left", "top", "width", "height"))
    for text, conf, left, top, width, height in zip(*columns, strict=True):
        word, x, y = str(text).strip(), float(left), float(top)
        if word and float(conf) >= 0:
            yield Token(word, Box(x, y, x + float(width), y + float(height)), float(conf) / 100)
