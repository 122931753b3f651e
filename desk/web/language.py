"""The language that a person wishes for, in a cookie of its own: it is kept also after signing out."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from desk.web.access import anyone
from desk.web.hall import TheHall
from desk.web.rendering import LANGUAGE
from desk.web.sentences import Language

router: Final = APIRouter()

_KEPT: Final = int(dt.timedelta(days=365).total_seconds())


@router.post("/language", dependencies=[anyone])
def set_language(request: Request, hall: TheHall, language: Annotated[Language, Form()]) -> RedirectResponse:
    answer = RedirectResponse(_page_before(request), 303)
    answer.set_cookie(
        LANGUAGE, language, path="/", max_age=_KEPT, secure=hall.is_under_tls, httponly=True, samesite="lax"
    )
    return answer


def _page_before(request: Request) -> str:
    """The page with the button, of which only the path within the desk counts."""
    told = urlsplit(request.headers.get("Referer", ""))
    path = "/" + told.path.lstrip("/\\")
    return f"{path}?{told.query}" if told.query else path
