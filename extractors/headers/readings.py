"""Words near a label read as what the field holds: a reference, a date, an amount, a party."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from extractors.context import Context
from extractors.layout import Span, span_of
from extractors.layout.spans import joined
from extractors.lexicon import lexicon
from extractors.values.countries import parse_country
from extractors.values.dates import find_dates
from extractors.values.identifiers import find_containers
from extractors.values.legal_forms import ends_in_form
from extractors.values.parties import parse_party
from schemas.pages import Page, Word
from schemas.values import Party

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_REFERENCE = re.compile(r"[-/]?[A-Z0-9][A-Z0-9/\-._#+&]*[.,;:]?$")
_LONG = 5
_TORN = re.compile(r"\s(?=[-/])|(?<=[-/])\s")
"""A space at a hyphen inside a number: reading tore it apart."""
_CHINESE = re.compile(r"[\u3400-\u9fff]{2}")
_BETWEEN = re.compile(r"\s[·•|–—-]\s")
_FEWEST_PARTS = 2
_FROM = frozenset({"from", "von", "de", "da"})
"""Titles over the sender that are too short to be looked for anywhere else."""
_SAME = re.compile(
    r"(?:(?:the )?same(?: as .+)?|as (?:above|(?:the )?(?:consignee|customer|buyer|ship|bill)\b.*)|ditto"
    r"|identi(?:que|co|ca|sch|cal)\b.*|idem\b.*|wie (?:oben|[A-ZÄÖÜ]\w+)|siehe .+|(?:la|el) mism[ao]\b.*"
    r"|igual que .+|l[oa] stess[oa]\b.*|come (?:sopra|il |la |[a-z]+$).*|(?:le|la) même\b.*"
    r"|同(?:上|客户|收货人|买方).*)$",
    re.IGNORECASE,
)
"""What stands for a party already named."""
_MOST_REFERENCE_WORDS = 3
_MOST_VALUE_WORDS = 6


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A value and the words that print it."""

    value: T_co
    words: tuple[Word, ...]
    page: Page

    @property
    def text(self) -> str:
        return joined(w.text for w in self.words)


def leading(span: Span, parse: Callable[[str], T | None], *, most: int = _MOST_VALUE_WORDS) -> Found[T] | None:
    """The longest run of leading words that `parse` understands."""
    for end in range(min(most, len(span.words)), 0, -1):
        words = span.words[:end]
        if _cuts_a_number(span.words, end):
            continue
        value = parse(joined(w.text for w in words))
        if value is not None:
            return Found(value, words, span.page)
    return None


def _cuts_a_number(words: Sequence[Word], end: int) -> bool:
    """True where "3 177,64" would be cut behind its first group."""
    return end < len(words) and words[end - 1].text[-1].isdigit() and words[end].text[0].isdigit()


def reference(span: Span) -> Found[str] | None:
    """An identifier of one to three words in capitals and digits ("ORD 82218"), with a digit somewhere."""
    words: list[Word] = []
    for word in _without_specks(span.words)[:_MOST_REFERENCE_WORDS]:
        if not _REFERENCE.match(word.text) or (words and _is_field(word)):
            break
        words.append(word)
        if word.text.endswith((",", ";", ".", ":")):
            break
    text = _TORN.sub("", joined(w.text for w in words)).strip(" .,;:#")
    if not words or not re.search(r"\d", text) or len(text) < 2:  # noqa: PLR2004  a lone digit names nothing
        return None
    return Found(text, tuple(words), span.page)


def _without_specks(words: Sequence[Word]) -> Sequence[Word]:
    """Without a lone digit before a longer number: a speck or a rule read as "1"."""
    speck = len(words) > 1 and words[0].text.isdigit() and len(words[0].text) == 1
    return words[1:] if speck and len(words[1].text) >= _LONG and any(c.isdigit() for c in words[1].text) else words


def _is_field(word: Word) -> bool:
    """True for a word that is a label of its own ("DATE"), which a reference does not run into."""
    return lexicon().concept_of(word.text) is not None


