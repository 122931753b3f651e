"""Profiles say what no paper can, and nothing that they must not."""

from __future__ import annotations

import datetime as dt
import re
import tomllib

import pytest
from pydantic import BaseModel, ValidationError

from schemas import profiles
from schemas.profiles import PLACEHOLDERS, Profile, profile_for
from schemas.values import Party
from tests.declarations.exported import EVERYTHING, ROOT, cleared, files, papers, profile

DAY = dt.date(2026, 5, 4)
IMPORTER = Party(name="HALDEN  TEXTIL, GmbH")


def test_an_importer_is_known_by_name_in_any_case_spacing_and_punctuation() -> None:
    assert profile_for([profile()], IMPORTER, jurisdiction="GB", day=DAY) == profile()
    assert profile_for([profile()], Party(name="Halden Textilien"), jurisdiction="GB", day=DAY) is None
    assert profile_for([profile()], None, jurisdiction="GB", day=DAY) is None
    assert profile_for([profile()], IMPORTER, jurisdiction=None, day=DAY) is None


def test_an_importer_is_known_by_eori_or_vat_number_under_any_name() -> None:
    named = profile(importer={"eori": "GB111222333000", "vat": "GB 111 2223 33"})
    for number in ("GB111222333000", "GB111222333", "gb 111222333000"):
        assert profile_for([named], Party(name="?", tax_id=number), jurisdiction="GB", day=DAY) == named


@pytest.mark.parametrize(
    "changed",
    [
        {"importer": {}},
        {"valid_until": "2025-12-31"},
        {"lrn": "{shipment}"},
        {"lrn": "{reference"},
        {"lrn": "{reference.__class__}"},
        {"lrn": "{reference!r}"},
        {"lrn": "{0}"},
        {"lrn": "two\nlines"},
        {"procedure": "40"},
        {"declarant": {"eori": "123"}},
        {"payments": [{"tax": "A00", "method": "EE"}]},
        {"goods": [{"commodity_code": "6302600000"}]},
        {"goods": [{"commodity_code": "63026000", "hs_code": "630260"}]},
        {"goods": [{"commodity_code": "9403600000", "hs_code": "630260"}]},
        {"places": [{"name": "Hamburg", "unlocode": "DE HAM"}]},
        {"procedur": "4000"},
        {"valid_from": None},
    ],
)
def test_what_a_profile_cannot_mean_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        profile(**changed)


def test_an_articles_number_stands_before_its_description_and_that_before_its_code() -> None:
    given = papers()
    given["invoice"]["lines"][0]["part_number"] = "T-70/140"
    by_code = {"hs_code": "630260", "commodity_code": "6302600001"}
    by_words = {"description": "cotton BATH towel 70x140 cm", "commodity_code": "6302600002"}
    by_number = {"part_number": "t 70 140", "commodity_code": "6302600003"}
    other = {"hs_code": "63022100", "commodity_code": "6302210000"}
    for goods, last in (
        ([by_code, other], b"01"),
        ([by_code, by_words, other], b"02"),
        ([by_words, by_number, other], b"03"),
    ):
        content = files(cleared(given), profile(goods=goods))["declaration.cds.xml"]
        assert b"<ID>63026000</ID>" in content
        assert b"<ID>%s</ID>" % last in content


def _names(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def test_the_page_on_profiles_names_every_entry_and_placeholder() -> None:
    page = (ROOT / "docs/profiles.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", " ".join(rows))) == _names(Profile)
    assert set(re.findall(r"`\{(\w+)\}`", page)) == set(PLACEHOLDERS)


def test_the_page_names_what_each_entry_holds() -> None:
    page = (ROOT / "docs/profiles.md").read_text(encoding="utf-8")
    for field in Profile.model_fields.values():
        for model in re.findall(r"schemas\.profiles\.(\w+)", str(field.annotation)):
            named = getattr(profiles, model, None)
            if isinstance(named, type) and issubclass(named, BaseModel):
                assert [name for name in _names(named) if f"`{name}`" not in page] == []


def test_the_profile_that_ships_with_the_samples_is_whole() -> None:
    text = (ROOT / "sample_docs/reference/profile_gb_alderwick.toml").read_text(encoding="utf-8")
    shipped = Profile.model_validate(tomllib.loads(text))
    assert shipped.is_for(Party(name="Alderwick Fluid Systems Limited"))
    assert set(EVERYTHING) - {"shipping_marks"} <= set(shipped.model_fields_set)
