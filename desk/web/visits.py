"""Who asks: the session of the browser, looked up once for each request, and the cookies that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from fastapi import Request
from starlette.requests import HTTPConnection
from starlette.responses import Response

from archive.accounts.passwords import digest
from archive.accounts.people import Session
from desk.web.hall import Hall

LOOK: Final = "X-Desk-Look"
"""A page that looks for news by itself sends this header: it does not keep the session of nobody alive."""
_SESSION: Final = "tidewaiter-session"
_FORM: Final = "tidewaiter-form"
_ERRAND: Final = "tidewaiter-errand"
_ERRAND_SECONDS: Final = 600
_STATE: Final = "visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """`identity` is the id of the session; `form` is the random word of a browser that has none yet."""

    identity: str | None
    session: Session | None
    form: str | None

    @property
    def csrf_token(self) -> str | None:
        """What a form of ours carries; of the session's id only the browser and we can compute it."""
        secret = self.identity if self.session is not None else self.form
        return None if secret is None else digest(f"form of {secret}")


def visit_at(connection: HTTPConnection, hall: Hall) -> Visit:
    """Asks the database; blocks."""
    identity = connection.cookies.get(_cookie(_SESSION, hall))
    is_used = LOOK not in connection.headers
    session = hall.accounts.sessions.find(identity, hall.clock(), is_used=is_used) if identity else None
    return Visit(identity, session, connection.cookies.get(_cookie(_FORM, hall)))


def keep(visit: Visit, state: dict[str, object]) -> None:
    state[_STATE] = visit


def visit_of(request: Request) -> Visit:
    visit = request.scope.get("state", {}).get(_STATE)
    return visit if isinstance(visit, Visit) else Visit(None, None, None)


def hand_out_session(response: Response, identity: str, hall: Hall) -> None:
    """The cookie ends with the browser; the session on the server ends by its own rules.

    It goes along when somebody follows a link from a mail (`Lax`), and with no other request of another site. What
    changes something never rests on it alone: see `desk.web.forgery`.
    """
    _set(response, _cookie(_SESSION, hall), identity, hall, samesite="lax")


def hand_out_form(response: Response, word: str, hall: Hall) -> None:
    _set(response, _cookie(_FORM, hall), word, hall, samesite="strict")


def take_back_session(response: Response, hall: Hall) -> None:
    response.delete_cookie(_cookie(_SESSION, hall), path="/", secure=hall.is_under_tls, httponly=True, samesite="lax")


def hand_out_errand(response: Response, told: str, hall: Hall) -> None:
    """What a browser that is sent to an identity provider brings back: from there it comes by a link (`Lax`)."""
    _set(response, _cookie(_ERRAND, hall), told, hall, samesite="lax", seconds=_ERRAND_SECONDS)


def taken_errand(request: Request, hall: Hall) -> str | None:
    return request.cookies.get(_cookie(_ERRAND, hall))


def take_back_errand(response: Response, hall: Hall) -> None:
    response.delete_cookie(_cookie(_ERRAND, hall), path="/", secure=hall.is_under_tls, httponly=True, samesite="lax")


def _set(
    response: Response,
    name: str,
    value: str,
    hall: Hall,
    *,
    samesite: Literal["lax", "strict"],
    seconds: int | None = None,
) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path="/", secure=hall.is_under_tls, httponly=True, samesite=samesite
    )


def _cookie(name: str, hall: Hall) -> str:
    """With `__Host-` a browser takes it from this very host alone, under TLS (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{name}" if hall.is_under_tls else name


def with_form(word: str) -> Visit:
    """A visit of somebody without a session, whose forms carry that word."""
    return Visit(None, None, word)
