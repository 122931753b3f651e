"""Values out of a box's lines: parties, countries, dates, references, weights."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from rapidfuzz.distance import Levenshtein

from extractors.context import Context
from extractors.forms.boxes import FormPage
from extractors.forms.labels import FormLabel, letters_of
from extractors.forms.lines import line_text, words_of
from extractors.forms.placing import placed, words_for
from extractors.layout import Span
from extractors.layout.spans import joined
from extractors.lexicon import lexicon
from extractors.values.countries import find_country, parse_country
from extractors.values.dates import ambiguous_dates, find_dates
from extractors.values.identifiers import clean_reference
from extractors.values.parties import parse_party
from extractors.values.weights import parse_volume_m3, parse_weight_kg
from schemas.fields import Alternative, Field
from schemas.pages import Page, Word
from schemas.values import Party

Lines = Sequence[Sequence[Span]]
T = TypeVar("T")
Picker = Callable[[Page, Lines], Field[T] | None]
Reading = Callable[[str], str | None]

_MOST_PARTY_LINES = 8


def is_phrase(concept: str, text: str) -> bool:
    """True where the text is one of the lexicon's phrases and nothing else."""
    wanted = letters_of(text)
    return bool(wanted) and any(_same(letters_of(p), wanted) for p in lexicon("forms").phrases(concept))


_MISREAD = 0.85


def _same(phrase: str, text: str) -> bool:
    """Alike up to a misread letter in seven; short phrases exactly."""
    return phrase == text or (len(phrase) > 7 and Levenshtein.normalized_similarity(phrase, text) >= _MISREAD)  # noqa: PLR2004


def first_value(form: FormPage, labels: Sequence[FormLabel], pick: Picker[T]) -> Field[T] | None:
    """The first of these titles whose box gives a value."""
    for label in labels:
        field = pick(form.page, form.value_lines(label))
        if field is not None:
            return field
    return None


def party(page: Page, lines: Lines) -> Field[Party] | None:
    """The party in the box; a phrase that points elsewhere ("same as consignee", "unknown") is none."""
    kept = [line for line in lines[:_MOST_PARTY_LINES] if len(letters_of(line_text(line))) > 1]
    if not kept or _refers_elsewhere(line_text(kept[0])):
        return None
    words = _behind_title(words_of(kept[:1])), *(words_of([line]) for line in kept[1:])
    found = parse_party([joined(w.text for w in line) for line in words if line])
    return placed([w for line in words for w in line], found, page) if found else None


def _behind_title(words: Sequence[Word]) -> Sequence[Word]:
    """Without the end of the title's bracket, which may run on to the next line: "facultativa) Ortega SL"."""
    at = next((at for at, w in enumerate(words) if w.text.endswith(")") and "(" not in w.text), None)
    tail = words[: at + 1] if at is not None else ()
    return words[len(tail) :] if all(w.text.islower() for w in tail) else words


def _refers_elsewhere(text: str) -> bool:
    return is_phrase("same_as_consignee", text) or is_phrase("unknown_party", text)


def country(page: Page, lines: Lines) -> Field[str] | None:
    """The first line that is a country, else the last country named in a line."""
    for find in (parse_country, _first_part, find_country):
        for line in lines:
            code = find(line_text(line))
            if code:
                return placed(words_of([line]), code, page, parse=parse_country)
    return None


def _first_part(text: str) -> str | None:
    """Of "SPAIN - EUROPEAN UNION" and "GERMANY (EU)" the first."""
    return parse_country(re.split(r"\s+[-–/]\s+|\(", text)[0])


def reference(page: Page, lines: Lines) -> Field[str] | None:
    """The first line that holds a number, without what stands round it."""
    for line in lines:
        text = clean_reference(_DATED.split(line_text(line))[0])
        if text and len(text) < 40:  # noqa: PLR2004  a longer text with a digit in it is a sentence
            return placed(words_for(words_of([line]), text), text, page, parse=clean_reference)
    return None


_DATED = re.compile(r"(?<=[\w)])\s+/\s+(?=\d{1,4}[.\s/-]\s?\w+[.\s/-]\s?\d{2,4}\s*$)")
"""What divides a number from its date under "No. / date of issue"."""


def text(page: Page, lines: Lines) -> Field[str] | None:
    """All that stands in the box, in one line."""
    words = words_of(lines)
    value = joined(w.text for w in words).strip(" |_:;,*")
    return placed(words, value, page) if any(c.isalnum() for c in value) else None


def first_line(page: Page, lines: Lines) -> Field[str] | None:
    return text(page, lines[:1])


def place(page: Page, lines: Lines) -> Field[str] | None:
    """The first line without a date: the box of a CMR note asks for place and date of taking over."""
    for line in lines[:1]:
        words = words_of([line])
        for _, matched in find_dates(line_text(line), "dmy"):
            dated_words = words_for(words, matched)
            words = [w for w in words if w not in dated_words]
        value = joined(w.text for w in words).strip(" |_:;,*")
        if any(c.isalpha() for c in value):
            return placed(words, value, page)
    return None


