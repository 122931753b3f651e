"""Addresses are told apart only where the paper leaves no choice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declarations.exports.addresses import POSTCODES, AddressParts, parts_of


@pytest.mark.parametrize(
    ("address", "country", "parts"),
    [
        ("Am Kai 7, 20457 Hamburg", "DE", AddressParts("Am Kai 7", "Hamburg", "20457")),
        ("SF 114/2, Sathy Road, Coimbatore 641035", "IN", AddressParts("SF 114/2, Sathy Road", "Coimbatore", "641035")),
        ("Unit 9, Trimley Dock Estate, Felixstowe IP11 7TG", "GB",
         AddressParts("Unit 9, Trimley Dock Estate", "Felixstowe", "IP11 7TG")),
        ("No. 5 Jiang Road, Ningbo 315040, Zhejiang", "CN",
         AddressParts("No. 5 Jiang Road, Zhejiang", "Ningbo", "315040")),
        ("Rua do Cais 4, 4400-010 Vila Nova de Gaia", "PT",
         AddressParts("Rua do Cais 4", "Vila Nova de Gaia", "4400-010")),
        ("Havenweg 3, 3011 AB Rotterdam", "NL", AddressParts("Havenweg 3", "Rotterdam", "3011 AB")),
        ("8 Chaoyang Road, Beijing 100020", "CN", AddressParts("8 Chaoyang Road", "Beijing", "100020")),
        ("Hafengasse 1, D-20457 Hamburg", "DE", AddressParts("Hafengasse 1", "Hamburg", "20457")),
    ],
)  # fmt: skip
def test_one_postcode_beside_one_place_is_the_town(address: str, country: str, parts: AddressParts) -> None:
    assert parts_of(address, country) == parts


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("Lot C7, My Phuoc 2 Industrial Park, Ben Cat, Binh Duong", "VN"),  # no postcode
        ("2280 Industrial Parkway, Wichita, KS 67219", "US"),  # state between place and code
        ("29 Binjiang Road, Jieyang, Guangdong 522000", "CN"),  # a province, the town before it
        ("Plot 4, Surat, Gujarat 394221", "IN"),
        ("20457 Hamburg", "DE"),  # no street
        ("20457 Hamburg, 10115 Berlin, Am Kai 7", "DE"),  # two towns
        ("Am Kai 7, 20457 Hamburg", None),
        ("Am Kai 7, 20457 Hamburg", "CH"),  # not this country's form
        (None, "DE"),
        ("", "DE"),
    ],
)
def test_anything_else_is_left_to_the_profile(address: str | None, country: str | None) -> None:
    assert parts_of(address, country) is None


@given(st.text(max_size=120), st.sampled_from(sorted(POSTCODES)))
def test_every_part_stands_on_the_paper(address: str, country: str) -> None:
    parts = parts_of(address, country)
    if parts is not None:
        assert (parts.city or "?") in address
        assert (parts.postcode or "?") in address
        assert all(segment in address for segment in (parts.street or "?").split(", "))
