"""What a person reads when a request is not served. No page of an error tells a trace, a key or a text of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException as StarletteError

from archive.errors import ArchiveError, KeyInvalid, ObjectMissing
from desk.web.errors import AnothersLink, Forged, NotSignedIn
from desk.web.hall import Hall
from desk.web.rendering import render
from desk.web.security import headers_for
from flows.errors import ClearingError, NoSuchPathError, NoSuchShipmentError
from flows.logs import tell

_TEXTS: Final[Mapping[int, str]] = {403: "forbidden", 404: "not_found", 413: "too_large", 503: "unavailable"}
_HTMX: Final = "HX-Request"


def add_refusals(app: FastAPI, hall: Hall) -> None:
    """Every error that a page may raise has an answer; an error of ours has the headers too, outside of all else."""

    def failed(request: Request, error: Exception) -> Response:
        tell("desk", level="error", told={"error": type(error).__name__})
        may_pass = isinstance(error, ArchiveError) and error.may_pass  # Such as accounts that do not answer the gate.
        answer = page_of(request, 503 if may_pass else 500)
        answer.headers.update(headers_for(hall))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    app.add_exception_handler(NotSignedIn, _to_sign_in)
    app.add_exception_handler(Forged, _forged)
    app.add_exception_handler(AnothersLink, _anothers_link)
    app.add_exception_handler(StarletteError, _told)
    app.add_exception_handler(RequestValidationError, _wrong)
    app.add_exception_handler(ArchiveError, _archive)
    app.add_exception_handler(ClearingError, _clearing)
    app.add_exception_handler(Exception, failed)


def page_of(request: Request, status: int, *, name: str | None = None) -> Response:
    """The page of an error, with the text of that name or the status's own."""
    return render(request, "error.html", status=status, name=name or _TEXTS.get(status, "failed"))


def _to_sign_in(request: Request, error: Exception) -> Response:
    where = error.where if isinstance(error, NotSignedIn) else "/login"
    if request.headers.get(_HTMX):
        return Response(status_code=401, headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


def _forged(request: Request, error: Exception) -> Response:
    tell("desk_forged", level="warning", told={"error": type(error).__name__})
    return page_of(request, 403)


def _anothers_link(request: Request, _error: Exception) -> Response:
    return page_of(request, 403, name="link")


def _told(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException | StarletteError):
        raise TypeError(type(error).__name__)
    answer = page_of(request, error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _wrong(request: Request, _error: Exception) -> Response:
    """A form or address that no page of ours makes."""
    return page_of(request, 422)


def _archive(request: Request, error: Exception) -> Response:
    tell("desk", level="error", told={"error": type(error).__name__})
    if isinstance(error, KeyInvalid | ObjectMissing):
        return page_of(request, 404)
    return page_of(request, 503 if isinstance(error, ArchiveError) and error.may_pass else 500)


def _clearing(request: Request, error: Exception) -> Response:
    if isinstance(error, NoSuchShipmentError | NoSuchPathError):
        return page_of(request, 404)
    tell("desk", level="error", told={"error": type(error).__name__})
    return page_of(request, 500)
