"""Ruled boxes of a form, their printed title small in a corner."""

from __future__ import annotations

from dataclasses import dataclass

from sample_docs.generator.drawing import Ink, Point
from sample_docs.generator.sheet import Run, Runs, Sheet


@dataclass(frozen=True, slots=True)
class Box:
    """Edges in points from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def titled(sheet: Sheet, box: Box, title: str, *, ink: Ink, rule: float = 0.5) -> Point:
    """Draws the box with its title; gives the first baseline under it."""
    if rule:
        sheet.frame((box.left, box.top), (box.right, box.bottom), width=rule)
    y = sheet.flow((box.left + 3, box.top + ink.size + 1), [Run(title)], width=box.width - 6, ink=ink)
    return (box.left + 6, y + sheet.ink.size * 0.55)


def squeezed(sheet: Sheet, at: Point, runs: Runs, *, width: float, ink: Ink | None = None, align: str = "left") -> None:
    """On one line, in smaller type where it would not fit."""
    written = ink or sheet.ink
    needed = sum(written.width(run.text) for run in runs)
    fit = min(1.0, width / needed) if needed else 1.0
    sheet.put_runs(at, runs, ink=written.sized(written.size * fit), align=align)
