"""Pools of layouts: each draws every paper it promises, texts keep to their places, hidden values leave the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest

from sample_docs.damage import damaged
from sample_docs.generator import looks
from sample_docs.generator import random_shipment as random_shipments
from sample_docs.generator.chance import Chance
from sample_docs.generator.filing import Drawn, drawn, printed_fields, printed_lines
from sample_docs.generator.looks import PoolLacksError, Wish
from sample_docs.generator.pdf import pdf_bytes
from sample_docs.generator.random_shipment import random_shipment
from sample_docs.generator.series import languages, series
from sample_docs.generator.truth import Overwriting, Paper, ShipmentTruth
from sample_docs.layouts import BY_NAME, POOLS
from sample_docs.make import main
from tests.printed import collisions, cut_off, need_fonts

COMPLETE = {"commercial_invoice", "packing_list", "transport_document"}
FILLED = [pool for pool in POOLS if {layout.kind for layout in POOLS[pool]} >= COMPLETE]
NEW_LANGUAGES = ("fr", "es", "it")


@pytest.fixture(autouse=True)
def _fonts() -> None:
    need_fonts()


def invoice(truth: ShipmentTruth) -> Paper:
    return next(paper for paper in truth.papers if paper.type == "commercial_invoice")


def printed(one: Drawn) -> set[str]:
    return {name for mark in one.drawing.marks for name in (mark.name, *mark.also) if name}


def test_pools_share_no_layout_and_every_name_leads_to_its_own() -> None:
    drawing = Counter(layout.draw for pool in POOLS.values() for layout in pool)
    assert {draw for draw, often in drawing.items() if often > 1} == set()
    assert len(BY_NAME) == len(drawing)
    assert all(BY_NAME[pool, layout.name] is layout for pool in POOLS for layout in POOLS[pool])


@pytest.mark.parametrize("pool", FILLED)
def test_the_same_seed_gives_the_same_shipment_and_another_pool_other_facts(pool: str) -> None:
    wish = Wish(pool=pool)
    assert random_shipment(4, "en", wish=wish) == random_shipment(4, "en", wish=wish)
    others = [other for other in FILLED if other != pool]
    numbers = {invoice(random_shipment(4, "en", wish=Wish(pool=other))).text("number") for other in others}
    assert invoice(random_shipment(4, "en", wish=wish)).text("number") not in numbers


@pytest.mark.parametrize(("pool", "language"), [(pool, language) for pool in FILLED for language in languages(pool)])
def test_a_pool_draws_all_papers_in_every_language_it_has(pool: str, language: str) -> None:
    for seed in range(2):
        truth = random_shipment(seed, language, wish=Wish(pool=pool))
        for one in drawn(truth):
            assert one.paper.layout in {layout.name for layout in POOLS[pool]}
            assert {"number", "exporter", "consignee"} <= set(printed_fields(one.paper, printed(one)))


@pytest.mark.parametrize("language", NEW_LANGUAGES)
def test_french_spanish_and_italian_papers_name_goods_and_countries_in_their_language(language: str) -> None:
    truth = random_shipment(2, language, wish=Wish(pool="training"))
    english = random_shipment(2, "en", wish=Wish(pool="training"))
    names = {line["description"] for line in invoice(truth).lines}
    assert invoice(truth).style.language == language
    assert not names & {line["description"] for line in invoice(english).lines}


@pytest.mark.parametrize("mode", ["sea", "air", "road"])
def test_the_training_pool_draws_each_mode_of_transport(mode: str) -> None:
    truth = random_shipment(7, "en", wish=Wish(pool="training", mode=mode))
    assert truth.attributes["mode"] == mode
    assert drawn(truth)[-1].paper.type == "transport_document"


@pytest.mark.parametrize("form", ["chamber", "eur1", "form_a", "form_d", "form_e", "rcep", "usmca"])
def test_the_training_pool_draws_each_form_of_certificate_with_its_lines(form: str) -> None:
    language = "zh" if form == "form_e" else "en"
    truth = random_shipment(3, language, wish=Wish(pool="training", form=form))
    one = next(one for one in drawn(truth) if one.paper.type == "certificate_of_origin")
    assert one.paper.form == form
    assert len(printed_lines(one.paper, printed(one))) == len(one.paper.lines)
    assert {"country_of_origin", "invoice_number", "date"} <= set(printed_fields(one.paper, printed(one)))


def test_what_a_pool_cannot_draw_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    grounded = tuple(layout for layout in POOLS["samples"] if layout.form != "air_waybill")
    monkeypatch.setattr(looks, "POOLS", {**POOLS, "unseen": grounded})
    monkeypatch.setattr(random_shipments, "BY_NAME", {("unseen", layout.name): layout for layout in grounded})
    with pytest.raises(PoolLacksError, match="no transport document by air"):
        random_shipment(1, "en", wish=Wish(pool="unseen", mode="air"))
    modes = {random_shipment(seed, "en", wish=Wish(pool="unseen")).attributes["mode"] for seed in range(20)}
    assert modes == {"sea", "road"}


@pytest.mark.parametrize("seed", range(18))
def test_no_text_of_a_training_paper_runs_into_another_or_off_the_page(seed: int) -> None:
    for truth in series(Wish(language="", pool="training"), count=1, seed=seed):
        for one in drawn(truth):
            assert not cut_off(one.drawing, edge=0)
            assert not collisions(one.drawing)


@pytest.mark.parametrize("seed", range(6))
def test_each_marks_box_holds_its_words_in_the_text_layer(seed: int) -> None:
    truth = next(iter(series(Wish(language="", pool="training"), count=1, seed=seed)))
    for one in drawn(truth):
        with pypdfium2.PdfDocument(pdf_bytes([one.drawing], title="")) as file:
            layers = [page.get_textpage() for page in file]
            for mark in one.drawing.marks:
                left, top, right, bottom = mark.box
                height = one.drawing.size[1]
                text = layers[mark.page - 1].get_text_bounded(
                    left - 1, height - bottom - 1, right + 1, height - top + 1
                )
                assert bare(mark.text) in bare(text)


def bare(text: str) -> str:
    return "".join(text.replace("\u00ad", "-").replace("\ufffe", "-").split())


@pytest.mark.parametrize("effects", [(), ("upside_down",), ("sideways",)])
@pytest.mark.parametrize("level", ["scan_degraded", "photo"])
def test_a_marks_place_on_the_damaged_page_is_where_its_ink_is(level: str, effects: tuple[str, ...]) -> None:
    drawing = drawn(random_shipment(5, "en", wish=Wish(pool="training")))[0].drawing
    scan = damaged(drawing, level, effects=effects, chance=Chance("place"))[0]
    upright = scan.image.convert("L").rotate(
        {"upside_down": 180, "sideways": -90}.get("".join(effects), 0), expand=True
    )
    scale = scan.dpi / 72
    for mark in drawing.marks:
        if mark.page == 1 and mark.name:
            box = scan.place(mark.box)
            left, top, right, bottom = (round(edge * scale) for edge in box)
            inked = np.asarray(upright.crop((left, top, right, bottom)))
            assert int(inked.max()) - int(inked.min()) > 40


@pytest.mark.parametrize("overwriting", [Overwriting(bars=4), Overwriting(scribbles=4)])
def test_a_value_under_a_bar_or_in_a_scribble_is_neither_drawn_nor_true(overwriting: Overwriting) -> None:
    truth = random_shipment(6, "en", wish=Wish(pool="training"))
    paper = invoice(truth)
    plain, covered = drawn(truth)[0], drawn(truth.with_paper(replace(paper, overwriting=overwriting)))[0]
    gone = printed(plain) - printed(covered)
    assert len(gone) == 4
    assert not gone & {mark.name for mark in covered.drawing.marks}
    assert len(covered.drawing.shapes) > len(plain.drawing.shapes)
    told = printed_fields(paper, printed(covered)) | {"lines": printed_lines(paper, printed(covered))}
    assert told != printed_fields(paper, printed(plain)) | {"lines": printed_lines(paper, printed(plain))}


def test_typing_askew_keeps_every_value_and_moves_only_what_is_filled_in() -> None:
    truth = random_shipment(6, "en", wish=Wish(pool="training", mode="sea"))
    plain = drawn(truth)[-1]
    askew = drawn(truth.with_paper(replace(plain.paper, overwriting=Overwriting(typed=True))))[-1]
    moved = [one.text for one, other in zip(plain.drawing.marks, askew.drawing.marks, strict=True) if one != other]
    assert printed(plain) == printed(askew)
    assert 0 < len(moved) < len(plain.drawing.marks)


def test_worn_papers_are_worn_the_same_way_again() -> None:
    wish = Wish(pool="training", level="scan_clean", worn=1.0)
    one, again = random_shipment(9, "en", wish=wish), random_shipment(9, "en", wish=wish)
    assert one == again
    assert any(paper.effects for paper in one.papers)


def test_part_of_a_series_is_the_same_when_it_is_made_apart() -> None:
    wish = Wish(language="", pool="training")
    assert [*series(wish, count=6)][4:] == [*series(wish, count=2, seed=4)]


def test_random_shipments_of_a_pool_are_written_where_they_are_told_to(tmp_path: Path) -> None:
    arguments = ["--pool", "training", "--count", "2", "--seed", "3", "--language", "fr", "--level", "digital"]
    assert main([*arguments, "--out", str(tmp_path)]) == 0
    names = ["training-fr-000003", "training-fr-000004"]
    assert sorted(path.name for path in (tmp_path / "shipments").iterdir()) == names
    assert sorted(path.stem for path in (tmp_path / "truth").iterdir()) == names


def test_a_layout_is_drawn_where_it_fits_and_one_that_the_pool_has_not_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--pool", "study", "--count", "1", "--language", "en", "--level", "digital", "--out", str(tmp_path)]
    assert main([*arguments, "--layout", "tally_invoice"]) == 0
    [truth] = (tmp_path / "truth").iterdir()
    assert '"layout": "tally_invoice"' in truth.read_text(encoding="utf-8")
    with pytest.raises(SystemExit, match="2"):
        main([*arguments, "--layout", "tally"])
    assert "the pool study has no layout tally" in capsys.readouterr().err


def test_random_shipments_are_not_put_among_the_committed_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--pool", "training"])
    assert "--out" in capsys.readouterr().err
