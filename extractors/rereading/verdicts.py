"""What the second look says of each doubted value: that another engine sees it too, or that both see another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.reading import Sighting
from extractors.rereading.meanings import Meaning, Value, meaning, squeezed
from schemas.declarations import FieldRef
from schemas.documents import AnyField, Document
from schemas.doubts import Doubt
from schemas.pages import Reader

_FEWEST: Final = 3
_SHARE: Final = 0.75
"""Of the bitmaps on which an engine sees anything: so many must say the same for it to have settled on a value.

Of 275 values so confirmed that no second engine had confirmed before, 273 were right (generated papers, faxes and
photos mostly): a letter O taken for a zero, and a decimal mark that no bitmap shows. Of 10 on which both engines
settled otherwise, with a value that the first reading had left open, all were right."""
_MOST_OTHERS: Final = 2


@dataclass(frozen=True, slots=True)
class Read:
    """A value and how it is printed."""

    value: Value
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one doubted value.

    `witness` is an engine other than the one that the value was read by, which sees the same; `refuted` are then the
    values that the first reading left open and no bitmap shows. `instead` is another value on which both engines
    settle; `open_to` says that the papers or the first reading leave it possible. `others` are what engines settle on.
    """

    ref: FieldRef
    witness: Reader | None = None
    refuted: frozenset[object] = frozenset()
    instead: Read | None = None
    open_to: bool = False
    others: tuple[Read, ...] = ()


def verdicts(
    documents: Sequence[Document], doubts: Sequence[Doubt], sightings: Iterable[Sighting]
) -> tuple[Verdict, ...]:
    """One for each doubt of which the second look says anything, in the order of the doubts."""
    seen: dict[int, dict[Reader, tuple[str, ...]]] = {}
    for one in sightings:
        seen.setdefault(one.doubt, {})[one.reader] = one.texts
    found = (_verdict(documents[doubts[at].ref.document], doubts[at], seen[at]) for at in sorted(seen))
    return tuple(one for one in found if one is not None)


def field_of(document: Document, ref: FieldRef) -> AnyField | None:
    part = document.fields if ref.line is None else document.lines[ref.line]
    return part.get(ref.field)


def _verdict(document: Document, doubt: Doubt, seen: Mapping[Reader, Sequence[str]]) -> Verdict | None:
    field = field_of(document, doubt.ref)
    says = None if field is None else meaning(document, doubt.ref.field, field)
    if field is None or says is None:
        return None
    shown = {reader: {says(text) for text in texts} for reader, texts in seen.items()}
    settled = {reader: read for reader, texts in seen.items() if (read := _settled(texts, says)) is not None}
    if (witness := _witness(field, settled, shown)) is not None:
        everything = {value for values in shown.values() for value in values}
        refuted = frozenset(one.value for one in field.alternatives if one.value not in everything)
        return Verdict(doubt.ref, witness=witness, refuted=refuted)
    new = tuple(read for read in settled.values() if read.value != field.value)[:_MOST_OTHERS]
    if len(new) == len(settled) > 1 and new[0].value == new[1].value:
        return Verdict(doubt.ref, instead=new[0], open_to=_is_open(new[0], field, doubt.possible, says), others=new[:1])
    return Verdict(doubt.ref, others=new) if new else None


def _witness(
    field: AnyField, settled: Mapping[Reader, Read], shown: Mapping[Reader, set[Value | None]]
) -> Reader | None:
    """Another engine that settles on the value, where the one that read it says nothing else now."""
    other = next((reader for reader in settled if reader != field.reader), None)
    if other is None or any(read.value != field.value for read in settled.values()):
        return None
    own = shown.get(field.reader, set()) - {None, field.value}
    return other if field.reader in settled or not own else None


def _settled(texts: Sequence[str], says: Meaning) -> Read | None:
    """The value that an engine reads on most bitmaps, with the print that it reads most often for it."""
    read = [(text, says(text)) for text in texts if squeezed(text)]
    values = Counter(value for _, value in read if value is not None)
    if not values:
        return None
    value, times = values.most_common(1)[0]
    if times < _FEWEST or times < _SHARE * len(read):
        return None
    text, _ = Counter(text for text, meant in read if meant == value).most_common(1)[0]
    return Read(value, text.strip())


def _is_open(read: Read, field: AnyField, possible: Iterable[str], says: Meaning) -> bool:
    """Whether the first reading left it open, or it would satisfy the papers."""
    return any(one.value == read.value for one in field.alternatives) or any(
        text == str(read.value) or says(text) == read.value for text in possible
    )
