"""Why a count fails: which gate holds it back, found by opening one at a time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.estimate import Interval
from sim.estimate.adjusted import difference
from sim.estimate.controls import Baseline
from sim.estimate.objectives import Objective, achieved
from sim.estimate.paired import Difference
from sim.experiments.baseline import Stored, stored
from sim.experiments.compare import with_same_luck
from sim.experiments.likelihoods import likelihoods_of
from sim.experiments.objective_file import whole_plan
from sim.language import Text
from sim.mechanisms import PROGRAMME_KINDS
from sim.scenario import Scenario, derive, read_scenario
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.table import Column, read, table
from sim.store.fill import Ensemble, Sample, Watcher, fill, load
from sim.store.shaken import shaken
from sim.studies.shared.beside import beside, largest
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.compared import apart
from sim.studies.shared.counts import NONE, likelihood
from sim.studies.shared.known import known_until, told_of_past, with_one_past
from sim.studies.shared.objectives import OBJECTIVE, WHOLE, asked, in_one_sentence, met_by
from sim.studies.shared.points import Move, lead
from sim.studies.study import AS_OF, FILE, Basis, Design, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import capitalised, commas, unquoted
from sim.text.numbers import percent, whole
from sim.views.by_chance import by_chance

TWICE = 2.0
"""How much wider an opened gate is. The same for all, so that they can be set side by side."""


class Gate(NamedTuple):
    """Something that growth has to pass through."""

    id: str
    name: Text
    parameters: tuple[str, ...]
    """What is multiplied to open it."""


ROUNDS = tuple(f"round_size:{kind}" for kind in PROGRAMME_KINDS)
"""How many programmes of each kind can be named in a round."""
OPENED: Mapping[str, tuple[str, ...]] = {
    "talent": ("graduates", "arrivals", "college_cohort"),
    "money": ("private_inflow", "seed_money"),
    "readiness": ("climb_pace",),
    "scenario_access": ("scenario_places",),
    "market": ("market_pace",),
    "approvals": (*ROUNDS, "purse_2022"),
}
GATES = tuple(Gate(gate, worded(f"gates.{gate}"), own) for gate, own in OPENED.items())


def gates_from(since: str | None) -> Sequence[Gate]:
    """Return the gates that can be opened from a month on; None: from the beginning.

    Sizes of rounds stay as they began: of what is one of a list, no run is given another in its
    midst.
    """
    if since is None:
        return GATES
    return [each for each in GATES if not any(":" in name for name in each.parameters)]


class Held(NamedTuple):
    """A count, or an objective: how likely it is, and what each gate, opened, adds to that."""

    id: str
    name: Text
    likelihood: Interval
    gains: Sequence[Difference]
    """In the gates' order, fractions."""
    gates: Sequence[Gate] = GATES
    """That were opened."""

    @property
    def largest(self) -> tuple[int, ...]:
        """Numbers of the gates that add most; several where they cannot be told apart."""
        return largest(self.gains)


class Found(NamedTuple):
    """What the study found, and the file on the likelihoods with all gates as they are."""

    held: Sequence[Held]
    objective: Objective | None
    """That was asked for, if one was."""
    likelihoods: tuple[str, str]
    known: Stored
    """The stored baseline by which likelihoods are adjusted, or why they are not."""
    since: str | None = None
    """Month from which on gates are open; None: from the beginning."""
    forgotten: str | None = None
    """Month up to which facts were to be known, where gates are open before."""


