"""Lines of goods set one by one, so that a layout can break a page, open a group or close a sum between any two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sample_docs.generator.drawing import Ink
from sample_docs.generator.sheet import LEADING, Run, Runs, Sheet, wrapped
from sample_docs.layouts.goods_box import Slot


def height(slots: Sequence[Slot], line: int, ink: Ink) -> float:
    """How high the line gets with all its cells wrapped."""
    return max(len(wrapped(slot.runs(line), ink, slot.right - slot.left)) for slot in slots) * ink.size * LEADING


def put_line(sheet: Sheet, slots: Sequence[Slot], line: int, ink: Ink) -> None:
    """One line at `sheet.y`, which moves below it."""
    for slot in slots:
        x = {"left": slot.left, "right": slot.right, "centre": (slot.left + slot.right) / 2}[slot.align]
        for at, runs in enumerate(wrapped(slot.runs(line), ink, slot.right - slot.left)):
            sheet.put_runs((x, sheet.y + at * ink.size * LEADING), runs, ink=ink, align=slot.align)
    sheet.y += height(slots, line, ink)


def put_heads(sheet: Sheet, slots: Sequence[Slot], titles: Sequence[str], ink: Ink) -> None:
    """The columns' titles on their baselines from `sheet.y` on, each aligned as its column."""
    deepest = 0
    for slot, title in zip(slots, titles, strict=True):
        x = {"left": slot.left, "right": slot.right, "centre": (slot.left + slot.right) / 2}[slot.align]
        lines = wrapped([Run(title)], ink, slot.right - slot.left) if title else []
        for at, runs in enumerate(lines):
            sheet.put_runs((x, sheet.y + at * ink.size * LEADING), runs, ink=ink, align=slot.align)
        deepest = max(deepest, len(lines))
    sheet.y += deepest * ink.size * LEADING


def groups(lines: int, sizes: Sequence[int]) -> list[range]:
    """Consecutive lines cut into groups of these sizes in turn, none of them empty."""
    cuts = [0]
    while cuts[-1] < lines:
        cuts.append(min(lines, cuts[-1] + sizes[(len(cuts) - 1) % len(sizes)]))
    return [range(start, end) for start, end in pairwise(cuts)]


def joined(parts: Sequence[Runs], between: str) -> list[Run]:
    """Pieces that have text, one after the other."""
    found: list[Run] = []
    for runs in parts:
        if any(run.text.strip() for run in runs):
            found += [Run(between), *runs] if found else list(runs)
    return found
