"""OCR engines: the only place of the extractors that starts foreign programs or models."""

from __future__ import annotations

from extractors.engines.errors import (
    EngineError,
    EngineFailedError,
    EngineMissingError,
    EngineTimeoutError,
    LanguageMissingError,
    LibraryMissingError,
)
from extractors.engines.protocol import Engines, Line, LineEngine, Orientation, Picture, Token, WordEngine
from extractors.engines.rapid import Rapid
from extractors.engines.rapid import is_installed as second_reader_is_installed
from extractors.engines.tesseract import Tesseract, tesseract_version
from extractors.engines.tesseract_library import TesseractLibrary
from extractors.engines.tesseract_library import is_installed as library_is_installed

__all__ = [
    "EngineError",
    "EngineFailedError",
    "EngineMissingError",
    "EngineTimeoutError",
    "Engines",
    "LanguageMissingError",
    "LibraryMissingError",
    "Line",
    "LineEngine",
    "Orientation",
    "Picture",
    "Rapid",
    "Tesseract",
    "TesseractLibrary",
    "Token",
    "WordEngine",
    "installed_engines",
    "library_is_installed",
    "second_reader_is_installed",
    "tesseract_version",
]


def installed_engines(*, library: bool = False) -> Engines:
    """Tesseract, and RapidOCR as the independent witness where it is installed. Neither is started yet.

    With `library` Tesseract is loaded once by tesserocr instead of started for each pass; raises `LibraryMissingError`
    where that is not installed.
    """
    if library and not library_is_installed():
        raise LibraryMissingError
    primary = TesseractLibrary() if library else Tesseract()
    return Engines(primary, Rapid() if second_reader_is_installed() else None)