def opened(scenario: Scenario, gate: Gate, since: str | None = None) -> Scenario:
    """Return the scenario with one gate twice as wide, in every parameter draw.

    Args:
        scenario: with all gates as they are.
        gate: that is opened.
        since: month from which on; None: from the beginning.
    """
    name = f"{scenario.id}-{gate.id}"
    if since is not None:
        return shaken(scenario, dict.fromkeys(gate.parameters, TWICE), since, name)
    factors = {name: TWICE * scenario.multipliers.get(name, 1.0) for name in gate.parameters}
    return derive(scenario, {"multipliers": factors}, name, "gates")


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario, and it with each gate opened.

    Raises:
        Problem: a file is wrong, or the scenario ends before a year of the objective.
    """
    base, since = known_until(read_scenario(options["file"], foreign=True), options["as_of"])
    objective = asked(options, [base])
    name = worded("experiment.gates", base=unquoted(base.name))
    stem = f"gates-{base.id}" + (f"-{objective.id}" if objective else "")
    stem += f"-from-{since}" if since else ""
    packages, forgotten = with_one_past(
        [base, *(opened(base, gate, since) for gate in gates_from(since))]
    )
    told = {"objective": objective, "since": since, "forgotten": forgotten}
    return Design(packages, stem, name, told)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Open each gate in turn, under the same luck and parameter draws."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    fill(packages, sample, store, where, watch)
    return found_in(looked_at, [load(each, sample, store) for each in packages], sample)


def found_in(looked_at: Design, loaded: Sequence[Ensemble], sample: Sample) -> Found:
    """Return what replicates say: those of the scenario, and of it with each gate opened."""
    objective, (before, *others) = looked_at.options["objective"], loaded
    wanted = objective or whole_plan()
    known = stored(looked_at.scenarios, sample.seed, before.draws)
    columns = [_gains(wanted, known.baseline, before, each) for each in others]
    met, tolerance = met_by(wanted, before.counts, before.scenario), before.scenario.tolerance
    names = [(aim.count.id, aim.count.name) for aim in wanted.aims] + [(WHOLE, wanted.name)]
    now = achieved(met, wanted, before.draws, baseline=known.baseline, tolerance=tolerance)
    levels = [*now.aims, now.likelihood]
    every = zip(names, levels, zip(*columns, strict=True), strict=True)
    since, forgotten = (looked_at.options[name] for name in ("since", "forgotten"))
    rows = [Held(*name, level, gains, gates_from(since)) for name, level, gains in every]
    shown = rows[:-1] if objective is None else [rows[-1], *rows[:-1]]
    told = likelihoods_of([before], sample)
    return Found(shown, objective, told, known, since, forgotten)


def _gains(wanted: Objective, baseline: Baseline | None, *both: Ensemble) -> list[Difference]:
    """Return what a gate adds to each of the counts that matter, and to all that is wanted."""
    before, after = with_same_luck(*both)
    tolerance = before.scenario.tolerance
    by = [*wanted.controls(baseline, tolerance), wanted.control(baseline, tolerance)]
    one, other = (met_by(wanted, each.counts, before.scenario) for each in (before, after))
    pairs = [*zip(one.T, other.T, strict=True), (wanted.reached(one), wanted.reached(other))]
    return [
        difference(pair, after.draws, control)[0] for pair, control in zip(pairs, by, strict=True)
    ]


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what moves most in a sentence, then what each gate adds as table, figure and file."""
    rows, basis = found.held, adjusted_by(basis, found.known)
    yield Sentence(_most(rows), "lead")
    if found.objective is not None:
        yield Sentence(in_one_sentence(found.objective))
    yield from told_of_past(basis.scenarios[0], found.forgotten, 1.0)
    since = [worded("gates.since", since=found.since)] if found.since is not None else []
    yield from map(Sentence, since)
    gates = rows[0].gates
    yield table("", worded("gates.table"), [*COUNT_COLUMNS, *map(_gain, gates)], rows)
    yield Sentence(worded("gates.note"), "note")
    yield from caveats(basis, found.known, intervals=len(gates) * len(rows))
    yield figure(rows, basis, since)
    cells = [(row, number) for number in range(len(gates)) for row in rows]
    yield table("gates", worded("gates.table"), IN_FILE, cells)


def _most(rows: Sequence[Held]) -> Text:
    """Return which gates move a count most, of those that clearly do."""
    return lead(
        "gates",
        (
            Move(gain, gate.name, row.name)
            for row in rows
            for gate, gain in zip(row.gates, row.gains, strict=True)
        ),
    )


def _held_by(row: Held) -> Text | str:
    return commas(row.gates[number].name for number in row.largest) if row.largest else NONE


def _gain(gate: Gate) -> Column[Held]:
    def shown(row: Held) -> str:
        gain = row.gains[row.gates.index(gate)]
        return f"{whole(100 * gain.value)}{'·' if gain.tie else ''}"

    return read(gate.name, shown, 1)


COUNT_COLUMNS: Sequence[Column[Held]] = (
    read(worded("gates.count"), lambda row: row.name, share=1.7, number=False),
    read(worded("gates.before"), lambda row: likelihood(row.likelihood), share=1.5),
    read(worded("gates.held_by"), _held_by, number=False),
)
MOST_NAMED = 2
"""Gates that a title names."""
Cell = tuple[Held, int]
"""A count, and the number of a gate."""
IN_FILE: Sequence[Column[Cell]] = (
    Column(
        ("gate", "count", "likelihood", "likelihood_low", "likelihood_high"),
        lambda cell: (cell[0].gates[cell[1]].id, cell[0].id, *cell[0].likelihood),
    ),
    Column(("difference", "low", "high", "told_apart"), lambda cell: apart(cell[0].gains[cell[1]])),
)
"""``gates.csv``: what each gate, opened, adds to each count's likelihood, in fractions."""


def _title(rows: Sequence[Held]) -> Text:
    """Return which gate holds most counts back, or that none stands out."""
    often = Counter(number for row in rows for number in row.largest)
    most = max(often.values(), default=0)
    first = [number for number in sorted(often) if often[number] == most]
    if not 1 <= len(first) <= MOST_NAMED:
        return worded("gates.title_none")
    names = commas(rows[0].gates[number].name for number in first)
    return worded("gates.title", gates=names, number=most, all=len(rows))


def figure(rows: Sequence[Held], basis: Basis, notes: Sequence[Text] = ()) -> Figure:
    """Return a dot with its interval for each gate and count, gate beside gate on one scale.

    Args:
        rows: counts, or an objective and its counts.
        basis: what the figure rests on.
        notes: what must be known besides, such as which gate is not among them, and why.
    """
    names, gates = [_named(row) for row in rows], rows[0].gates
    mark = beside([gate.name for gate in gates], names, [row.gains for row in rows], "gates")
    told = [*notes, worded("gates.interval"), worded("gates.paired"), worded("gates.beside")]
    told += by_chance(len(gates) * len(rows))
    title, subtitle = _title(rows), worded("gates.subtitle")
    return basis.figure("gates", title, subtitle, mark, *told, alternative=_most(rows))


def _named(row: Held) -> Text:
    count = capitalised(row.name)
    return worded("gates.row", count=count, likelihood=percent(row.likelihood.value))


STUDY = Study(
    id="gates",
    help=worded("gates.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(FILE, OBJECTIVE, AS_OF),
    files=likelihoods_alone,
    estimates=lambda found: (gain for row in found.held for gain in row.gains),
)
