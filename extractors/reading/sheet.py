"""Where the corners of a photographed sheet are.

A sheet's edge is a long straight line with paper inside and something darker outside along its whole length. Lines
printed on the sheet have paper on both sides, and the grain of a table changes sides, so only the four edges pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.engines import Picture

Corners = NDArray[np.float32]
"""Four points (x, y): top left, top right, bottom right, bottom left."""
Point = NDArray[np.float64]

_SIDE = 600
"""Pixels of the copy that is searched."""
_LONG = 0.2
"""Of the copy's shorter side: shorter lines are no edges."""
_OFF = 5.0
"""Pixels on either side of a line where brightness is compared."""
_CONTRAST = 0.04
"""(inside - outside) / (inside + outside) that the eye sees."""
_HELD = 0.75
"""The share of an edge along which the inside must be brighter."""
_AREA = 0.25
_KEPT = 6
"""Candidates kept for each side."""
_ALL_PAPER = 0.8
"""A rim at least this bright, against the page's paper, is paper: the page fills the picture."""


@dataclass(frozen=True, slots=True)
class _Edge:
    start: Point
    end: Point
    held: float


def page_corners(picture: Picture) -> Corners | None:
    """The corners of a sheet on darker ground, None where the picture is all page."""
    scale = _SIDE / max(picture.shape)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)), (5, 5), 0)
    if _is_all_paper(soft):
        return None
    lines = _lines(soft)
    level = [line for line in lines if abs(line[1][0] - line[0][0]) >= abs(line[1][1] - line[0][1])]
    steep = [line for line in lines if abs(line[1][0] - line[0][0]) < abs(line[1][1] - line[0][1])]
    tops, bottoms = (_edges(soft, level, np.array([0.0, inward])) for inward in (1.0, -1.0))
    lefts, rights = (_edges(soft, steep, np.array([inward, 0.0])) for inward in (1.0, -1.0))
    found = [_corners(*four) for four in product(tops, rights, bottoms, lefts)]
    best = max((c for c in found if c is not None), key=lambda c: _worth(soft, c), default=None)
    return None if best is None or _worth(soft, best) <= 0 else (best / scale).astype(np.float32)


def _is_all_paper(soft: cv2.typing.MatLike) -> bool:
    rim = np.concatenate([soft[:8].ravel(), soft[-8:].ravel(), soft[:, :8].ravel(), soft[:, -8:].ravel()])
    return float(np.percentile(rim, 35)) >= _ALL_PAPER * float(np.percentile(soft, 80))


def _lines(soft: cv2.typing.MatLike) -> list[tuple[Point, Point]]:
    """Long straight lines: Hough's, which bridge gaps, and long sides of outlines, which Hough's lottery may miss."""
    drawn = cv2.Canny(soft, 12, 36)
    shortest = _LONG * min(soft.shape[:2])
    found = cv2.HoughLinesP(drawn, 1, np.pi / 720, 50, minLineLength=shortest, maxLineGap=12)
    ends = np.asarray(found if found is not None else [], dtype=np.float64).reshape(-1, 2, 2)
    outlines, _ = cv2.findContours(drawn, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    for outline in outlines:
        corners = cv2.approxPolyDP(outline, 2.0, closed=True).reshape(-1, 2).astype(np.float64)
        pairs = np.stack([corners, np.roll(corners, -1, axis=0)], axis=1)
        ends = np.concatenate([ends, pairs[np.linalg.norm(pairs[:, 0] - pairs[:, 1], axis=1) >= shortest]])
    return [(line[0], line[1]) for line in ends]


def _edges(soft: cv2.typing.MatLike, lines: list[tuple[Point, Point]], inward: Point) -> list[_Edge]:
    """The lines with the brighter side inwards, best first, near doubles left out."""
    known = sorted((_Edge(a, b, _brighter(soft, a, b, inward)) for a, b in lines), key=lambda e: -e.held)
    kept: list[_Edge] = []
    for edge in known:
        middle = (edge.start + edge.end) / 2
        if edge.held >= _HELD and all(_distance(middle, other) > _OFF for other in kept):
            kept.append(edge)
    return sorted(kept, key=lambda e: float(((e.start + e.end) / 2) @ inward))[:_KEPT]


def _brighter(soft: cv2.typing.MatLike, start: Point, end: Point, inward: Point) -> float:
    """The share of the way from start to end along which the inward side is brighter."""
    way = np.linspace(0.02, 0.98, 60)[:, None]
    points = start + way * (end - start)
    along = (end - start) / max(1e-9, float(np.linalg.norm(end - start)))
    across = np.array([-along[1], along[0]])
    across = across if across @ inward > 0 else -across
    inside, outside = _sampled(soft, points + _OFF * across), _sampled(soft, points - _OFF * across)
    return float(np.mean((inside - outside) > _CONTRAST * (inside + outside)))


def _sampled(soft: cv2.typing.MatLike, points: Point) -> Point:
    x = np.clip(points[:, 0].round().astype(int), 0, soft.shape[1] - 1)
    y = np.clip(points[:, 1].round().astype(int), 0, soft.shape[0] - 1)
    return np.asarray(soft[y, x], dtype=np.float64)


def _distance(point: Point, edge: _Edge) -> float:
    along, off = edge.end - edge.start, point - edge.start
    return abs(float(along[0] * off[1] - along[1] * off[0])) / max(1e-9, float(np.linalg.norm(along)))


def _corners(top: _Edge, right: _Edge, bottom: _Edge, left: _Edge) -> Corners | None:
    pairs = ((top, left), (top, right), (bottom, right), (bottom, left))
    points = [_crossing(a, b) for a, b in pairs]
    known = [point for point in points if point is not None]
    return np.array(known, dtype=np.float32) if len(known) == len(pairs) else None


def _crossing(a: _Edge, b: _Edge) -> Point | None:
    p, r, q, s = a.start, a.end - a.start, b.start, b.end - b.start
    turn = r[0] * s[1] - r[1] * s[0]
    if abs(turn) < 1e-6:  # noqa: PLR2004  parallel
        return None
    share = ((q - p)[0] * s[1] - (q - p)[1] * s[0]) / turn
    return np.asarray(p + share * r, dtype=np.float64)


def _worth(soft: cv2.typing.MatLike, corners: Corners) -> float:
    """Area times how well the weakest edge holds along its whole length; 0 for what cannot be a sheet."""
    height, width = soft.shape[:2]
    margin = 0.03 * max(height, width)
    low, high = corners.min(axis=0), corners.max(axis=0)
    inside = low.min() >= -margin and high[0] <= width + margin and high[1] <= height + margin
    area = float(cv2.contourArea(corners))
    if not inside or not cv2.isContourConvex(corners) or area < _AREA * height * width:
        return 0.0
    four = corners.astype(np.float64)
    inwards = (np.array([0.0, 1.0]), np.array([-1.0, 0.0]), np.array([0.0, -1.0]), np.array([1.0, 0.0]))
    held = [_brighter(soft, four[i], four[(i + 1) % 4], inwards[i]) for i in range(4)]
    return min(held) ** 3 * area if min(held) >= _HELD else 0.0
