"""A value with its place on the page, its confidence, its witnesses and the readings left open."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import Field as Limit
from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from schemas.geometry import Box
from schemas.readers import Reader
from schemas.values import Frozen

T = TypeVar("T")
_EMPTY: tuple[object, ...] = (None, (), [], False)
"""What says nothing and is left out of the JSON form."""


class Alternative(Frozen, Generic[T]):
    """Another reading still possible."""

    value: T
    text: str
    confidence: float = Limit(ge=0, le=1)


class Field(Frozen, Generic[T]):
    """A value and where it came from.

    `box` is `[x0, top, x1, bottom]` in points on the upright `page` (1-based) of `file`. `locator` is for files without
    pages (XPath, `Sheet1!C7`, JSON pointer), `derived_from` names the fields a computed value rests on.
    `witnesses` are what supports it beside its own reading: "arithmetic", "document:packing_list", "reader:rapidocr",
    "check_digit", "twin", "person:ID".
    `proposed` says that no label names the value: a trained model takes it for this field, which is a question.
    """

    value: T
    confidence: float = Limit(ge=0, le=1)
    file: str | None = None
    page: int | None = Limit(default=None, ge=1)
    box: tuple[float, float, float, float] | None = None
    locator: str | None = None
    derived_from: tuple[str, ...] = ()
    text: str = ""
    reader: Reader = "text_layer"
    witnesses: tuple[str, ...] = ()
    alternatives: tuple[Alternative[T], ...] = ()
    proposed: bool = False

    @model_validator(mode="after")
    def _has_a_place(self) -> Field[T]:
        placed = self.page is not None and self.box is not None
        if not (placed or self.locator or self.derived_from or any(w.startswith("person:") for w in self.witnesses)):
            message = "a value needs a place (page and box, or locator), a derivation or a person's decision"
            raise ValueError(message)
        return self

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        kept = {"value", "confidence", "text"}
        return {name: value for name, value in handler(self).items() if name in kept or value not in _EMPTY}

    @property
    def needs_witness(self) -> bool:
        """True where it rests on OCR or a guess alone, which may not be declared (contract: witnessed values)."""
        return (self.proposed or self.reader in ("tesseract", "rapidocr")) and not self.witnesses

    @property
    def place(self) -> Box | None:
        return Box(*self.box) if self.box else None

    def witnessed(self, *names: str) -> Field[T]:
        """The same field with more witnesses, each named once, in the order given."""
        return self.model_copy(update={"witnesses": tuple(dict.fromkeys((*self.witnesses, *names)))})
