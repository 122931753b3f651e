"""Watch lists in their published forms, told by their columns; every other file is taken in our own form.

- `targets.simple.csv` of OpenSanctions, in which the lists of OFAC, the EU, the UN, the UK and others are in one form
  (https://www.opensanctions.org/docs/bulk/csv/).
- The CSV file of the Consolidated Screening List of the United States (https://www.trade.gov/consolidated-screening-list).

Both part several values by semicolons. Ships, aircraft, securities and wallets are no parties and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flows.reference_rows import is_country, rows_as
from schemas.list_tables import Columns, ListError, TableRow, table_rows
from schemas.reference import ListVersion, WatchedParty

_PARTY_SCHEMAS = frozenset({"person", "company", "organization", "legalentity", "publicbody"})
_NO_PARTIES = frozenset({"vessel", "aircraft"})

_OPEN_SANCTIONS = Columns(("schema", "name", "aliases", "countries", "dataset"))
_SCREENING_LIST = Columns(("source", "entity_number", "type", "programs", "name", "alt_names"))


def watched_parties(text: str, version: ListVersion) -> tuple[WatchedParty, ...]:
    """The parties of a watch list in any of its forms; raises `ListError`."""
    columns = frozenset(_columns(text))
    if columns.issuperset(_OPEN_SANCTIONS.required):
        return _published(text, version, _open_sanctions)
    if columns.issuperset(_SCREENING_LIST.required):
        return _published(text, version, _screening_list)
    return rows_as(WatchedParty, text, version)


def _columns(text: str) -> Iterator[str]:
    for row in table_rows(text, Columns(())):
        yield from row.cells
        return


def _published(
    text: str, version: ListVersion, party: Callable[[Mapping[str, str]], Mapping[str, object] | None]
) -> tuple[WatchedParty, ...]:
    made = tuple(
        WatchedParty.model_validate({**told, "line": row.line, "scope": version.scope})
        for row in table_rows(text, Columns(("name",)))
        if (told := party(_named(row))) is not None
    )
    if not made:
        raise ListError("there is not a single party", remedy="load a list that holds some")
    return made


def _named(row: TableRow) -> Mapping[str, str]:
    if not row.cells["name"]:
        raise row.error("is empty", remedy="load the file as it was published", column="name")
    return row.cells


def _open_sanctions(cells: Mapping[str, str]) -> Mapping[str, object] | None:
    """`countries` has one code or several; some, such as that of a state that is no more, are no ISO codes."""
    if cells["schema"].casefold() not in _PARTY_SCHEMAS:
        return None
    countries = {code.upper() for code in _parts(cells["countries"])}
    [country] = countries if len(countries) == 1 else [None]
    return {
        "names": tuple(dict.fromkeys((cells["name"], *_parts(cells["aliases"])))),
        "country": country if country is not None and is_country(country) else None,
        "programme": cells.get("program_ids") or cells.get("sanctions") or cells["dataset"] or "unnamed",
    }


def _screening_list(cells: Mapping[str, str]) -> Mapping[str, object] | None:
    """The programme is that of the agency where it names one, else the agency's list."""
    if cells["type"].casefold() in _NO_PARTIES:
        return None
    return {
        "names": tuple(dict.fromkeys((cells["name"], *_parts(cells["alt_names"])))),
        "programme": cells["programs"] or cells["source"] or "unnamed",
    }


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
