"""The desk as one application: every router, the gate before them, and the pages of errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, FastAPI
from fastapi.responses import RedirectResponse

from desk.web import language, login, provider_login, static_files
from desk.web.access import Permission, Person, needs, refuse_unguarded
from desk.web.hall import Hall
from desk.web.menus import first_page_of
from desk.web.pages import PAGES
from desk.web.refusals import add_refusals
from desk.web.security import Gate

_home: Final = APIRouter()


@_home.get("/")
def home(person: Annotated[Person, needs(Permission.OWN_ACCOUNT)]) -> RedirectResponse:
    return RedirectResponse(first_page_of(person), 303)


ROUTERS: Final[Sequence[APIRouter]] = (
    _home,
    static_files.router,
    login.router,
    provider_login.router,
    language.router,
    *PAGES,
)


def create_app(hall: Hall) -> FastAPI:
    """The application, which nothing describes to the outside.

    Raises:
        UnguardedRoute: a route does not say who may use it.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.hall = hall
    for router in ROUTERS:
        refuse_unguarded(router)
        app.include_router(router)
    add_refusals(app, hall)
    app.add_middleware(Gate, hall=hall)
    return app
