"""Files for a browser to keep and never to show: what a paper holds runs nowhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

_KIND: Final = "application/octet-stream"


def attached(content: bytes, name: str) -> Response:
    """The bytes under that name."""
    return Response(content, media_type=_KIND, headers={"Content-Disposition": _disposition(name)})


def sent(write: Callable[[Path], object], name: str) -> Response:
    """The file that `write` makes at a path that it is given; it is removed once it was sent. Raises what it raises."""
    with ExitStack() as stack:
        path = Path(stack.enter_context(TemporaryDirectory(prefix="tidewaiter-desk-"))) / "file"
        write(path)
        return handed_over(path, name, stack.pop_all())


def handed_over(path: Path, name: str, kept: ExitStack) -> Response:
    """The file under that name, and `kept` closed once it was sent."""
    return FileResponse(
        path,
        media_type=_KIND,
        headers={"Content-Disposition": _disposition(name)},
        background=BackgroundTask(kept.close),
    )


def _disposition(name: str) -> str:
    """RFC 6266, with the name percent-encoded (RFC 8187): nothing in it can end the header or name a folder."""
    return f"attachment; filename*=UTF-8''{quote(name.replace('/', '_').encode('utf-8', 'replace'), safe='')}"
