"""Labels with their values in running text: "Item code: R2717 C/O: Vietnam Net weight: 1,305.60 kg"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from extractors.lexicon.labels import Label, lexicon, tokens
from extractors.values.countries import parse_country_twice
from extractors.values.packages import parse_package_kind
from schemas.pages import Word

_CODE: Final = re.compile(r"(?=[^\d]*\d)[A-Z0-9][A-Z0-9]*(?:[-./_][A-Z0-9]+)*", re.IGNORECASE)
_PLAIN: Final = re.compile(r"\d{3,}")
_BARE_WEIGHT: Final = re.compile(r"\d[\d.,' ]*")
_IN: Final = frozenset({"in", "en", "dans", "im"})
_PACKED: Final = frozenset(
    {"verpackt", "gepackt", "packed", "imballato", "imballati", "imballata", "imballate", "confezionato", "emballé",
     "emballés", "emballée", "emballées", "colisé", "embalado", "embalados", "embalada", "embaladas"}
)  # fmt: skip
_WEIGHT: Final = re.compile(
    r"[\d.,' ]*\d[\d.,' ]*\s*(?:(?:千克|公斤)\s*)?(?:kgs?|kgm|kilos?|t|lbs?|千克|公斤)\.?", re.IGNORECASE
)
_COLONS: Final = (":", "：")
_STROKES: Final = frozenset("/|")
_PACKING: Final = 3
"""Words of "in 29 cartons"."""
_DOTTED: Final = re.compile(r"\d[\d./-]{3,}")
_MEANINGS: Final = {
    ("tablerows", "lot"): "aside", ("tablerows", "part"): "part_number", ("tablerows", "made_in"): "origin",
    ("columns", "origin"): "origin",
    ("columns", "net_weight"): "net_weight", ("columns", "gross_weight"): "gross_weight",
}  # fmt: skip
_LONGEST: Final = {"aside": 3, "part_number": 3, "origin": 5, "net_weight": 3, "gross_weight": 3}
"""Words that a value has at most."""
_RANGE: Final = 3
"""Words of "SN5620 - SN5628"."""
_DASHES: Final = frozenset("-–—")
_KILOGRAMS: Final = frozenset({"kg", "kgs"})
_TONGUE: Final = 3
"""Words of a label in its second language."""
_WEIGHTS: Final = frozenset({"net_weight", "gross_weight"})


@dataclass(frozen=True, slots=True)
class Part:
    """What a label says (a detail's name), and the words of its value; `name` is "" for words without a label."""

    name: str
    words: tuple[Word, ...]


def parts_of(words: Sequence[Word], *, open_start: bool) -> list[Part]:
    """The words divided into labels with their values and what is neither, in printed order.

    A label counts at the start (`open_start`: where a line begins that goes on with nothing), behind another label's
    value, and elsewhere only with its colon, weights not at all: "jar, net weight: 500 g" describes.
    """
    parts: list[Part] = []
    rest: list[Word] = []
    at = 0
    while at < len(words):
        free = open_start if at == 0 else bool(parts) and not rest
        known = _part_at(words, at, free=free) or (_packed_at(words, at) if free else None)
        if known is None:
            rest.append(words[at])
            at += 1
            continue
        parts.extend(_unnamed(rest))
        rest = []
        parts.append(known[0])
        at = known[1]
    return [*parts, *_unnamed(rest)]


def _unnamed(words: Sequence[Word]) -> list[Part]:
    return [Part("", tuple(words))] if words else []


def _part_at(words: Sequence[Word], at: int, *, free: bool) -> tuple[Part, int] | None:
    """The label at this place with its value, and where the words behind it begin."""
    for name, first in _labels_at(words, at):
        label = _with_second(words, at, name, first)
        plain = not _has_colon(words, at, label)
        if not free and (plain or name in _WEIGHTS):
            continue
        start = at + label.end
        values = list(words[start : start + _LONGEST[name]])
        if label.rest:
            start -= 1
            values = [replace(words[start], text=label.rest), *values[:-1]]
        while values and not any(c.isalnum() for c in values[0].text):
            start, values = start + 1, values[1:]
        follows = next((n for n in range(1, len(values)) if _labels_at(words, start + n)), len(values))
        for size in range(follows, 0, -1):
            end = start + size
            closed = not plain or end == len(words) or bool(_labels_at(words, end) or _packed_at(words, end))
            if closed and _holds(name, values[:size], plain=plain, label=words[at : at + label.end]):
                return Part(name, tuple(values[:size])), end
    return None


def _packed_at(words: Sequence[Word], at: int) -> tuple[Part, int] | None:
    """In how many packages the item is, at the end of its details: "in 29 cartons", "verpackt in 42 Packstücken"."""
    texts = [w.text.casefold().strip(".,;") for w in words[at:]]
    start = 1 if texts[:1] and texts[0] in _PACKED else 0
    if len(texts) - start != _PACKING or texts[start] not in _IN or not texts[start + 1].isdigit():
        return None
    counted = tuple(words[at + start + 1 :])
    kind = parse_package_kind(texts[-1]) or lexicon("columns").concept_of(texts[-1].removesuffix("n")) == "packages"
    return (Part("packages", counted), len(words)) if kind else None


def _with_second(words: Sequence[Word], at: int, name: str, label: Label) -> Label:
    """The label together with the same one in a second language behind it: "净重 Net weight:", "Los / Lot no.".

    Behind Chinese, up to three Latin words before a colon or a figure are that: "型号 Model : A-1", "净重 Net 26.1 kg".
    """
    behind = label.end
    while at + behind < len(words) and words[at + behind].text in _STROKES:
        behind += 1
    again = [] if label.rest else [x for meaning, x in _labels_at(words, at + behind) if meaning == name]
    if again:
        return replace(again[0], end=behind + again[0].end)
    return label if label.rest else replace(label, end=_latin_until_value(words, at, label.end))


def _latin_until_value(words: Sequence[Word], at: int, end: int) -> int:
    """Where a label that ends at `end` really ends: behind its Latin words, where a colon or figure follows them."""
    if words[at + end - 1].text.isascii():
        return end
    for size in range(1, _TONGUE + 1):
        word = words[at + end + size - 1].text if at + end + size <= len(words) else ""
        if not (word.isascii() and word.rstrip(":.").isalpha()):
            return end
        after = words[at + end + size].text if at + end + size < len(words) else ""
        if word.endswith(":") or after in _COLONS or after[:1].isdigit():
            return end + size
    return end


def _labels_at(words: Sequence[Word], at: int) -> list[tuple[str, Label]]:
    """The meanings of a label that begins at this word, the longest label first."""
    found = []
    for book in ("tablerows", "columns"):
        label = next((x for x in lexicon(book).find(words[at : at + 7]) if x.start == 0), None)
        if label and (book, label.concept) in _MEANINGS:
            found.append((_MEANINGS[book, label.concept], label))
    return sorted(found, key=lambda f: -f[1].size)


def unglued(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, where a label and its value stand as one ("TARIFF:69101010") parted behind the colon."""
    parted: list[Word] = []
    for word in words:
        head, colon, value = word.text.partition(":")
        halves = _halves(word, len(head) + 1) if colon and value[:1].isalnum() and head[-1:] != "" else []
        known = halves and any(
            x.end == len(parted) + 1 - at and x.start == 0
            for at in range(max(0, len(parted) - 4), len(parted) + 1)
            for book in ("tablerows", "columns")
            for x in lexicon(book).find([*parted[at:], halves[0]])
            if (book, x.concept) in _MEANINGS or x.concept == "hs_code"
        )
        parted.extend(halves if known else [word])
    return tuple(parted)


def _halves(word: Word, size: int) -> list[Word]:
    box = word.box
    middle = box.x0 + box.width * size / len(word.text)
    return [
        replace(word, text=word.text[:size], box=replace(box, x1=middle)),
        replace(word, text=word.text[size:], box=replace(box, x0=middle)),
    ]


def ends_in_label(words: Sequence[Word]) -> bool:
    """True where the last words are a detail's label whose value must stand on the next line."""
    for at in range(max(0, len(words) - 6), len(words)):
        code = next((x for x in lexicon("columns").find(words[at:]) if x.start == 0 and x.concept == "hs_code"), None)
        if code and all(w.text in (*_COLONS, *_STROKES) for w in words[at + code.end :]):
            return True
        for name, first in _labels_at(words, at):
            label = _with_second(words, at, name, first)
            behind = words[at + label.end :]
            if not label.rest and all(w.text in (*_COLONS, *_STROKES) for w in behind):
                return True
    return False


def _has_colon(words: Sequence[Word], at: int, label: Label) -> bool:
    last = words[at + label.end - 1].text
    after = words[at + label.end].text if at + label.end < len(words) else ""
    return last.endswith(_COLONS) or after in _COLONS or (bool(label.rest) and any(c in last for c in _COLONS))


def _holds(name: str, words: Sequence[Word], *, plain: bool, label: Sequence[Word]) -> bool:
    """True where the words are a value of the kind that the label says, which may name a weight's unit."""
    text = " ".join(w.text for w in words).strip(" :.,;")
    if name == "origin":
        return parse_country_twice(text) is not None
    if name in _WEIGHTS:
        unit = not _KILOGRAMS.isdisjoint(t for w in label for t in tokens(w.text))
        return _WEIGHT.fullmatch(text) is not None or (unit and _BARE_WEIGHT.fullmatch(text) is not None)
    if plain and name == "aside" and len(words) == _RANGE and words[1].text in _DASHES:
        return is_code(words[0].text) and is_code(words[2].text)
    if plain:
        return len(words) == 1 and (is_code(text) or _DOTTED.fullmatch(text) is not None)
    return is_code(text) or (_PLAIN.search(text) is not None and all(_coded(w.text.strip("()[],:;.")) for w in words))


def _coded(sign: str) -> bool:
    return sign.isascii() and sign == sign.upper() and re.sub(r"[-./_]", "", sign).isalnum()


def is_code(text: str) -> bool:
    """Letters and digits, or digits with dashes, of four signs or more: how article numbers are printed."""
    bare = text.strip("()[],:;.")
    signs = [c for c in bare if c.isalnum()]
    mixed = any(c.isalpha() for c in bare) or "-" in bare
    return len(signs) >= 4 and mixed and bool(_CODE.fullmatch(bare)) and bare == bare.upper()  # noqa: PLR2004
