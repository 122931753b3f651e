from __future__ import annotations

import gettext
from pathlib import Path

import pycountry
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from stdnum import iso6346

from extractors.values.countries import find_country, parse_country
from extractors.values.identifiers import (
    clean_reference,
    find_containers,
    find_hs_code,
    find_page_mark,
    parse_container,
    parse_hs_code,
)
from extractors.values.incoterms import Incoterm, edition_terms, find_incoterm, parse_incoterm, sea_terms
from extractors.values.lexicon import printed_words, word_lists
from extractors.values.parties import parse_party
from schemas.values import Party

COUNTRIES = list(pycountry.countries)
LOCALES = Path(pycountry.__file__).parent / "locales"
LANGUAGES = [gettext.translation("iso3166-1", LOCALES, [name]) for name in ("de", "fr", "es", "it", "zh_CN")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("U.S.A.", "US"),
        ("UNITED STATES OF AMERICA", "US"),
        ("PEOPLE'S REPUBLIC OF CHINA", "CN"),
        ("P.R. CHINA", "CN"),
        ("VIET NAM", "VN"),
        ("SOCIALIST REPUBLIC OF VIETNAM", "VN"),
        ("中国", "CN"),
        ("Deutschland", "DE"),
        ("MADE IN CHINA", "CN"),
        ("Country of origin: Italy", "IT"),
        ("EUROPÄISCHE UNION", "EU"),
        ("European Union", "EU"),
        ("Espafia", "ES"),
        ("AUSTRALlA", "AU"),
        ("VIETNAN", "VN"),
        ("CN", "CN"),
        ("CHN", "CN"),
        ("TAIWAN, PROVINCE OF CHINA", "TW"),
        ("HONG KONG, CHINA", "HK"),
        ("Northern Ireland", "XI"),
        ("SUIZA", "CH"),
    ],
)
def test_countries_as_trade_prints_them(text: str, code: str) -> None:
    assert parse_country(text) == code


@pytest.mark.parametrize(
    "text", ["in", "de", "New Mexico", "INDA", "Bremen", "", "AND", "VAT", "12", "SWIRZEREAND", "Guangdong"]
)
def test_what_is_no_country_is_none(text: str) -> None:
    assert parse_country(text) is None


@given(st.sampled_from(COUNTRIES), st.sampled_from(LANGUAGES), st.sampled_from([str, str.upper]))
def test_every_country_is_known_by_its_name_in_every_language(
    country: pycountry.db.Country, language: gettext.NullTranslations, case: type[str]
) -> None:
    name = language.gettext(country.name)
    assert parse_country(case(name)) == country.alpha_2


@given(st.sampled_from(COUNTRIES), st.integers(0, 40), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
@example(next(country for country in COUNTRIES if country.alpha_2 == "CL"), 3, "n")
def test_one_misread_letter_never_makes_another_country(country: pycountry.db.Country, at: int, letter: str) -> None:
    name = country.name
    misread = name[: at % len(name)] + letter + name[at % len(name) + 1 :]
    known = [
        {other.name, *(language.gettext(other.name) for language in LANGUAGES)}  # misread "Chine" is China in French
        for other in COUNTRIES
    ]
    near = any(misread.casefold() == name.casefold() for names in known for name in names)
    assert parse_country(misread) in (country.alpha_2, None) or near


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ningbo 315040, Zhejiang\nP.R. CHINA", "CN"),
        ("Shenzhen 518103, Guangdong China", "CN"),
        ("18 quai · 33000 Bordeaux · France", "FR"),
        ("Kowloon\nHong Kong, China", "HK"),
        ("Santa Fe, New Mexico", None),
        ("Atlanta, Georgia 30301", None),
        ("20457 Hamburg", None),
        ("via Austria\nWien\nAustria", "AT"),
        ("", None),
    ],
)
def test_the_last_country_of_an_address_is_found(text: str, code: str | None) -> None:
    assert find_country(text) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CIF Melbourne (Incoterms 2020)", Incoterm("CIF", "Melbourne", "2020")),
        ("EXW Ningbo", Incoterm("EXW", "Ningbo")),
        ("FCA Dallas/Fort Worth", Incoterm("FCA", "Dallas/Fort Worth")),
        ("DAP: Basel", Incoterm("DAP", "Basel")),
        ("C&F Casablanca", Incoterm("C&F", "Casablanca")),
        ("CIP Hamburg (INCOTERMS® 2020)", Incoterm("CIP", "Hamburg", "2020")),
        ("F.O.B. Shanghai", Incoterm("FOB", "Shanghai")),
        ("Incoterms 2010: DAT Rotterdam", Incoterm("DAT", "Rotterdam", "2010")),
        ("CIF MELBOURNE (Incoterms", Incoterm("CIF", "MELBOURNE")),
        ("C1F Basel", Incoterm("CIF", "Basel")),
        ("CIF", Incoterm("CIF")),
        ("CIF Seattle, WA", Incoterm("CIF", "Seattle, WA")),
        ("FOB Shanghai (2010)", Incoterm("FOB", "Shanghai", "2010")),
        ("CIF B73294416", None),
        ("FOR PORT TO PORT", None),
        ("Melbourne", None),
        ("XYZ Basel", None),
        ("CIFRA 5", None),
    ],
)
def test_terms_of_delivery(text: str, expected: Incoterm | None) -> None:
    assert parse_incoterm(text) == expected


