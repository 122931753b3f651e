"""What people's corrections teach about one exporter's papers, and what a hint makes of a shipment.

A hint is an invitation to look, never a fact: it may name a place where a value could stand, fill in a suggestion, or
be one more reading. It makes no value certain, settles nothing, and puts no disagreement aside (`flows.hinted`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Annotated, Final, Literal

from pydantic import Field as Limit
from pydantic import JsonValue

from schemas.documents import DocumentType
from schemas.values import Frozen, HsCode

Beside = Literal["inline", "right", "below"]
"""How a value stands to its label: behind it in the same phrase, right of it, or under it."""

_LENGTH: Final = 10


class LabelHint(Frozen):
    """By which label papers of this type give a field. `label` is in small letters, without marks."""

    kind: Literal["label"] = "label"
    document: DocumentType
    field: str
    label: str
    beside: Beside


class PartyHint(Frozen):
    """How a party that is printed (or read) so is registered."""

    kind: Literal["party"] = "party"
    field: str
    printed: str
    registered: str


class ArticleHint(Frozen):
    """Which code goods of this number, or else of this description, were given by a person."""

    kind: Literal["article"] = "article"
    part_number: str | None = None
    description: str | None = None
    hs_code: HsCode


Lesson = Annotated[LabelHint | PartyHint | ArticleHint, Limit(discriminator="kind")]


class HintSource(Frozen):
    """The recorded decision that taught it: the `decision`th about `revision` of the shipment, `at` in UTC."""

    reference: str
    revision: int
    decision: int
    by: str
    at: dt.datetime


class Hint(Frozen):
    """A lesson about the papers of one exporter, as the declaration names him, and who taught it."""

    exporter: str
    lesson: Lesson
    source: HintSource

    @property
    def id(self) -> str:
        """Equal for what says the same, whoever taught it."""
        told = json.dumps([self.exporter.casefold(), self.lesson.model_dump(mode="json")], sort_keys=True)
        return hashlib.sha256(told.encode("ascii")).hexdigest()[:_LENGTH]

    @property
    def says(self) -> str:
        """The lesson in words, as a list of hints shows it."""
        lesson = self.lesson
        match lesson:
            case LabelHint():
                where = {"inline": "behind", "right": "right of", "below": "under"}[lesson.beside]
                paper, name = lesson.document.replace("_", " "), lesson.field.replace("_", " ")
                return f"{paper}: {name} stands {where} “{lesson.label}”"
            case PartyHint():
                return f"{lesson.field.replace('_', ' ')}: “{lesson.printed}” is {lesson.registered}"
            case ArticleHint():
                return f"article {lesson.part_number or lesson.description}: tariff code {lesson.hs_code}"

    @property
    def origin(self) -> str:
        """Who taught it where, in words that end a sentence."""
        return f"because {self.source.by} corrected it so on shipment {self.source.reference}"


class HintEntry(Frozen):
    """The `number`th thing that happened to a broker's hints, counted from 1: some were learned, or one was removed."""

    broker: str
    number: int
    by: str
    at: dt.datetime
    learned: tuple[Hint, ...] = ()
    removed: str | None = None


class HintedReading(Frozen):
    """What a hint finds on a paper: `document` is its index, `value` has the field's JSON form, `text` is the print."""

    document: int
    field: str
    value: JsonValue
    text: str
    page: int | None
    hint: Hint
