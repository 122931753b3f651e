"""Words of the first engine beside lines of the second: agreement confirms, difference leaves both readings open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.engines import Line
from extractors.reading import confidence
from extractors.reading.aligning import Pair, Part, Piece, pairs
from extractors.reading.merging import Seen
from extractors.reading.neighbours import Neighbours
from schemas.geometry import Box, union
from schemas.pages import Reader, Word

_ON_LINE = 0.5
"""The share of a word's height that must lie on a line."""
_PARTED = re.compile(r"\s+")
_ENDS = ".,;:'\"`´‘’“”|_-–—*·•()[]{}<>"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_SIGNED = re.compile(r"([-–(])\d")
_LOWEST_ALONE = 0.6
"""What the second engine alone saw must be surer than this."""
_SURE_ALONE = 0.9
"""Of 1,481 printed numbers 1,430 were read surer than 0.97, none under 0.8: strokes by hand are read less surely."""
_DOUBLED = 0.6
"""Of a word's area."""


def witnessed(words: Sequence[Seen], lines: Sequence[Line], *, second: Reader, accented: bool) -> list[Word]:
    """All words of both engines, in pixels, with confidence from their agreement.

    `accented` says that the page's language writes accents, so that a reading with them is believed over one without.
    """
    near = Neighbours(line.box for line in lines)
    owners = [_line_of(word.box, lines, near.of(word.box)) for word in words]
    laid = [pairs(_own(words, owners, number, line), line) for number, line in enumerate(lines)]
    judge = _Judge(second, accented, frozenset(_agreed(pair for row in laid for pair in row)))
    result = [_unseen(word) for index, word in enumerate(words) if owners[index] is None]
    for row in laid:
        result += rejoined([(word, pair.piece) for pair in row for word in judge.words(pair)])
    return _undoubled(result, second)


def _undoubled(words: Sequence[Word], second: Reader) -> list[Word]:
    """Without what the second engine read twice: a part of an agreed word, from another line that overlaps its own."""
    agreed = [word for word in words if word.confirmed_by]
    near = Neighbours(word.box for word in agreed)

    def is_double(word: Word) -> bool:
        over = (agreed[index] for index in near.of(word.box))
        return any(
            _bare(word.text) in _bare(one.text) and word.box.intersection(one.box) >= _DOUBLED * word.box.area
            for one in over
        )

    return [word for word in words if word.reader != second or word.confirmed_by or not is_double(word)]


def _unseen(word: Seen) -> Word:
    """A word that Tesseract alone read, and the second engine nothing in its place though it was asked: a scribble."""
    read = alone(word)
    if sum(sign.isalnum() for sign in word.text) <= 1:  # a colon after a label, which the second engine leaves out
        return read
    return replace(read, confidence=min(read.confidence, confidence.DISPUTED))


def _own(words: Sequence[Seen], owners: Sequence[int | None], number: int, line: Line) -> list[Seen]:
    """The line's words from the left, boxes no higher than the line: Tesseract's reach into the next at times."""
    own = [_within(words[i], line.box) for i, owner in enumerate(owners) if owner == number]
    return sorted(own, key=lambda word: word.box.x0)


def _within(word: Seen, line: Box) -> Seen:
    box = word.box
    return replace(word, box=Box(box.x0, max(box.top, line.top), box.x1, min(box.bottom, line.bottom)))


def _agreed(laid: Iterable[Pair]) -> Iterator[str]:
    for pair in laid:
        if pair.word is not None and pair.piece is not None and same(pair.word.text, pair.piece.text):
            yield _bare(pair.word.text).casefold()


def alone(word: Seen) -> Word:
    """A word that Tesseract alone read."""
    sure = confidence.TWICE if word.twice else confidence.ONCE if word.certainty >= 0.5 else confidence.FAINT  # noqa: PLR2004
    others = (word.other,) if word.other and word.other != word.text else ()
    return Word(word.text, word.box, sure, "tesseract", alternatives=others)


def _line_of(box: Box, lines: Sequence[Line], near: Iterable[int]) -> int | None:
    def shared(number: int) -> float:
        line = lines[number].box
        across = line.overlap_x(box) / max(1.0, box.width)
        return line.overlap_y(box) / max(1.0, min(box.height, line.height)) if across >= _ON_LINE else 0.0

    best = max(near, key=shared, default=None)
    return best if best is not None and shared(best) >= _ON_LINE else None


def same(one: str, other: str) -> bool:
    """Equal after Unicode NFKC, letters' case kept, spaces and punctuation at the ends ignored."""
    return _bare(one) == _bare(other) != ""


def _same_strokes(one: str, other: str) -> bool:
    """Equal but for I and l, one upright stroke in most faces, in a word that is otherwise in capitals."""
    return one == other.replace("l", "I") and one.isupper()


_DIGITS_FOR_LETTERS = str.maketrans("0158", "OISB")


def _spelled(text: str) -> str:
    """With letters for the digits that look like them: the second engine writes "C/0" and "GR00VE"."""
    return _bare(text).translate(_DIGITS_FOR_LETTERS).casefold()