def test_a_term_that_is_none_is_kept_where_the_label_asks_for_one() -> None:
    assert parse_incoterm("XYZ Basel", labelled=True) == Incoterm("XYZ", "Basel")


def test_a_term_is_found_inside_a_text_but_no_word_is_taken_for_one() -> None:
    assert find_incoterm("Incoterm : CIF Casablanca. Règlement : Net 60 days.") == Incoterm("CIF", "Casablanca")
    assert find_incoterm("DES MARCHANDISES FOR PORT TO PORT") is None


def test_the_editions_have_their_terms() -> None:
    assert [len(edition_terms(year)) for year in ("2000", "2010", "2020", "1990")] == [13, 11, 11, 0]
    assert edition_terms("2020") - edition_terms("2010") == {"DPU"}
    assert sea_terms() == {"FAS", "FOB", "CFR", "CIF", "DES", "DEQ"}


@given(
    st.sampled_from(sorted(edition_terms("2020"))), st.sampled_from(["Basel", "New York, NY", "Le Havre", "St. Gallen"])
)
def test_a_term_and_its_place_are_read_back(term: str, place: str) -> None:
    assert parse_incoterm(f"{term} {place} Incoterms® 2020") == Incoterm(term, place, "2020")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("HS 8413.70.00", "84137000"),
        ("H.S.CODE 7615.1090", "76151090"),
        ("tariff code 6109.10.90", "61091090"),
        ("84137000", "84137000"),
        ("8504.40", "850440"),
        ("Zolltarif-Nr. 7318 15 00", "73181500"),
        ("610910-000", "610910000"),
        ("HTS 6109.10.0012", "6109100012"),
        ("(HS 2005.70)", "200570"),
        ("8471 60 90", "84716090"),
        ("HS 8413.70.00 12", None),
        ("841370 12", None),
        ("nomenclature 1509.20", "150920"),
        ("税则号 8413.70", "841370"),
        ("HS 8412", None),
        ("+49 40 123456", None),
        ("555 0148", None),
        ("77010000", None),
        ("8413700", None),
        ("00123456", None),
        ("", None),
    ],
)
def test_hs_codes(text: str, code: str | None) -> None:
    assert parse_hs_code(text) == code


@given(st.integers(1, 97).filter(lambda chapter: chapter != 77), st.integers(0, 9999), st.integers(0, 99))
def test_an_hs_code_is_found_in_its_description_and_can_be_cut_out(chapter: int, rest: int, national: int) -> None:
    digits = f"{chapter:02}{rest:04}{national:02}"
    printed = f"HS code {digits[:4]}.{digits[4:6]}.{digits[6:]}"
    assert find_hs_code(f"Pump CP 32-160, 2.2 kW {printed} blue") == (digits, printed)


@pytest.mark.parametrize(
    "text", ["price 8413.70", "Tel. 8413 7000", "SHIRTS 610910", "PO 84137000", "27.08.2025", "PUSH 841370"]
)
def test_a_number_without_label_is_no_hs_code_in_a_text(text: str) -> None:
    assert find_hs_code(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PUMPS HS 8413.70.00 12 PCS", "84137000"),
        ("PUMPS HS 841370 12 PCS", "841370"),
        ("PUMPS HS 8413 70 00 12 PCS", None),
        ("PUMPS (HS 8413 70 00)", "84137000"),
    ],
)
def test_a_quantity_after_an_hs_code_is_not_joined_to_it(text: str, code: str | None) -> None:
    found = find_hs_code(text)
    assert (found and found[0]) == code


