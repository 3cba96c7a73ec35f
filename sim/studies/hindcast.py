"""What would have been forecast from the end of each year, and how that fared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from sim.digest import model_hash
from sim.evidence.calibration.calibrate import SEED, Plan
from sim.evidence.calibration.trial import trial
from sim.evidence.hindcast.hindcast import (
    DRAWS,
    LEVELS,
    Foretold,
    Hindcasts,
    Score,
    asked,
    hindcasts,
    means,
)
from sim.evidence.hindcast.series import Overruled, own_units
from sim.language import Text
from sim.sampling import LUCKS_A_DRAW
from sim.spec.findings import Listing, Part, Sentence
from sim.spec.stored import as_json
from sim.spec.table import Column, Value, table
from sim.store.fill import Watcher
from sim.studies.shared.predictive import designations_figure, hindcast_figure
from sim.studies.study import Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import in_both
from sim.text.numbers import MINUS, exact

RUNS: Final = 4096
FIRST: Final = 2022
LAST: Final = 2034
MOST_RUNS: Final = 10_000_000
MOST_LEFT: Final = 20
"""Rows of which the terminal says why they are not used."""
YES: Final = {each: worded("hindcast.hit" if each else "hindcast.missed") for each in (True, False)}
FORECAST: Final = tuple(f"forecast_{100 * level:.0f}" for level in LEVELS)
INTERVALS: Final = tuple(f"interval_score{each}" for each in ("", "_last_value", "_linear_trend"))


def design(options: Mapping[str, Any]) -> Design:
    """Return the plan as written, from the end of each year from which something can be scored."""
    years = asked(options["known"], options["against"]).years
    scenarios = []
    for year in years:
        until = f"{year}-12"
        begun = trial(tuple(range(DRAWS)), SEED, until, until)
        scenarios.append(replace(begun, id=f"hindcast-{year}"))
    many = LUCKS_A_DRAW * DRAWS
    stem = "hindcast" if options["known"] is None else f"hindcast-{options['known']}"
    name = worded("experiment.hindcast", until=f"{years[0]}-12")
    return Design(scenarios, stem, name, options, many, many + options["runs"])


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Hindcasts:
    """Calibrate up to the end of each year, and run on from there."""
    said = looked_at.options
    plan = Plan(said["runs"], setting.store, setting.where, watch, setting.sample.seed)
    return hindcasts(asked(said["known"], said["against"]), plan)


def parts(found: Hindcasts, basis: Basis) -> Iterator[Part]:
    """Yield forecasts of figures and of designations beside what came, and what to make of it."""
    if found.scores:
        yield table("hindcast", worded("hindcast.figures"), FIGURES, found.scores)
        yield Sentence(_figures_told(found.scores))
    if found.foretold:
        yield table("designations", worded("hindcast.designations"), NAMED, found.foretold)
        yield Sentence(_named_told(found.foretold))
    yield Sentence(worded("hindcast.rule"), "note")
    if found.asked.left:
        yield Sentence(worded("hindcast.not_used"))
        lines = [in_both(each.in_) for each in found.asked.left]
        if (more := len(lines) - MOST_LEFT) > 0:
            lines = [*lines[:MOST_LEFT], worded("hindcast.more", more=more)]
        yield Listing(tuple(lines))
    for each in found.asked.overruled:
        yield Sentence(_instead(each))
    if found.scores:
        yield hindcast_figure(found, basis)
    if found.foretold:
        yield designations_figure(found, basis)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", MINUS)


def _score(number: int) -> Any:
    """Return what writes the interval score of the model, the last value or the trend."""
    return lambda each: f"{each.intervals[number]:.3f}"


def _values(score: Score) -> tuple[Value, ...]:
    quantiles = (round(float(value), 4) for value in score.quantiles)
    return (
        score.case.series.figure, score.case.base, score.case.year, round(score.case.growth, 4),
        *quantiles, score.in_80, score.in_90,
        *(round(each, 4) for each in (score.crps, score.last_value, score.trend)),
        *(round(each, 4) for each in score.intervals),
    )  # fmt: skip


FIGURES: Sequence[Column[Score]] = (
    Column(
        (
            *("figure", "base", "year", "published", *FORECAST, "in_80", "in_90"),
            *("crps", "crps_last_value", "crps_linear_trend", *INTERVALS),
        ),
        _values,
        worded("hindcast.head_figure"),
        lambda score: score.case.series.name,
        share=2.4,
        number=False,
    ),
    Column((), lambda _: (), worded("hindcast.head_years"),
           lambda score: f"{score.case.base} → {score.case.year}", share=1.4),
    Column((), lambda _: (), worded("hindcast.head_published"),
           lambda score: _signed(score.case.growth)),
    Column((), lambda _: (), worded("hindcast.head_forecast"),
           lambda score: f"{_signed(score.quantiles[1])} … {_signed(score.quantiles[3])}",
           share=1.8),
    Column((), lambda _: (), worded("hindcast.head_hit"), lambda score: YES[score.in_80]),
    Column((), lambda _: (), worded("hindcast.head_score"), _score(0), 1),
    Column((), lambda _: (), worded("hindcast.head_last"), _score(1), 1),
    Column((), lambda _: (), worded("hindcast.head_trend"), _score(2), 1),
)  # fmt: skip


def _named(each: Foretold) -> tuple[Value, ...]:
    of = each.designation
    return (
        *(of.id, of.known, of.date, of.quantity, of.low, of.high, of.reading),
        *(round(float(value), 3) for value in each.quantiles),
        each.hit,
        *(round(value, 3) for value in each.intervals),
        " ".join(of.rows),
    )


def _range(low: float, high: float) -> str:
    return exact(low) if low == high else f"{exact(low)} … {exact(high)}"


NAMED: Sequence[Column[Foretold]] = (
    Column(
        (
            *("designation", "known", "date", "quantity", "low", "high", "reading"),
            *(*FORECAST, "hit", *INTERVALS, "rows"),
        ),
        _named,
        worded("hindcast.head_designation"),
        lambda each: each.designation.name,
        share=2.4,
        number=False,
    ),
    Column((), lambda _: (), worded("hindcast.head_years"),
           lambda each: f"{each.designation.known} → {each.designation.date}", share=1.6),
    Column((), lambda _: (), worded("hindcast.head_named"),
           lambda each: _range(each.designation.low, each.designation.high)),
    Column((), lambda _: (), worded("hindcast.head_forecast"),
           lambda each: f"{each.quantiles[1]:.1f} … {each.quantiles[3]:.1f}", share=1.5),
    Column((), lambda _: (), worded("hindcast.head_hit"), lambda each: YES[each.hit]),
    Column((), lambda _: (), worded("hindcast.head_score"), _score(0), 1),
    Column((), lambda _: (), worded("hindcast.head_last"), _score(1), 1),
    Column((), lambda _: (), worded("hindcast.head_trend"), _score(2), 1),
)  # fmt: skip


def _means_of(rows: Sequence[Score] | Sequence[Foretold]) -> dict[str, str]:
    model, last, trend = np.array([each.intervals for each in rows]).mean(axis=0).tolist()
    return {"model": f"{model:.3f}", "last": f"{last:.3f}", "trend": f"{trend:.3f}"}


def _figures_told(scores: Sequence[Score]) -> Text:
    crps = (f"{value:.3f}" for value in means(scores))
    return worded(
        "hindcast.figures_told",
        **_means_of(scores),
        **dict(zip(("crps", "crps_last", "crps_trend"), crps, strict=True)),
        in_80=sum(score.in_80 for score in scores),
        in_90=sum(score.in_90 for score in scores),
        many=len(scores),
    )  # fmt: skip


def _named_told(foretold: Sequence[Foretold]) -> Text:
    return worded(
        "hindcast.designations_told",
        **_means_of(foretold),
        hit=sum(each.hit for each in foretold),
        many=len(foretold),
    )


def _instead(found: Overruled) -> Text:
    """Return that a figure that was brought is used in the place of the project's own."""
    return worded(
        "hindcast.instead",
        name=found.series.name,
        year=found.year,
        brought=exact(found.brought),
        own=exact(found.own),
        unit=own_units()[found.series],
    )


