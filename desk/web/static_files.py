"""Stylesheets, scripts and pictures of the desk: read once, found by name alone, so that no path leads elsewhere."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response

from desk.web.access import anyone

router = APIRouter()

_FOLDER: Final = Path(__file__).parent / "static"
_DIGITS: Final = 12
_FOREVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`digest` is of its content: an address that has it never shows another one."""

    content: bytes
    media_type: str
    digest: str


@cache
def static_files() -> Mapping[str, StaticFile]:
    """By the path below the folder, with `/` between."""
    paths = sorted(path for path in _FOLDER.rglob("*") if path.is_file())
    return {path.relative_to(_FOLDER).as_posix(): _read(path) for path in paths}


def address_of(name: str) -> str:
    """The address for a page. Raises `KeyError` for a file that there is not."""
    return f"/static/{name}?v={static_files()[name].digest}"


@router.get("/static/{name:path}", dependencies=[anyone])
def static_file(name: str, request: Request, v: str = "") -> Response:
    found = static_files().get(name)
    if found is None:
        raise HTTPException(404)
    headers = {"ETag": f'"{found.digest}"', "Cache-Control": _FOREVER if v == found.digest else _ASK_AGAIN}
    if request.headers.get("If-None-Match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(found.content, media_type=found.media_type, headers=headers)


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "text/plain"
    return StaticFile(content, kind, hashlib.sha256(content).hexdigest()[:_DIGITS])
