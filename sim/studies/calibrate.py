"""Which parameters agree with what was observed since 2022, and whether known truths are found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sim.evidence.calibration.calibrate import (
    SEED,
    Calibration,
    Plan,
    calibrate,
    first_wave,
    runs_of,
)
from sim.evidence.calibration.diagnostics import LEVELS, Learnt, Predicted
from sim.evidence.calibration.files import NARROW, Report, documents, use_from_now_on
from sim.evidence.calibration.forms import Form, forms
from sim.evidence.calibration.observations import last
from sim.evidence.calibration.synthetic import FEW, SHOWN, Synthetic
from sim.language import Text
from sim.parameters import UNCERTAIN
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, Value, read, table
from sim.store.fill import Watcher
from sim.studies.shared.counts import NONE
from sim.studies.shared.predictive import Row, beside
from sim.studies.study import Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import commas
from sim.text.numbers import decimals, percent
from sim.views.parameter_names import short_names


class Found(NamedTuple):
    """A calibration, what is said of it, and how forms of the model agree with the same."""

    report: Report
    forms: tuple[Form, ...]


def design(options: Mapping[str, Any]) -> Design:
    """Return the first wave, with as many replicates as all of them have."""
    until, runs = last(), options["runs"]
    wave, _ = first_wave(runs, SEED, until)
    name = worded("experiment.calibration", until=until)
    first = replace(wave, seed=SEED)
    return Design([first], f"calibration-{until}", name, options, runs_of(runs))


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run waves, weigh them, and run the forms of the model if asked for."""
    until, options = last(), looked_at.options
    plan = Plan(options["runs"], setting.store, setting.where, watch, setting.sample.seed)
    found: Calibration = calibrate(until, plan)
    tried = forms(until, options["forms"], plan) if options["forms"] else ()
    return Found(Report(found), tried)


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield observations beside what the model has for them, what was learnt, checks, figure."""
    report, calibration = found.report, found.report.found
    yield table("observations", worded("calibration.title"), OBSERVED, report.predicted)
    possible = ", ".join(percent(each.possible) for each in calibration.proposals)
    effective = f"{report.effective:,.0f}"
    counted = {"draws": len(calibration.numbers), "waves": len(calibration.waves)}
    yield Sentence(worded("calibration.size", **counted, effective=effective, possible=possible))
    yield Sentence(_learnt(report))
    yield Sentence(_narrowed(report))
    for source, check in report.synthetic.items():
        yield Sentence(_checked(source, check))
    if found.forms:
        yield table("forms", worded("calibration.forms"), FORMS, found.forms)
    rows = [
        Row(
            each.observation.name,
            each.observation.low,
            each.observation.high,
            each.observation.spread,
            tuple((float(b[0]), float(b[2]), float(b[4])) for b in (each.prior, each.posterior)),
        )
        for each in report.predicted
    ]
    reading = worded("calibration.reading", effective=effective)
    title, subtitle = worded("calibration.title"), worded("calibration.subtitle")
    mark = beside(rows, "calibration", ("prior", "posterior"))
    yield basis.figure("calibration", title, subtitle, mark, reading, alternative=title)
    yield table("parameters", worded("calibration.parameters"), PARAMETERS, report.learnt)


def _learnt(report: Report) -> Text:
    clear = [row for row in report.learnt if abs(row.shift) > report.noise]
    names = [
        Text(*(f"{name} ({decimals(row.shift, 2)})" for name in short_names()[row.name]))
        for row in clear[:SHOWN]
    ]
    listed = commas(names) if names else Text(NONE, NONE)
    counted = {"moved": len(clear), "all": len(UNCERTAIN), "noise": f"{report.noise:.2f}"}
    return worded("calibration.learnt", **counted, listed=listed)


def _narrowed(report: Report) -> Text:
    now, best = (
        sum(getattr(row, name) >= NARROW for row in report.learnt)
        for name in ("narrowing", "at_best")
    )
    counted = {"quantities": len(report.found.seen), "now": now, "best": best}
    return worded("calibration.narrowed", left=f"{1.0 - NARROW:.1f}", **counted)


def _checked(source: str, check: Synthetic) -> Text:
    """Say whether truths were found, and on how many draws that rests."""
    least, _, median, _ = (f"{size:,.0f}" for size in check.effective)
    counted = {"truths": check.truths, "few": check.few, "limit": FEW}
    shares = {"covered": percent(check.covered), "beside": percent(check.beside)}
    told = {"source": worded(f"calibration.from_{source}"), "p": f"{check.p_value:.2f}"}
    return worded("calibration.synthetic", least=least, median=median, **counted, **shares, **told)


def _range(low: float, high: float) -> str:
    return f"{low:.2f}" if low == high else f"{low:.2f} – {high:.2f}"


def _in_file(row: Predicted) -> Iterator[Value]:
    seen = row.observation
    yield from (seen.id, " ".join(seen.figures), seen.low, seen.high, seen.spread)
    yield from (round(float(value), 4) for value in (*row.prior, *row.posterior))
    yield from (round(row.others, 4), str(row.conflict), seen.why)
    yield " ".join(seen.patterns)


_NAMES = [f"{100 * level:.0f}" for level in LEVELS]
OBSERVED: Sequence[Column[Predicted]] = (
    read(worded("calibration.observation"), lambda row: row.observation.name, number=False),
    read(worded("calibration.seen"), lambda row: _range(row.observation.low, row.observation.high)),
    read(worded("calibration.spread"), lambda row: f"{row.observation.spread:.2f}"),
    read(worded("calibration.before"), lambda row: _range(row.prior[0], row.prior[-1]), 1),
    read(worded("calibration.after"), lambda row: _range(row.posterior[0], row.posterior[-1]), 1),
    read(worded("calibration.others"), lambda row: f"{row.others:.2f}", 1),
    read(
        worded("calibration.verdict"),
        lambda row: worded("calibration.conflict") if row.conflict else NONE,
        1,
        number=False,
    ),
    Column(
        (
            *("id", "figures", "low", "high", "spread"),
            *(f"prior_{name}" for name in _NAMES),
            *(f"posterior_{name}" for name in _NAMES),
            *("tail_given_others", "conflict", "why", "patterns"),
        ),
        _in_file,
    ),
)
PARAMETERS: Sequence[Column[Learnt]] = (Column(Learnt._fields, lambda row: row),)
"""``parameters.csv``: what the observations say of each parameter, most first."""
FORMS: Sequence[Column[Form]] = (
    Column(
        ("subject", "form"),
        lambda row: (row.subject, row.choice),
        worded("calibration.form"),
        lambda row: f"{row.subject} = {row.choice}",
        number=False,
    ),
    Column(
        ("bayes_factor", "low", "high"),
        lambda row: (row.factor, row.low, row.high),
        worded("calibration.factor"),
        lambda row: f"{row.factor:.2f} ({_range(row.low, row.high)})",
    ),
    Column(
        ("weight",),
        lambda row: (row.weight,),
        worded("calibration.weight"),
        lambda row: percent(row.weight),
    ),
)


def files(found: Found, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield the posterior that runs can draw from, and what was found as plain data."""
    del basis
    yield from documents(found.report)


def use(found: Found, looked_at: Design) -> Text | None:
    """Let runs draw from the calibration from now on, if that is asked for."""
    if not looked_at.options["use"]:
        return None
    return worded("calibration.used", file=str(use_from_now_on(found.report)))


STUDY = Study(
    id="calibrate",
    help=worded("calibrate.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option("runs", int, 20_000, worded("calibrate.option_runs"), least=64, most=10_000_000),
        Option("forms", int, 0, worded("calibrate.option_forms"), least=0, most=1_000_000),
        Option("use", bool, False, worded("calibrate.option_use")),
    ),
    without=("replicates",),
    files=files,
    table="parameters",
    afterwards=use,
    hours=True,
)
