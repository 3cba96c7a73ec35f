"""Whether simulated firms look like real ones: patterns, against bands fixed before any run."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.digest import model_hash
from sim.evidence.patterns.bands import IN_VIEW, RULES, Pattern, patterns
from sim.evidence.patterns.charts import CHARTS
from sim.evidence.patterns.estimate import Estimate
from sim.evidence.patterns.look import Looked, look, seconds_a_replicate
from sim.evidence.patterns.measures import TRACK_MEASURES
from sim.evidence.patterns.verdict import MAJORITY, VERDICTS, Finding, spread
from sim.language import Text
from sim.plan import PLAN
from sim.sampling import draw_of
from sim.scenario import read_scenario
from sim.spec.findings import Figure, Listing, Part, Sentence
from sim.spec.marks import Panel, Panels
from sim.spec.stored import as_json
from sim.spec.table import Column, Table, Value, record, table
from sim.store.fill import Watcher
from sim.studies.study import FILE, Basis, Design, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import listed, unquoted

SIZE = (13.2, 10.6)
"""Of the sheet of charts, inches."""
COLUMNS_OF_CHARTS = 3


def design(options: Mapping[str, Any]) -> Design:
    """Return one scenario, once it is known that the city's pack has patterns."""
    patterns()
    base = read_scenario(options["file"], foreign=True)
    name = worded("experiment.patterns", base=unquoted(base.name))
    return Design((base,), f"patterns-{base.id}", name, options)


def seconds(looked_at: Design, setting: Setting) -> float:
    """Return how long it takes on the threads that there are."""
    sample = setting.sample
    one = seconds_a_replicate(looked_at.scenarios[0].setup(), sample.seed)
    return one * sample.replicates / setting.where.workers


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Looked:
    """Run replicates, measure every pattern in each, and judge."""
    sample = setting.sample
    setup = looked_at.scenarios[0].setup()
    return look(setup, sample.seed, sample.replicates, setting.where.workers, watch)


def parts(found: Looked, basis: Basis) -> Iterator[Part]:
    """Yield the verdicts, what they mean, where the bands come from, and single replicates."""
    findings = found.findings
    scenario = basis.scenarios[0].name
    title = worded("patterns.table", scenario=scenario, replicates=basis.sample.replicates)
    yield table("patterns", title, COLUMNS, findings)
    yield Sentence(_summary(findings))
    yield figure(found, basis)
    yield Sentence(worded("patterns.legend"), "note")
    yield Sentence(worded("patterns.sources"), "note")
    yield Listing(tuple(_source(each.pattern) for each in findings))
    yield _replicates(found, basis.sample.replicates)
    yield _tracks(found)


def known(value: float) -> Value:
    """Return a number as files hold it: infinity is said in words, no number is nothing."""
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else ("inf" if value > 0 else "-inf")


def shown(value: float) -> str:
    """Write a value with three digits, infinity as a sign, and no number as a dash."""
    if math.isnan(value):
        return "—"
    return f"{value:.3g}" if math.isfinite(value) else "∞"


def band(pattern: Pattern) -> str:
    """Write a band: two ends, or the one that it has."""
    if math.isinf(pattern.high):
        return f"> {pattern.low:g}"
    return f"{pattern.low:g} … {pattern.high:g}"


def _rate(finding: Finding) -> str:
    value, low, high = (100 * share for share in finding.pass_rate)
    return f"{value:.0f}% ({low:.0f} - {high:.0f}%)"


COLUMNS: Sequence[Column[Finding]] = (
    Column(
        ("pattern",),
        lambda each: (each.pattern.id,),
        worded("patterns.head_pattern"),
        lambda each: each.pattern.name,
        share=2.4,
        number=False,
    ),
    Column(
        ("median",),
        lambda each: (known(each.median),),
        worded("patterns.head_median"),
        lambda each: shown(each.median),
    ),
    Column(
        ("p10", "p90"),
        lambda each: map(known, (each.low, each.high)),
        worded("patterns.head_spread"),
        lambda each: f"{shown(each.low)} … {shown(each.high)}",
        share=1.5,
    ),
    Column(("known",), lambda each: (each.known,)),
    Column(
        ("band_low", "band_high"),
        lambda each: map(known, (each.pattern.low, each.pattern.high)),
        worded("patterns.head_band"),
        lambda each: band(each.pattern),
        share=1.5,
    ),
    Column(("rule",), lambda each: (each.pattern.rule,)),
    Column(
        ("pass_rate", "pass_low", "pass_high"),
        lambda each: each.pass_rate,
        worded("patterns.head_pass"),
        _rate,
        group=1,
        share=1.6,
    ),
    Column(
        ("verdict",),
        lambda each: (each.verdict,),
        worded("patterns.head_verdict"),
        lambda each: VERDICTS[each.verdict],
        group=1,
    ),
    Column(
        ("in_view",),
        lambda each: (each.pattern.in_view,),
        worded("patterns.head_seen"),
        lambda each: IN_VIEW[each.pattern.in_view],
        group=2,
        share=1.5,
    ),
    Column(("validates",), lambda each: (each.pattern.validates,)),
    Column(("source",), lambda each: (each.pattern.source,)),
)
"""Median, 10 % and 90 % quantile over replicates; in how many it could be measured; share of them
that pass and its 95 % interval; what the source was used for before."""


