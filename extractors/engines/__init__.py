"""OCR engines: the only place of the extractors that starts foreign programs or models."""

from __future__ import annotations

from extractors.engines.errors import (
    EngineError,
    EngineFailedError,
    EngineMissingError,
    EngineTimeoutError,
    LanguageMissingError,
)
from extractors.engines.protocol import Engines, Line, LineEngine, Orientation, Picture, Token, WordEngine
from extractors.engines.rapid import Rapid
from extractors.engines.rapid import is_installed as second_reader_is_installed
from extractors.engines.tesseract import Tesseract

__all__ = [
    "EngineError",
    "EngineFailedError",
    "EngineMissingError",
    "EngineTimeoutError",
    "Engines",
    "LanguageMissingError",
    "Line",
    "LineEngine",
    "Orientation",
    "Picture",
    "Rapid",
    "Tesseract",
    "Token",
    "WordEngine",
    "installed_engines",
    "second_reader_is_installed",
]


def installed_engines() -> Engines:
    """Tesseract, and RapidOCR as the independent witness where it is installed. Neither is started yet."""
    return Engines(Tesseract(), Rapid() if second_reader_is_installed() else None)