@given(st.from_regex(r"\A[A-Z]{3}U[0-9]{6}\Z"))
def test_a_container_number_is_valid_with_its_check_digit_alone(stem: str) -> None:
    check = iso6346.calc_check_digit(stem)
    assert parse_container(stem + check) == (stem + check, True)
    assert parse_container(f"{stem[:4]} {stem[4:]}-{check}") == (stem + check, True)
    wrong = str((int(check) + 1) % 10)
    assert parse_container(stem + wrong) == (stem + wrong, False)


def test_containers_are_found_once_each() -> None:
    assert find_containers("TGHU4632482 / SEAL CN8534748, TGHU4632482, MSKU9561610") == [
        ("TGHU4632482", True),
        ("MSKU9561610", True),
    ]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Page 2 of 3", (2, 3)),
        ("1/2", (1, 2)),
        ("Seite 2 von 3", (2, 3)),
        ("第 1 页 共 1 页", (1, 1)),
        ("第1页共1页", (1, 1)),
        ("Page 1/3", (1, 3)),
        ("Page 1sur 1", (1, 1)),
        ("Página 1 de 2", (1, 2)),
        ("Pagina 1 di 2", (1, 2)),
        ("Page l of 1", (1, 1)),
        ("foot text PAGE 1 OF 1", (1, 1)),
        ("P.01/05", None),
        ("3/2", None),
        ("0/2", None),
        ("No 1/2 inch", None),
        ("Page lof", None),
        ("Page", None),
        ("homepage 1 of 2", None),
    ],
)
def test_page_marks(text: str, mark: tuple[int, int] | None) -> None:
    assert find_page_mark(text) == mark


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("No. 000381-00", "000381-00"),
        ("Invoice No.: HQ26NB0733", "HQ26NB0733"),
        ("LDG-20250517.", "LDG-20250517"),
        ("N° F25-00724", "F25-00724"),
        ("318/2025/E", "318/2025/E"),
        ("发票号: HQ26", "HQ26"),
        ("ORD 82218", "ORD 82218"),
        ("#123", "123"),
        ("SWPL/ 274/25 -26", "SWPL/274/25-26"),
        ("A / 12", "A / 12"),
        ("NR2500648", "NR2500648"),
        ("N 652032", "N 652032"),
        ("REF-12", "REF-12"),
        ("Factura n.° EXP25/0617", "EXP25/0617"),
        ("Invoice F25-00724", "F25-00724"),
        ("Invoice", None),
        ("", None),
    ],
)
def test_references(text: str, reference: str | None) -> None:
    assert clean_reference(text) == reference


