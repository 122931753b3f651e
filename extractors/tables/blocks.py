"""Printed lines gathered into items: which wrapped lines belong to which item, and where the table ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from extractors.tables.labelled import parts_of
from extractors.tables.rows import Line, adds_up
from extractors.tables.spacing import stretches

Alignment = Literal["top", "bottom", "middle"]
"""Where the numbers of an item stand beside its description of several lines."""

_FOOT: Final = 11.0
"""Text heights of white space that part a table from the foot of its page."""
_WITHIN: Final = 0.8
"""Text heights between two lines of one cell at most."""
_FAR: Final = 1.7
"""A gap of so many usual gaps ends the table."""


_NAMING: Final = ("description", "part_number", "item", "code", "hs_code", "unit_price")
"""Columns of which a sum fills none."""


@dataclass(slots=True)
class Block:
    """The lines of one item; `anchor` is the one with its numbers."""

    anchor: Line
    lines: list[Line] = field(default_factory=list)
    headings: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """One page's part of the table. `lead` are lines above the first item that may belong to the page before.

    `unclaimed` says that a line with a name and numbers is in no item: then nothing proves the table whole.
    """

    blocks: tuple[Block, ...] = ()
    lead: tuple[Line, ...] = ()
    sums: tuple[Line, ...] = ()
    unclaimed: bool = False


def body_of(lines: Sequence[Line], ruled: Sequence[float], alignment: Alignment, heads: Sequence[float] = ()) -> Body:
    """The items among the lines below a header (or of a page that goes on without one), top to bottom.

    `heads` are where the headings begin that `heading_starts` found.
    """
    anchors = _anchors(lines)
    titled = any(_begins_at(x, heads) for x in lines)
    if anchors and not titled and (spaced := shared_by_space(lines, anchors, ruled)):
        return _closed(spaced, (), lines)
    if not anchors:
        return Body(sums=tuple(x for x in lines if x.kind in ("sum", "charge")))
    blocks = [Block(lines[at], [lines[at]]) for at in anchors]
    lead, headings = _before_first(lines[: anchors[0]], blocks[0], ruled, alignment)
    blocks[0].headings = headings
    for place, (start, end) in enumerate(pairwise(anchors)):
        found = _between(lines[start + 1 : end], (blocks[place], blocks[place + 1]), ruled, (alignment, heads))
        headings = found or headings
        blocks[place + 1].headings = headings
    after = lines[anchors[-1] + 1 :]
    blocks[-1].lines.extend(_after_last(lines[anchors[-1]], after, ruled, _usual_gap(blocks)))
    return _closed(blocks, lead, lines)


def _closed(blocks: list[Block], lead: Sequence[Line], lines: Sequence[Line]) -> Body:
    """The body with the sums; a last row of mere numbers is one of them."""
    for block in blocks:
        block.lines.sort(key=lambda x: x.box.middle_y)
    own = {id(x) for block in blocks for x in block.lines}
    last = blocks[-1].anchor.box.middle_y
    sums = [
        x for x in lines if x.kind in ("sum", "charge") or (x.kind == "item" and id(x) not in own and x.box.top > last)
    ]
    end = _end(lines)
    unclaimed = any(
        x.kind == "item" and id(x) not in own and _may_be_item(x, blocks, foot=at >= end) for at, x in enumerate(lines)
    )
    return Body(tuple(blocks), tuple(lead), tuple(sums), unclaimed)


def _may_be_item(line: Line, blocks: Sequence[Block], *, foot: bool) -> bool:
    """False for numbers without words, and in print for what lacks the others' line number or is the page's foot.

    Of a row that OCR read, the words may be lost: one that has a price is no sum.
    """
    printed = all(w.reader == "text_layer" for w in line.row.words)
    named = any(c.isalpha() for w in line.words(*_NAMING[:-1]) for c in w.text)
    if not named and (printed or not (line.filled("unit_price") and line.filled("amount"))):
        return False
    numbered = all(b.anchor.running_number is not None for b in blocks)
    return not (printed and (foot or (numbered and line.running_number is None)))


def shared_by_space(lines: Sequence[Line], anchors: Sequence[int], ruled: Sequence[float]) -> list[Block]:
    """The items where wider space between the words of items than within them tells them apart; empty where not.

    This holds however the numbers stand beside the words. Rules between the items and headings are left to `body_of`.
    """
    anchored = [lines[at] for at in anchors]
    if len(anchored) < 2 or any(_divides(a, b, ruled) for a, b in pairwise(anchored)):  # noqa: PLR2004
        return []
    if any(x.kind == "heading" for x in lines[: anchors[0]]):
        return []
    found = stretches(lines, anchored)
    blocks = [Block(anchor, [anchor]) for anchor in anchored] if found else []
    for block, (top, bottom) in zip(blocks, found, strict=True):
        block.lines.extend(x for x in lines if x is not block.anchor and top <= x.box.middle_y <= bottom)
    taken = {id(x) for block in blocks for x in block.lines}
    for line in lines:
        wanted = line.kind == "text" or (line.kind == "heading" and line.only_marks)
        if blocks and wanted and id(line) not in taken:
            owner = blocks[-1] if line.only_marks else _right_above(line, blocks)
            if owner:
                owner.lines.append(line)
    return blocks


def _right_above(line: Line, blocks: Sequence[Block]) -> Block | None:
    """The item that a line without words goes on with: the lower of two values one above the other."""
    if line.words("description", "item"):
        return None
    above = [b for b in blocks if b.anchor.box.middle_y < line.box.middle_y]
    near = above[-1] if above else None
    return near if near and any(_gap(x, line) < _WITHIN * line.box.height for x in near.lines) else None


def alignment_of(lines: Sequence[Line]) -> Alignment:
    """How the numbers stand beside the descriptions, from what stands above the first item and below the last."""
    anchors = _anchors(lines)
    if not anchors:
        return "top"
    above = [x for x in lines[: anchors[0]] if x.kind == "text" and x.words("description", "part_number", "item")]
    if not above or _gap(above[-1], lines[anchors[0]]) > lines[anchors[0]].box.height:
        return "top"
    below = [x for x in lines[anchors[-1] + 1 : anchors[-1] + 2] if x.kind == "text" and x.words("description")]
    if below and _gap(lines[anchors[-1]], below[0]) < 0.8 * below[0].box.height:
        return "middle"
    return "bottom"


def _anchors(lines: Sequence[Line]) -> list[int]:
    """The lines that begin or carry an item; below the first sum only what is plainly one more."""
    kept: list[int] = []
    summed = False
    for at, line in enumerate(lines[: _end(lines)]):
        if line.kind == "sum" and kept:
            summed = True
        above = _opening(lines, at)
        if (line.kind == "item" and (not summed or _plainly_item(line, [lines[k] for k in kept[-3:]], above))) or (
            line.kind == "text" and kept and not summed and _next_number(line, lines[kept[-1]])
        ):
            kept.append(at)
    kept = _numbered_alike(lines, _without_subtotals(lines, kept))
    if kept and is_bare_sum(lines[kept[-1]], [lines[at] for at in kept[:-1]]):
        kept.pop()
    return kept


def _end(lines: Sequence[Line]) -> int:
    """Where an item is followed by so wide a white space that what stands below is the foot of the page.

    None of what stands below may have all the numbers of the items above: then it is a row of a table with high rows.
    """
    first = next((at for at, line in enumerate(lines) if line.kind == "item"), len(lines))
    for at in range(first + 1, len(lines)):
        if _gap(lines[at - 1], lines[at]) > _FOOT * lines[at].box.height:
            least = min(x.counts() for x in lines[:at] if x.kind == "item")
            alike = [x for x in lines[at:] if x.kind == "item" and (x.counts() >= least or x.running_number)]
            if not alike:
                return at
    return len(lines)


def _numbered_alike(lines: Sequence[Line], anchors: Sequence[int]) -> list[int]:
    """The anchors up to the last with a line number, where all before it have theirs in order."""
    numbers = [lines[at].running_number for at in anchors]
    counted = next((k for k, n in enumerate(numbers) if n is None), len(numbers))
    ordered = all(b == a + 1 for a, b in pairwise(n for n in numbers[:counted] if n is not None))
    return list(anchors[:counted]) if counted > 1 and ordered and not any(numbers[counted:]) else list(anchors)


def _without_subtotals(lines: Sequence[Line], anchors: Sequence[int]) -> list[int]:
    """The anchors less those that name nothing and add up what stands above them, all of it or the group's."""
    nameless = [at for at in anchors if not lines[at].words(*_NAMING)]
    if len(nameless) > len(anchors) // 3:
        return list(anchors)
    kept: list[int] = []
    since = 0
    for at in anchors:
        group = [lines[k] for k in kept[since:]]
        if at in nameless and (adds_up(lines[at], group) or adds_up(lines[at], [lines[k] for k in kept])):
            since = len(kept)
        else:
            kept.append(at)
    return kept


