"""RapidOCR as it comes: it finds lines of text on a page's picture; those at one height are one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from typing import Final, Protocol, cast

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from benchmarks.scorecard.baselines.sources import TextPage, installed_version
from extractors.engines import second_reader_is_installed

_DPI: Final = 200
_SAME_LINE: Final = 0.6
"""Of a line's height: texts whose middles are nearer stand on one line."""


class _Seen(Protocol):
    boxes: NDArray[np.float32] | None
    txts: Sequence[str] | None


class _Reader(Protocol):
    def __call__(self, picture: NDArray[np.uint8]) -> _Seen: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A text on the picture, in pixels."""

    text: str
    left: float
    middle: float
    height: float


class RapidLines:
    """One thread, its own settings otherwise."""

    @property
    def name(self) -> str:
        return "rapidocr"

    def about(self) -> str:
        runtime = installed_version("onnxruntime")
        return f"rapidocr {installed_version('rapidocr')} on onnxruntime {runtime}, whole pages at {_DPI} dpi"

    def is_installed(self) -> bool:
        return second_reader_is_installed()

    def is_for(self, level: str) -> bool:
        return bool(level)

    def pages(self, paper: Path) -> Iterator[TextPage]:
        for number, picture in enumerate(_pictures(paper), 1):
            seen = _reader()(np.asarray(picture.convert("RGB"))[:, :, ::-1].copy())
            yield TextPage(paper.name, number, tuple(lines_of(_spots(seen))))


def _pictures(paper: Path) -> Iterator[Image.Image]:
    if paper.suffix.lower() != ".pdf":
        with Image.open(paper) as image:
            yield from (frame.copy() for frame in ImageSequence.Iterator(image))
        return
    pdf = pypdfium2.PdfDocument(paper)
    for page in pdf:
        yield page.render(scale=_DPI / 72).to_pil()
    pdf.close()


def _spots(seen: _Seen) -> list[Spot]:
    if seen.boxes is None or seen.txts is None:
        return []
    corners = [(quad.min(axis=0), quad.max(axis=0)) for quad in seen.boxes]
    return [
        Spot(text, float(low[0]), float(low[1] + high[1]) / 2, float(high[1] - low[1]))
        for text, (low, high) in zip(seen.txts, corners, strict=True)
    ]


def lines_of(spots: Sequence[Spot]) -> Iterator[str]:
    """Texts of one height from left to right, the lines from top to bottom."""
    near = _SAME_LINE * median(spot.height for spot in spots) if spots else 0.0
    line: list[Spot] = []
    for spot in sorted(spots, key=lambda one: one.middle):
        if line and spot.middle - line[-1].middle > near:
            yield _joined(line)
            line = []
        line.append(spot)
    if line:
        yield _joined(line)


def _joined(line: Sequence[Spot]) -> str:
    return " ".join(spot.text for spot in sorted(line, key=lambda one: one.left))


@cache
def _reader() -> _Reader:
    from rapidocr import RapidOCR  # noqa: PLC0415  an optional dependency, heavy to import

    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return cast("_Reader", RapidOCR(params={"Global.log_level": "error", **threads}))
