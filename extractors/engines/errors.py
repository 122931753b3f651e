"""Errors of OCR engines.

EngineError
├── EngineMissingError   the program is not installed
├── LanguageMissingError the program has no data for a language
├── LibraryMissingError  Tesseract was asked for as a library, which is not installed
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


class LibraryMissingError(EngineError):
    """The library was asked for; the program in its place would read a few words differently, unasked."""

    def __init__(self) -> None:
        super().__init__(
            "Tesseract is to be used as a library, which is not installed: "
            "pip install 'tidewaiter[tesseract-library]', or set TIDEWAITER_TESSERACT=program"
        )


class EngineFailedError(EngineError):
    """The engine gave up on a picture."""


class EngineTimeoutError(EngineFailedError):
    """The engine took longer than it may."""