def is_bare_sum(last: Line, items: Sequence[Line]) -> bool:
    """True for a sum without a label: numbers alone, that add the items up or lack what marks each of them."""
    named = last.words(*_NAMING)
    if not items or named or last.filled("number") or last.filled("package_range"):
        return False
    marked = [c for c in ("number", "package_range") if all(x.filled(c) for x in items)]
    return bool(marked) or adds_up(last, items)


def _opening(lines: Sequence[Line], at: int) -> Line | None:
    """The line of words right above, on which an item begins whose numbers stand lower."""
    above = lines[at - 1] if at else None
    near = above is not None and above.kind == "text" and _gap(above, lines[at]) < _WITHIN * lines[at].box.height
    return above if near else None


def _plainly_item(line: Line, items: Sequence[Line], above: Line | None) -> bool:
    """True below a sum for what has a name, and either all the numbers of the items above or the next line number."""
    named = bool(line.words("description", "part_number", "item"))
    if named and items and line.counts() and _next_number(line, items[-1]):
        return True
    measured = line.counts() >= min((x.counts() for x in items), default=2) > 1
    enough = max(3, min((x.counts() for x in items), default=0) - 1)
    measured = measured or (line.filled("quantity") and line.counts() >= enough)
    numbered = any(lane.column.concept in ("number", "package_range") for lane in line.grid.lanes)
    marked = any(x.filled("number") or x.filled("package_range") for x in (line, above) if x is not None)
    return named and measured and (not numbered or marked)


