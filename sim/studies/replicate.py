"""Published evaluations beside simulated ones: the same contrast, over the same time."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sim.digest import model_hash
from sim.evidence.replication.evaluations import ROLES, Evaluation
from sim.evidence.replication.replicated import (
    Line,
    Replicated,
    chosen,
    replicated,
    seconds_a_replicate,
)
from sim.language import Text
from sim.problems import Problem
from sim.sampling import draw_of
from sim.scenario import read_scenario
from sim.scenario.posterior import POSTERIOR, PRIOR, fit
from sim.spec import palette, scales
from sim.spec.findings import Figure, Listing, Part, Sentence
from sim.spec.marks import Beside, Interval, Row, Rows, Series, Told
from sim.spec.stored import as_json
from sim.spec.table import Column, Table, record, table
from sim.store.fill import Watcher
from sim.studies.shared.replications import (
    HITS,
    UNITS,
    columns,
    finite,
    ids,
    label,
    published,
    simulated,
)
from sim.studies.study import Basis, Design, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import listed, semicolons, series

REPLICATES: Final = 32
WITHOUT: Final = "business-as-usual"
"""The scenario whose city has none of the plan's instruments."""
WIDTH, AROUND, ROW = 13.2, 3.0, 0.46
"""Inches: of the sheet, around the rows, for one row."""
SHIFT: Final = 0.17
LIMITS: Final = (-100.0, 200.0)
"""Per cent: what the figure shows at most."""


def design(options: Mapping[str, Any]) -> Design:
    """Return the city without instruments, drawn from the prior and, if it can, the posterior."""
    chosen()
    base = read_scenario(WITHOUT)
    drawn = [replace(base, draws=PRIOR)]
    if calibrated():
        drawn.append(replace(base, draws=POSTERIOR))
    return Design(drawn, "replicate", worded("replicate.name"), options)


def calibrated() -> bool:
    """Return whether there is a posterior of the rules and priors that this model has."""
    try:
        return fit(None) is not None
    except Problem:
        return False


def seconds(looked_at: Design, setting: Setting) -> float:
    """Return how long it takes on the threads that there are."""
    one = seconds_a_replicate(looked_at.scenarios[0].setup(), setting.sample.seed)
    runs = setting.sample.replicates * len(looked_at.scenarios)
    return one * runs / setting.where.workers


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Replicated:
    """Simulate each evaluation in each replicate."""
    sample = setting.sample
    setups = [each.setup() for each in looked_at.scenarios]
    return replicated(setups, sample.seed, sample.replicates, setting.where.workers, watch)


def parts(found: Replicated, basis: Basis) -> Iterator[Part]:
    """Yield the table, what it means, how each was simulated, and single replicates."""
    title = worded("replicate.table", replicates=basis.sample.replicates)
    yield table("replications", title, columns(found), found.lines)
    yield Sentence(summary(found))
    if unsure := sum(not line.sure for line in found.lines):
        told = sum(line.hit != "cannot" for line in found.lines)
        yield Sentence(worded("replicate.unsure", unsure=unsure, statistics=told))
    yield Sentence(worded("replicate.posterior" if found.calibrated else "replicate.prior_only"))
    yield figure(found, basis)
    yield Sentence(worded("replicate.rule"), "note")
    unknown = [_cannot(line) for line in found.lines if line.hit == "cannot"]
    if unknown:
        yield Sentence(worded("replicate.unknown", listed=semicolons(unknown)), "note")
    yield Sentence(worded("replicate.how"), "note")
    yield Listing(tuple(map(_how, _evaluations(found))))
    yield _replicates(found)


def _evaluations(found: Replicated) -> list[Evaluation]:
    return list({line.evaluation.id: line.evaluation for line in found.lines}.values())


def summary(found: Replicated) -> Text:
    """Return how many intervals are hit, of all and of each role, and which are missed."""
    hits = found.hits()
    roles = {each.id: each.role for each in _evaluations(found)}
    names = [each.name for each in _evaluations(found) if hits[each.id] == "missed"]
    of_all = [line.hit for line in found.lines if line.hit != "cannot"]

    def of(role: str) -> tuple[int, int]:
        mine = [hits[name] for name in hits if roles[name] == role and hits[name] != "cannot"]
        return mine.count("hit"), len(mine)

    (fit_hit, fit_all), (check_hit, check_all), (seen_hit, seen_all) = map(of, ROLES)
    return worded(
        "replicate.summary",
        hit=fit_hit + check_hit + seen_hit,
        all=fit_all + check_all + seen_all,
        fit_hit=fit_hit,
        fit_all=fit_all,
        check_hit=check_hit,
        check_all=check_all,
        seen_hit=seen_hit,
        seen_all=seen_all,
        statistics_hit=of_all.count("hit"),
        statistics=len(of_all),
        names=listed(names, worded("replicate.none")),
    )


def _cannot(line: Line) -> Text:
    reason = line.statistic.cannot or worded("replicate.too_few")
    return worded("replicate.cannot_row", row=label(line), reason=reason)


