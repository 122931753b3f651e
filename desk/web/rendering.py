"""Templates to pages. Whatever is put into one is escaped: text of a paper is never markup."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.web.access import Permission, person_if_any
from desk.web.links import own
from desk.web.menus import menu_for
from desk.web.messages import Texts, language_of, texts
from desk.web.static_files import address_of
from desk.web.visits import visit_of

LANGUAGE: Final = "tidewaiter-language"
"""The cookie with a person's wish; it says nothing else about anybody."""


def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.globals.update(static=address_of, Permission=Permission)
    return environment


_ENVIRONMENT: Final = _environment()


def texts_for(request: Request) -> Texts:
    """The texts in the language of the person who asks."""
    return texts(language_of(request.cookies.get(LANGUAGE), request.headers.get("Accept-Language", "")))


def render(request: Request, template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """The page with the context, and with what every page has: `t`, `person`, `csrf`, `own`, `menu`, `here`, `notice`.

    Raises `jinja2.UndefinedError` where the template asks for something that it was not given.
    """
    person, visit = person_if_any(request), visit_of(request)
    shared = {
        "t": texts_for(request),
        "person": person,
        "csrf": visit.csrf_token,
        "own": partial(own, visit=visit),
        "menu": menu_for(person),
        "here": None,
        "notice": None,
    }
    return HTMLResponse(_ENVIRONMENT.get_template(template).render({**shared, **context}), status_code=status)
