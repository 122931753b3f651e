"""RapidOCR (PP-OCR on onnxruntime): another network on the same picture, so its agreement is a second witness.

Finding and reading are run apart: lines are found on a small copy and read from the full picture, which takes a third
of the time of the library's own way and found the same numbers.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Protocol, cast

import cv2
import numpy as np

from extractors.engines.errors import EngineFailedError
from extractors.engines.protocol import Line, Picture
from schemas.geometry import Box
from schemas.pages import Reader

FIND_SIDE = 1280
"""Longest side in pixels of the copy on which lines are found. At 960, half the cost, lone signs are missed and boxes
grow so high that fine print in them is misread."""
_NARROWEST = 96
"""Pixels: narrower lines are widened. The library's own 320 costs a fifth more; at 48 single signs suffer."""
_PARAMETERS: dict[str, object] = {
    "Global.log_level": "error",
    "Global.use_cls": False,
    "Global.max_side_len": 32_000,  # it would make long lines small before they are read
    "Det.limit_side_len": 32,  # no enlarging after the reduction above
    "Rec.rec_img_shape": [3, 48, _NARROWEST],
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
_SURE_ENOUGH = 0.5
"""Lines below are no text; the library's own bound."""
_LOWEST = 5
"""Pixels: no print is so low."""
_FLATTEST = 400
"""Times as wide as high: a rule or the rim of a picture. Print over a page's width is not a third of that; the library
gives up at some such shapes, and makes of others pictures as large as memory."""
_UPRIGHT = 1.5
"""A box so many times higher than wide holds text that runs upwards."""


class _WordInfo(Protocol):
    words: list[list[str]]
    word_cols: list[list[int]]
    line_txt_len: float


class _Found(Protocol):
    boxes: np.ndarray[tuple[int, ...], np.dtype[np.float32]] | None


class _Recognised(Protocol):
    txts: tuple[str, ...] | None
    scores: tuple[float, ...]
    word_results: tuple[_WordInfo, ...]


class _Reader(Protocol):
    def __call__(  # the library's own switches
        self, picture: Picture, *, use_det: bool, use_cls: bool, use_rec: bool, return_word_box: bool
    ) -> object: ...


def is_installed() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@dataclass
class Rapid:
    """The second reader; its models are in the wheel. Made at first use, which takes about a second."""

    @property
    def name(self) -> Reader:
        return "rapidocr"

    @cached_property
    def _reader(self) -> _Reader:
        from rapidocr import RapidOCR  # noqa: PLC0415  an optional dependency, heavy to import

        return cast("_Reader", RapidOCR(params=_PARAMETERS))

    def find(self, picture: Picture) -> tuple[Box, ...]:
        scale = min(1.0, FIND_SIDE / max(picture.shape))
        if scale * min(picture.shape) < _LOWEST:
            return ()
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found = cast("_Found", self._run(cast("Picture", small), find=True))
        if found.boxes is None:
            return ()
        corners = [(quad.min(axis=0) / scale, quad.max(axis=0) / scale) for quad in found.boxes]
        boxes = (Box(float(low[0]), float(low[1]), float(high[0]), float(high[1])) for low, high in corners)
        return tuple(box for box in boxes if box.height <= _UPRIGHT * box.width)

    def read(self, picture: Picture, box: Box) -> Line | None:
        left, right = max(0, int(box.x0)), int(box.x1) + 1
        top, bottom = max(0, int(box.top)), int(box.bottom) + 1
        crop = picture[top:bottom, left:right]
        if crop.shape[0] < _LOWEST or not 1 < crop.shape[1] <= _FLATTEST * crop.shape[0]:
            return None
        seen = cast("_Recognised", self._run(cast("Picture", cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR)), find=False))
        if not seen.txts or not seen.txts[0].strip() or seen.scores[0] < _SURE_ENOUGH:
            return None
        return _line(seen.word_results[0], Box(left, top, left + crop.shape[1], top + crop.shape[0]), seen.scores[0])

    def _run(self, picture: Picture, *, find: bool) -> object:
        try:
            return self._reader(picture, use_det=find, use_cls=False, use_rec=not find, return_word_box=not find)
        except _foreign_errors() as error:
            raise EngineFailedError(f"RapidOCR failed: {error}") from error


@cache
def _foreign_errors() -> tuple[type[Exception], ...]:
    """What the library raises; its own errors have no base in common."""
    from rapidocr.ch_ppocr_det.utils import ResizeImgError as FindError  # noqa: PLC0415  as above
    from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError  # noqa: PLC0415
    from rapidocr.utils.process_img import ResizeImgError  # noqa: PLC0415

    return ValueError, RuntimeError, cv2.error, FindError, ONNXRuntimeError, ResizeImgError


def _line(info: _WordInfo, box: Box, score: float) -> Line:
    """The characters with their places: the network gives the column of each, columns share the line's width evenly."""
    step = box.width / info.line_txt_len
    text, middles = "", list[float]()
    for word, columns in zip(info.words, info.word_cols, strict=True):
        if text:
            text += " "
            middles.append((middles[-1] + box.x0 + (columns[0] + 0.5) * step) / 2)
        text += "".join(word)
        middles.extend(box.x0 + (column + 0.5) * step for column in columns)
    edges = [box.x0, *((a + b) / 2 for a, b in pairwise(middles)), box.x1]
    return Line(text, box, tuple(edges[:-1]), tuple(edges[1:]), float(score))
