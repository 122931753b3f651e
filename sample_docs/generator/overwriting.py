"""What happens to single values before a page is scanned: typed beside their place, barred, scribbled by hand.

A value under a bar or in a scribble is not on the paper any more: its marks go, so that the truth says it is absent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sample_docs.generator.chance import Chance
from sample_docs.generator.drawing import Drawing, Ink, Mark, Shape
from sample_docs.generator.hand import signature
from sample_docs.generator.truth import Paper

_KEPT: Final = (".name", ".address", ".country")  # of parties: they stand in footers and signatures, too
_RIBBON: Final = ("#1a1a1a", "#26262e", "#2b2b3d", "#3a3a3a")
_HANDED: Final = ("#1f2f80", "#202020", "#27356f")


def overwritten(drawing: Drawing, paper: Paper, chance: Chance) -> Drawing:
    """The drawing with what `paper.overwriting` asks for."""
    asked = paper.overwriting
    changed = typed(drawing, chance.branch("typed")) if asked.typed else drawing
    names = _coverable(changed)
    chosen = chance.branch("covered").some(names, min(asked.bars + asked.scribbles, len(names)))
    changed = barred(changed, chosen[: asked.bars], chance.branch("bars"))
    return scribbled(changed, chosen[asked.bars :], chance.branch("scribbles"))


def _coverable(drawing: Drawing) -> list[str]:
    """Values that stand in no text with others and are no party's."""
    shared = {name for mark in drawing.marks if mark.also for name in (mark.name, *mark.also)}
    names = {mark.name for mark in drawing.marks if mark.name and not mark.name.endswith(_KEPT)}
    return sorted(names - shared)


def typed(drawing: Drawing, chance: Chance) -> Drawing:
    """As filled in with a typewriter on a preprinted form: the filling is shifted and slightly turned, letters dance.

    What is filled in is known by its ink: that of the named values.
    """
    filling = {_hand(mark.ink) for mark in drawing.marks if mark.name}
    shift, lean = (chance.real(-2.5, 4.0), chance.real(-3.2, 3.2)), chance.real(-0.004, 0.004)
    colour = chance.pick(_RIBBON)
    marks = [
        _struck(mark, shift, lean, colour, chance) if _hand(mark.ink) in filling else mark for mark in drawing.marks
    ]
    return replace(drawing, marks=tuple(marks))


def _hand(ink: Ink) -> tuple[str, float, str]:
    return (ink.family, ink.size, ink.colour)


def _struck(mark: Mark, shift: tuple[float, float], lean: float, colour: str, chance: Chance) -> Mark:
    """One text by typewriter, no wider than it was: the next box must stay readable."""
    ink = Ink("mono", mark.ink.size, colour=colour)
    width = ink.width(mark.text)
    ink = ink.sized(ink.size * min(1.0, mark.ink.width(mark.text) / width)) if width else ink
    y = mark.y + shift[1] + lean * mark.x + chance.real(-0.3, 0.3)
    return replace(mark, x=mark.x + shift[0], y=y, ink=ink)


def barred(drawing: Drawing, names: Sequence[str], chance: Chance) -> Drawing:
    """Black bars over every place where these values stand, as if drawn with a thick marker."""
    gone = [mark for mark in drawing.marks if mark.name in names]
    bars = [_bar(mark, chance.branch(at)) for at, mark in enumerate(gone)]
    return replace(drawing, marks=_without(drawing, names), shapes=(*drawing.shapes, *bars))


def _bar(mark: Mark, chance: Chance) -> Shape:
    left, top, right, bottom = mark.box
    corners = [(left - 2, top - 1), (right + 2, top - 1), (right + 2, bottom + 1), (left - 2, bottom + 1)]
    points = [(x + chance.real(-1.2, 1.2), y + chance.real(-0.8, 0.8)) for x, y in corners]
    return Shape(mark.page, (*points, points[0]), "#000000", 0.0, "#0a0a0a")


def scribbled(drawing: Drawing, names: Sequence[str], chance: Chance) -> Drawing:
    """In place of these values something written by hand that no one can read."""
    gone = [mark for mark in drawing.marks if mark.name in names]
    strokes = [_scribble(mark, chance.branch(at)) for at, mark in enumerate(gone)]
    return replace(drawing, marks=_without(drawing, names), shapes=(*drawing.shapes, *strokes))


def _scribble(mark: Mark, chance: Chance) -> Shape:
    left, _, right, bottom = mark.box
    height = mark.ink.size * chance.real(1.0, 1.5)
    points = signature(chance, (left, bottom), width=max(16.0, right - left), height=height)
    return Shape(mark.page, tuple(points), chance.pick(_HANDED), chance.real(0.8, 1.3))


def _without(drawing: Drawing, names: Sequence[str]) -> tuple[Mark, ...]:
    return tuple(mark for mark in drawing.marks if mark.name not in names)
