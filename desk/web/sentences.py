"""Sentences of checks and flows in the language of the person who reads them.

A result keeps its sentences in English, as what it says is proven by its digest. So they are told by their form: a file
for each language sets beside each English sentence, with gaps for what a paper says, the same one in that language.
What stands in a gap is taken over as it is. A sentence that no form fits is shown as it stands.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Final, Literal

Language = Literal["en", "de"]
LONGEST: Final = 2_000
"""Signs; a longer sentence is shown as it stands."""
_TITLES: Final = (
    "invoice|packing list|certificate of origin|transport document|draft declaration|paper as figures|document"
)
_NUMBER: Final = r"-?\d(?:[\d.,]*\d)?"
_PLACE: Final = rf"(?:{_TITLES})(?:, page \d+)?(?:, as figures)?(?:, line \d+)?"
_FORMS: Final = {
    "n": _NUMBER,
    "x": r".*?",
    "place": _PLACE,
    "paper": rf"(?:{_TITLES}) .+?",
    "pointer": r"/[a-z0-9_/]+",
    "pointers": r"/[a-z0-9_/, ]+",
    "sentence": r".+",
}
"""What a gap of that kind may hold."""
_POINTER: Final = re.compile(r"(?<![\w/.])/(?:[a-z][a-z_]+|items/\d+)(?:/(?:\d+|[a-z_]+))*(?![\w/])")
_DIGITS: Final = "0123456789"


@dataclass(frozen=True, slots=True)
class _Sentence:
    """`gaps` are the names in the order of the groups of `form`."""

    form: re.Pattern[str]
    gaps: tuple[str, ...]
    target: str


@dataclass(frozen=True, eq=False)
class Sentences:
    """Sentences of one language, by table; `texts` are the desk's own texts of that language, by key."""

    written: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str]

    def told(self, tables: tuple[str, ...], text: str) -> str:
        """The sentence by the first form of these tables that fits, else as it stands."""
        found = self._told(tables, text) if len(text) <= LONGEST else None
        return text if found is None else found

    def named(self, text: str) -> str:
        """The text with pointers into a declaration in words: “/items/0/hs_code” is “goods line 1: HS code”."""
        return _POINTER.sub(lambda found: self.pointer(found[0]), text)

    def pointer(self, pointer: str) -> str:
        """A pointer of which nothing is known by name stays as it is."""
        first, *parts = pointer.strip("/").split("/")
        inside = first == "items" and bool(parts) and parts[0].isdigit()
        named = [self.field(one) for one in (parts[1:] if inside else [first, *parts]) if not one.isdigit()]
        if not inside and f"field.{first}" not in self.texts:
            return pointer
        told = ", ".join(named)
        if not inside:
            return told
        return self.texts["case.goods_line"].format(number=int(parts[0]) + 1) + (f": {told}" if told else "")

    def field(self, name: str) -> str:
        return self.texts.get(f"field.{name}", name.replace("_", " "))

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one of it for each language, for good
    def _told(self, tables: tuple[str, ...], text: str) -> str | None:
        for sentence in (one for table in tables for one in self._read(table)):
            found = sentence.form.fullmatch(text)
            filled = None if found is None else self._filled(sentence, found)
            if filled is not None:
                return filled
        return None

    def _filled(self, sentence: _Sentence, found: re.Match[str]) -> str | None:
        values: dict[str, str] = {}
        for name, text in zip(sentence.gaps, found.groups(), strict=True):
            told = self._gap(name.rstrip(_DIGITS), text)
            if told is None:
                return None
            values[name] = told
        return sentence.target.format(**values)

    def _gap(self, kind: str, text: str) -> str | None:
        of_kind: Mapping[str, Callable[[str], str | None]] = {
            "n": str,
            "x": str,
            "place": self._place,
            "paper": self._paper,
            "field": lambda name: self._fields[name],
            "pointer": self.pointer,
            "pointers": self.named,
            "sentence": lambda one: self.told(tuple(self.written), one),
        }
        return of_kind[kind](text) if kind in of_kind else self._told((kind,), text)

    def _place(self, text: str) -> str | None:
        """“packing list, page 2, line 3”."""
        first, *parts = text.split(", ")
        told = [self._told(("title",), first), *(self._part(one) for one in parts)]
        return ", ".join(one or "" for one in told) if all(told) else None

    def _part(self, text: str) -> str:
        word, _, number = text.partition(" ")
        return self.texts[f"case.{word}"].format(number=number) if number.isdigit() else self.texts["case.as_figures"]

    def _paper(self, text: str) -> str | None:
        title = re.match(_TITLES, text)
        told = self._told(("title",), title[0]) if title else None
        return None if title is None or told is None else told + text[title.end() :]

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        """Names of fields as sentences have them: “gross weight kg”."""
        names = (key.removeprefix("field.") for key in self.texts if key.startswith("field."))
        return {name.replace("_", " "): self.texts[f"field.{name}"] for name in names}

    @lru_cache(maxsize=256)  # noqa: B019 - likewise
    def _read(self, table: str) -> tuple[_Sentence, ...]:
        return tuple(
            _Sentence(re.compile(self._form(english, (), capture=True), re.DOTALL), tuple(gaps_of(english)), target)
            for english, target in self.written.get(table, {}).items()
        )

    def _form(self, english: str, within: tuple[str, ...], *, capture: bool = False) -> str:
        pieces = string.Formatter().parse(english)
        around = "({})" if capture else "(?:{})"
        return "".join(
            re.escape(text) + ("" if name is None else around.format(self._holds(name.rstrip(_DIGITS), within)))
            for text, name, _, _ in pieces
        )

    def _holds(self, kind: str, within: tuple[str, ...]) -> str:
        """What the gap may hold; a table that names itself holds anything there."""
        if kind in _FORMS:
            return _FORMS[kind]
        if kind == "field":
            return "|".join(re.escape(name) for name in sorted(self._fields, key=len, reverse=True))
        if kind in within:
            return ".+?"
        return "|".join(self._form(one, (*within, kind)) for one in self.written[kind])


def gaps_of(text: str) -> Iterator[str]:
    """The names of the gaps, in order."""
    return (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def sentences(language: Language, texts: Mapping[str, str]) -> Sentences:
    """Those of the language's file."""
    path = files(__package__).joinpath("messages", f"sentences.{language}.toml")
    told = tomllib.loads(path.read_text("utf-8"))
    parts = told.pop("part", {})
    return Sentences({**told, **parts}, texts)
