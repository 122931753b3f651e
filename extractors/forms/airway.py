"""What only air waybills print: the number with its check digit, and charges marked in one of two narrow columns."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.forms.boxes import FormPage
from extractors.forms.labels import FormLabel
from extractors.forms.placing import placed
from extractors.values.freight import FreightTerms
from schemas.fields import Field
from schemas.geometry import Box
from schemas.pages import Word

_NUMBER = re.compile(r"(?<!\d)(\d{3})[-\s–]?(\d{4})\s?(\d{4})(?!\d)")
_MARK = re.compile(r"^[xX✓✔☑☒×]{1,2}$|^(?:PP|CC|PPD|COL)$")
_SEVEN = 7
_PREFIX = 3


def check_digit_holds(serial: str) -> bool:
    """IATA resolution 600a: the eighth digit is the first seven modulo seven."""
    return int(serial[:7]) % _SEVEN == int(serial[7])


def airway_number(form: FormPage) -> Field[str] | None:
    """Airline prefix and serial number; a number whose check digit holds goes before one whose does not."""
    found: list[tuple[bool, bool, Field[str]]] = []
    for words in _pieces(form):
        match = _NUMBER.search(" ".join(w.text for w in words))
        if match is None:
            continue
        serial = match[2] + match[3]
        field = placed(words, f"{match[1]}-{serial}", form.page)
        sound = check_digit_holds(serial)
        at_edge = words[0].box.top < 0.2 * form.page.height or words[0].box.top > 0.6 * form.page.height
        found.append((sound, at_edge, field.witnessed("check_digit") if sound else field))
    return max(found, key=lambda f: (f[0], f[1], f[2].confidence))[2] if found else None


def _pieces(form: FormPage) -> list[tuple[Word, ...]]:
    """Single words, and neighbours on one line: prefix and serial are often set apart."""
    pieces: list[tuple[Word, ...]] = []
    for span in form.spans:
        words = [w for w in span.words if any(c.isdigit() for c in w.text)]
        pieces += [(w,) for w in words]
        pieces += [(a, b) for a, b in pairwise(words) if len(a.text.strip("-")) in {3, 8}]
        pieces += [
            (a, b, c) for a, b, c in zip(words, words[1:], words[2:], strict=False) if len(a.text.strip("-")) == _PREFIX
        ]
    return pieces


def marked_terms(form: FormPage) -> Field[FreightTerms] | None:
    """The column of the two, PPD and COLL, that holds a mark; None where neither or both do."""
    marks: list[tuple[FreightTerms, Word]] = []
    columns: tuple[tuple[str, FreightTerms], ...] = (("ppd", "prepaid"), ("coll", "collect"))
    for concept, terms in columns:
        for label in form.labelled(concept):
            marks += [(terms, w) for w in form.page.words if _MARK.match(w.text) and _below(form, label, w)]
    kinds = {terms for terms, _ in marks}
    if len(kinds) != 1:
        return None
    terms, word = marks[0]
    return placed((word,), terms, form.page)


def _below(form: FormPage, label: FormLabel, word: Word) -> bool:
    box = label.box
    column = Box(box.x0 - 6, box.bottom - 1, box.x1 + 6, box.bottom + 3.0 * form.text_height)
    return column.contains_middle_of(word.box)
