"""Which spellings of an exporter, and of an invoice number, count as one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.names import number_key, party_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Sunrise Electronics Co., Ltd.", "SUNRISE ELECTRONICS CO.,LTD", "Sunrise Electronics Company Limited"),
        ("Müller & Söhne GmbH & Co. KG", "MUELLER & SOEHNE GMBH & CO KG", "Müller und Söhne", "Muller  &  Sohne"),
        ("Rossi Macchine S.p.A.", "Rossi Macchine S. p. A.", "ROSSI MACCHINE SPA"),
        ("Nowak Części Sp. z o.o.", "NOWAK CZESCI SP Z O O", "Nowak Czesci"),
        ("PT Maju Jaya", "PT. MAJU JAYA", "Maju Jaya"),
        ("L'Étoile S.A.R.L.", "L’Etoile SARL", "LETOILE S.à r.l."),
        ("深圳市光明电子有限公司", "深圳市光明电子股份有限公司"),
        ("Ａcme Ｌtd", "Acme Ltd"),
        ("Jensen Møbler A/S", "JENSEN MOBLER AS"),
        ("株式会社日の出電子", "日の出電子株式会社"),
    ],
    ids=lambda spellings: str(spellings[0]),
)
def test_spellings_of_one_company_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({party_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Sunrise Electronics Ltd", "Sunrise Electric Ltd"),
        ("A. B. Smith Ltd", "C. D. Smith Ltd"),
        ("Nordic Trade 2 AB", "Nordic Trade 3 AB"),
        ("深圳市光明有限公司", "深圳市光华有限公司"),
    ],
)
def test_different_companies_stay_apart(left: str, right: str) -> None:
    assert party_key(left) != party_key(right)


@pytest.mark.parametrize("name", ["Co. Ltd", "PT", "SA", "株式会社", "AG & Co. KG"])
def test_a_name_of_nothing_but_legal_forms_is_still_compared(name: str) -> None:
    assert party_key(name)


@given(st.text(max_size=60))
def test_a_key_knows_neither_case_nor_normal_form_and_is_empty_only_without_letters(name: str) -> None:
    assert party_key(unicodedata.normalize("NFD", name)) == party_key(unicodedata.normalize("NFC", name))
    if name.isascii():
        assert party_key(name) == party_key(name.upper())
        assert bool(party_key(name)) == any(sign.isalnum() for sign in name)


@pytest.mark.parametrize("spelling", ["INV-22/91", "inv 2291", "Inv. 22 91", "INV_2291", "ＩＮＶ２２９１"])
def test_spellings_of_one_invoice_number_have_one_key(spelling: str) -> None:
    assert number_key(spelling) == "inv2291"


def test_leading_zeros_tell_numbers_apart() -> None:
    assert number_key("0071") != number_key("71")
