"""The committed samples are those the facts give, and their numbers could exist."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from stdnum import iso6346

from sample_docs.generator.filing import write
from sample_docs.generator.fonts import FontMissingError
from sample_docs.make import main
from sample_docs.shipments import shipments

SAMPLES: Final = Path(__file__).parents[2] / "sample_docs"
IDS: Final = sorted(path.stem for path in (SAMPLES / "truth").glob("*.json"))


def words_of(folder: Path) -> dict[str, str]:
    """The text layer of every PDF in a folder."""
    found = {}
    for path in sorted(folder.glob("*.pdf")):
        with pypdfium2.PdfDocument(path) as file:
            found[path.name] = "\n".join(page.get_textpage().get_text_bounded() for page in file)
    return found


@pytest.mark.parametrize("shipment", ["S01", "S07", "S10"])
def test_a_digital_sample_made_again_has_the_words_of_the_committed_one(shipment: str, tmp_path: Path) -> None:
    truth = next(one for one in shipments() if one.id == shipment)
    try:
        write(truth, tmp_path / "shipments", tmp_path / "truth")
    except FontMissingError as missing:
        pytest.skip(str(missing))
    made = words_of(tmp_path / "shipments" / shipment)
    assert all(text.strip() for text in made.values())
    assert made == words_of(SAMPLES / "shipments" / shipment)


def test_an_unknown_shipment_is_refused_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--out", str(tmp_path), "--only", "S99"]) == 2
    assert "no shipment S99" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("shipment", IDS)
def test_container_and_air_waybill_numbers_carry_their_check_digit(shipment: str) -> None:
    told = json.loads((SAMPLES / "truth" / f"{shipment}.json").read_text(encoding="utf-8"))
    for paper in told["documents"]:
        container = paper["fields"].get("container_number")
        assert container is None or iso6346.is_valid(container)
        if paper["form"] == "air_waybill":
            serial = paper["fields"]["number"].split("-")[1]
            assert int(serial[:7]) % 7 == int(serial[7])
