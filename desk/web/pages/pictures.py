"""Pictures of the pages and the words on them: of the papers of one shipment, for who may see it.

A page is drawn in the reading process, which has no credentials; what it drew is kept on disk and, as it never changes,
in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final, Literal

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi import Path as InPath
from fastapi.responses import JSONResponse

from archive.errors import KeyInvalid, ObjectMissing
from desk.web.hall import Hall
from desk.web.pages.case import CASE, Looking, Visitor
from desk.web.pages.picture_cache import PictureCache, picture_version
from desk.web.pages.served_pages import SERVED
from flows import steps
from flows.isolated_reader import Shown
from schemas.geometry import Box
from schemas.pages import FileReading, Original, Page

Size = Literal["small", "large"]
LONGEST: Final[Mapping[Size, int]] = {"small": 240, "large": 2000}
"""Pixels of the longer side: a thumbnail, and a page on which small print can be read enlarged."""
_CACHE_BYTES: Final = 512 * 1024 * 1024
_FOLDER: Final = "pictures"
_ASKED: Final = "private, no-cache"
"""Kept, and asked about each time: what is read is a matter of the session."""
_HOUR: Final = "private, max-age=3600"
_YEAR: Final = "private, max-age=31536000, immutable"
_PAGE: Final = CASE + "/{revision}/pages/{sha256}/{number}"

router = APIRouter()
Digest = Annotated[str, InPath(pattern="^[0-9a-f]{64}$")]
Number = Annotated[int, InPath(ge=1, le=10_000)]


@router.get(_PAGE + ".webp")
def picture(
    visitor: Looking, revision: int, sha256: Digest, number: Number, *, size: Annotated[Size, Query()] = "large"
) -> Response:
    """The page, upright where it was read. 404 where the shipment has no such paper, or it cannot be drawn."""
    hall = visitor.hall
    original = _original(visitor, revision, sha256)
    tag = f'"{_name(hall, sha256, number, size)}"'
    headers = {"ETag": tag, "Cache-Control": _YEAR if size == "small" else _ASKED}
    if tag in visitor.request.headers.get("If-None-Match", ""):
        _noted(visitor, sha256, number, size)
        return Response(status_code=304, headers=headers)
    content, lasts = _kept_or_drawn(hall, original, number, size)
    if content is None:
        raise HTTPException(404)
    _noted(visitor, sha256, number, size)
    return Response(content, media_type="image/webp", headers=headers if lasts else {})


def _noted(visitor: Visitor, sha256: str, number: int, size: Size) -> None:
    """On a thumbnail nothing can be read."""
    if size == "large":
        SERVED.note(visitor.request, sha256, number)


@router.get(_PAGE + ".json")
def words(visitor: Looking, revision: int, sha256: Digest, number: Number) -> Response:
    """The words of the page with their boxes on the upright page, in reading order: `[[text, x0, top, x1, bottom]]`."""
    reading = visitor.hall.workshop.readings.find(_original(visitor, revision, sha256))
    page = _page(reading, number)
    if page is None:
        raise HTTPException(404)
    return JSONResponse([[one.text, *_upright(page, one.box)] for one in page.words], headers={"Cache-Control": _HOUR})


def _original(visitor: Visitor, revision: int, sha256: str) -> Original:
    shipment = visitor.shipment
    try:
        intake = visitor.hall.workshop.archive.intake(shipment.broker, shipment.reference, revision)
    except (ObjectMissing, KeyInvalid) as error:
        raise HTTPException(404) from error
    found = next((one for one in steps.originals_of(intake) if one.sha256 == sha256), None)
    if found is None:
        raise HTTPException(404)
    return found


def _kept_or_drawn(hall: Hall, original: Original, number: int, size: Size) -> tuple[bytes | None, bool]:
    """The picture, and whether it may be kept: how a page lies that nobody has read yet is not known for good."""
    cache = PictureCache(hall.settings.data_dir / _FOLDER, _CACHE_BYTES)
    name = _name(hall, original.sha256, number, size)
    kept = cache.get(name)
    if kept is not None:
        return kept, True
    page = _page(hall.workshop.readings.find(original), number)
    drawn = _drawn(hall, original, Shown(number, page.turned if page is not None else 0, LONGEST[size]))
    if drawn is not None and page is not None:
        cache.put(name, drawn)
    return drawn, page is not None


def _drawn(hall: Hall, original: Original, shown: Shown) -> bytes | None:
    with TemporaryDirectory(prefix="tidewaiter-") as folder:
        try:
            path = steps.fetched(original, Path(folder), hall.workshop)
        except ObjectMissing:
            return None  # An original that retention has disposed of.
        return hall.workshop.readers.drawn(original, path, shown)


def _name(hall: Hall, sha256: str, number: int, size: Size) -> str:
    return f"{sha256}-{number}-{size}-{picture_version(hall)}"


def _page(reading: FileReading | None, number: int) -> Page | None:
    return next((page for page in reading.pages if page.number == number), None) if reading is not None else None


def _upright(page: Page, box: Box) -> list[float]:
    return page.place(box).as_list()
