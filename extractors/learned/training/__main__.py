"""`python -m extractors.learned.training`: draws papers, fits the models, measures and writes them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from extractors.learned.training import header_fields, page_types
from extractors.learned.training.fitting import Metrics, fitted, save
from extractors.learned.training.pages import Sample, samples_of
from sample_docs.generator.chance import Chance
from sample_docs.generator.looks import Wish
from sample_docs.generator.series import series

_APART = ("samples", "calibration")
"""Pools whose layouts no model is fitted on."""


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m extractors.learned.training", description=__doc__)
    parser.add_argument("--shipments", type=int, default=300, help="drawn for fitting")
    parser.add_argument("--apart", type=int, default=60, help="drawn of each pool that measures")
    parser.add_argument("--pool", default="training", help="the pool of layouts to fit on")
    parser.add_argument("--only", default="", choices=("", *_TRAINED), help="the one model to train")
    chosen = parser.parse_args(arguments)
    training = list(_samples(chosen.pool, chosen.shipments))
    apart = {pool: list(_samples(pool, chosen.apart)) for pool in _APART if pool != chosen.pool}
    for name, train in _TRAINED.items():
        if chosen.only in {"", name}:
            train(training, apart)


def _samples(pool: str, count: int) -> Iterator[Sample]:
    for truth in series(Wish(language="", pool=pool), count=count, seed=page_types.RECIPE.seed % 10_000):
        yield from samples_of(truth)


def _train_page_types(training: list[Sample], apart: dict[str, list[Sample]]) -> None:
    recipe = page_types.RECIPE
    chance = Chance(recipe.seed, recipe.name)
    found = list(page_types.examples(training, chance.branch("training")))
    model = fitted(found, recipe)
    metrics: dict[str, Metrics] = {
        "fitted on": {"pages": len(found), "layouts": len({e.layout for e in found})},
        "layouts held out": page_types.held_out(found),
    }
    for pool, samples in apart.items():
        pages = list(page_types.examples(samples, chance.branch(pool), retitled_share=0.0))
        metrics[f"pool {pool}"] = page_types.measured(model, pages)
    _report(recipe.name, save(model, recipe, metrics), metrics)


def _train_header_fields(training: list[Sample], apart: dict[str, list[Sample]]) -> None:
    recipe = header_fields.RECIPE
    chance = Chance(recipe.seed, recipe.name)
    found = header_fields.learnable(list(header_fields.examples(training, chance.branch("training"))))
    model = fitted(found, recipe)
    metrics: dict[str, Metrics] = {
        "fitted on": {"spots": len(found), "layouts": len({e.layout for e in found})},
        "layouts held out": header_fields.held_out(found),
    }
    for pool, samples in apart.items():
        spots = list(header_fields.examples(samples, chance.branch(pool)))
        metrics[f"pool {pool}"] = header_fields.measured(model, spots)
    _report(recipe.name, save(model, recipe, metrics), metrics)


def _report(name: str, size: int, metrics: dict[str, Metrics]) -> None:
    sys.stdout.write(f"{name}.json: {size / 1024:.0f} KiB\n")
    sys.stdout.writelines(f"  {what}: {figures}\n" for what, figures in metrics.items())


_TRAINED = {page_types.RECIPE.name: _train_page_types, header_fields.RECIPE.name: _train_header_fields}


if __name__ == "__main__":
    main(sys.argv[1:])