def _next_number(line: Line, last: Line) -> bool:
    """A line that carries the next number and words, its own numbers unread: a row must not vanish."""
    number, before = line.running_number, last.running_number
    return number is not None and before is not None and number == before + 1 and bool(line.words("description"))


def _gap(upper: Line, lower: Line) -> float:
    return -upper.box.overlap_y(lower.box)


def _divides(upper: Line, lower: Line, ruled: Sequence[float]) -> bool:
    return any(upper.box.middle_y < y < lower.box.middle_y for y in ruled)


def _before_first(
    lines: Sequence[Line], first: Block, ruled: Sequence[float], alignment: Alignment
) -> tuple[list[Line], tuple[Line, ...]]:
    """Lines above the first item: its own where numbers do not stand on top, else headings or the last page's rest."""
    texts = [x for x in lines if x.kind == "text"]
    headings = tuple(x for x in lines if x.kind == "heading")
    own = [x for x in texts if alignment != "top" and not _divides(x, first.anchor, ruled)]
    first.lines.extend(own)
    return [x for x in texts if x not in own], headings


def _between(
    lines: Sequence[Line], pair: tuple[Block, Block], ruled: Sequence[float], layout: tuple[Alignment, Sequence[float]]
) -> tuple[Line, ...]:
    """Shares the lines between two items out to them; what is left are headings for the items below."""
    upper, lower = pair
    alignment, heads = layout
    band = [x for x in lines if x.kind in ("text", "heading", "end")]
    marks = [x for x in band if x.only_marks]
    texts = [x for x in band if not x.only_marks]
    upper.lines.extend(marks)
    if _divides(upper.anchor, lower.anchor, ruled):
        own = [x for x in texts if not _divides(upper.anchor, x, ruled)]
        theirs = [x for x in texts if x not in own and not _divides(x, lower.anchor, ruled)]
        upper.lines.extend(own)
        lower.lines.extend(theirs)
        return tuple(x for x in texts if x not in own and x not in theirs)
    headings = _headings(texts, upper.anchor, heads)
    rest = [x for x in texts if x not in headings]
    cut = _cut(rest, pair, alignment)
    upper.lines.extend(rest[:cut])
    lower.lines.extend(rest[cut:])
    return headings


