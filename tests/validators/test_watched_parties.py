from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.findings import Finding
from schemas.reference import ListVersion, References, WatchedParty
from schemas.values import Party
from tests.trade_papers import AS_OF, Plain, Register, WordsInCommon, consistent, shipment
from validators import Tolerances, reconcile
from validators.screening import index_of, is_one, likeness, named

LIST = ListVersion(
    kind="watch_list", name="w.csv", source="Harbour list", valid_from=dt.date(2026, 2, 1), sha256="0" * 64
)


def _watched(*names: str, country: str | None = None, **more: object) -> WatchedParty:
    return WatchedParty.model_validate({"names": names, "country": country, "programme": "SHIP", "line": 7, **more})


def _lists(*rows: WatchedParty) -> References:
    return References(versions=(LIST,), watch_list=rows)


def _found(
    papers: dict[str, Plain], lists: References, *, jurisdiction: str | None = None, draft: object = None
) -> list[Finding]:
    result = reconcile(
        shipment(papers, draft=draft),
        similarity=WordsInCommon(),
        earlier=Register(),
        tolerances=Tolerances(),
        references=lists,
        jurisdiction=jurisdiction,
    )
    return [finding for finding in result.findings if finding.code == "denied_party"]


def _named_on(paper: str, field: str, party: Party | str) -> dict[str, Plain]:
    papers = consistent()
    papers[paper][field] = {"value": party}
    return papers


def test_a_listed_consignee_is_found_on_every_paper_that_names_it() -> None:
    [finding] = _found(consistent(), _lists(_watched("Halden Textil")))
    assert (finding.severity, finding.nature) == ("error", "policy")
    assert finding.message == (
        "invoice, page 1 names as consignee 'Halden Textil GmbH', which is 'Halden Textil' on the watch list for SHIP "
        "(Harbour list 00000000, from 2026-02-01, line 7)"
    )
    assert {place.document for place in finding.evidence} == {
        "commercial_invoice", "packing_list", "certificate_of_origin", "transport_document",
    }  # fmt: skip
    assert {place.field for place in finding.evidence} == {"consignee"}


@pytest.mark.parametrize("role", ["exporter", "consignee", "buyer", "notify_party"])
def test_a_listed_party_is_found_in_every_role(role: str) -> None:
    papers = _named_on("invoice", role, "Blocked Horizon Shipping LLC")
    [finding] = _found(papers, _lists(_watched("Other Name", "Blocked Horizon Shipping")))
    assert [(place.document, place.field) for place in finding.evidence] == [("commercial_invoice", role)]


def test_the_producer_and_the_drafts_importer_are_looked_up_too() -> None:
    papers = _named_on("certificate", "producer", "Kestrelfold Mills")
    draft = {"importer": {"name": "Varnholt Impex"}}
    lists = _lists(_watched("Kestrelfold Mills"), _watched("Varnholt Impex"))
    assert [[place.field for place in one.evidence] for one in _found(papers, lists, draft=draft)] == [
        ["producer"],
        ["importer"],
    ]


def test_without_a_list_nothing_is_looked_up() -> None:
    assert _found(consistent(), References()) == []


def test_a_row_counts_only_between_its_days() -> None:
    day = dt.timedelta(days=1)
    assert _found(consistent(), _lists(_watched("Halden Textil", valid_from=AS_OF + day))) == []
    assert _found(consistent(), _lists(_watched("Halden Textil", valid_until=AS_OF - day))) == []
    assert _found(consistent(), _lists(_watched("Halden Textil", valid_from=AS_OF, valid_until=AS_OF)))


