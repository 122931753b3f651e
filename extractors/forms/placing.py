"""Which printed words a value rests on, so that its field's box encloses them and its text is what they spell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from extractors.fieldmaking import field_from
from extractors.forms.lines import chains, line_text, visual_lines
from extractors.layout.spans import joined
from extractors.values.printing import evened
from schemas.fields import Field
from schemas.geometry import union
from schemas.pages import Page, Word

T = TypeVar("T")


def squeezed(text: str) -> str:
    """The text without any space and with even typography: what two breakings of one text share."""
    return "".join(evened(text).split())


def covering(words: Sequence[Word], printed: str) -> tuple[int, int] | None:
    """The shortest run `start:end` of words that holds the printed text; None where they do not."""
    wanted = squeezed(printed)
    texts = [squeezed(w.text) for w in words]
    for start in range(len(words)):
        run = ""
        for end in range(start, len(words)):
            run += texts[end]
            if wanted in run:
                return _shortened(texts, start, end + 1, wanted)
    return None


def _shortened(texts: Sequence[str], start: int, end: int, wanted: str) -> tuple[int, int]:
    while start + 1 < end and wanted in "".join(texts[start + 1 : end]):
        start += 1
    return start, end


def words_for(words: Sequence[Word], printed: str) -> Sequence[Word]:
    """The words that print the text, all words where it cannot be found among them."""
    run = covering(words, printed)
    return words[run[0] : run[1]] if run else words


def placed(words: Sequence[Word], value: T, page: Page, *, parse: Callable[[str], T | None] | None = None) -> Field[T]:
    """The field of these words; its text is all that stands in its box, line by line.

    The box round a value of several lines may enclose its neighbours on the first one: the text tells what is there.
    """
    box = union(w.box for w in words)
    inside = [w for w in page.words if box.contains_middle_of(w.box)]
    if {id(w) for w in inside} == {id(w) for w in words}:
        return field_from(words, value, page, parse=parse)
    lines = visual_lines(chains(page, inside))
    return field_from(words, value, page, text=joined(line_text(line) for line in lines), parse=parse)
