"""Picture files: frames as grey pictures with their resolution, opened by header first so that no bomb goes off."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from extractors.engines import Picture
from extractors.reading.errors import DamagedFileError, DamagedPageError, PictureTooLargeError

POINTS = 72.0
_PLAUSIBLE_DPI = (72.0, 1200.0)
_A4_LONG_SIDE = 842.0
_LARGEST = 500_000_000
"""Pixels: decoded as grey, one byte each, that is what memory allows beside the engines."""
_MEGA = 1_000_000
_FOREIGN = (
    UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError, KeyError,
    TypeError,  # of a TIFF that was cut off within its list of frames
)  # fmt: skip
"""What Pillow raises for files that are not what they say."""

# Sizes are checked from the header before anything is decoded; Pillow's own bound would come before ours.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Shot:
    """A page's picture as stored, and the size of its page in points. `megapixels` is before any reduction."""

    picture: Picture
    width: float
    height: float
    megapixels: float
    reduced: bool = False

    @property
    def dpi(self) -> float:
        return float(self.picture.shape[1]) * POINTS / self.width


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """Pillow's warnings are of damage beside the picture itself (a camera's marks): what matters raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(content)) as image:
            yield image


def frames(content: bytes) -> int:
    """How many pages the picture file has; raises `DamagedFileError`."""
    try:
        with _opened(content) as image:
            return int(getattr(image, "n_frames", 1))
    except _FOREIGN as error:
        raise DamagedFileError from error


def shot(content: bytes, number: int, *, max_megapixels: int) -> Shot:
    """Frame `number` (from 1), made smaller over the limit; raises `DamagedPageError`, `PictureTooLargeError`."""
    try:
        with _opened(content) as image:
            image.seek(number - 1)
            width, height, dpi = image.width, image.height, _dpi(image)
            if width * height > max_megapixels * _MEGA:
                picture = _reduced(content, number, (width, height), max_megapixels)
            else:
                picture = _grey(image)
    except _FOREIGN as error:
        raise DamagedPageError(number) from error
    if (picture.shape[0] > picture.shape[1]) != (height > width) and width != height:
        width, height = height, width  # turned by the camera's own mark
    scale = POINTS / dpi if dpi else _A4_LONG_SIDE / max(width, height)
    reduced = width * height > max_megapixels * _MEGA
    return Shot(picture, width * scale, height * scale, width * height / _MEGA, reduced)


def coloured(content: bytes, number: int, *, max_megapixels: int) -> Image.Image:
    """Frame `number` (from 1) for the eye; raises what `shot` raises. What is larger than the limit comes grey."""
    try:
        with _opened(content) as image:
            image.seek(number - 1)
            if image.width * image.height > max_megapixels * _MEGA:
                return Image.fromarray(_reduced(content, number, image.size, max_megapixels))
            return _on_paper(ImageOps.exif_transpose(image)).convert("RGB")
    except _FOREIGN as error:
        raise DamagedPageError(number) from error


def _dpi(image: Image.Image) -> float | None:
    stated = image.info.get("dpi")
    if not isinstance(stated, tuple):
        return None
    low, high = _PLAUSIBLE_DPI
    across = float(stated[0])
    # 72 and 96 are what programs write that do not know.
    return across if low < across <= high and across != 96 else None  # noqa: PLR2004


def _grey(image: Image.Image) -> Picture:
    upright = _on_paper(ImageOps.exif_transpose(image))
    if upright.mode.startswith("I;16"):
        return cast("Picture", (np.asarray(upright) >> 8).astype(np.uint8))
    return np.asarray(upright.convert("L"), dtype=np.uint8)


def _on_paper(image: Image.Image) -> Image.Image:
    """What is transparent is white, as it would be printed."""
    if image.mode not in {"RGBA", "LA", "PA", "P"}:
        return image
    inked = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", inked.size, "white"), inked)


def _reduced(content: bytes, number: int, size: tuple[int, int], max_megapixels: int) -> Picture:
    """Decoded as grey by OpenCV, which needs a byte a pixel (JPEG: of the smaller picture only)."""
    pixels = size[0] * size[1]
    if pixels > _LARGEST:
        raise PictureTooLargeError(*size)
    factor = next(f for f in (2, 4, 8, 16, 32) if pixels / f**2 <= max_megapixels * _MEGA)
    flag = {2: cv2.IMREAD_REDUCED_GRAYSCALE_2, 4: cv2.IMREAD_REDUCED_GRAYSCALE_4}.get(
        factor, cv2.IMREAD_REDUCED_GRAYSCALE_8
    )
    stored = np.frombuffer(content, dtype=np.uint8)
    try:
        good, pictures = cv2.imdecodemulti(stored, flag, range=(number - 1, number))
    except cv2.error as error:
        raise PictureTooLargeError(*size) from error
    if not good or not pictures:
        raise DamagedPageError(number)
    return cast("Picture", pictures[0])
