"""The gross weight of a whole certificate where no line closes its goods: a title or a line of its own states it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.context import Context
from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.labels import FormLabel
from extractors.forms.lines import words_of
from schemas.fields import Field
from schemas.pages import Page, Word


def gross_told(
    forms: Sequence[FormPage], context: Context, *, heads: Sequence[FormLabel] = ()
) -> Field[Decimal] | None:
    """The weight behind the word "gross", with its unit; none where several such words tell different ones.

    `heads` are titles of columns, below which each item has a weight of its own.
    """
    found = [field for page, words in _candidates(forms, heads) if (field := picking.weight(page, words, context))]
    return found[0] if len({field.value for field in found}) == 1 else None


def _candidates(forms: Sequence[FormPage], heads: Sequence[FormLabel]) -> Iterator[tuple[Page, Sequence[Word]]]:
    for form in forms:
        for label in form.labelled("weight"):
            if picking.says_gross(label.text) and label not in heads:
                yield form.page, words_of(form.value_lines(label)[:1])
        for span in form.spans:
            at = next((at for at, w in enumerate(span.words) if picking.says_gross(w.text)), None)
            if at is not None:
                yield form.page, span.words[at + 1 :]
