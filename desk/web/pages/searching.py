"""A form of conditions as a search of the register, its page, and the address of the page that comes after one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final
from urllib.parse import urlencode

from fastapi import Request, Response

from archive.counting import STATUSES
from archive.searching import Found, FoundShipment, Place, Search
from desk.places import place_of, place_text
from desk.web.errors import DeskError
from desk.web.rendering import render
from schemas.results import Status

PAGE: Final = 50
_LONGEST: Final = 200
_TEXTS: Final = ("reference", "number", "party", "hs_code", "file", "digest", "broker")
CONDITIONS: Final = (*_TEXTS, "status", "amount", "currency", "since", "until")


class WrongSearchError(DeskError):
    """`condition` is the key of the text below `search.wrong` that says what was wrong."""

    def __init__(self, condition: str) -> None:
        super().__init__(condition)
        self.condition = condition


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Where somebody searches: the menu's entry, the address, and what a found shipment leads to."""

    here: str
    path: str
    link: Callable[[FoundShipment], str]

    def shown(
        self, request: Request, asked: Mapping[str, str], found: Found | None = None, *, wrong: str | None = None
    ) -> Response:
        """The form with what was asked, and below it what was found."""
        return render(
            request,
            "audit/search.html",
            status=422 if wrong else 200,
            here=self.here,
            here_path=self.path,
            asked=asked,
            found=found,
            link=self.link,
            more=next_page(self.path, asked, found) if found else None,
            wrong=wrong,
        )


def asked_of(params: Mapping[str, str]) -> Mapping[str, str]:
    """What was filled in, by condition; the others are empty."""
    return {name: params.get(name, "").strip()[:_LONGEST] for name in CONDITIONS}


def search_of(asked: Mapping[str, str], *, broker: str | None = None) -> Search:
    """The search that was asked for, with `broker` among the shipments of that one alone. Raises `WrongSearchError`."""
    texts = {name: asked[name] or None for name in _TEXTS}
    return Search(
        broker=broker or texts["broker"],
        reference=texts["reference"],
        number=texts["number"],
        party=texts["party"],
        hs_code=texts["hs_code"],
        file=texts["file"],
        digest=(texts["digest"] or "").lower() or None,
        status=_status(asked["status"]),
        amount=_amount(asked["amount"]),
        currency=asked["currency"].upper() or None if asked["amount"] else None,
        since=_day(asked["since"]),
        until=_day(asked["until"]),
    )


def place_after(params: Mapping[str, str]) -> Place | None:
    """Raises `WrongSearchError`."""
    told = params.get("after")
    try:
        return place_of(told) if told else None
    except ValueError as error:
        raise WrongSearchError("after") from error


def next_page(path: str, asked: Mapping[str, str], found: Found) -> str | None:
    """The address of the page behind what was found, None where there is none."""
    if not found.has_more:
        return None
    told = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode({**told, 'after': place_text(found.shipments[-1].place)})}"


def _status(text: str) -> Status | None:
    if text and text not in STATUSES:
        raise WrongSearchError("status")
    return text or None


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(" ", "")) if text else None
    except InvalidOperation as error:
        raise WrongSearchError("amount") from error
    if found is not None and not found.is_finite():
        raise WrongSearchError("amount")
    return found


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise WrongSearchError("day") from error
