"""Blocks of lines: an address under its label, the text of a form cell, a letterhead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.headers.occurrences import Place, Sheet
from extractors.layout import Row, Span
from extractors.lexicon import lexicon

MOST_LINES = 9
"""Lines of an address block at most."""
_WRAP = 1.6
"""Line pitch in text heights of one wrapped value."""
_PITCH = 1.9
"""Line pitch in text heights beyond which a block ends."""
_PARTS_IN_A_ROW = 4
"""Spans of one line that make it a letterhead whose dots between name, street, town and country were not read."""
_OF_PARTIES = frozenset({"party_detail", "stop_tax"})
"""Labels of lines that belong to a party's block: telephone, tax number."""
_OFF_CENTRE = 0.03
"""Share of the page's width by which a centred line may miss the middle."""
_HEAD = 0.33
"""Share of the first page's height in which a letterhead stands."""


def block_at(sheet: Sheet, first: Span, *, through_labels: bool = False) -> list[Span]:
    """The lines that begin with this span and go on below it, inside the same cell.

    With `through_labels` a line that looks like a label does not end it: shipping marks hold "P.O." and "C/NO.".
    """
    cell = sheet.cells.around(first.box)
    lines = [first]
    for row in sheet.rows[_row_of(sheet, first) + 1 :]:
        step = row.box.middle_y - lines[-1].box.middle_y
        if step <= 0.3 * lines[-1].height:  # a crooked part of the same line
            continue
        if step > _PITCH * max(lines[-1].height, 7.0) or len(lines) == MOST_LINES:
            break
        span = next((s for s in row.spans if cell.contains_middle_of(s.box) and _aligned(lines, s)), None)
        if span is None:  # a line of another column between two of this one
            continue
        if step > _PITCH * max(7.0, min(lines[-1].height, span.height)) or (not through_labels and _ends(sheet, span)):
            break
        lines.append(span)
    return lines


def continued(sheet: Sheet, place: Place) -> list[Span]:
    """A value beside its label and the lines under it that have no label to their left: it wraps."""
    first, label = place.span, place.label.span.box
    lines = [first]
    for row in sheet.rows[_row_of(sheet, first) + 1 :]:
        step = row.box.middle_y - lines[-1].box.middle_y
        span = row.spans[-1]
        letter = span.box.width / max(1, len(span.text))
        wraps = 0.3 * first.height < step < _WRAP * max(7.0, first.height) and abs(span.box.x0 - first.box.x0) < letter
        if not wraps or sheet.is_label(span) or any(s.box.overlap_x(label) > 0 for s in row.spans[:-1]):
            break
        lines.append(span)
    return lines


def wrapped(sheet: Sheet, place: Place) -> list[Span]:
    """A value under its label and the lines that go on with it: no farther apart than label and value, set alike."""
    lines, step = [place.span], place.span.box.middle_y - place.label.words.box.middle_y
    for span in block_at(sheet, place.span)[1:]:
        drop = span.box.middle_y - lines[-1].box.middle_y
        if drop > max(step, 1.35 * span.height) * 1.1 or sheet.is_label(span) or not _goes_on(lines[-1], span):
            break
        lines.append(span)
    return lines


_SAME_SIZE = 0.3


def _goes_on(line: Span, span: Span) -> bool:
    """True where the next line is set as this one and neither begins anew nor begins with a capital after a stop."""
    printed = line.words[0].reader == "text_layer"  # an engine's sizes waver
    alike = not printed or (line.bold == span.bold and abs(line.words[-1].size - span.words[0].size) < _SAME_SIZE)
    first, last = span.text[0], line.text[-1]
    unfinished = first.islower() or last in ",-/&" or (first.isdigit() and last not in ".;")
    return alike and (unfinished or (last not in ".;" and span.box.width < line.box.width))


def _row_of(sheet: Sheet, span: Span) -> int:
    """The row that holds the span's words; a span cut from another keeps its words."""
    middle = span.box.middle_y
    return min(range(len(sheet.rows)), key=lambda i: abs(sheet.rows[i].box.middle_y - middle))