def _how(each: Evaluation) -> Text:
    told = [
        worded("replicate.source", source=own.source, rows=series(own.rows), address=own.address)
        for own in each.sources
    ]
    return worded(
        "replicate.evaluation",
        name=each.name,
        population=each.population,
        stands=each.stands,
        treatment=each.treatment,
        comparison=each.comparison,
        window=each.window,
        sources=semicolons(told),
    )


def _replicates(found: Replicated) -> Table:
    """Return every statistic in every replicate."""
    rows = [
        (*ids(line), drawn, replicate, draw_of(replicate), finite(value))
        for line in found.lines
        for drawn, spread in ((PRIOR, line.prior), (POSTERIOR, line.posterior))
        if spread is not None
        for replicate, value in enumerate(spread.values.tolist())
    ]
    fields = ("evaluation", "statistic", "draws", "replicate", "draw", "value")
    return table("replicates", worded("replicate.how"), (Column(fields, lambda row: row),), rows)


def figure(found: Replicated, basis: Basis) -> Figure:
    """Return the published intervals beside the simulated ranges, on one scale of per cent."""
    lines = [line for line in found.lines if UNITS[line.statistic.unit].percent and line.prior]
    series = [
        Series(worded("replicate.series_published"), palette.GREY, "s", 5.0),
        Series(worded("replicate.series_prior"), palette.BLUE),
    ]
    if found.calibrated:
        series.append(Series(worded("replicate.series_posterior"), palette.ORANGE, "D", 5.5))
    mark = Rows(
        scales.differing(*LIMITS),
        tuple(series),
        (
            Beside(worded("replicate.head_statistic"), flush="left", after=False),
            Beside(worded("replicate.head_published"), flush="right"),
            Beside(worded("replicate.head_prior"), flush="right"),
            Beside(worded("replicate.head_hit"), flush="left"),
        ),
        tuple(_row(at, line) for at, line in enumerate(lines)),
        (WIDTH, AROUND + ROW * len(lines)),
        zero=0.0,
    )
    of_all = [line.hit for line in found.lines if line.hit != "cannot"]
    title = worded("replicate.title", hit=of_all.count("hit"), all=len(of_all))
    # Readings of the counts do not matter here: no count is shown.
    return basis._replace(remark=None).figure(
        "replications",
        title,
        worded("replicate.subtitle"),
        mark,
        worded("replicate.drawn"),
        alternative=summary(found),
    )


def _row(at: int, line: Line) -> Row:
    statistic = line.statistic
    low, high = statistic.low, statistic.high
    middle = low if math.isinf(high) else high if math.isinf(low) else (low + high) / 2.0
    marks = [_interval(line, (low, middle, high), 0, -SHIFT)]
    for number, spread in enumerate((line.prior, line.posterior), 1):
        if spread is not None and not math.isnan(spread.median):
            missed = statistic.hit(spread.median) == "missed"
            marks.append(_interval(line, spread.quantiles[1:4], number, SHIFT * number, missed))
    numbers = (published(line), simulated(line, line.prior))
    texts = (label(line), *(Text(each, each) for each in numbers), HITS[line.hit])
    return Row(float(at), tuple((Told(text),) for text in texts), tuple(marks))


def _interval(
    line: Line, ends: Sequence[float], series: int, shift: float, hollow: bool = False
) -> Interval:
    percent = UNITS[line.statistic.unit].percent or float
    low, value, high = (min(max(percent(each), LIMITS[0] - 1.0), LIMITS[1] + 1.0) for each in ends)
    return Interval(value, low, high, series, shift, hollow)


def files(found: Replicated, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield ``replications.json``: the table with all texts, and what it rests on."""
    base, sample = basis.scenarios[0], basis.sample
    hits, later = found.hits(), found.hits(posterior=True)
    said = {
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        "scenario_hash": base.hash(),
        "posterior": found.calibrated,
        "evaluations": [
            {
                "id": each.id,
                "role": each.role,
                "hit": hits[each.id],
                "hit_posterior": later[each.id] if found.calibrated else None,
                **{key: getattr(each, key)._asdict() for key in TEXTS},
                "sources": [source._asdict() for source in each.sources],
                "statistics": [
                    {
                        **record(columns(found), line),
                        "name": line.statistic.name._asdict(),
                        "cannot": line.statistic.cannot and line.statistic.cannot._asdict(),
                    }
                    for line in found.lines
                    if line.evaluation.id == each.id
                ],
            }
            for each in _evaluations(found)
        ],
    }
    yield "replications.json", as_json(said)


TEXTS: Final = ("name", "population", "stands", "treatment", "comparison", "window")


STUDY = Study(
    id="replicate",
    help=worded("replicate.help"),
    design=design,
    compute=compute,
    parts=parts,
    defaults={"replicates": REPLICATES},
    without=("store", "cluster", "yes"),
    seconds=seconds,
    files=files,
    table="replications",
    hours=True,
)