@pytest.mark.parametrize(
    ("scope", "jurisdiction", "holds"),
    [("", "GB", True), ("GB", "GB", True), ("GB", "US", False), ("EU", "FR", True), ("EU", "GB", False),
     ("GB", "XI", True), ("GB", None, False), ("EU", None, True)],
)  # fmt: skip
def test_a_list_of_one_jurisdiction_counts_there(scope: str, jurisdiction: str | None, holds: bool) -> None:  # noqa: FBT001 - a table of cases
    """Where none is set, the goods are declared where they go: the papers say Germany."""
    found = _found(consistent(), _lists(_watched("Halden Textil", scope=scope)), jurisdiction=jurisdiction)
    assert bool(found) is holds


def test_where_nobody_knows_where_the_goods_go_every_list_counts() -> None:
    papers = consistent()
    papers["invoice"]["country_of_destination"] = None
    assert _found(papers, _lists(_watched("Halden Textil", scope="GB")))


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Rosvenprom", "РОСВЕНПРОМ"),
        ("Rosoboronkomplex", "ROSOBORONKOMPLEKS JSC"),
        ("Blocked Horizon Shipping LLC", "Blocked  Horizon shipping Co., Ltd."),
        ("Müller Präzision", "MUELLER PRAEZISION GMBH & CO. KG"),
        ("Al-Noor Sealine", "Alnoor Sealine FZE"),
        ("HASSOUNI, Mohammed", "Muhammad Hassouni"),
        ("Γούνες Καστορίδης", "Gounes Kastoridis S.A."),
        ("红帆贸易有限公司", "红帆贸易公司"),
        ("Blocked\u202e Horizon", "Blocked Horizon"),
    ],
)
def test_another_spelling_of_a_listed_name_is_that_name(listed: str, printed: str) -> None:
    [finding] = _found(_named_on("invoice", "buyer", printed), _lists(_watched(listed)))
    assert (finding.severity, len(finding.evidence)) == ("error", 1)


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Blocked Horizon Shipping LLC", "B1ocked Horizon Shipping LLC"),
        ("Blocked Horizon Shipping LLC", "Blocked Horizon"),
        ("Blocked Horizon Shipping LLC", "Blocked Horizon Ceramics Verlag"),
        ("Kestrelfold, Ivan", "Ivan Kestrelford"),
        ("Halvora Technik GmbH", "Halvora Tochnik GmbH"),
        ("Holovbrook Works Lda", "Hol0vbrook Works"),
        ("Global Trading", "Global Trading FZE"),
        ("Lunetta Trading Ltd", "(Name, Anschrift, Land) Lunetta Trading AS"),
        ("Copperline Works S.A. de C.V.", "Copperline Works Vertrieb Nord"),
    ],
)
def test_a_name_much_like_a_listed_one_is_asked_about_with_its_likeness(listed: str, printed: str) -> None:
    [finding] = _found(_named_on("invoice", "buyer", printed), _lists(_watched(listed)))
    assert finding.severity == "warning"
    assert "% like" in finding.message


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("Delta Trading LLC", "Delta Shipping LLC"),
        ("Orion Trading", "Arion Trading"),
        ("China National Tobacco Corp", "China National Trading Corp"),
        ("Golden Star Shipping", "Golden Star Ceramics"),
        ("Shanghai Export Import", "Hangzhou Export Import"),
        ("Hassan Ali", "Hussein Ali"),
        ("Ali Khan", "Alina Khanna"),
        ("Global Trading", "General Trading"),
        ("Smith Brothers", "Schmidt Brothers"),
        ("Bengal Maritime", "Bengal Textiles"),
        ("红帆", "红星"),
        ("ACE", "Acer Electronics"),
        ("International Trading Co", "Kobel International Trading Co"),
    ],
)
def test_names_that_share_common_words_are_not_taken_for_one_another(listed: str, printed: str) -> None:
    assert _found(_named_on("invoice", "buyer", printed), _lists(_watched(listed))) == []


def test_a_party_behind_on_behalf_of_is_looked_up_by_itself() -> None:
    papers = _named_on("transport", "exporter", "Marlow Forwarding on behalf of Kestrelfold Mills Ltd")
    [finding] = _found(papers, _lists(_watched("Kestrelfold Mills")))
    assert finding.severity == "error"


