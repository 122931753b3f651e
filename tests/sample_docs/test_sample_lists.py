"""The lists among the samples say nothing about the sample shipments: how those end is what their truth says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.references import PARSERS, text_of
from schemas.reference import GoodsMeasure, IpRight, ListVersion, ReferenceKind, WatchedParty
from validators import Tolerances
from validators.listed import words_in
from validators.screening import index_of, likeness, named, stands_inside

Truths = list[dict[str, object]]


@pytest.fixture(scope="module")
def truths(root_of_samples: Path) -> Truths:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((root_of_samples / "truth").glob("*.json"))]


@pytest.fixture(scope="module")
def root_of_samples() -> Path:
    return Path(__file__).parents[2] / "sample_docs"


def _rows(kind: ReferenceKind, samples: Path) -> tuple[object, ...]:
    file = samples / "reference" / f"{kind}.csv"
    day = dt.date(2026, 1, 1)
    version = ListVersion(kind=kind, name=file.name, source="x", valid_from=day, sha256="0" * 64)
    rows = PARSERS[kind](text_of(file.read_bytes()), version)
    assert isinstance(rows, tuple)
    assert rows
    return rows


def _all(told: object, key: str) -> Iterator[object]:
    """Everything that stands under that name, however deep."""
    if isinstance(told, dict):
        yield from (value for name, value in told.items() if name == key)
        yield from (found for value in told.values() for found in _all(value, key))
    elif isinstance(told, list):
        yield from (found for value in told for found in _all(value, key))


def test_no_party_of_a_sample_is_like_one_on_the_watch_list(truths: Truths, root_of_samples: Path) -> None:
    rows = [row for row in _rows("watch_list", root_of_samples) if isinstance(row, WatchedParty)]
    index = index_of((n, name) for n, row in enumerate(rows) for name in row.names)
    parties = {name for name in _all(truths, "name") if isinstance(name, str)}
    assert len(parties) > 20
    for party in parties:
        printed = named(party)
        near = [
            one for one in index.near(printed) if likeness(one.name, printed) > Tolerances().near_listed_name - 0.07
        ]
        assert [one.text for one in near] == []
        assert not any(stands_inside(one.name, printed) for one in index.names)


def test_no_goods_of_a_sample_are_under_a_measure_or_a_recorded_brand(truths: Truths, root_of_samples: Path) -> None:
    measures = [row for kind in ("restricted_goods", "licences") for row in _rows(kind, root_of_samples)]
    brands = [row.brand for row in _rows("ip_rights", root_of_samples) if isinstance(row, IpRight)]
    texts = [str(text) for name in ("description", "marks") for text in _all(truths, name)]
    codes = {str(code) for code in _all(truths, "hs_code")}
    origins = {str(origin) for name in ("origin", "country_of_origin") for origin in _all(truths, name)}
    assert len(texts) > 100
    assert [text for text in texts if words_in(text, brands)] == []
    for measure in measures:
        assert isinstance(measure, GoodsMeasure)
        coded = measure.code is None or any(code.startswith(measure.code) for code in codes)
        made_there = measure.origin is None or measure.origin in origins
        described = not measure.words or any(words_in(text, measure.words) for text in texts)
        assert not (coded and made_there and described), measure
