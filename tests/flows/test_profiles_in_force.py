"""A profile that was loaded decides which formats lie beside a declaration, and no shipment before it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.demo import load_lists
from flows import steps
from flows.errors import WrongListError
from flows.profiles import profile_of, scope_of
from flows.settings import Settings
from flows.workshop import Workshop, open_workshop
from schemas.list_tables import ListError
from schemas.reference import ListVersion
from schemas.results import ShipmentResult, Submission
from tests.declarations.exported import EVERYTHING, ROOT, cleared

DAY = dt.date(2026, 5, 4)


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    with open_workshop(Settings(data_dir=tmp_path / "data", workers=1)) as opened:
        yield opened


def _text(**changed: object) -> str:
    return json.dumps({**EVERYTHING, **changed})


def _loaded(workshop: Workshop, tmp_path: Path, text: str, *, valid_from: dt.date = dt.date(2026, 1, 1)) -> None:
    file = tmp_path / "profile.json"
    file.write_text(text, encoding="utf-8")
    scope = scope_of(profile_of(text))
    version = ListVersion(
        kind="profiles", scope=scope, name=file.name, source="a test", valid_from=valid_from, sha256="0" * 64
    )
    workshop.lists.load(file, version, loaded_by="clerk")


def _filed(workshop: Workshop) -> ShipmentResult:
    result = cleared()
    lists = workshop.lists.in_force(DAY)
    rules = f"rules {len(lists)} {[one.sha256 for one in lists]}"
    handed_in = Submission(
        broker="local", reference="S-1", as_of=DAY, rules=rules, received_by="me", files=(), lists=lists
    )
    intake = workshop.archive.begin(handed_in)
    return steps.file(intake, result.model_copy(update={"revision": intake.revision}), workshop)


def _files(tmp_path: Path, revision: int) -> set[str]:
    return {path.name for path in (tmp_path / f"data/shipments/local/S-1/{revision}").iterdir()}


def test_with_the_importers_profile_the_declaration_for_cds_lies_beside_the_json(
    workshop: Workshop, tmp_path: Path
) -> None:
    before = _filed(workshop)
    assert {"declaration.cds.xml"}.isdisjoint(_files(tmp_path, before.revision))
    assert "3/18" in {one.element for export in before.exports for one in export.missing}
    _loaded(workshop, tmp_path, _text())
    after = _filed(workshop)
    assert after.revision == before.revision + 1
    assert "declaration.cds.xml" in _files(tmp_path, after.revision)
    assert {"declaration.cds.xml"}.isdisjoint(_files(tmp_path, before.revision))


def test_a_profile_for_later_days_changes_nothing_today(workshop: Workshop, tmp_path: Path) -> None:
    _loaded(workshop, tmp_path, _text(valid_from="2026-06-01"), valid_from=dt.date(2026, 6, 1))
    assert [export.ready for export in _filed(workshop).exports if export.format == "cds"] == [False]


def test_a_profile_loaded_for_another_day_than_its_own_is_refused(workshop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(WrongListError, match="profile set"):
        _loaded(workshop, tmp_path, _text(), valid_from=dt.date(2026, 2, 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("jurisdiction = ", "no TOML"),
        ('{"jurisdiction": "GB", "jurisdiction": "AU"}', "twice"),
        ('{"jurisdiction"', "no JSON"),
        ('jurisdiction = "GB"', "valid_from"),
        ('jurisdiction = "GB"\nvalid_from = 2026-01-01\nimporter = { names = ["A"], eroi = "GB1" }', "importer.eroi"),
    ],
)
def test_a_file_that_is_no_profile_says_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(ListError, match=told):
        profile_of(text)


def test_the_profile_among_the_samples_is_loaded_with_their_lists(workshop: Workshop) -> None:
    load_lists(ROOT / "sample_docs/reference", workshop)
    assert "GB-GB317552084000" in {one.scope for one in workshop.lists.in_force(DAY) if one.kind == "profiles"}
