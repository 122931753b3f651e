"""What a hand adds to a paper: a signature as a polyline."""

from __future__ import annotations

import math

from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Point

_POINTS = 90


def signature(chance: Chance, at: Point, *, width: float = 90.0, height: float = 22.0) -> list[Point]:
    """A scribble that starts at the left end of its base line."""
    waves = [(chance.real(2, 9), chance.real(0, math.tau), chance.real(0.25, 1.0)) for _ in range(4)]
    points = []
    for step in range(_POINTS):
        t = step / (_POINTS - 1)
        swing = sum(size * math.sin(turns * t * math.tau + phase) for turns, phase, size in waves) / 2
        lean = 0.05 * width * math.sin(7 * t * math.tau)
        points.append((at[0] + t * width + lean, at[1] - height * (0.4 + 0.4 * swing * (1 - 0.6 * t))))
    return points
