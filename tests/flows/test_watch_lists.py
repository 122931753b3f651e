"""Watch lists in the forms in which others publish them. The rows are made up; the headers are the published ones."""

from __future__ import annotations

import datetime as dt

import pytest

from flows.watch_lists import watched_parties
from schemas.list_tables import ListError
from schemas.reference import ListVersion, WatchedParty

OPEN_SANCTIONS = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",'
    '"program_ids","dataset","first_seen","last_seen","last_change"\n'
)
SCREENING_LIST = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,source_information_url,ids\n"
)


def _parties(text: str) -> tuple[WatchedParty, ...]:
    day = dt.date(2026, 1, 1)
    version = ListVersion(kind="watch_list", scope="GB", name="x.csv", source="x", valid_from=day, sha256="0" * 64)
    return watched_parties(text, version)


def _target(schema: str, name: str, aliases: str = "", countries: str = "", programme: str = "X-1") -> str:
    cells = ["NK-1", schema, name, aliases, "", countries, "1 Main St; 2 Side St", "", "", "+1 555", "", programme]
    return ",".join(f'"{cell}"' for cell in (*cells, "Some list", "2026-01-01", "2026-01-01", "2026-01-01")) + "\n"


def test_targets_of_open_sanctions_become_watched_parties() -> None:
    text = OPEN_SANCTIONS + _target("Company", "Kestrelfold Mills", "Kestrelfold; K. Mills", "ir", "US-X;EU-Y")
    assert _parties(text) == (
        WatchedParty(
            names=("Kestrelfold Mills", "Kestrelfold", "K. Mills"),
            country="IR",
            programme="US-X;EU-Y",
            line=2,
            scope="GB",
        ),
    )


@pytest.mark.parametrize(("countries", "country"), [("", None), ("ru;by", None), ("suhh", None), ("gb", "GB")])
def test_a_country_is_taken_where_there_is_one_that_customs_knows(countries: str, country: str | None) -> None:
    (party,) = _parties(OPEN_SANCTIONS + _target("Person", "Ada Kestrel", countries=countries))
    assert party.country == country


def test_ships_and_securities_are_no_parties() -> None:
    rows = "".join(_target(schema, f"A {schema}") for schema in ("Vessel", "Security", "CryptoWallet", "LegalEntity"))
    assert [party.names for party in _parties(OPEN_SANCTIONS + rows)] == [("A LegalEntity",)]


def test_a_target_without_a_programme_is_listed_by_its_list() -> None:
    (party,) = _parties(OPEN_SANCTIONS + _target("Person", "Ada Kestrel", programme=""))
    assert party.programme == "Some list"


def test_entries_of_the_screening_list_become_watched_parties() -> None:
    def entry(kind: str, programs: str, name: str, others: str) -> str:
        return f'x,Entity List (EL) - BIS,7,{kind},{programs},{name},,"9 Road, Town, AE",{"," * 12},,{others},,,,,,\n'

    text = SCREENING_LIST + entry("Entity", "", "Kestrelfold Mills", '"KM; Kestrel Fold"')
    text += entry("Individual", "SDGT", "Ada Kestrel", "") + entry("Vessel", "SDGT", "KESTREL STAR", "")
    assert [(party.names, party.programme, party.line) for party in _parties(text)] == [
        (("Kestrelfold Mills", "KM", "Kestrel Fold"), "Entity List (EL) - BIS", 2),
        (("Ada Kestrel",), "SDGT", 3),
    ]


def test_a_published_list_that_holds_no_party_or_a_nameless_one_is_refused() -> None:
    with pytest.raises(ListError, match="there is not a single party"):
        _parties(OPEN_SANCTIONS + _target("Vessel", "Kestrel Star"))
    with pytest.raises(ListError, match="line 3, column name: is empty; load the file as it was published"):
        _parties(OPEN_SANCTIONS + _target("Person", "Ada Kestrel") + _target("Person", ""))


def test_every_other_file_is_taken_in_our_own_form() -> None:
    assert [party.names for party in _parties("name,programme\nA,B\n")] == [("A",)]
    with pytest.raises(ListError, match="there is not a single row"):
        _parties("name,programme\n")
