"""What rests on definitions: each set to its lower and its upper end, all else as it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from sim.experiments.baseline import Stored, stored
from sim.experiments.compare import Comparison, CountDifference, compare
from sim.experiments.definitions import ENDS, at_end, chosen, value_at
from sim.experiments.likelihoods import likelihoods_file
from sim.language import NOTHING, Text
from sim.parameters import DEFINITIONS, Parameter
from sim.scenario import read_scenario
from sim.spec import palette, scales
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Dots, Layer, Panel, Panels, Pieces, Rule, Scale, Tick, numbers
from sim.spec.table import Column, read, table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.counts import NAMES, NONE
from sim.studies.shared.known import known_until, told_of_past, with_one_past
from sim.studies.shared.points import in_points
from sim.studies.study import AS_OF, FILE, Basis, Design, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import in_both, unquoted
from sim.text.numbers import exact, percent, signed
from sim.text.together import is_tie
from sim.views.by_chance import by_chance
from sim.views.parameter_names import parameter_unit, short_names

COLOURS = {"lower": palette.BLUE, "upper": palette.VERMILION}
MARKS: Mapping[str, Literal["o", "D"]] = {"lower": "o", "upper": "D"}
APART = 0.16
"""Of the marks of both ends from the middle of their row."""
WIDTH, AROUND, ROW = 13.0, 2.6, 0.52
"""Inches: of the sheet, around the rows, for one row."""
LEAST = 0.02
"""The scale reaches at least this far on both sides of nought, as a fraction."""
DOT = 6.0
"""Size of the marks, in points."""


class Changed(NamedTuple):
    """What another definition does."""

    definition: Parameter
    end: str
    now: float
    instead: float
    comparison: Comparison
    """The scenario with the other definition against the scenario as it is."""


class Moved(NamedTuple):
    """A definition at both ends, and the count whose likelihood it moves most."""

    ends: tuple[Changed, Changed]
    at: int
    """Number of the count."""

    def of(self, end: str) -> CountDifference:
        """Return what an end does to the count."""
        return self.ends[ENDS.index(end)].comparison.counts[self.at]

    @property
    def any(self) -> bool:
        """Whether it moves any count in any replicate."""
        return any(self.of(end).likelihood.value for end in ENDS)


class Found(NamedTuple):
    """What the study found, and the file on the likelihoods with definitions as they are."""

    moved: Sequence[Moved]
    likelihoods: tuple[str, str]
    known: Stored
    """The stored baseline by which likelihoods are adjusted, or why they are not."""
    since: str | None = None
    """Month from which on definitions are others; None: from the beginning."""
    forgotten: str | None = None
    """Month up to which facts were to be known, where definitions are others before."""


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario, and it with each definition at each end."""
    base, since = known_until(read_scenario(options["file"], foreign=True), options["as_of"])
    name = worded("experiment.definitions", base=unquoted(base.name))
    others = [at_end(base, each, end, since) for each in DEFINITIONS for end in ENDS]
    packages, forgotten = with_one_past([base, *others])
    stem = f"definitions-{base.id}" + (f"-from-{since}" if since else "")
    return Design(packages, stem, name, {"since": since, "forgotten": forgotten})


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Change each definition in turn, under the same luck and parameter draws."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    fill(packages, sample, store, where, watch)
    base, before = packages[0], load(packages[0], sample, store)
    known = stored(packages, sample.seed, before.draws)
    asked = [(each, end) for each in DEFINITIONS for end in ENDS]
    found = [
        Changed(
            each,
            end,
            chosen(base, each),
            value_at(each, end),
            compare(before, load(other, sample, store), known.baseline),
        )
        for (each, end), other in zip(asked, packages[1:], strict=True)
    ]
    pairs = zip(found[::2], found[1::2], strict=True)
    told = likelihoods_file(packages[:1], sample, store)
    since, forgotten = (looked_at.options[name] for name in ("since", "forgotten"))
    return Found([moved(pair) for pair in pairs], told, known, since, forgotten)