def _bare(text: str) -> str:
    """A sign before a number is no punctuation."""
    whole = _PARTED.sub("", unicodedata.normalize("NFKC", text))
    signed = _SIGNED.match(whole)
    return (signed[1] if signed else "") + whole.strip(_ENDS)


@dataclass(frozen=True, slots=True)
class _Judge:
    """`agreed` are the words, without case, that both engines read the same somewhere on the page."""

    second: Reader
    accented: bool
    agreed: frozenset[str]

    def words(self, pair: Pair) -> list[Word]:
        if pair.word is None:
            return [] if pair.piece is None else self._second_alone(pair.piece)
        if pair.piece is None or _bare(pair.piece.text) == "":
            return [_unseen(pair.word)]
        if same(pair.word.text, pair.piece.text) or _same_strokes(pair.word.text, pair.piece.text):
            return [Word(pair.word.text, pair.word.box, confidence.AGREED, "tesseract", (self.second,))]
        return self._disputed(pair.word, pair.piece)

    def _second_alone(self, piece: Piece) -> list[Word]:
        if piece.certainty < _LOWEST_ALONE:
            return []
        sure = confidence.SECOND_ALONE if piece.certainty >= _SURE_ALONE else confidence.DISPUTED
        return [Word(part.text, part.box, sure, self.second) for part in piece.parts]

    def _disputed(self, word: Seen, piece: Piece) -> list[Word]:
        """Both readings are kept; which comes first depends on what each engine is good at."""
        if word.other is not None and same(word.other, piece.text):  # the pass that lost the merge agrees
            box = union((word.box, piece.box)) if _clipped(word.text, piece.text) else word.box
            return [Word(piece.text, box, confidence.SECOND_ALONE, self.second, ("tesseract",), (word.text,))]
        if self._tesseract_knows(word, piece):
            return [Word(word.text, word.box, confidence.DISPUTED, "tesseract", alternatives=(piece.text,))]
        if len(piece.parts) == 1:
            box = union((word.box, piece.box)) if _clipped(word.text, piece.text) else word.box
            return [Word(piece.text, box, confidence.DISPUTED, self.second, alternatives=_others(word, piece))]
        return [
            Word(part.text, part.box, confidence.DISPUTED, self.second, alternatives=_others(word, piece))
            for part in piece.parts
        ]

    def _tesseract_knows(self, word: Seen, piece: Piece) -> bool:
        """Whether its reading is the better one: it stands elsewhere too, or the other has accents out of place."""
        if _plain(word.text) == _plain(piece.text):
            return (_accents(word.text) >= _accents(piece.text)) == self.accented
        if not self.accented and _accents(piece.text) > _accents(word.text):
            return True
        if _spelled(piece.text) == _spelled(word.text) and not any(sign.isdigit() for sign in word.text):
            return True
        known, other = _bare(word.text).casefold(), _bare(piece.text).casefold()
        return known in self.agreed and other not in self.agreed


def _others(word: Seen, piece: Piece) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in (word.text, word.other) if text and text != piece.text))


def _clipped(word: str, piece: str) -> bool:
    return len(_bare(word)) < len(_bare(piece)) and _bare(word) in _bare(piece)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", _bare(text))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _accents(text: str) -> int:
    return sum(bool(unicodedata.combining(part)) for part in unicodedata.normalize("NFD", text))


_TOUCHING = 0.25
"""Of the height: words nearer than that, which the second engine reads as one, are one."""
_TOUCHING_SIGNS = 0.4
"""Likewise where a digit or a sign stands at the seam: "191/25 -26" is one number."""
_CHINESE_GAP = 0.9


def rejoined(judged: Sequence[tuple[Word, Piece | None]]) -> list[Word]:
    """Words of one line that the second engine reads as one token and that touch, put together again."""
    result: list[Word] = []
    last: Part | None = None
    for word, piece in sorted(judged, key=lambda item: item[0].box.x0):
        first = piece.parts[0] if piece is not None else None
        if result and last is not None and first is not None and last.token == first.token and _touch(result[-1], word):
            result[-1] = _together(result[-1], word)
        else:
            result.append(word)
        last = piece.parts[-1] if piece is not None else None
    return result


def _touch(left: Word, right: Word) -> bool:
    gap = right.box.x0 - left.box.x1
    height = min(left.box.height, right.box.height)
    if _CHINESE.search(left.text[-1] + right.text[0]):
        return gap <= _CHINESE_GAP * height
    return gap <= (_TOUCHING if left.text[-1].isalpha() and right.text[0].isalpha() else _TOUCHING_SIGNS) * height


def _together(left: Word, right: Word) -> Word:
    sure = min(left, right, key=lambda word: word.confidence)
    others = tuple(left.text + other for other in right.alternatives) + tuple(o + right.text for o in left.alternatives)
    return replace(
        sure, text=left.text + right.text, box=union((left.box, right.box)), alternatives=others,
        confirmed_by=tuple(reader for reader in left.confirmed_by if reader in right.confirmed_by),
    )  # fmt: skip