def heading_starts(lines: Sequence[Line]) -> list[float]:
    """Where the headings above a first item begin: lines like them further down are headings too."""
    anchors = _anchors(lines)
    return [x.box.x0 for x in lines[: anchors[0]] if x.kind == "heading"] if anchors else []


def _begins_at(line: Line, heads: Sequence[float]) -> bool:
    return line.kind == "heading" and any(abs(line.box.x0 - x) < 0.3 * line.box.height for x in heads)


def _headings(texts: Sequence[Line], above: Line, heads: Sequence[float]) -> tuple[Line, ...]:
    """Heading-like lines that stand apart from the item above, and all below the first such line."""
    gaps = [_gap(a, b) for a, b in zip([above, *texts], texts, strict=False)]
    usual = min(gaps, default=0.0)
    for at, line in enumerate(texts):
        outdented = line.box.x0 < min((w.box.x0 for w in above.words("description")), default=0.0) - line.box.height
        apart = outdented or gaps[at] > 1.3 * max(usual, 1.0) or _begins_at(line, heads)
        if line.kind == "heading" and apart:
            return tuple(texts[at:])
    return ()


def _cut(texts: Sequence[Line], pair: tuple[Block, Block], alignment: Alignment) -> int:
    """How many of the lines belong to the upper item."""
    if alignment == "top":
        return len(texts)
    if alignment == "bottom":
        return 0
    chain = [pair[0].anchor, *texts, pair[1].anchor]
    gaps = [_gap(a, b) for a, b in pairwise(chain)]
    return gaps.index(max(gaps))


def _usual_gap(blocks: Sequence[Block]) -> float:
    """The usual gap between the lines of one item, by those seen so far."""
    gaps: list[float] = []
    for block in blocks:
        lines = sorted((x for x in block.lines if not x.only_marks), key=lambda x: x.box.middle_y)
        gaps.extend(_gap(a, b) for a, b in pairwise(lines))
    return median(gaps) if gaps else 0.45 * blocks[0].anchor.box.height


def _after_last(anchor: Line, lines: Sequence[Line], ruled: Sequence[float], usual: float) -> list[Line]:
    """The wrapped lines below the last item, up to a sum, a rule, a wide gap or a line that stands outside."""
    kept: list[Line] = []
    last = anchor
    limit = max(_FAR * usual, 0.6 * anchor.box.height)
    for line in lines:
        if line.only_marks and line.kind in ("text", "heading"):
            kept.append(line)
            continue
        if line.kind not in ("text", "heading") or _gap(last, line) > limit or _divides(last, line, ruled):
            break
        outside = line.box.x0 < _left_edge(anchor) - line.box.height and not _in_one_band(anchor, line, ruled)
        if outside or (line.counts() and not line.only_stacked and not _names_weight(line)):
            break
        kept.append(line)
        last = line
    return kept


def _names_weight(line: Line) -> bool:
    """Nothing but a weight that says itself which it is, below another: "net 480.00 KG"."""
    words = line.words("weight")
    return len(words) == len(line.row.words) and all(part.name for part in parts_of(words, open_start=True))


def _in_one_band(upper: Line, lower: Line, ruled: Sequence[float]) -> bool:
    """Whether two rules next to each other enclose both."""
    return any(top < upper.box.middle_y and lower.box.middle_y < end for top, end in pairwise(ruled))


def _left_edge(anchor: Line) -> float:
    """Where the words of items begin: further lines do not begin left of them."""
    names = ("description", "part_number", "item", "code", "hs_code", "marks")
    starts = [lane.x0 for lane in anchor.grid.lanes if lane.column.concept in names]
    return min(starts, default=anchor.box.x0)
