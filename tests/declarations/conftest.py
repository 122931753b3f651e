"""Tariffs for the tests: a small one in our columns, and the published ones where they lie beside the project."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from declarations.duty.tariff_files import parse_tariff
from schemas.reference import ListVersion
from schemas.tariffs import Tariff

OFFICIAL = Path(__file__).parents[3] / "shared" / "reference" / "tariff"

SMALL = """\
# A made-up tariff
commodity,description,duty_expression,origin,preference,agreement,tax_type,supplementary_unit,end_use,measures,vat_rate,valid_from,valid_until
630260,Towels,12.0%,,,,,,,,20,,
63026000,Terry towels,12.0%,,,,,,,,20,,
63026000,Terry towels,Free,GSP,200,UK DCTS,,,,,20,,
630221,Bed linen,12.0%,,,,,,,,20,,
630221,Bed linen,4.0%,KE,300,UK-Kenya EPA,,,,,20,,
22042100,Wine,10.00 GBP / hl,,,,,LTR,,,20,,
76081000,Tubes,6.0%,,,,,,,,20,,
7608100011,Tubes for aircraft,0.0%,,,,,,yes,,20,,
76082000,Tubes of alloys,6.0%,,,,,,,,20,,
73181500,Screws,3.7%,,,,,,,,20,,
73181500,Screws,24.5%,CN,,,A30,,,,20,2022-01-01,2026-12-31
85171300,Phones,0.0%,,,,,,,,,,
6302,Countries of the DCTS,-,GSP,,,group,,,IN|BD,,,
"""


def version(name: str = "small.csv", scope: str = "GB") -> ListVersion:
    return ListVersion(
        kind="tariff", scope=scope, name=name, source="a test", valid_from=dt.date(2021, 1, 1), sha256="0" * 64
    )


@pytest.fixture(scope="session")
def small() -> Tariff:
    return parse_tariff(SMALL, version())


@pytest.fixture(scope="session")
def published() -> Tariff:
    """The UK Global Tariff of December 2020."""
    file = OFFICIAL / "ukgt_2020-12.csv"
    if not file.exists():
        pytest.skip("the UK Global Tariff is not beside the project")
    return parse_tariff(file.read_text(encoding="utf-8-sig"), version(file.name))


@pytest.fixture(scope="session")
def official() -> Path:
    """The folder of official files."""
    if not OFFICIAL.exists():
        pytest.skip("the official files are not beside the project")
    return OFFICIAL