def files(found: Hindcasts, _basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield ``hindcast.json``: scores year by year, and rows that were not used."""
    said = {
        "model_hash": model_hash(),
        "years": [
            {
                "known_until": f"{each.known}-12",
                "replicates": each.replicates,
                "effective_sample_size": each.effective,
                "forecasts": len(each.scores),
                "mean_crps": _by_name(means(each.scores)) if each.scores else None,
                "in_80": sum(score.in_80 for score in each.scores),
                "in_90": sum(score.in_90 for score in each.scores),
                "designations": len(each.foretold),
                "designations_hit": sum(one.hit for one in each.foretold),
            }
            for each in found.years
        ],
        "not_used": [{"en": each.in_("en"), "zh": each.in_("zh")} for each in found.asked.left],
        "in_place_of_own": [
            {
                "figure": each.series.figure,
                "year": each.year,
                "own": each.own,
                "brought": each.brought,
            }
            for each in found.asked.overruled
        ],
    }  # fmt: skip
    yield "hindcast.json", as_json(said)


def _by_name(scores: Sequence[float]) -> dict[str, float]:
    return dict(zip(("model", "last_value", "linear_trend"), scores, strict=True))


STUDY = Study(
    id="hindcast",
    help=worded("hindcast.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option("known", int | None, None, worded("hindcast.option_known"), least=FIRST, most=LAST),
        Option("against", Path | None, None, worded("hindcast.option_against")),
        Option("runs", int, RUNS, worded("hindcast.option_runs"), least=64, most=MOST_RUNS),
    ),
    defaults={"seed": SEED},
    without=("replicates",),
    files=files,
    hours=True,
)