def _ends(sheet: Sheet, span: Span) -> bool:
    """True for a line that begins with another field's label; lines such as "Tel …" belong to the party."""
    labels = [o for o in sheet.labels_in(span) if o.start == 0]
    return any(o.concept != "party_detail" and (o.colon or o.end == len(span.words)) for o in labels)


def _aligned(lines: Sequence[Span], span: Span) -> bool:
    """True where the span carries on the block: on its left edge, or centred under it."""
    letter = span.box.width / max(1, len(span.text))
    left = min(abs(span.box.x0 - line.box.x0) for line in lines)
    centred = abs(span.box.middle_x - lines[-1].box.middle_x)
    return left < 1.8 * letter or centred < 1.5 * letter


def letterheads(sheet: Sheet) -> Iterator[list[Span]]:
    """Blocks without a label at the head of a page, from top to bottom."""
    used: set[int] = set()
    for row in sheet.rows:
        if row.box.top > sheet.page.height * _HEAD:
            return
        if _centred(sheet, row) and not any(_labelled(sheet, s) for s in row.spans):
            block = _centred_block(sheet, row)
            used.update(id(s) for s in block)
            yield block
        if len(row.spans) >= _PARTS_IN_A_ROW and not any(_labelled(sheet, s) for s in row.spans):
            used.update(id(s) for s in row.spans)
            yield list(row.spans)
        for span in row.spans:
            if (
                id(span) in used
                or _labelled(sheet, span)
                or is_title(span)
                or sheet.is_label(span)
                or span.text[0] == "/"
            ):
                continue
            block = block_at(sheet, span)
            used.update(id(s) for s in block)
            yield block


def _is_print(sheet: Sheet, span: Span) -> bool:
    """True for a label, what is left of one, or the paper's title."""
    return _labelled(sheet, span) or sheet.is_label(span) or is_title(span) or span.text[0] == "/"


_UNDER_NAME = 2.5
"""Text heights that may lie between the name at a letterhead's top and its address."""


def heads(name: Span, line: Span) -> bool:
    """True where `line` stands closely under `name`, which has no digits, on one of its edges or centred."""
    if any(c.isdigit() for c in name.text):
        return False
    gap = line.box.top - name.box.bottom
    edges = (name.box.x0 - line.box.x0, name.box.x1 - line.box.x1, name.box.middle_x - line.box.middle_x)
    return -1 < gap < _UNDER_NAME * max(name.height, line.height) and min(map(abs, edges)) < name.height


def _centred(sheet: Sheet, row: Row) -> bool:
    """On the middle of the printed part of the page, which on a photograph is not the middle of the picture."""
    left, right = min(r.box.x0 for r in sheet.rows), max(r.box.x1 for r in sheet.rows)
    off, margin = abs(row.box.middle_x - (left + right) / 2), row.box.x0 - left
    width = sheet.page.width
    return off < _OFF_CENTRE * width and margin > 2 * _OFF_CENTRE * width and not is_title(row.spans[0])


def _centred_block(sheet: Sheet, first: Row) -> list[Span]:
    """The centred lines that follow each other from this one on."""
    block = list(first.spans)
    last = first
    for row in sheet.rows[sheet.rows.index(first) + 1 :]:
        step = row.box.middle_y - last.box.middle_y
        if not _centred(sheet, row) or step > 2 * _PITCH * max(7.0, min(last.box.height, row.box.height)):
            break
        if any(_labelled(sheet, s) for s in row.spans):
            break
        block.extend(row.spans)
        last = row
    return block


def _labelled(sheet: Sheet, span: Span) -> bool:
    return any(o.start == 0 and o.concept not in _OF_PARTIES for o in sheet.labels_in(span))


def is_title(span: Span) -> bool:
    """True where the span is a paper's title and hardly more: "Sales - Invoice"."""
    said = sum(any(c.isalnum() for c in w.text) for w in span.words)
    return any(said <= label.end - label.start + 1 for label in lexicon("titles").find(span.words))
