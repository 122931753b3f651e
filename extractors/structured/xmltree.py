"""An XML file made a tree of nodes that know their XPath, under limits; entities and DTDs are refused."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from extractors.structured.errors import BrokenFileError, ForbiddenXmlError, TooLargeError

MOST_BYTES: Final = 32 * 1024 * 1024
"""E-invoices may carry a PDF inside them, in letters."""
_MOST_ELEMENTS: Final = 200_000
_DEEPEST: Final = 64
"""The deepest paths of UBL and CII have about twenty steps."""
_PREFIXES: Final[Mapping[str, str]] = {
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2": "cac:",
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2": "cbc:",
    "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100": "rsm:",
    "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100": "ram:",
    "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100": "udt:",
}
"""The prefixes that the standards themselves use, whatever the file calls them."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element and its XPath, with a number where it has siblings of its name."""

    element: Element
    path: str

    @property
    def text(self) -> str:
        return " ".join((self.element.text or "").split())

    @property
    def name(self) -> str:
        """The name without its namespace."""
        return _split(self.element.tag)[1]

    @property
    def namespace(self) -> str:
        return _split(self.element.tag)[0]

    def attribute(self, name: str) -> str:
        """The attribute's text, empty where there is none."""
        return self.element.get(name, "").strip()

    def children(self) -> Iterator[Node]:
        counts = Counter(child.tag for child in self.element)
        seen: Counter[str] = Counter()
        for child in self.element:
            seen[child.tag] += 1
            namespace, name = _split(child.tag)
            number = f"[{seen[child.tag]}]" if counts[child.tag] > 1 else ""
            yield Node(child, f"{self.path}/{_PREFIXES.get(namespace, '')}{name}{number}")

    def all(self, path: str) -> list[Node]:
        """The nodes at that path of names without prefixes ("Party/PartyName/Name"), in the file's order."""
        found = [self]
        for step in path.split("/"):
            found = [child for node in found for child in node.children() if child.name == step]
        return found

    def first(self, *paths: str) -> Node | None:
        """The first node with a text of its own or inside it, at the first of these paths that has one."""
        return next((node for path in paths for node in self.all(path) if any(node.element.itertext())), None)


def _split(tag: str) -> tuple[str, str]:
    namespace, _, name = tag.rpartition("}")
    return namespace.removeprefix("{"), name


def parsed(content: bytes) -> Node:
    """The root; raises `StructuredError` for what is no plain, reasonable XML. Nothing is fetched, nothing expanded."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise TooLargeError(f"is an XML file of more than {most} MB, too large for a paper: send the paper as PDF.")
    try:
        root = _rooted(content)
    except DefusedXmlException as error:
        message = "is an XML file that defines entities or names a DTD, which e-invoices must not: ask for it without."
        raise ForbiddenXmlError(message) from error
    except (ParseError, LookupError, ValueError) as error:
        raise BrokenFileError("is an XML file that is damaged: send it again.") from error
    namespace, name = _split(root.tag)
    return Node(root, f"/{_PREFIXES.get(namespace, '')}{name}")


def _rooted(content: bytes) -> Element:
    depth = elements = 0
    root: Element | None = None
    for event, element in iterparse(io.BytesIO(content), events=("start", "end"), forbid_dtd=True):
        if event == "end":
            depth -= 1
            continue
        root = element if root is None else root
        depth, elements = depth + 1, elements + 1
        if depth > _DEEPEST or elements > _MOST_ELEMENTS:
            raise TooLargeError("is an XML file deeper or longer than any paper: send the paper as PDF.")
    if root is None:
        raise ParseError
    return root
