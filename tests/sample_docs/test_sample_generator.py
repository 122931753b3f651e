"""The generator: same in, same out; random shipments are consistent and readable; faults are where they are told."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from sample_docs.damage import EFFECTS, LADDER, damaged
from sample_docs.generator.chance import Chance
from sample_docs.generator.consignment import Consignment
from sample_docs.generator.faults import FAULTS, CannotPlantError, plant
from sample_docs.generator.faults.planting import DRAFT
from sample_docs.generator.filing import drawn, printed_fields, write
from sample_docs.generator.goods import articles
from sample_docs.generator.looks import Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_consignment, random_shipment
from sample_docs.generator.truth import Paper, ShipmentTruth
from sample_docs.layouts import ALL_LAYOUTS
from sample_docs.shipments import shipments
from tests.printed import collisions, cut_off, need_fonts

HERE = Path(__file__).parents[2] / "sample_docs"
SEEDS = range(12)
LANGUAGES = ("en", "de", "zh")


@pytest.fixture(autouse=True)
def _fonts() -> None:
    need_fonts()


def consignment(seed: int, language: str = "en", *, wish: Wish | None = None) -> Consignment:
    return random_consignment(wish or Wish(language=language), Chance("test", seed, language))


def rich(seed: int = 3) -> ShipmentTruth:
    """A shipment of several pages with all four papers."""
    return random_shipment(seed, "en", wish=Wish(mode="sea", lines=40, certificate=True))


def paper(truth: ShipmentTruth, kind: str) -> Paper:
    found = truth.paper(kind)
    assert found is not None
    return found


def test_a_digital_sample_made_again_has_the_same_bytes(tmp_path: Path) -> None:
    truth = next(one for one in shipments() if one.id == "S07")
    write(truth, tmp_path / "one", tmp_path / "truth")
    write(truth, tmp_path / "two", tmp_path / "truth")
    first = {path.name: path.read_bytes() for path in (tmp_path / "one" / "S07").iterdir()}
    again = {path.name: path.read_bytes() for path in (tmp_path / "two" / "S07").iterdir()}
    assert first == again


@pytest.mark.parametrize("shipment", ["S01", "S07", "S10"])
def test_the_committed_truth_is_the_one_the_facts_give(shipment: str, tmp_path: Path) -> None:
    write(next(one for one in shipments() if one.id == shipment), tmp_path, tmp_path / "truth")
    made = json.loads((tmp_path / "truth" / f"{shipment}.json").read_text(encoding="utf-8"))
    assert made == json.loads((HERE / "truth" / f"{shipment}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_gives_the_same_shipment_and_another_seed_another(language: str) -> None:
    assert random_shipment(5, language) == random_shipment(5, language)
    assert random_shipment(5, language) != random_shipment(6, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_text_of_a_random_paper_runs_into_another_or_off_the_page(seed: int, language: str) -> None:
    for one in drawn(random_shipment(seed, language)):
        assert not cut_off(one.drawing, edge=0)
        assert not collisions(one.drawing)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_shipments_papers_agree(seed: int, language: str) -> None:
    facts = consignment(seed, language)
    assert (
        facts.total
        == sum((line.amount for line in facts.goods), Decimal(0)) + facts.freight + facts.insurance - facts.discount
    )
    assert facts.net_kg < facts.gross_kg
    assert facts.invoice_date <= facts.packing_date <= facts.voyage.date
    assert facts.certificate is None or facts.invoice_date <= facts.certificate.date <= facts.voyage.date
    assert facts.exporter.country != facts.consignee.country


@pytest.mark.parametrize("layout", ALL_LAYOUTS, ids=lambda layout: layout.name)
def test_every_layout_is_reached_and_prints_number_date_and_parties(layout: object) -> None:
    name = getattr(layout, "name")  # noqa: B009 - pytest hands the parameter over without its type
    for seed in range(400):
        truth = random_shipment(seed, "en" if name not in {"cmr", "eur1"} else "de")
        chosen = [one for one in truth.papers if one.layout == name]
        if chosen:
            one = next(one for one in drawn(truth) if one.paper.layout == name)
            printed = {mark.name for mark in one.drawing.marks}
            assert {"number", "date", "exporter", "consignee"} <= set(printed_fields(one.paper, printed))
            return
    pytest.fail(f"no seed draws {name}")


def test_each_text_of_a_drawing_knows_the_value_it_prints() -> None:
    one = next(one for one in drawn(rich()) if one.paper.type == "commercial_invoice")
    total = [mark.text for mark in one.drawing.marks if mark.name == "total_amount"]
    assert {Decimal("".join(c for c in text if c.isdigit())) for text in total} == {
        Decimal(one.paper.text("total_amount").replace(".", ""))
    }


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_a_planted_fault_is_told_with_its_documents_and_changes_the_papers(code: str) -> None:
    needs_more = {"certificate_expired", "origin_criterion", "certificate_coverage", "hs_invalid"}
    before = formal() if code in needs_more else rich()
    after = plant(before, code, 1)
    assert [fault.code for fault in after.faults] == [code]
    known = {one.type for one in before.papers} | {DRAFT}
    assert set(after.faults[0].documents) <= known
    told = (after.papers, after.draft, after.attributes["as_of"])
    assert told != (before.papers, before.draft, before.attributes["as_of"])


def formal() -> ShipmentTruth:
    """A shipment whose certificate has a term and asks for a criterion on each of its several rows."""
    for seed in range(50):
        truth = random_shipment(seed, "en", wish=Wish(form="form_a", lines=4))
        certificate = truth.paper("certificate_of_origin")
        if certificate is not None and len(certificate.lines) > 1:
            return truth
    raise AssertionError("no seed gives a certificate of several rows")


def test_random_shipments_have_none_to_as_many_faults_as_wished_of_all_kinds() -> None:
    planted = [random_shipment(seed, LANGUAGES[seed % 3], wish=Wish(faults=2)).faults for seed in range(90)]
    codes = [[fault.code for fault in faults] for faults in planted]
    assert {len(of) for of in codes} == {0, 1, 2}
    assert all(len(of) == len(set(of)) for of in codes)
    assert len({code for of in codes for code in of}) > len(FAULTS) / 2


def test_goods_of_one_certificate_are_of_its_country() -> None:
    for seed in range(60):
        truth = random_shipment(seed, "en", wish=Wish(certificate=True))
        items = truth.declaration["items"]
        assert isinstance(items, list)
        assert len({item["origin"] for item in items if isinstance(item, dict)}) == 1


def test_a_planted_line_amount_is_wrong_on_the_line_it_names_and_the_total_follows() -> None:
    truth = plant(rich(), "line_arithmetic", 2)
    invoice = paper(truth, "commercial_invoice")
    line = truth.faults[0].line
    wrong = [
        at
        for at, row in enumerate(invoice.lines, 1)
        if (Decimal(row["quantity"]) * Decimal(row["unit_price"])).quantize(Decimal("0.01")) != Decimal(row["amount"])
    ]
    charges = sum((Decimal(invoice.text(name) or 0) for name in ("freight", "insurance")), Decimal(0))
    goods = sum((Decimal(row["amount"]) for row in invoice.lines), Decimal(0))
    assert wrong == [line]
    assert Decimal(invoice.text("total_amount")) == goods + charges - Decimal(invoice.text("discount") or 0)


@pytest.mark.parametrize("code", ["quantity_mismatch", "unit_mismatch"])
def test_a_planted_packing_line_and_the_invoice_line_it_names_are_the_same_article(code: str) -> None:
    truth = plant(rich(), code, 4)
    lines = truth.faults[0].lines
    invoiced = paper(truth, "commercial_invoice").lines[lines["commercial_invoice"] - 1]
    packed = paper(truth, "packing_list").lines[lines["packing_list"] - 1]
    name = code.removesuffix("_mismatch")
    assert invoiced["part_number"] == packed["part_number"]
    assert invoiced[name] != packed[name]


def test_a_lost_page_takes_its_lines_out_of_the_truth(tmp_path: Path) -> None:
    truth = plant(rich(), "page_missing", 1)
    write(truth, tmp_path, tmp_path)
    told = json.loads((tmp_path / f"{truth.id}.json").read_text(encoding="utf-8"))["documents"][0]
    assert len(told["lines"]) < 40
    assert len(told["pages"]) == drawn(rich())[0].drawing.pages - 1


def test_a_fault_without_a_place_is_refused() -> None:
    truth = random_shipment(1, "en", wish=Wish(lines=1, certificate=False))
    with pytest.raises(CannotPlantError, match="certificate_of_origin"):
        plant(truth, "certificate_reference", 1)
    with pytest.raises(CannotPlantError, match="one page"):
        plant(truth, "page_missing", 1)


@pytest.mark.parametrize("level", LADDER[1:])
def test_damage_is_the_same_for_the_same_seed(level: str) -> None:
    drawing = drawn(random_shipment(2, "en"))[-1].drawing
    one, again, other = (damaged(drawing, level, effects=(), chance=Chance(seed))[0] for seed in ("a", "a", "b"))
    assert one.image.tobytes() == again.image.tobytes()
    assert one.image.tobytes() != other.image.tobytes()


@pytest.mark.parametrize("effect", sorted(EFFECTS))
def test_every_effect_marks_the_page_and_leaves_most_of_it(effect: str) -> None:
    page = np.full((1170, 827, 3), 255, np.uint8)
    page[::40, 100:500] = 0
    marked = EFFECTS[effect](page, 100, Chance("effect"))
    turned = effect in {"upside_down", "sideways"}
    everywhere = effect in {"tinted_paper", "uneven_light", "fold_lines"}
    assert turned or everywhere or 0 < float((marked != page).mean()) < 0.5
    assert not np.array_equal(marked, page)
    assert sorted(marked.shape) == sorted(page.shape)


def test_pdf_files_carry_no_time_of_making() -> None:
    drawing = drawn(random_shipment(2, "en"))[0].drawing
    assert pdf_bytes([drawing], title="t") == pdf_bytes([drawing], title="t")


def test_there_are_forty_articles_and_their_codes_are_subheadings() -> None:
    assert len(articles()) >= 40
    assert all(len(one.hs) == 6 and one.hs.isdigit() for one in articles().values())
