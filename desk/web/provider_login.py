"""The way in through an identity provider: there by a link, and back with an answer.

It begins with a link and no form, as browsers follow no form of ours to another site (`form-action` of our policy).
Whatever goes wrong ends at the page to sign in, so that no code stays in the browser's address.
"""

from __future__ import annotations

import secrets
from typing import Final
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from desk.web.access import PROVIDER, PROVIDER_ANSWER, SIGN_IN, anyone
from desk.web.errors import NotVouchedFor, TooMany
from desk.web.hall import Hall, TheHall
from desk.web.login import Next, page_of_ours
from desk.web.oidc.knowing import Acquaintance, gave_second_factor
from desk.web.oidc.provider import Provider
from desk.web.signing_in import Door
from desk.web.visits import hand_out_errand, hand_out_session, take_back_errand, taken_errand, visit_of
from flows.logs import tell

router: Final = APIRouter()


@router.get(PROVIDER, dependencies=[anyone])
def to_provider(request: Request, hall: TheHall, next: Next = "/") -> Response:  # noqa: A002 - as browsers show it
    provider, word = _provider(hall), secrets.token_urlsafe(32)
    try:
        address = provider.page(word, _back(request, hall))
    except NotVouchedFor as error:
        return _refused(error)
    answer = RedirectResponse(address, 303)
    hand_out_errand(answer, f"{word}.{quote(page_of_ours(next), safe='')}", hall)
    return answer


@router.get(PROVIDER_ANSWER, dependencies=[anyone])
def from_provider(request: Request, hall: TheHall) -> Response:
    """The answer of the provider, taken once: the word that it must fit goes with it, whatever came of it."""
    provider, (word, _, after) = _provider(hall), (taken_errand(request, hall) or "").partition(".")
    try:
        identity = _admitted(request, provider, word, hall)
    except NotVouchedFor as error:
        answer = _refused(error)
    except TooMany:
        answer = RedirectResponse(f"{SIGN_IN}?told=too_many", 303)
    else:
        answer = RedirectResponse(page_of_ours(unquote(after)), 303)
        hand_out_session(answer, identity, hall)
    take_back_errand(answer, hall)
    return answer


def _admitted(request: Request, provider: Provider, word: str, hall: Hall) -> str:
    """The id of a session. Raises `NotVouchedFor`, and `TooMany` for an address that was refused often of late."""
    if not word:
        raise NotVouchedFor("provider_answer", "begun in no browser or in another one")
    door = Door(hall, visit_of(request), request.client.host if request.client else "unknown")
    with door.counted(f"answer to {word}"):
        claims = provider.vouched(word, dict(request.query_params), _back(request, hall), hall.clock())
        user = Acquaintance(hall.accounts, hall.settings, hall.clock()).user(claims)
    return door.admit(user, is_second_factor_given=gave_second_factor(claims, hall.settings))


def _provider(hall: Hall) -> Provider:
    """Raises `HTTPException` (404) where there is none."""
    if hall.settings.oidc_issuer is None:
        raise HTTPException(404)
    return Provider(hall.settings)


def _back(request: Request, hall: Hall) -> str:
    """Our address as the provider knows it; the name was asked for by the browser and is one of ours (`Gate`)."""
    here = f"{'https' if hall.is_under_tls else 'http'}://{request.headers['Host']}"
    return f"{hall.settings.desk_url or here}{PROVIDER_ANSWER}"


def _refused(error: NotVouchedFor) -> Response:
    tell("desk_refused", level="warning", told={"why": f"{error.told}:{error}".replace(" ", "_")})
    return RedirectResponse(f"{SIGN_IN}?{urlencode({'told': error.told})}", 303)
