"""XML as a tree of frozen elements: built, asked by path, and written as bytes that are the same on every machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from schemas.values import plain

# What XML 1.0 can carry in a text (section 2.2); anything else has no written form at all, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STEP = re.compile(r"(?P<name>@?[\w:]+)(?:\[(?P<absent>not )?(?P<child>[\w:]+)(?:(?P<how>!?=)'(?P<text>[^']*)')?\])?")
# The white space of XML; `str.split` would drop separators (U+001C to U+001F), which XML cannot carry, unsaid.
_WHITE = re.compile(r"[ \t\r\n]+")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>\n"


@dataclass(frozen=True, slots=True)
class Element:
    """An element with a text or with children. `name` is written as it stands, prefix and all."""

    name: str
    text: str | None = None
    children: tuple[Element, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def all(self, path: str) -> list[Element]:
        """The elements at the path, in document order: `Commodity/Classification[IdentificationTypeCode='TSP']/ID`.

        A step may ask for a child: `[X]` there, `[not X]` absent, `[X='a']` with that text, `[X!='a']` with another.
        """
        found = [self]
        for step in filter(None, path.split("/")):
            found = [child for element in found for child in element.step(step)]
        return found

    def step(self, step: str) -> Iterator[Element]:
        """The children, or with `@` the attribute, that one step of a path names."""
        asked = _STEP.fullmatch(step)
        if asked is None:
            raise ValueError(f"{step!r} is no step of a path")
        if asked["name"].startswith("@"):
            yield from (Element(name, text) for name, text in self.attributes if name == asked["name"][1:])
            return
        named = (child for child in self.children if child.name == asked["name"])
        yield from (child for child in named if asked["child"] is None or child.has(asked))

    def has(self, asked: re.Match[str]) -> bool:
        """Whether the children are as the brackets of a step ask."""
        texts = [child.text for child in self.children if child.name == asked["child"]]
        match asked["how"]:
            case "=":
                return asked["text"] in texts
            case "!=":
                return any(text != asked["text"] for text in texts)
            case _:
                return bool(texts) != bool(asked["absent"])


def node(name: str, *children: Element | None) -> Element | None:
    """An element of the children that are there; None where none is: an empty element states nothing."""
    present = tuple(child for child in children if child is not None)
    return Element(name, children=present) if present else None


def leaf(name: str, value: str | Decimal | int | None, **attributes: str | None) -> Element | None:
    """An element with a text; None where there is no value, or not one of its attributes."""
    if value is None or (isinstance(value, str) and not value.strip()) or None in attributes.values():
        return None
    named = tuple((key, text) for key, text in attributes.items() if text is not None)
    return Element(name, one_line(plain(value) if isinstance(value, Decimal) else str(value)), attributes=named)


def one_line(text: str) -> str:
    """The text with each run of white space as one space: line breaks are the paper's layout, not its words."""
    return _WHITE.sub(" ", text).strip(" ")


def unwritable(text: str) -> str | None:
    """The first character that XML cannot carry, None where it can carry all."""
    found = _NO_XML.search(text)
    return found.group() if found else None


def write(root: Element) -> bytes:
    """UTF-8 with an XML declaration, indented by two spaces. The texts must be writable."""
    return (_DECLARATION + _written(root, "")).encode()


def _written(element: Element, indent: str) -> str:
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes)
    opened = f"{indent}<{element.name}{attributes}"
    if element.text is not None:
        return f"{opened}>{escape(element.text)}</{element.name}>\n"
    if not element.children:
        return f"{opened}/>\n"
    inside = "".join(_written(child, f"{indent}  ") for child in element.children)
    return f"{opened}>\n{inside}{indent}</{element.name}>\n"
