"""A case on the desk: a digital sample whose draft declaration has another total and claims a preference in vain."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from flows import plain, steps
from flows.casework.cases import open_case
from flows.casework.drafting import draft_of, take
from flows.decisions import Clear
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.casework import Choice, Draft, Person

AS_OF = dt.date(2026, 4, 13)
SAMPLE = Path(__file__).parents[3] / "sample_docs/shipments/S01"
PRICES = ("7358.40", "2778.00", "2355.00", "3679.20")

Deciding = Callable[..., Draft]


@pytest.fixture(scope="session")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with that shipment, cleared once."""
    place = tmp_path_factory.mktemp("casework")
    papers = shutil.copytree(SAMPLE, place / "S01")
    items = [{"item_price": price} for price in PRICES]
    draft = {"total_invoice_amount": "19000.00", "items": [{**items[0], "preference": {"form": "eur1"}}, *items[1:]]}
    (papers / "draft_declaration.json").write_text(json.dumps(draft))
    with open_workshop(Settings(data_dir=place / "data", exchange_dir=place / "exchange")) as workshop:
        plain.clear(papers, workshop, as_of=AS_OF, on_page=steps.unseen)
    return place / "data"


@pytest.fixture
def settings(filed: Path, tmp_path: Path) -> Settings:
    """Of a copy of the archive as it was left, for one test."""
    shutil.copytree(filed, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data", exchange_dir=tmp_path / "exchange")


@pytest.fixture
def shop(settings: Settings) -> Iterator[Workshop]:
    with open_workshop(settings) as workshop:
        yield workshop


@pytest.fixture
def two_needed(settings: Settings) -> Iterator[Workshop]:
    """As above, where a second person confirms what is about more than 100."""
    with open_workshop(settings.model_copy(update={"four_eyes_value": Decimal(100)})) as workshop:
        yield workshop


@pytest.fixture
def clear(shop: Workshop) -> Clear:
    return partial(plain.clear_begun, workshop=shop, on_page=steps.unseen)


@pytest.fixture
def ann() -> Person:
    return Person(id="ann")


@pytest.fixture
def bob() -> Person:
    return Person(id="bob")


@pytest.fixture
def sue() -> Person:
    return Person(id="sue", role="supervisor")


@pytest.fixture
def deciding(ann: Person) -> Deciding:
    """Takes a decision on the finding of that code: by Ann, on the draft that stands."""

    def decide(code: str, choice: Choice, workshop: Workshop, person: Person = ann) -> Draft:
        case = open_case("local", "S01", workshop)
        key = next(one.key for one in case.findings if one.finding.code == code)
        return take(draft_of("local", "S01", workshop), key, choice, person, workshop)

    return decide