def test_a_listed_name_in_an_address_is_asked_about() -> None:
    party = Party(name="Halden Textil GmbH", address="c/o Kestrelfold Mills, Hafenstr. 3, Hamburg")
    [finding] = _found(_named_on("invoice", "consignee", party), _lists(_watched("Kestrelfold Mills Ltd")))
    assert finding.severity == "warning"


@pytest.mark.parametrize(
    ("listed", "severity"),
    [("Ada Kestrel", "warning"), ("Adelaide Kestrelfold", "error"), ("Global Trading", "warning")],
)
def test_a_short_name_of_another_country_is_asked_about(listed: str, severity: str) -> None:
    papers = _named_on("invoice", "buyer", Party(name=listed, country="BR"))
    assert [one.severity for one in _found(papers, _lists(_watched(listed, country="AE")))] == [severity]
    assert [one.severity for one in _found(papers, _lists(_watched(listed, country="BR")))] == ["error"]


@pytest.mark.parametrize(
    ("ours", "theirs", "severity"), [("AE", "AE", "error"), (None, "AE", "error"), ("BR", "AE", "warning")]
)
def test_a_single_word_counts_for_sure_only_where_no_country_speaks_against_it(
    ours: str | None, theirs: str | None, severity: str
) -> None:
    papers = _named_on("invoice", "buyer", Party(name="Zephyrion S.A.", country=ours))
    [finding] = _found(papers, _lists(_watched("Zephyrion", country=theirs)))
    assert finding.severity == severity
    assert "(AE)" in finding.message


def test_the_same_country_lets_a_name_be_less_alike() -> None:
    abroad = _named_on("invoice", "buyer", Party(name="Zephyriox Shipping", country="BR"))
    at_home = _named_on("invoice", "buyer", Party(name="Zephyriox Shipping", country="AE"))
    lists = _lists(_watched("Zephyrion Shipping", country="AE"))
    assert _found(abroad, lists) == []
    assert [finding.severity for finding in _found(at_home, lists)] == ["warning"]


def test_a_short_alias_is_never_taken_for_sure() -> None:
    [finding] = _found(_named_on("invoice", "buyer", "QVX GmbH"), _lists(_watched("Quivex Holding", "QVX")))
    assert finding.severity == "warning"


def test_of_several_listed_names_that_are_near_only_the_nearest_is_told() -> None:
    lists = _lists(_watched("Blocked Horizonte Shipping"), _watched("Blocked Horizont Shipping"))
    [finding] = _found(_named_on("invoice", "buyer", "Blocked Horizon Shipping"), lists)
    assert "'Blocked Horizont Shipping'" in finding.message


def test_a_watched_party_puts_no_value_in_doubt() -> None:
    lists = _lists(_watched("Halden Textil"))
    given_lists = reconcile(shipment(consistent()), similarity=WordsInCommon(), earlier=Register(), references=lists)
    assert (
        given_lists.withheld
        == reconcile(shipment(consistent()), similarity=WordsInCommon(), earlier=Register()).withheld
    )


_WORDS = st.lists(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=12), max_size=5)


@given(_WORDS, _WORDS)
def test_likeness_is_between_nothing_and_all_whatever_the_names(left: Sequence[str], right: Sequence[str]) -> None:
    one, other = named(" ".join(left)), named(" ".join(right))
    assert 0.0 <= likeness(one, other) <= 1.0
    assert is_one(one, other) is is_one(other, one)


@given(_WORDS.filter(lambda words: any(word.isalnum() for word in words)))
def test_every_name_is_found_by_itself_in_an_index(words: Sequence[str]) -> None:
    text = " ".join(words)
    name = named(text)
    assert likeness(name, name) == pytest.approx(1.0)
    assert text in [one.text for one in index_of([(0, text), (1, "Kestrelfold Mills")]).near(name)]
