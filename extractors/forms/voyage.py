"""Ship, voyage and flight out of a box that also tells the route and the mode of transport."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms import picking
from extractors.forms.boxes import FormPage
from extractors.forms.lines import line_text, words_of
from extractors.forms.placing import placed, words_for
from extractors.layout.spans import joined
from schemas.fields import Field
from schemas.pages import Page, Word

_MODES = (
    r"SEA ?FREIGHT|AIR ?FREIGHT|SEA|AIR|TRUCK|ROAD|RAIL|TRAIN|LAND|VESSEL|SHIP|OCEAN|COURIER|PLANE|AIRPLANE|LKW|SEE|LUFT|SEEWEG|LUFTWEG|BAHN|SCHIFF"
    r"|MER|AVION|CAMION|ROUTE|BATEAU|VOIE MARITIME|VOIE AÉRIENNE|MAR|BARCO|AVIÓN|CAMIÓN|CARRETERA|VÍA MARÍTIMA|VÍA AÉREA|MARE|NAVE|AEREO|STRADA|海运|空运"
)
_BY = r"(?:BY|PER|PAR|POR|VIA|VÍA|MIT|EN)"
_MODE = re.compile(
    rf"^(?:{_BY}\s+)?(?:{_MODES})(?:\s*(?:/|&|\+|,|AND|UND|ET|Y|E)\s*(?:{_MODES}))*\b\s*[:;,.-]*\s*", re.IGNORECASE
)
_TRAILING_MODE = re.compile(rf"[\s,;/-]*\b{_BY}\s+(?:{_MODES})(?:\s*/\s*(?:{_MODES}))*\s*[.:]?$", re.IGNORECASE)
_ROUTE = re.compile(
    r"\b(?:FROM|VON|DE|DESDE|DA|AB)\b\s*[:.]?\s*.+?\s*\b(?:TO|NACH|BIS|À|A|VERS|HASTA)\b.*$|^(?:VIA|TO|ON OR ABOUT|ETD|ETA|DEPARTURE DATE|DATE)\b.*$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:VESSEL|SHIP|FLIGHT|VOYAGE|OCEAN VESSEL|VESSEL/VOYAGE|NAVIRE|BUQUE|NAVE|SCHIFF|VOL|FLUG)\b\s*(?:NAME|NO\.?)?\s*[:.]?\s*",
    re.IGNORECASE,
)


def carried_by(text: str) -> str | None:
    """The vessel or flight in one line of a transport box, None where it only tells mode or route.

    "BY SEA: CORAL STAR V.012W" and "FROM NINGBO TO OSLO BY SEA" give "CORAL STAR V.012W" and nothing.
    """
    rest = _TRAILING_MODE.sub("", text.strip())
    rest = _MODE.sub("", rest) if _MODE.match(rest) else rest
    rest = _ROUTE.sub("", rest).strip(" :;,./-|")
    rest = _LABEL.sub("", rest).strip(" :;,-|")
    letters = sum(c.isalpha() for c in rest)
    return rest if letters > 1 and not _MODE.fullmatch(rest) else None


def means_of_transport(form: FormPage) -> Field[str] | None:
    """The vessel or flight of a certificate: its own small title first, else what the transport box leaves."""
    named = picking.first_value(form, form.labelled("vessel"), picking.first_line)
    return named or picking.first_value(form, form.labelled("transport"), _carried)


def _carried(page: Page, lines: picking.Lines) -> Field[str] | None:
    in_route = False
    for line in lines:
        text = line_text(line)
        value = None if in_route and not re.search(r"\d", text) else carried_by(text)
        in_route = bool(_ROUTE.search(text)) and not _TRAILING_MODE.search(text)
        if value:
            return placed(words_for(words_of([line]), value), value, page)
    return None


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
