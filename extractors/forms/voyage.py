"""Ship, voyage and flight out of a box that also tells the route and the mode of transport."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.lines import line_text, words_of
from extractors.forms.placing import placed, words_for
from extractors.layout import Span
from extractors.layout.spans import joined
from extractors.lexicon import lexicon
from schemas.fields import Field
from schemas.pages import Page, Word

_BY = r"(?:BY|PER|PAR|POR|VIA|VÍA|MIT|EN)"
_FROM_TO = r"\b(?:FROM|VON|DE|DESDE|DA|AB)\b\s*[:.]?\s*.+?\s*\b(?:TO|NACH|BIS|À|A|VERS|HASTA)\b.*$"
_ROUTE = re.compile(rf"{_FROM_TO}|^(?:VIA|TO|ON ?/ ?ABOUT|ON OR ABOUT|ETD|ETA|DEPARTURE DATE|DATE)\b.*$", re.IGNORECASE)
_KIND = r"VESSEL(?:/VOYAGE)?|OCEAN VESSEL|SHIP|FLIGHT|VOYAGE|NAVIRE|BUQUE|NAVE|SCHIFF|VOL|FLUG"
_LABEL = re.compile(rf"^(?:{_KIND})\b\s*(?:NAME|NO\.?)?\s*[:.]?\s*", re.IGNORECASE)


@cache
def _mode(pattern: str) -> re.Pattern[str]:
    """A pattern in which `MODES` stands for "sea", "air / truck" and the like in every language."""
    words = sorted(lexicon("forms").phrases("mode"), key=len, reverse=True)
    one = "|".join(map(re.escape, words))
    several = rf"(?:{one})(?:\s*(?:/|&|\+|,|\b(?:AND|UND|ET|Y|E)\b)\s*(?:{one}))*"
    return re.compile(pattern.replace("MODES", several).replace("BY", _BY), re.IGNORECASE)


def carried_by(text: str) -> str | None:
    """The vessel or flight in one line of a transport box, None where it only tells mode or route.

    "BY SEA: CORAL STAR V.012W" and "FROM NINGBO TO OSLO BY SEA" give "CORAL STAR V.012W" and nothing. A ship may be
    called Sea Star: a mode counts only behind "by", before a sign that divides, or alone.
    """
    rest = _behind_route(text.strip())
    rest = _mode(r"[\s,;/-]*\bBY\s+MODES\s*[.:]?$").sub("", rest)
    rest = _mode(r"^(?:BY\s*MODES\b\s*[:;,.-]*|MODES\s*(?:[:;,-]|$))\s*").sub("", rest)
    rest = _ROUTE.sub("", rest).strip(" :;,./-|")
    rest = _LABEL.sub("", rest).strip(" :;,-|")
    if _between_places(rest):
        return None
    letters = sum(c.isalpha() for c in rest)
    return rest if letters > 1 and not _mode("MODES").fullmatch(rest) else None


_DASH = re.compile(r"\s+[-–—]+\s+")
_OF_VOYAGE = re.compile(
    r"\b(?:V|VOY|VOYAGE|REISE|VIAJE|VIAGGIO|FLIGHT|FLUG|VOL)\b|^\W*[A-Z]{0,3}\d{2,5}[A-Z]{0,2}\W*$", re.IGNORECASE
)


def _between_places(text: str) -> bool:
    """True for "Basel - Jebel Ali": right of a ship's dash stands her voyage, which is no place."""
    parts = _DASH.split(text)
    return len(parts) > 1 and any(c.isalpha() for c in parts[-1]) and not _OF_VOYAGE.search(parts[-1])


def _behind_route(text: str) -> str:
    """The text behind "Cochin - Felixstowe, by sea"; all of it where no such route and mode stand before a ship.

    Right of a ship's dash stands her voyage, which is no place.
    """
    for pattern in _ROUTES:
        found = _mode(pattern).match(text)
        if found:
            return text[found.end() :]
    carried = _PER.match(text)
    ship = _mode(r"^MODES\b[\s.,:;]*").sub("", carried["ship"]) if carried else ""
    return ship if re.search(r"\d", ship) else text


_ROUTES = (
    r"^.+?\s+[-–—]+\s+(?!(?:V\.?)?\d+\w*[\s,;]+BY\s)\S.*?(?:[,;]\s*(?:BY\s+)?|\s+BY\s+)MODES\b[\s.,:;]*",
    r"^\D+?,\s*BY\s+MODES\b[\s.,:;]+(?=\S)",
)
_PER = re.compile(
    rf"^.*\b(?:FROM|VON|DE|DESDE|DA|AB)\b.+?\b(?:TO|NACH|BIS|À|A|VERS|HASTA)\b.+?\s{_BY}\s+(?P<ship>.+)$", re.IGNORECASE
)
"""The ship behind a route: "from Cat Lai to Yokohama per GRAND HERON 0218N"; her voyage tells her from a mode."""


def means_of_transport(form: FormPage) -> Field[str] | None:
    """The vessel or flight of a certificate: its own small title first, else what the transport box leaves."""
    named = picking.first_value(form, form.labelled("vessel"), picking.first_line)
    return named or picking.first_value(form, form.labelled("transport"), _carried)


def _carried(page: Page, lines: picking.Lines) -> Field[str] | None:
    in_route = False
    for at, line in enumerate(lines):
        text = _dashed(line)
        value = None if in_route and not re.search(r"\d", text) else carried_by(text)
        in_route = bool(_ROUTE.search(text)) and not _mode(r"\bBY\s+MODES\s*[.:]?$").search(text)
        if value:
            voyage = [] if re.search(r"\d", value) else _voyage_of(lines[at + 1 : at + 2])
            words = [*words_for(words_of([line]), value), *voyage]
            return placed(words, joined([value, *(w.text for w in voyage)]), page)
    return None


def _dashed(line: Sequence[Span]) -> str:
    """The line's text; before a mode, a wide space between two places stands for a dash that was not read."""
    text = line_text(line)
    apart = " - ".join(span.text for span in line)
    return apart if len(line) > 1 and _behind_route(apart) != apart else text


def _voyage_of(lines: picking.Lines) -> list[Word]:
    """The voyage that the box was too narrow for: one word with digits, alone on the next line."""
    words = words_of(lines)
    return words if len(words) == 1 and re.fullmatch(r"(?:V\.?)?[A-Z]{0,3}\d{2,5}[A-Z]{0,2}", words[0].text) else []


def vessel_with_voyage(form: FormPage) -> Field[str] | None:
    """Ship and voyage of a transport document, joined where they stand in two boxes."""
    for label in form.labelled("vessel"):
        words = words_of(form.value_lines(label)[:1])
        if not _tells(words):
            continue
        voyage = words_of([line for other in form.labelled("voyage") for line in form.value_lines(other)[:1]])
        every = [*words, *(w for w in voyage if w not in words)]
        value = joined(w.text for w in every).strip(" |_:;,")
        return placed(every, value, form.page)
    return None


def _tells(words: Sequence[Word]) -> bool:
    return any(c.isalnum() for w in words for c in w.text)
