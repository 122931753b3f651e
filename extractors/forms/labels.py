"""Finding a form's printed titles, though small print is often misread and a title may take three lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from extractors.forms.continuing import BOX_NUMBER, continuations
from extractors.forms.lines import chains, visual_lines
from extractors.layout import Span
from extractors.lexicon import lexicon
from extractors.lexicon.labels import tokens
from schemas.geometry import Box, union
from schemas.pages import Page, Word

VALUE_CONCEPTS = frozenset({"same_as_consignee", "unknown_party", "authority_word", "clause", "mode"})
"""Phrases of the lexicon that stand in a box, not over it."""

_SEPARATOR = re.compile(r"^[\W_]+$")
_BREAK = re.compile(r"[·/;|•–—-]$|^[·/;|•–—-]")


_BARE_HEADS = frozenset({"hs"})
"""A column's title that is also a word of many values: it counts alone."""
_BARE_NUMBER = frozenset({"no", "nr", "num", "number", "nummer", "numero"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """One title of the lexicon, as its letters and digits without spaces."""

    concept: str
    letters: str
    words: int


def letters_of(text: str) -> str:
    """Letters, digits and Chinese characters alone; "N°" is spelt out, whose sign would be lost."""
    return "".join(tokens(re.sub(r"(?i)\bn\.?[°º]", "no", text)))


@cache
def phrases() -> tuple[Phrase, ...]:
    """All titles, longest first."""
    found: dict[str, Phrase] = {}
    entries = lexicon("forms").entries
    for concept, languages in entries.items():
        for some in () if concept in VALUE_CONCEPTS else languages.values():
            for text in some:
                letters = letters_of(text)
                if len(letters) > 1:
                    found.setdefault(letters, Phrase(concept, letters, len(tokens(text))))
    return tuple(sorted(found.values(), key=lambda p: (-len(p.letters), p.letters)))


@dataclass(frozen=True, slots=True)
class FormLabel:
    """A printed title: its concept, the words it takes, and what stands behind it on its last line.

    `left` is where the line begins that it stands on: a title may end a sentence of the form.
    """

    concept: str
    words: tuple[Word, ...]
    rest: tuple[Word, ...]
    number: str | None = None
    left: float = 0.0

    @property
    def box(self) -> Box:
        return union(w.box for w in self.words)

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True)
class _Run:
    """The words a title may go on over: a span and the lines that continue it."""

    words: tuple[Word, ...]
    first: int
    left: float

    @cached_property
    def letters(self) -> list[str]:
        return [letters_of(w.text) for w in self.words]


def form_labels(page: Page) -> list[FormLabel]:
    """All titles on the page, in reading order; no word belongs to two."""
    spans = [span for line in visual_lines(chains(page)) for span in line]
    taken: set[int] = set()
    labels: list[FormLabel] = []
    for at, span in enumerate(spans):
        for label in _labels_of(span, spans[at + 1 :], taken):
            taken.update(id(w) for w in label.words)
            if label.concept in _CERTIFIERS and _behind_tick_box(label, spans[max(0, at - 1)]):
                label = replace(label, concept="tick_option")  # noqa: PLW2901  the same words, another meaning
            if labels and (_in_another_language(labels[-1], label) or _one_column(labels[-1], label)):
                first = labels.pop()
                words = (*first.words, *label.words)
                concept = "goods" if first.concept == "goods" else label.concept
                labels.append(replace(first, concept=concept, words=words, rest=label.rest))
            else:
                labels.append(label)
    return labels


_CERTIFIERS = frozenset({"exporter", "consignee", "producer"})
"""Who may certify an origin: "[ ] Importer [x] Exporter [ ] Producer" are boxes to tick and no titles."""


def _behind_tick_box(label: FormLabel, before: Span) -> bool:
    first, last = label.words[0].box, before.words[-1]
    near = first.overlap_y(last.box) > 0 and 0 < first.x0 - last.box.x1 < 3 * max(first.height, 4.0)
    return near and last.text[-1] in "]☐☑☒□■"


_LISTED_FIRST = frozenset({"item_number", "marks", "package_kind", "goods"})
"""What a column's title may list before the marks or the goods."""


def _one_column(title: FormLabel, other: FormLabel) -> bool:
    """True for "Marks and numbers; number and kind of packages; description": one column for all that it lists."""
    last, first = title.words[-1], other.words[0].box
    return (
        title.concept in _LISTED_FIRST
        and other.concept in {"marks", "goods"}
        and other.number is None
        and last.text.endswith((";", ",", "；"))
        and -1 < first.x0 - last.box.x1 < max(last.box.height, 4.0)
    )


def _in_another_language(title: FormLabel, other: FormLabel) -> bool:
    """True where `other` is the same box's title in the next language, right behind the first or under it."""
    last, first = title.words[-1].box, other.words[0].box
    height = max(last.height, first.height, 4.0)
    behind = first.overlap_y(last) > 0 and -1 < first.x0 - last.x1 < 4 * height
    under = 0 < first.middle_y - last.middle_y < 1.6 * height and abs(first.x0 - title.box.x0) < 2 * height
    ended = behind and title.words[-1].text.endswith((":", "："))  # "Zollstelle: Zollstelle Emden"
    return title.concept == other.concept and other.number is None and not ended and (behind or under)


def _labels_of(span: Span, below: Sequence[Span], taken: set[int]) -> Iterator[FormLabel]:
    words = [w for w in span.words if id(w) not in taken]
    if not words:
        return
    runs = [_Run((*words, *rest), len(words), span.box.x0) for rest in continuations(span, below, taken)]
    start = 0
    while start < len(words):
        found = max((f for run in runs if (f := _at(run, start))), key=lambda f: f.score, default=None)
        if found is None or _ends_another(words, start, found.label):
            start = _next_start(runs[0], start)
            continue
        yield found.label
        start += len(found.label.words)


def _ends_another(words: Sequence[Word], start: int, label: FormLabel) -> bool:
    """True for the "number" of a title like "Ocean vessel and voyage number": it closes the title before it."""
    last = start + len(label.words) == len(words)
    return last and start > 0 and letters_of(label.text) in _BARE_NUMBER and words[start - 1].text.isalpha()


_ENDING = frozenset({"exported_to", "produced_in"})
"""Concepts whose title is the end of a sentence: what is filled in goes on with it on the next line."""


@cache
def _ends_sentence(letters: str) -> bool:
    return any(
        p.concept in _ENDING and abs(len(p.letters) - len(letters)) <= 1 and _errors(p.letters, letters) is not None
        for p in phrases()
    )


def _next_start(run: _Run, start: int) -> int:
    """The next word of the line that may begin a title: after a box number or a sign that divides."""
    for at in range(start + 1, run.first):
        if _ends_sentence("".join(run.letters[at : run.first])):
            return at
        before = run.words[at - 1].text
        if BOX_NUMBER.match(before) or _BREAK.search(before) or before.endswith((":", ".")):
            return at
    return run.first


class _Found(NamedTuple):
    """A title and how many of its letters speak for it."""

    label: FormLabel
    score: int


def _at(run: _Run, start: int) -> _Found | None:
    """The longest title that begins at this word, or behind a box number or specks there."""
    number = None
    for at in range(start, min(start + 3, run.first)):
        if match := BOX_NUMBER.match(run.words[at].text):
            number = match[1]
            continue
        best = _best(run, at)
        if best is not None:
            score, phrase, end = best
            return _Found(_label(run, (start, end), phrase, number), score)
        if len(run.letters[at]) > 2:  # noqa: PLR2004  more than a speck: the title cannot begin behind it
            return None
    return None


def _best(run: _Run, at: int) -> tuple[int, Phrase, int] | None:
    """The title that explains most letters from here on: by how many, which, and the word it ends at."""
    together = _languages_in_one(run.words[at].text)
    if together:
        return len(together.letters), together, at + 1
    ends = _ends(run, at)
    best: tuple[int, Phrase, int] | None = None
    for phrase in _beginning_like(ends[-1][1][:_HEAD]) if ends else ():
        size = len(phrase.letters)
        if best and size <= best[0]:
            break
        for end, text in ends:
            if phrase.words == 1 and end > at + 1 and text != phrase.letters:
                continue
            errors = _errors(phrase.letters, text) if abs(len(text) - size) <= 1 + size // 6 else None
            if errors and size < 2 * _LONG and errors > size // _NEARLY and _printed(run, at, end):
                continue
            if errors is None or (best is not None and size - 2 * errors <= best[0]):
                continue
            if _may_end(run, at, end, phrase):
                best = (size - 2 * errors, phrase, end)
    return best


@cache
def _languages_in_one(text: str) -> Phrase | None:
    """The title that a word like "Expéditeur-Expedidor" is in two languages, read without the space between."""
    known = {p.letters: p for p in phrases()}
    parts = [letters_of(part) for part in re.split(r"[-–·/]", text) if part]
    found = [known[part] for part in parts if part in known]
    same = len({phrase.concept for phrase in found}) == 1
    return found[0] if len(parts) > 1 and len(found) == len(parts) and same else None


_HEAD = 4
"""Letters at a title's beginning of which half must be right, so that none begins in the middle of a value."""


@cache
def _beginning_like(head: str) -> tuple[Phrase, ...]:
    """The titles that may begin with these letters, longest first."""
    return tuple(
        p
        for p in phrases()
        if Levenshtein.distance(p.letters[:_HEAD], head[: len(p.letters)]) <= min(2, len(head) // 2)
    )


def _ends(run: _Run, at: int) -> list[tuple[int, str]]:
    """For each word that may be the last: where it ends and the letters up to it; the first may hold the box number."""
    if not run.letters[at]:
        return []
    ends: list[tuple[int, str]] = []
    text = ""
    for end in range(at, min(len(run.words), at + 30)):
        text += re.sub(r"^\d{1,2}(?=[a-z])", "", run.letters[end]) if end == at else run.letters[end]
        if run.letters[end]:
            ends.append((end + 1, text))
    return ends


_EXACT = 6
"""Titles of so few letters must be read without an error: FRANCE is no "franco"."""
_NEARLY = 7
_LONG = 13
"""From this length on, no other text comes near a title, and small print on a fax loses a letter in four.

Titles of twice that length share their beginnings ("country, group of countries or territory …").
"""


def _errors(phrase: str, text: str) -> int | None:
    """Letters that differ, None where too many do: short titles must be read well, long ones may have errors."""
    if len(phrase) <= _EXACT or not phrase.isascii():
        return 0 if phrase == text else None
    allowed = 1 if len(phrase) <= _NEARLY else round(len(phrase) * _share_misread(len(phrase)))
    errors = Levenshtein.distance(phrase, text, score_cutoff=allowed)
    return None if errors > allowed else errors


def _share_misread(letters: int) -> float:
    """What part of a title may be misread: of a long one more, until others come near it again."""
    return 0.17 if letters < _LONG else 0.28 if letters < 2 * _LONG else 0.2


def _printed(run: _Run, start: int, end: int) -> bool:
    """True for words of a text layer, of which no letter is misread: VESSEL over CAPE is no "vessel name".

    A letter in seven is left to other spellings: plurals, "N°" for "No".
    """
    return all(w.reader == "text_layer" for w in run.words[start:end])


def _may_end(run: _Run, start: int, end: int, phrase: Phrase) -> bool:
    """A title of one common word counts only where it stands alone or its end can be seen."""
    following = run.words[end : run.first]
    if phrase.letters in _BARE_HEADS and (following or start):
        return False
    if phrase.letters in _BARE_NUMBER and following:
        # "No R 704219" is a number, "No. 12 Station Road" an address.
        return len(following) <= 3 and sum(c.isdigit() for w in following for c in w.text) > 3  # noqa: PLR2004
    if phrase.words > 1 or end >= run.first:
        return True
    last, behind = run.words[end - 1], following[0]
    if last.text.endswith((":", ".", ")", "：", "°", "º", "-", "·", "/")) or not behind.text[0].isalpha():
        return True
    return any(c.isdigit() for c in behind.text) or _other_type(run.words[start:end], behind)


def _other_type(title: Sequence[Word], following: Word) -> bool:
    """True where the next word is set larger or bolder than the title; on a scan nobody can tell."""
    if following.reader != "text_layer":
        return False
    height = max(w.size or w.box.height for w in title)
    return (following.bold and not title[-1].bold) or following.size > 1.15 * height


def _label(run: _Run, reach: tuple[int, int], phrase: Phrase, number: str | None) -> FormLabel:
    start, end = reach
    last = run.words[end - 1]
    stop = run.first if end <= run.first else _line_end(run, end, last)
    end = _closed(run, end, stop)
    first_digits = re.match(r"\W*(\d{1,2})[.)]?[A-Za-z]", run.words[start].text)
    return FormLabel(
        phrase.concept,
        run.words[start:end],
        run.words[end:stop],
        number or (first_digits[1] if first_digits else None),
        run.left,
    )


def _line_end(run: _Run, end: int, last: Word) -> int:
    """Where the line of the title's last word ends."""
    while end < len(run.words) and run.words[end].box.overlap_y(last.box) > 0.5 * last.box.height:
        end += 1
    return end


def _closed(run: _Run, end: int, stop: int) -> int:
    """Past a bracket that follows the title: "(Name, full address, country)" explains and is no value."""
    while end < stop and _SEPARATOR.match(run.words[end].text) and not run.words[end].text.startswith("#"):
        end += 1
    opened = end < stop and (run.words[end].text.startswith("(") or _opens(run.words[:end]))
    if opened:
        closing = next((i for i in range(end, stop) if ")" in run.words[i].text), stop - 1)
        return _closed(run, closing + 1, stop)
    return end


def _opens(words: Sequence[Word]) -> bool:
    """True where the last bracket of the words is not closed: "Staat)(Ausfüllung" goes on."""
    text = "".join(w.text for w in words)
    return text.rfind("(") > text.rfind(")") >= 0 or ("(" in text and ")" not in text)
