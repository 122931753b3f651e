"""Errors of OCR engines.

EngineError
├── EngineMissingError   the program is not installed
├── LanguageMissingError the program has no data for a language
└── EngineFailedError    it broke on a picture
    └── EngineTimeoutError   it took longer than allowed
"""

from __future__ import annotations


class EngineError(Exception):
    """Something with an OCR engine."""


class EngineMissingError(EngineError):
    """The engine is not there; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "Tesseract is not installed, so scanned pages cannot be read: apt-get install tesseract-ocr "
            "tesseract-ocr-eng tesseract-ocr-osd tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-spa "
            "tesseract-ocr-ita tesseract-ocr-chi-sim"
        )


class LanguageMissingError(EngineError):
    """The engine lacks a language; the message says what to install."""

    def __init__(self, language: str) -> None:
        package = f"tesseract-ocr-{language.replace('_', '-')}"
        super().__init__(f"Tesseract has no data for “{language}”: apt-get install {package}")


class EngineFailedError(EngineError):
    """The engine gave up on a picture."""


class EngineTimeoutError(EngineFailedError):
    """The engine took longer than it may."""
