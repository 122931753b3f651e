"""What a file is by its first bytes, as the intake record names it. Endings are the sender's and may be wrong."""

from __future__ import annotations

from pathlib import Path

from extractors.reading.kinds import Kind, kind_of
from flows.intake import HEAD_BYTES

_MEDIA_TYPES: dict[Kind, str] = {
    "pdf": "application/pdf",
    "tiff": "image/tiff",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "empty": "application/x-empty",
    "zip": "application/zip",
    "email": "message/rfc822",
    "html": "text/html",
    "xml": "application/xml",
    "spreadsheet": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text": "text/plain",
}


def media_type_of(path: Path) -> str:
    """The media type, `application/octet-stream` where it is none that is told apart; raises `OSError`."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if path.suffix.casefold() == ".json" and kind_of(head) == "text":
        return "application/json"
    return _MEDIA_TYPES.get(kind_of(head), "application/octet-stream")
