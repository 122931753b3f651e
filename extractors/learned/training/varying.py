"""Pages made unlike: other words for the same labels, in other languages, and the faults that reading makes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from extractors.layout import Span, rows_of
from extractors.learned.training.pages import Sample
from extractors.lexicon import Label, lexicon
from sample_docs.generator.chance import Chance
from schemas.geometry import Box
from schemas.pages import Page, Word

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "zh")
_LEXICONS: Final = ("titles", "columns", "labels")
_ALIKE: Final = {"0": "O", "O": "0", "1": "l", "l": "1", "5": "S", "S": "5", "8": "B", "m": "rn", "é": "e", "i": "í"}
_TITLE_ZONE: Final = 0.3

Named = tuple[Word, str]
Wordings = Callable[[str, str, str], Sequence[str]]
"""The phrases by lexicon, concept and language; `()` where there is none."""


@cache
def every_wording(name: str, concept: str, language: str) -> Sequence[str]:
    """All that the lexicon has."""
    return tuple(lexicon(name).entries[concept].get(language, ()))


@dataclass(frozen=True, slots=True)
class Variation:
    """How a sample is changed: shares of its labels reworded, and of its words lost, glued or misread.

    `headless` is the share of the page's height that goes at its head, as a page that goes on with another lacks it.
    """

    reworded: float = 0.0
    language: str = "en"
    lost: float = 0.0
    glued: float = 0.0
    misread: float = 0.0
    untitled: bool = False
    headless: float = 0.0
    faxed: bool = False
    wordings: Wordings = every_wording


def chance_variation(chance: Chance, wordings: Wordings = every_wording) -> Variation:
    """A variation at random: half the pages read well, half as from a scan, half without title."""
    rough = chance.pick((0.0, 0.0, 0.5, 1.0))
    return Variation(
        reworded=chance.pick((0.0, 0.5, 1.0)),
        language=chance.pick(LANGUAGES),
        lost=0.02 * rough,
        glued=0.02 * rough,
        misread=0.06 * rough,
        untitled=chance.happens(0.5),
        faxed=bool(rough) and chance.happens(0.3),
        headless=chance.real(0.15, 0.55) if chance.happens(0.15) else 0.0,
        wordings=wordings,
    )


def varied(sample: Sample, variation: Variation, chance: Chance) -> Sample:
    """The sample changed so. Words that print a value keep their names, also when misread."""
    words = sample.page.words
    named = [(word, sample.names.get(at, "")) for at, word in enumerate(words)]
    named = _headless(named, variation.headless * sample.page.height)
    named = _reworded(sample.page, named, variation, chance.branch("words"))
    if variation.faxed:
        named = [*_transmission(sample.page, chance.branch("fax")), *named]
    named = _misread(named, variation, chance.branch("faults"))
    rough = variation.lost + variation.misread > 0
    page = replace(
        sample.page, words=tuple(w for w, _ in named), text_source="ocr" if rough else sample.page.text_source
    )
    language = variation.language if variation.reworded else sample.language
    return replace(sample, page=page, names={at: n for at, (_, n) in enumerate(named) if n}, language=language)


def _headless(named: Sequence[Named], height: float) -> list[Named]:
    """What stands under that height; all of it where nothing would be left."""
    return [pair for pair in named if pair[0].box.top > height] or list(named)


def _reworded(page: Page, named: Sequence[Named], variation: Variation, chance: Chance) -> list[Named]:
    names = {id(word): name for word, name in named}
    found: list[Named] = []
    for row in rows_of(page, [word for word, _ in named]):
        for span in row.spans:
            found.extend(_reworded_span(page, span, names, (variation, chance)))
    return found


def _reworded_span(page: Page, span: Span, names: Mapping[int, str], how: tuple[Variation, Chance]) -> list[Named]:
    """The span with its first label said otherwise, what follows moved along; without its title where that goes."""
    variation, chance = how
    named = [(w, names[id(w)]) for w in span.words]
    label = next((x for x in (_label(span, name, names) for name in _LEXICONS) if x is not None), None)
    if label is None:
        return named
    name, found = label
    if name == "titles" and variation.untitled and span.box.top < page.height * _TITLE_ZONE:
        return [(w, n) for w, n in named if n]
    phrases = variation.wordings(name, found.concept, variation.language)
    if not phrases or not chance.happens(variation.reworded):
        return named
    return _said(named, found, chance.pick(phrases))


def _label(span: Span, name: str, names: Mapping[int, str]) -> tuple[str, Label] | None:
    """The first phrase of that lexicon among words that print no value; a title fills its span."""
    for label in lexicon(name).find(span.words):
        own = span.words[label.start : label.end]
        whole = len(own) >= len(span.words) - 1
        if not label.rest and not any(names[id(w)] for w in own) and (whole or name == "labels"):
            return name, label
    return None


def _said(named: Sequence[Named], label: Label, phrase: str) -> list[Named]:
    """The words with the label replaced by the phrase, in its own type and case, its colon kept."""
    old = [w for w, _ in named[label.start : label.end]]
    text = phrase.upper() if old[0].text.isupper() else phrase[:1].upper() + phrase[1:]
    text += ":" if old[-1].text.endswith(":") else ""
    letter = (old[-1].box.x1 - old[0].box.x0) / max(1, len(" ".join(w.text for w in old)))
    new, right = [], old[0].box.x0
    for part in text.split():
        box = Box(right, old[0].box.top, right + letter * len(part), old[0].box.bottom)
        new.append((replace(old[0], text=part, box=box), ""))
        right = box.x1 + letter
    shift = max(0.0, right - letter - old[-1].box.x1)
    return [*named[: label.start], *new, *(_moved(pair, shift) for pair in named[label.end :])]


def _moved(pair: Named, shift: float) -> Named:
    word, name = pair
    box = word.box
    return replace(word, box=Box(box.x0 + shift, box.top, box.x1 + shift, box.bottom)), name


def _misread(named: Sequence[Named], variation: Variation, chance: Chance) -> list[Named]:
    """Words lost, run into the next one, or with a letter mistaken."""
    found: list[Named] = []
    for word, name in named:
        if chance.happens(variation.lost):
            continue
        seen = replace(word, text=_mistaken(word.text, chance)) if chance.happens(variation.misread) else word
        last = found[-1] if found else None
        if last and chance.happens(variation.glued) and _neighbours(last[0], word) and last[1] == name:
            found[-1] = (_glued(last[0], seen), name)
        else:
            found.append((seen, name))
    return found


def _transmission(page: Page, chance: Chance) -> list[Named]:
    """The line that a fax machine prints above the page: sender, number, time and its own count of pages."""
    parts = (
        chance.pick(("FROM:", "FROM", "VON", "DE:", "TX")),
        f"{chance.pick(('NORTHWAY', 'HALDEN', 'ORIEL', 'SUNRISE'))} {chance.pick(('LTD', 'TRADING', 'EXPORT'))}",
        f"{chance.pick(('TEL', 'FAX NO.', '+'))} {chance.digits(10)}",
        f"{chance.whole(10, 28)} {chance.pick(('JAN', 'JUL', 'OCT'))} 25 {chance.whole(10, 23)}:{chance.whole(10, 59)}",
        chance.pick((f"P.{chance.whole(1, 9):02d}/{chance.whole(9, 12):02d}", f"P. {chance.whole(1, 9)}", "PAGE 02")),
    )
    x, found = page.width * 0.05, []
    for text in chance.some(parts, chance.whole(2, 5)):
        for word in text.split():
            box = Box(x, 6.0, x + 5.0 * len(word), 15.0)
            found.append((Word(word, box, size=9.0), ""))
            x = box.x1 + 5.0
        x += chance.real(10.0, 60.0)
    return found


def _neighbours(left: Word, right: Word) -> bool:
    return left.box.overlap_y(right.box) > 0 and 0 < right.box.x0 - left.box.x1 < left.box.height


def _glued(left: Word, right: Word) -> Word:
    box = Box(left.box.x0, left.box.top, right.box.x1, max(left.box.bottom, right.box.bottom))
    return replace(left, text=left.text + right.text, box=box)


def _mistaken(text: str, chance: Chance) -> str:
    """One letter taken for one like it, or lost."""
    at = chance.whole(0, len(text) - 1)
    letter = _ALIKE.get(text[at], "" if len(text) > 2 else text[at])  # noqa: PLR2004  short words keep their letters
    return text[:at] + letter + text[at + 1 :]


def retitled(sample: Sample, title: str) -> Sample:
    """The sample under the title of another kind of paper, which makes it one; unchanged where it shows no title."""
    words = sample.page.words
    names = {id(word): sample.names.get(at, "") for at, word in enumerate(words)}
    for row in rows_of(sample.page):
        for span in row.spans:
            found = _label(span, "titles", names) if row.box.top < sample.page.height * _TITLE_ZONE else None
            if found and found[0] == "titles":
                new = [w for w, _ in _said([(w, "") for w in span.words], found[1], title)]
                kept = tuple(w for w in words if not any(w is old for old in span.words))
                return replace(sample, page=replace(sample.page, words=(*new, *kept)), names={}, type="other")
    return sample


def without(held: Collection[str]) -> Wordings:
    """The wordings but those held out, to be measured on."""
    return lambda name, concept, language: [p for p in every_wording(name, concept, language) if p not in held]
