"""Hostile text in every field of a shipment that takes a text, and every page that shows it: nothing becomes markup."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest
from fastapi.routing import APIRoute
from pydantic import JsonValue, ValidationError
from typing_extensions import override

from archive.accounts.accounts import open_accounts
from archive.accounts.passwords import Passwords
from archive.accounts.people import ROLES, Role
from desk.web.access import GRANTS, Permission, guard_of
from desk.web.app import ROUTERS, create_app
from desk.web.hall import Hall
from flows import journal, plain, steps
from flows.links import segment
from flows.settings import Settings
from flows.workshop import Workshop, open_records, open_workshop
from schemas.results import Intake, IntakeFile, ShipmentResult, Submission
from tests.archived import AS_OF
from tests.breadth import mostly_slow
from tests.desks import LIFETIME, Browser, Clock, Desk

SAMPLE: Final = Path(__file__).parents[3] / "sample_docs/shipments/S01"
HOSTILE: Final = (
    "<xss-made onxss=1>", '"><xss-made>', "' onxss='1", '" onxss="1', "javascript:xss()", "</title><xss-made>",
    "{{ 7 * 191 }}", "--><xss-made>", "\u202exss", "</textarea></script><xss-made>", "data:text/html,<xss-made>",
)  # fmt: skip
REFERENCE: Final = "".join(HOSTILE[:4])
FEW: Final = 500


Place = tuple[dict[str, JsonValue] | list[JsonValue], str | int]
"""An object or list, and under which name or number a text stands in it."""


def _texts(value: JsonValue) -> Iterator[Place]:
    """Where a text stands that a paper could have brought."""
    if not isinstance(value, dict | list):
        return
    names: Iterable[str | int] = value if isinstance(value, dict) else range(len(value))
    for name in list(names):
        inner: JsonValue = value[name]  # type: ignore[index]  # a name of this very object, or a number of this list
        if isinstance(inner, str):
            yield value, name
        else:
            yield from _texts(inner)


def _put(place: Place, text: JsonValue) -> JsonValue:
    """The text that stood there before."""
    inside, name = place
    before: JsonValue = inside[name]  # type: ignore[index]  # a name of this very object, or a number of this list
    inside[name] = text  # type: ignore[index]  # likewise
    return before


def _hostile(result: ShipmentResult, files: Mapping[str, str]) -> tuple[ShipmentResult, int]:
    """The result with hostile text wherever the schemas take one, and in how many places that is."""
    told: JsonValue = json.loads(result.model_dump_json())
    kept = 0
    for number, place in enumerate(list(_texts(told))):
        before = _put(place, HOSTILE[number % len(HOSTILE)])
        if place[1] == "file":
            _put(place, files.get(str(before), before))
        try:
            ShipmentResult.model_validate_json(json.dumps(told))
        except ValidationError:
            _put(place, before)
        else:
            kept += 1
    return ShipmentResult.model_validate_json(json.dumps(told)), kept


def _file(shop: Workshop) -> int:
    """A shipment as it was cleared, filed once more with hostile text; in how many places."""
    papers = {"total_invoice_amount": "19000.00", "exporter": {"name": HOSTILE[0]}}
    folder = shutil.copytree(SAMPLE, shop.settings.data_dir.parent / "S01")
    (folder / "draft_declaration.json").write_text(json.dumps(papers))
    result = plain.clear(folder, shop, as_of=AS_OF.replace(month=4, day=13), on_page=steps.unseen)
    first = shop.archive.intake("local", "S01", 1)
    files = tuple(
        IntakeFile(
            file=f"{HOSTILE[n % 4].replace('/', '')}{n}", sha256=one.sha256, media_type=one.media_type, size=one.size
        )
        for n, one in enumerate(first.files)
    )
    submission = Submission(
        broker="anker", reference=REFERENCE, as_of=first.as_of, rules=first.rules, received_by=HOSTILE[1], files=files
    )
    intake: Intake = shop.archive.begin(submission)
    journal.begun(intake, shop)
    hostile, places = _hostile(result, {old.file: new.file for old, new in zip(first.files, files, strict=True)})
    named = hostile.model_copy(update={"broker": "anker", "reference": REFERENCE, "revision": intake.revision})
    shop.archive.commit(intake, named)
    shop.register.record(intake, named)
    journal.filed(intake, shop)
    return places


@dataclass(frozen=True)
class Stocked:
    desk: Desk
    places: int
    browsers: dict[Role, Browser]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory, quick: Passwords) -> Iterator[Stocked]:
    place = tmp_path_factory.mktemp("hostile")
    settings = Settings(data_dir=place / "data", exchange_dir=place / "exchange")
    with (
        open_records(settings) as records,
        open_workshop(settings) as workshop,
        open_accounts(place / "accounts.sqlite", LIFETIME, passwords=quick) as accounts,
    ):
        places = _file(workshop)
        clock = Clock()
        hall = Hall(settings, records, workshop, accounts, clock)
        desk = Desk(create_app(hall), hall, clock)
        yield Stocked(desk, places, {role: desk.signed_in(desk.user(role)) for role in ROLES})


@dataclass
class Markup(HTMLParser):
    """What a browser would make of a page."""

    tags: list[str] = field(default_factory=list)
    attributes: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "script" and not dict(attrs).get("src", "").startswith("/static/"):  # type: ignore[union-attr]  # one without is what is looked for
            self.tags.append("script of the page")

    @override
    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def made(self) -> list[str]:
        """Elements and attributes that no template of ours has."""
        led = [
            f"{name}={value}"
            for name, value in self.attributes
            if name in {"href", "src", "action", "formaction", "hx-get", "hx-post"}
            and not value.startswith(("/", "#", "otpauth:"))
        ]
        named = [name for name, _ in self.attributes if not re.fullmatch(r"[a-z-]+", name) or name.startswith("on")]
        return [*(tag for tag in self.tags if "xss" in tag or tag == "script of the page"), *named, *led]

    @property
    def shown(self) -> int:
        """How often one of the hostile texts is there to be read, as text or inside an attribute."""
        everything = "\n".join((*self.texts, *(value for _, value in self.attributes)))
        return sum(everything.count(one) for one in HOSTILE)


def _markup(page: str) -> Markup:
    found = Markup()
    found.feed(page)
    found.close()
    return found


PAGES: Final = [
    route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and isinstance(guard_of(route), Permission)
]


@pytest.mark.parametrize("language", mostly_slow(["en", "de"], quick={"en"}))
@pytest.mark.parametrize("route", PAGES, ids=[route.path for route in PAGES])
def test_no_page_makes_an_element_or_an_attribute_of_a_text(route: APIRoute, language: str, stocked: Stocked) -> None:
    named = route.path.replace("{broker}", "anker").replace("{reference}", segment(REFERENCE))
    path = re.sub(r"\{\w+(:\w+)?\}", "1", named)
    for role in (role for role in ROLES if guard_of(route) in GRANTS[role]):
        answer = stocked.browsers[role].get(path, {"Accept-Language": language})
        assert answer.status < 500
        if answer.headers.get("content-type", "").startswith("text/html"):
            assert _markup(answer.text).made == [], role
            assert str(7 * 191) not in answer.text


SHOWING: Final = (
    ("clerk", f"/shipments/anker/{segment(REFERENCE)}"), ("auditor", f"/audit/shipments/anker/{segment(REFERENCE)}"),
    ("broker", f"/mine/{segment(REFERENCE)}"), ("clerk", "/queue"), ("clerk", "/queue/search?status=held"),
    ("auditor", "/audit?status=held"), ("broker", "/mine"),
)  # fmt: skip


@pytest.mark.parametrize(("role", "path"), SHOWING)
def test_the_texts_are_there_to_be_read(role: Role, path: str, stocked: Stocked) -> None:
    assert stocked.places > FEW
    answer = stocked.browsers[role].get(path)
    assert answer.status == 200
    markup = _markup(answer.text)
    assert markup.shown > 0
    assert markup.made == []


@pytest.mark.parametrize("text", mostly_slow(HOSTILE, quick=HOSTILE[:2]))
def test_what_is_typed_at_the_desk_becomes_no_markup_either(text: str, stocked: Stocked) -> None:
    clerk, case = stocked.browsers["clerk"], f"/shipments/anker/{segment(REFERENCE)}"
    clerk.get(case)
    answer = clerk.post(f"{case}/comments", {"text": text})
    assert answer.status == 200
    assert _markup(answer.text).made == []
    for path in (f"/queue/search?reference={segment(text)}&party={segment(text)}", f"/queue?broker={segment(text)}"):
        assert _markup(clerk.get(path).text).made == []
    admin = stocked.browsers["admin"]
    admin.get("/users")
    refused = admin.post("/users", {"name": text, "role": "clerk", "broker": text})
    assert refused.status == 422
    assert _markup(refused.text).made == []
