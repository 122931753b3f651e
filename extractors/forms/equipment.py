"""The line of a container as liner bills print it: "ABCU1234567  SEAL12345  40 DRY 9'6  46 CARTONS  1,234.5 KGS"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.context import Context
from extractors.forms.boxes import FormPage
from extractors.forms.lines import line_text, visual_lines, words_of
from extractors.forms.packaged import counted
from extractors.forms.placing import placed
from extractors.layout.spans import joined
from extractors.values.identifiers import find_containers
from schemas.fields import Field
from schemas.pages import Word

_SIZE = re.compile(
    r"(?<!\w)(?:20|40|45)\s*['’´`]?\s*(?:DRY|STD|GP|HC|HQ|DC|DV|ST|RF|RH|OT|FR|FT|TK)(?!\w)", re.IGNORECASE
)
_SEAL = re.compile(r"(?=\w*\d{4})[A-Z]{0,5}-?\d{4,12}[A-Z]?")
_SAID = re.compile(r"\b(?:SAID TO CONTAIN|S\.?\s?T\.?\s?C\.?)\W+(?P<what>\d.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the lines of containers tell: seals and packages; a value is None where not every container has one."""

    packages: Field[Decimal] | None = None
    package_kind: Field[str] | None = None
    seal: Field[str] | None = None


def loaded(forms: Sequence[FormPage], context: Context) -> Loaded:
    """Seals and packages by the lines of containers of the first page that has such; none that the page contradicts."""
    for form in forms:
        lines = list(_equipment_lines(form))
        if lines:
            counts = [found for line in lines if (found := _count(line, context))]
            whole = len(counts) == len(lines) and _as_said(form, counts, context)
            return Loaded(
                packages=_sum(form, counts) if whole else None,
                package_kind=_kind(form, counts) if whole else None,
                seal=_seal(form, lines),
            )
    return Loaded()


_Count = tuple[Decimal, str, list[Word]]


def _equipment_lines(form: FormPage) -> Iterator[list[Word]]:
    """The words behind each container's number, where the size of the container stands among them."""
    for line in visual_lines(form.spans):
        words = words_of([line])
        at = next((i for i, w in enumerate(words) if find_containers(w.text)), None)
        if at is not None and _SIZE.search(joined(w.text for w in words[at + 1 :])):
            yield words[at + 1 :]


def _count(words: Sequence[Word], context: Context) -> _Count | None:
    for at, word in enumerate(words):
        found = counted(joined(w.text for w in words[at:]), context.number_style) if word.text[0].isdigit() else None
        if found:
            return found[0], found[1], list(words[at : at + 2])
    return None


def _as_said(form: FormPage, counts: Sequence[_Count], context: Context) -> bool:
    """False where "said to contain" tells another number of packages."""
    told = [
        found[0]
        for line in visual_lines(form.spans)
        if (said := _SAID.search(line_text(line))) and (found := counted(said["what"], context.number_style))
    ]
    return not told or sum(told) == sum(count for count, _, _ in counts)


def _sum(form: FormPage, counts: Sequence[_Count]) -> Field[Decimal]:
    return placed([w for _, _, words in counts for w in words], sum((c for c, _, _ in counts), Decimal()), form.page)


def _kind(form: FormPage, counts: Sequence[_Count]) -> Field[str]:
    kinds = dict.fromkeys(kind for _, kind, _ in counts)
    return placed([w for _, _, words in counts for w in words], "; ".join(kinds), form.page)


def _seal(form: FormPage, lines: Sequence[Sequence[Word]]) -> Field[str] | None:
    """The first container's seal, the one word between its number and its size."""
    words = lines[0]
    behind = joined(w.text for w in words[1:])
    first = words[0]
    named = _SEAL.fullmatch(first.text) and _SIZE.match(behind)
    return placed([first], first.text, form.page) if named else None