def _summary(findings: Sequence[Finding]) -> Text:
    """Return how many patterns hold, how many of them would validate, and which fail."""
    held = [each for each in findings if each.verdict == "holds"]
    failed = [each.pattern.name for each in findings if each.verdict == "fails"]
    return worded(
        "patterns.summary",
        all=len(findings),
        held=len(held),
        proper=sum(each.pattern.validates for each in held),
        failed=len(failed),
        open=len(findings) - len(held) - len(failed),
        names=listed(failed, worded("patterns.none")),
    )


def _source(pattern: Pattern) -> Text:
    return worded(
        "patterns.source",
        name=pattern.name,
        measure=pattern.measure,
        band=pattern.band,
        rule=RULES[pattern.rule],
        source=pattern.source,
    )


class Measured(NamedTuple):
    """A pattern in one replicate."""

    pattern: Pattern
    replicate: int
    estimate: Estimate


def _replicates(found: Looked, many: int) -> Table:
    """Return every pattern's estimate in every replicate, its error, and whether it passes."""
    rows = [
        Measured(finding.pattern, replicate, each)
        for finding in found.findings
        for replicate, each in zip(range(many), finding.estimates, strict=True)
    ]
    fields = ("pattern", "replicate", "draw", "value", "error", "passes")
    return table("replicates", worded("patterns.sources"), (Column(fields, _measured),), rows)


def _measured(row: Measured) -> tuple[Value, ...]:
    value, error = map(known, row.estimate)
    draw = draw_of(row.replicate)
    passes = row.pattern.passed(row.estimate)
    return row.pattern.id, row.replicate, draw, value, error, passes


def _tracks(found: Looked) -> Table:
    """Return what is told track by track: its median and 10 % and 90 % quantile over replicates."""
    rows = [
        (track.id, name, known(median), known(low), known(high))
        for column, track in enumerate(PLAN.tracks)
        for row, name in enumerate(TRACK_MEASURES)
        for low, median, high in [spread(found.tracks[:, row, column])]
    ]
    fields = ("track", "measure", "median", "p10", "p90")
    return table("tracks", worded("patterns.sources"), (Column(fields, lambda row: row),), rows)


def figure(found: Looked, basis: Basis) -> Figure:
    """Return nine patterns in the replicates that were kept."""
    verdicts = [finding.verdict for finding in found.findings]
    held, failed = verdicts.count("holds"), verdicts.count("fails")
    drawn = worded(
        "patterns.drawn",
        replicates=len(found.portraits),
        regression=worded("patterns.regression"),
    )
    panels = tuple(
        Panel(worded(f"patterns.chart_{name}"), *draw(found)) for name, draw in CHARTS.items()
    )
    title = worded("patterns.title", held=held, all=len(verdicts), failed=failed)
    subtitle = worded("patterns.subtitle")
    mark = Panels(panels, COLUMNS_OF_CHARTS, SIZE)
    # Readings of the counts do not matter here: no count is shown.
    return basis._replace(remark=None).figure(
        "patterns", title, subtitle, mark, drawn, alternative=_summary(found.findings)
    )


def files(found: Looked, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield ``patterns.json``: the verdicts with all texts, and what they rest on."""
    base, sample = basis.scenarios[0], basis.sample
    said = {
        "model_hash": model_hash(),
        "seed": sample.seed,
        "replicates": sample.replicates,
        "scenario": base.resolved(),
        "scenario_hash": base.hash(),
        "majority": MAJORITY,
        "patterns": [
            {
                **record(COLUMNS, each),
                "name": each.pattern.name._asdict(),
                "measure": each.pattern.measure._asdict(),
                "band": each.pattern.band._asdict(),
            }
            for each in found.findings
        ],
    }
    yield "patterns.json", as_json(said)


STUDY = Study(
    id="patterns",
    help=worded("patterns.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(FILE,),
    defaults={"replicates": 64},
    without=("store", "cluster", "yes"),
    seconds=seconds,
    files=files,
    hours=True,
)
