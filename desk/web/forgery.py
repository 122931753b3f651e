"""A request that changes something must come from a page of ours: by where the browser says it is from, and by a token.

Pages send the token as the form's field `csrf_token`, scripts as the header `X-CSRF-Token`.
"""

from __future__ import annotations

import hmac
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from desk.web.errors import Forged
from desk.web.visits import visit_of

FIELD: Final = "csrf_token"
HEADER: Final = "X-CSRF-Token"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


async def refuse_forged(request: Request) -> None:
    """Raises `Forged`."""
    if request.method in _SAFE:
        return
    _refuse_other_sites(request)
    expected = visit_of(request).csrf_token
    given = request.headers.get(HEADER) or await _in_form(request)
    if expected is None or given is None or not hmac.compare_digest(given.encode(), expected.encode()):
        raise Forged("the token of the form is missing or of another session")


def _refuse_other_sites(request: Request) -> None:
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        raise Forged("nothing says from which page it comes")
    if site not in {None, "same-origin"}:
        raise Forged("it comes from another site")
    if origin is not None and urlsplit(origin).netloc.casefold() != request.headers.get("Host", "").casefold():
        raise Forged("it comes from another origin")


async def _in_form(request: Request) -> str | None:
    if not request.headers.get("Content-Type", "").startswith(_FORMS):
        return None
    told = (await request.form()).get(FIELD)
    return told if isinstance(told, str) else None
