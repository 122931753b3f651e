from __future__ import annotations

from typing import get_args

from schemas.findings import FindingCode, Severity
from validators.catalogue import CATALOGUE


def test_every_code_of_the_contract_has_an_entry() -> None:
    known = set(get_args(FindingCode))
    assert not known - set(CATALOGUE), "validators/catalogue.py has no entry for these"
    assert not set(CATALOGUE) - known, "schemas/findings.py does not name these"


def test_each_entry_says_how_grave_it_is_what_to_do_and_where_the_rule_comes_from() -> None:
    for code, entry in CATALOGUE.items():
        assert entry.severity in get_args(Severity)
        assert entry.title[0].isupper(), code
        assert not entry.title.endswith("."), code
        assert entry.help.endswith("."), code
        assert len(entry.help.split()) > 10, code
        assert entry.source, code
        assert entry.broker.endswith("."), code


def test_titles_tell_the_codes_apart() -> None:
    titles = [entry.title for entry in CATALOGUE.values()]
    assert len(titles) == len(set(titles))