def dates(page: Page, words: Sequence[Word], context: Context) -> list[Field[dt.date]]:
    """All dates in these words; one that only habit could settle is not among them."""
    printed = joined(w.text for w in words)
    found = []
    for value, matched in find_dates(printed, context.date_order):
        field = placed(words_for(words, matched), value, page)
        found.append(_with_other_order(field, matched))
    return found


def dated(context: Context) -> Picker[dt.date]:
    """Picks the first date of a box."""

    def pick(page: Page, lines: Lines) -> Field[dt.date] | None:
        return next((date for line in lines for date in dates(page, words_of([line]), context)), None)

    return pick


def _with_other_order(field: Field[dt.date], matched: str) -> Field[dt.date]:
    """A numeric date keeps its other reading as an alternative."""
    others = [d for d in ambiguous_dates(matched) if d != field.value]
    more = tuple(Alternative[dt.date](value=d, text=matched, confidence=0.05) for d in others)
    return field.model_copy(update={"alternatives": (*field.alternatives, *more)}) if more else field


def weight(
    page: Page, words: Sequence[Word], context: Context, *, default_unit: str | None = None
) -> Field[Decimal] | None:
    """The first mass in these words; a bare number counts only where the column gives its unit."""
    return _measure(page, words, lambda t: _massed(t, context, default_unit), bare=default_unit is not None)


def _massed(text: str, context: Context, default_unit: str | None) -> Decimal | None:
    return parse_weight_kg(text, context.number_style, default_unit=default_unit or "KGM")


def volume(page: Page, words: Sequence[Word], context: Context, *, bare: bool = False) -> Field[Decimal] | None:
    """The first volume in these words; `bare` where the column's title gives the unit."""
    return _measure(page, words, lambda t: parse_volume_m3(t, context.number_style), bare=bare)


def _measure(
    page: Page, words: Sequence[Word], parse: Callable[[str], Decimal | None], *, bare: bool
) -> Field[Decimal] | None:
    for start in range(len(words)):
        for length in (3, 2, 1):
            run = words[start : start + length]
            printed = joined(w.text for w in run).strip(" ,;:|")
            if len(run) < length or not run[0].text[0].isdigit() or "(" in printed or ")" in printed:
                continue
            if start and _split_thousands(words[start - 1], run[0]):
                continue
            behind = words[start + length : start + length + 1]
            if behind and (_split_thousands(run[-1], behind[0]) or (bare and _measures_else(run, behind[0]))):
                continue
            if not bare and not re.search(r"[^\W\d_]", printed):
                continue
            value = parse(printed)
            if value is None and _in_groups(run):
                value = parse(_GROUP_SPACE.sub("", printed))
            if value is not None:
                return placed(run, value, page, parse=parse)
    return None


_GROUP_SPACE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def _in_groups(words: Sequence[Word]) -> bool:
    """True for "12 173,84 kg": groups of three a narrow space apart, then decimals."""
    figures = [w for w in words if w.text[0].isdigit()]
    together = all(_split_thousands(left, right) for left, right in pairwise(figures))
    return len(figures) > 1 and together and bool(re.fullmatch(r"\d{3}[.,]\d{1,2}", figures[-1].text))


def _measures_else(run: Sequence[Word], behind: Word) -> bool:
    """True for a bare number before a unit that was not understood with it: "20.100 m3" is no weight."""
    bare = not any(c.isalpha() for w in run for c in w.text)
    return bare and (parse_volume_m3(f"1 {behind.text}", None) is not None or behind.text[0].isalpha())


def _split_thousands(left: Word, right: Word) -> bool:
    """True where the digits before belong to the same number: "2 059,16"."""
    gap = right.box.x0 - left.box.x1
    return (
        bool(re.fullmatch(r"\d{1,3}", left.text))
        and bool(re.match(r"\d{3}(?!\d)", right.text))
        and gap < 0.7 * right.box.height
    )


_GROSS = ("gross", "g.w", "gw", "brut", "lord", "rohmasse", "rohgewicht", "毛")
_NET = ("net", "n.w", "nw", "netto", "净")


def says_gross(text: str) -> bool:
    """True where the text names a gross weight."""
    return _has(text, _GROSS)


def says_net(text: str) -> bool:
    """True where the text names a net weight."""
    return _has(text, _NET)


def _has(text: str, beginnings: tuple[str, ...]) -> bool:
    return any(part.strip("(:/").startswith(beginnings) for part in text.casefold().split())


def behind_gross(words: Sequence[Word]) -> Sequence[Word]:
    """The words from "gross" on where it stands there, else those before a net weight."""
    gross = next((i for i, w in enumerate(words) if says_gross(w.text)), None)
    if gross is not None:
        return words[gross:]
    return words[: next((i for i, w in enumerate(words) if says_net(w.text)), len(words))]