@pytest.mark.parametrize(
    ("lines", "party"),
    [
        (
            [
                "Messrs. HARBOUR TOOLS PTY LTD",
                "UNIT 3, 7 DOCK ROAD",
                "FREMANTLE WA 6160",
                "AUSTRALIA",
                "Tel +61 8 5550 0199",
                "ABN 12 345 678 901",
            ],
            Party(
                name="HARBOUR TOOLS PTY LTD",
                address="UNIT 3, 7 DOCK ROAD, FREMANTLE WA 6160",
                country="AU",
                tax_id="12 345 678 901",
            ),
        ),
        (
            ["Red River Ceramics JSC · 12 Kiln St · Hai Duong · Vietnam · Tel +84 220 555 0100 · Tax code: 0800123456"],
            Party(name="Red River Ceramics JSC", address="12 Kiln St, Hai Duong", country="VN", tax_id="0800123456"),
        ),
        (
            ["Red River Ceramics JSC - 12 Kiln St - Hai Duong - Vietnam - Tel +84 220 555 0100 - Tax code: 0800123456"],
            Party(name="Red River Ceramics JSC", address="12 Kiln St, Hai Duong", country="VN", tax_id="0800123456"),
        ),
        (
            [
                "致 TO:",
                "Elbe Handel",
                "GmbH & Co. KG",
                "Kaistraße 1",
                "20457 Hamburg",
                "Deutschland",
                "USt-IdNr.: DE123456789",
            ],
            Party(
                name="Elbe Handel GmbH & Co. KG",
                address="Kaistraße 1, 20457 Hamburg",
                country="DE",
                tax_id="DE123456789",
            ),
        ),
        (
            [
                "Uhren & Teile AG",
                "Gasse 4",
                "2500 Biel",
                "Schweiz",
                "UID CHE-123.456.789 MWST",
                "Fax: +41 32 555 01 00",
            ],
            Party(name="Uhren & Teile AG", address="Gasse 4, 2500 Biel", country="CH", tax_id="CHE-123.456.789 MWST"),
        ),
        (
            ["Aceites del Sur, S.L., Calle Mayor 1, 41001 Sevilla, España"],
            Party(name="Aceites del Sur, S.L.", address="Calle Mayor 1, 41001 Sevilla", country="ES"),
        ),
        (
            [
                "MILLER &",
                "SONS LTD",
                "1 HIGH STREET",
                "LEEDS LS1 1AA",
                "UNITED KINGDOM",
                "NOTIFY PARTY",
                "SOMEONE ELSE INC",
                "EIN 12-3456789",
            ],
            Party(name="MILLER & SONS LTD", address="1 HIGH STREET, LEEDS LS1 1AA", country="GB"),
        ),
        (
            ["PEACH TRADERS INC", "1 RIVER ROAD", "ATLANTA", "GEORGIA", "USA", "IRS No. 12-3456789 Atlanta Port"],
            Party(
                name="PEACH TRADERS INC", address="1 RIVER ROAD, ATLANTA, GEORGIA", country="US", tax_id="12-3456789"
            ),
        ),
        (
            ["Kowloon Lamps Ltd", "Site 4, Industrial Area", "Hong Kong", "China", "Attn Mr. Lee"],
            Party(name="Kowloon Lamps Ltd", address="Site 4, Industrial Area", country="HK"),
        ),
        (
            [
                "Leeds Lamps Ltd",
                "PLOT IF 1234 MILL LANE",
                "Leeds, Tel. +44 113 555 0100",
                "England",
                "VAT GB123456789 EORI GB123456789000",
            ],
            Party(name="Leeds Lamps Ltd", address="PLOT IF 1234 MILL LANE, Leeds", country="GB", tax_id="GB123456789"),
        ),
        (["TO ORDER OF HARBOUR BANK"], Party(name="TO ORDER OF HARBOUR BANK")),
        (["SAME AS CONSIGNEE"], None),
        (["Consignee:"], None),
        (["Tel +61 8 5550 0199"], None),
        ([], None),
    ],
)
def test_parties(lines: list[str], party: Party | None) -> None:
    assert parse_party(lines) == party


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_lines_are_a_party_or_none(lines: list[str]) -> None:
    party = parse_party(lines)
    assert party is None or party.name.strip()


@given(st.text(max_size=40))
def test_any_text_is_a_name_or_none(text: str) -> None:
    parse_country(text)
    find_country(text)
    parse_incoterm(text, labelled=True)
    find_incoterm(text)
    parse_hs_code(text)
    find_hs_code(text)
    find_containers(text)
    find_page_mark(text)
    clean_reference(text)


@pytest.mark.parametrize("name", ["units", "packages", "currencies", "countries", "dates", "freight"])
def test_no_word_has_two_codes(name: str) -> None:
    assert len(printed_words(name)) > 0
    assert word_lists(name).keys() >= set(printed_words(name).values())


def test_labels_and_countries_in_two_languages_are_no_part_of_an_address() -> None:
    lines = ["Heron Trading Co., Ltd.", "No. 18 Gangwan Road", "Ningbo, Zhejiang 315000, 中国 China",
             "税号 Tax ID 91337798750250X2", "联系人 Contact C. Moreau", "电话 Tel. +86 975 555 2879"]  # fmt: skip
    assert parse_party(lines) == Party(
        name="Heron Trading Co., Ltd.",
        address="No. 18 Gangwan Road, Ningbo, Zhejiang 315000",
        country="CN",
        tax_id="91337798750250X2",
    )


def test_two_letters_of_a_logo_above_the_name_are_no_country() -> None:
    logo = parse_party(["SB", "Silver Bay Lighting Co., Ltd.", "Room 4, Tower B, Zhongshan", "CHINA"])
    assert logo == Party(name="Silver Bay Lighting Co., Ltd.", address="Room 4, Tower B, Zhongshan", country="CN")
    alone = parse_party(["SB", "Silver Bay Lighting Co., Ltd.", "Room 4, Tower B, Zhongshan"])
    assert alone is not None
    assert alone.country is None