def moved(ends: tuple[Changed, Changed]) -> Moved:
    """Return a definition with the count whose likelihood moves most between its ends."""
    lower, upper = (each.comparison.counts for each in ends)
    sizes = [abs(b.second - a.second) for a, b in zip(lower, upper, strict=True)]
    return Moved(ends, sizes.index(max(sizes)))


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what each definition moves, as a table, as a figure and as a file."""
    rows, basis = found.moved, adjusted_by(basis, found.known)
    yield from told_of_past(basis.scenarios[0], found.forgotten, 1.0)
    if found.since is not None:
        yield Sentence(worded("definitions.since", since=found.since))
    yield table("", worded("definitions.table"), COLUMNS, rows)
    yield Sentence(worded("definitions.note"), "note")
    yield from caveats(basis, found.known, intervals=len(ENDS) * len(rows))
    if any(row.any for row in rows):
        yield figure(rows, basis)
    cells = [
        (end, count)
        for row in rows
        for end in row.ends
        for count in range(len(end.comparison.counts))
    ]
    yield table("definitions", worded("definitions.table"), IN_FILE, cells)


def _name(row: Moved) -> Text:
    return short_names()[row.ends[0].definition.name]


def _with_unit(value: float, definition: Parameter) -> Text:
    unit = definition.unit
    if unit == "share":
        return Text(percent(value), percent(value))
    shown = exact(value)
    return in_both(lambda language: f"{shown} {parameter_unit(unit, language)}")


def _values(row: Moved, end: str) -> Text:
    changed = row.ends[ENDS.index(end)]
    return _with_unit(changed.instead, changed.definition)


def _points(row: Moved, end: str) -> str:
    found = row.of(end).likelihood
    if not row.any:
        return NONE
    return in_points(found)


COLUMNS: Sequence[Column[Moved]] = (
    read(worded("definitions.definition"), _name, number=False),
    read(
        worded("definitions.now"),
        lambda row: _with_unit(row.ends[0].now, row.ends[0].definition),
    ),
    read(
        worded("definitions.count"),
        lambda row: NAMES[row.of("lower").id] if row.any else NONE,
        number=False,
    ),
    read(
        worded("definitions.likelihood"),
        lambda row: percent(row.of("lower").first) if row.any else NONE,
    ),
    read(worded("definitions.lower"), lambda row: _values(row, "lower"), 1),
    read(worded("definitions.moves"), lambda row: _points(row, "lower"), 1),
    read(worded("definitions.upper"), lambda row: _values(row, "upper"), 2),
    read(worded("definitions.moves"), lambda row: _points(row, "upper"), 2),
)
Cell = tuple[Changed, int]
"""A changed definition, and the number of a count."""


def _in_file(cell: Cell) -> tuple[str | float | bool, ...]:
    changed, count = cell[0], cell[0].comparison.counts[cell[1]]
    moves = count.likelihood
    place = (changed.definition.name, changed.now, changed.instead, count.id, count.first)
    return *place, *moves[:3], not moves.tie


IN_FILE: Sequence[Column[Cell]] = (
    Column(
        (
            *("definition", "now", "instead", "count", "likelihood"),
            *("difference", "low", "high", "told_apart"),
        ),
        _in_file,
    ),
)
"""``definitions.csv``: what each definition at each end does to each count's likelihood."""


def figure(rows: Sequence[Moved], basis: Basis) -> Figure:
    """Return two dots with their intervals for each definition that moves a count, on one scale."""
    rows = [row for row in rows if row.any]
    labels = [
        worded(
            "definitions.row",
            definition=_name(row),
            count=NAMES[row.of("lower").id],
            likelihood=percent(row.of("lower").first),
        )
        for row in rows
    ]
    layers = (Rule(0.0, palette.GREY, True, width=1.0), *_marks(rows))
    panel = Panel(NOTHING, _scale(rows), scales.names(labels), layers)
    told = [worded("definitions.interval"), worded("definitions.chosen")]
    told += by_chance(len(ENDS) * len(rows))
    title, subtitle = worded("definitions.title"), worded("definitions.subtitle")
    mark = Panels((panel,), 1, (WIDTH, AROUND + ROW * len(rows)), "each")
    return basis.figure("definitions", title, subtitle, mark, *told, alternative=title)


def _scale(rows: Sequence[Moved]) -> Scale:
    found = [row.of(end).likelihood for row in rows for end in ENDS]
    low = min(-LEAST, *(each.low for each in found))
    high = max(LEAST, *(each.high for each in found))
    ticks = (
        Tick(at / 100, Text(signed(at), signed(at))) for at in scales.steps(100 * low, 100 * high)
    )
    return Scale(low, high, tuple(ticks))


def _marks(rows: Sequence[Moved]) -> Iterator[Layer]:
    """Yield the marks of each end: hollow if they may be nothing."""
    for end, side in zip(ENDS, (-APART, APART), strict=True):
        for hollow in (False, True):
            found = [
                (number + side, row.of(end).likelihood)
                for number, row in enumerate(rows)
                if is_tie(row.of(end).likelihood) == hollow
            ]
            if not found:
                continue
            spans = tuple((each.low, at, each.high, at) for at, each in found)
            yield Pieces(spans, COLOURS[end], 1.8)
            yield Dots(
                numbers(each.value for _, each in found),
                numbers(at for at, _ in found),
                COLOURS[end],
                MARKS[end],
                DOT,
                name=worded(f"definitions.{end}_{'tie' if hollow else 'clear'}"),
                hollow=hollow,
                texts=() if hollow else tuple(signed(round(100 * e.value)) for _, e in found),
            )


STUDY = Study(
    id="definitions",
    help=worded("definitions.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(FILE, AS_OF),
    files=likelihoods_alone,
    estimates=lambda found: (
        count.likelihood
        for moved_ in found.moved
        for end in moved_.ends
        for count in end.comparison.counts
    ),
)