def day(span: Span, context: Context) -> Found[dt.date] | None:
    """The first date in the words."""
    text = span.text
    for value, matched in find_dates(text, context.date_order):
        words = spelling(span.words, matched)
        if words and not _cuts_a_number(span.words, _index(span.words, words[-1]) + 1):
            return Found(value, words, span.page)
    return None


def _index(words: Sequence[Word], word: Word) -> int:
    return next(i for i, w in enumerate(words) if w is word)


def spelling(words: Sequence[Word], matched: str) -> tuple[Word, ...]:
    """The shortest run of words whose joined text holds `matched`; none where no run does."""
    wanted = re.sub(r"\s", "", matched)
    for length in range(1, len(words) + 1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if wanted in re.sub(r"\s", "", "".join(w.text for w in run)):
                return tuple(run)
    return ()


def country(span: Span) -> Found[str] | None:
    """The country that the words name, all of them or those up to a comma."""
    return leading(span, parse_country)


def party(lines: Sequence[Span]) -> Found[Party] | None:
    """The party of a block of lines. Where a Chinese name stands above the Latin one, the Latin one is the name."""
    while len(lines) > 1 and _CHINESE.search(lines[0].text) and not _CHINESE.search(lines[1].text):
        lines = lines[1:]
    told = _named_first(lines)
    value = None if not told or _SAME.match(told[0].text) else parse_party([line.text for line in told])
    if value is None or sum(c.isalpha() for c in value.name) < 3:  # noqa: PLR2004  initials are no name
        return None
    return Found(value, tuple(w for line in lines for w in line.words), lines[0].page)


def _named_first(lines: Sequence[Span]) -> Sequence[Span]:
    """The lines with the number that stands over the name behind them; none where hardly anything else is there."""
    if not _is_detail(lines[0]):
        return lines
    return [*lines[1:], lines[0]] if len(lines) > _FEWEST_PARTS else []


def _is_detail(line: Span) -> bool:
    """True for a tax number or the like that stands over the name: "EORI: ATU61940945"."""
    first = next(iter(lexicon().find(line.words)), None)
    numbered = any(c.isdigit() for c in line.words[-1].text)
    return first is not None and first.start == 0 and first.concept == "party_detail" and numbered


def letterhead(lines: Sequence[Span]) -> Found[Party] | None:
    """The party of a letterhead: lines of an address, or one or two lines with dots or dashes between its parts."""
    if len(lines) > _FEWEST_PARTS and lines[0].text.casefold().strip(":") in _FROM:
        lines = lines[1:]
    parts = [p for line in lines for p in _BETWEEN.split(line.text) if p.strip()]
    if len(parts) < _FEWEST_PARTS:
        return None
    if len(parts) == len(lines):
        found = party(lines)
    else:
        value = parse_party(parts)
        found = Found(value, tuple(w for line in lines for w in line.words), lines[0].page) if value else None
    return found if found and _is_name(found.value.name) else None


def _is_name(text: str) -> bool:
    """False for a street: digits without a legal form behind them."""
    return not any(c.isdigit() for c in text) or ends_in_form(text)


def text_of(lines: Sequence[Span], *, strip: str = " .;:,") -> Found[str] | None:
    """Free text of one or several lines, without the punctuation at its ends."""
    words = tuple(w for line in lines for w in line.words)
    text = joined(w.text for w in words).strip(strip)
    return Found(text, words, lines[0].page) if any(c.isalnum() for c in text) else None


def marks_of(lines: Sequence[Span]) -> Found[str] | None:
    """Shipping marks: all that is printed, but for a container's number among them, which is a field of its own."""
    kept = [part for line in lines if (part := _without_containers(line)) is not None]
    return text_of(kept, strip=" ;:,") if kept else None


def _without_containers(line: Span) -> Span | None:
    numbers = {number for number, _ in find_containers(line.text)}
    words = [w for w in line.words if re.sub(r"\W", "", w.text) not in numbers]
    return span_of(line.page, words) if words else None
