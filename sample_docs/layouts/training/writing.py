"""Setting text where room is short: type shrinks before it runs into its neighbour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped

_SMALLEST: Final = 4.6
_BREAKS: Final = "/-,."  # where a word too long for its line may be cut


@dataclass(frozen=True, slots=True)
class Span:
    """A strip of the page between two edges, in points."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def inset(self, by: float) -> Span:
        return Span(self.left + by, self.right - by)

    def split(self, *shares: float) -> list[Span]:
        """Neighbouring strips of those shares."""
        whole, left, strips = sum(shares), self.left, []
        for share in shares:
            strips.append(Span(left, left + self.width * share / whole))
            left = strips[-1].right
        return strips


# Draws something into a strip from a top edge on and gives the y where it ends.
Content = Callable[[Sheet, Span, float], float]


def shown(runs: Runs) -> bool:
    """Whether there is anything to print."""
    return any(run.text.strip() for run in runs)


def fitted(runs: Runs, ink: Ink, width: float) -> Ink:
    """The ink, smaller where the longest word is wider than the room."""
    words = [word for run in runs for word in run.text.split(" ")]
    widest = max((ink.width(word) for word in words if word), default=0.0)
    return ink if widest <= width else ink.sized(max(_SMALLEST, ink.size * width / widest * 0.99))


def squeezed(runs: Runs, ink: Ink, width: float) -> Ink:
    """The ink, smaller where the runs on one line are wider than the room."""
    whole = sum(ink.width(run.text) for run in runs)
    return ink if whole <= width else ink.sized(max(_SMALLEST, ink.size * width / whole * 0.99))


def block(sheet: Sheet, span: Span, top: float, runs: Runs, *, ink: Ink | None = None, align: str = "left") -> float:
    """Wrapped text from a top edge on; gives its bottom edge."""
    if not shown(runs):
        return top
    written = fitted(runs, ink or sheet.ink, span.width)
    anchor = {"left": span.left, "right": span.right, "centre": (span.left + span.right) / 2}[align]
    y = top + written.size * 0.9
    lines = wrapped(runs, written, span.width)
    for line in lines:
        sheet.put_runs((anchor, y), line, ink=written, align=align)
        y += written.size * LEADING
    return y - written.size * 0.9 + written.size * 0.1


def one_line(sheet: Sheet, span: Span, top: float, runs: Runs, *, ink: Ink | None = None, align: str = "left") -> float:
    """Text that must stay on one line, squeezed where it has to be."""
    if not shown(runs):
        return top
    written = squeezed(runs, ink or sheet.ink, span.width)
    anchor = {"left": span.left, "right": span.right, "centre": (span.left + span.right) / 2}[align]
    sheet.put_runs((anchor, top + written.size * 0.9), runs, ink=written, align=align)
    return top + written.size * LEADING


def height(sheet: Sheet, content: Content, span: Span) -> float:
    """How much room it will take, found by drawing it on a sheet that is thrown away."""
    scratch = Sheet(sheet.paper)
    scratch.ink, scratch.left, scratch.right = sheet.ink, sheet.left, sheet.right
    return content(scratch, span, 0.0)


def named(runs: Runs, *, name: str = "") -> list[Run]:
    """The same texts under another name, or under none."""
    return [replace(run, name=name) for run in runs]
