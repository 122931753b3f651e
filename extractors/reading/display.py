"""Pages as people look at them: upright, in colour, as small files."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from extractors.reading import pictures
from extractors.reading.kinds import kind_of
from extractors.reading.options import ReadingOptions
from extractors.reading.pdf import open_pdf

_HEAD: Final = 65_536
_QUALITY: Final = 80
_SHORTEST_SIDE: Final = 1.0


def page_picture(
    content: bytes, number: int, *, turned: int = 0, longest: int = 2000, options: ReadingOptions | None = None
) -> bytes:
    """Page `number` (from 1) as WebP, its longer side at most `longest` pixels, turned clockwise by `turned` degrees.

    With the `turned` of the page as it was read, boxes in points lie on it by scale alone. Raises the `ReadingError`s
    of files and pages that cannot be shown.
    """
    limit = (options or ReadingOptions()).max_megapixels
    if kind_of(content[:_HEAD]) == "pdf":
        image = _of_pdf(content, number, longest)
    else:
        image = pictures.coloured(content, number, max_megapixels=limit)
    image.thumbnail((longest, longest))
    upright = image.rotate(-turned, expand=True) if turned else image
    written = io.BytesIO()
    upright.save(written, "WEBP", quality=_QUALITY)
    return written.getvalue()


def _of_pdf(content: bytes, number: int, longest: int) -> Image.Image:
    pdf = open_pdf(content)
    try:
        side = max(*pdf.size(number), _SHORTEST_SIDE)
        return pdf.coloured(number, dpi=longest * pictures.POINTS / side)
    finally:
        pdf.close()
