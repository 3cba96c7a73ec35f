"""Why a count fails: which gate holds it back, found by opening one at a time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.experiments.compare import Comparison, compare
from sim.experiments.files import document
from sim.experiments.likelihoods import likelihoods_file
from sim.language import Text
from sim.mechanisms import PROGRAMME_KINDS
from sim.scenario import Scenario, derive, read_scenario
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.table import Column, read, table
from sim.store.fill import Watcher, fill, load
from sim.studies.shared.beside import beside, largest
from sim.studies.shared.by_list import list_errors
from sim.studies.shared.counts import NAMES, NONE
from sim.studies.study import FILE, Basis, Design, Setting, Study
from sim.text.catalogue import capital, worded
from sim.text.joining import commas, unquoted
from sim.text.numbers import percent, whole
from sim.text.together import Estimated, is_tie
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
GATES = (
    Gate("talent", Text("talent", "人才"), ("graduates", "arrivals", "college_cohort")),
    Gate("money", Text("money", "资金"), ("private_inflow", "seed_money")),
    Gate("readiness", Text("readiness", "技术成熟"), ("climb_pace",)),
    Gate("scenario_access", Text("scenario access", "场景供给"), ("scenario_places",)),
    Gate("market", Text("market", "市场"), ("market_pace",)),
    Gate("approvals", Text("approvals", "审批"), (*ROUNDS, "purse_2022")),
)


class Opened(NamedTuple):
    """What opening one gate does to the counts."""

    gate: Gate
    comparison: Comparison
    """The scenario with the gate opened against the scenario as it is."""


class Held(NamedTuple):
    """One count: how likely it is, and what each gate, opened, adds to that."""

    id: str
    likelihood: float
    gains: Sequence[Estimated]
    """In the gates' order, fractions."""

    @property
    def largest(self) -> tuple[int, ...]:
        """Numbers of the gates that add most; several where they cannot be told apart."""
        return largest(self.gains)


class Found(NamedTuple):
    """What the study found, and the file on the likelihoods with all gates as they are."""

    opened: Sequence[Opened]
    likelihoods: tuple[str, str]


def opened(scenario: Scenario, gate: Gate) -> Scenario:
    """Return the scenario with one gate twice as wide, in every parameter draw."""
    factors = {name: TWICE * scenario.multipliers.get(name, 1.0) for name in gate.parameters}
    return derive(scenario, {"multipliers": factors}, f"{scenario.id}-{gate.id}", "gates")


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario, and it with each gate opened."""
    base = read_scenario(options["file"], foreign=True)
    name = worded("experiment.gates", base=unquoted(base.name))
    return Design(
        [base, *(opened(base, gate) for gate in GATES)], f"gates-{base.id}", name, options
    )


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Open each gate in turn, under the same luck and parameter draws."""
    packages, (sample, where, store) = looked_at.scenarios, setting[:3]
    fill(packages, sample, store, where, watch)
    before = load(packages[0], sample, store)
    found = [
        Opened(gate, compare(before, load(each, sample, store)))
        for gate, each in zip(GATES, packages[1:], strict=True)
    ]
    return Found(found, likelihoods_file(packages[:1], sample, store))


def held(found: Sequence[Opened]) -> list[Held]:
    """Return what gates do, count by count."""
    beside = zip(*(each.comparison.counts for each in found), strict=True)
    return [Held(own[0].id, own[0].first, [each.likelihood for each in own]) for own in beside]


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what each gate adds to each count, as a table, as a figure and as a file."""
    rows, gates = held(found.opened), [each.gate for each in found.opened]
    yield table("", worded("gates.table"), _columns(gates), rows)
    yield Sentence(worded("gates.note"), "note")
    if (warning := by_chance(len(gates) * len(rows))) is not None:
        yield Sentence(warning, "note")
    yield from list_errors(basis)
    yield figure(gates, rows, basis)
    cells = [(each, count) for each in found.opened for count in range(len(rows))]
    yield table("gates", worded("gates.table"), IN_FILE, cells)


def _columns(gates: Sequence[Gate]) -> list[Column[Held]]:
    def held_by(row: Held) -> Text | str:
        return commas(gates[number].name for number in row.largest) if row.largest else NONE

    def likelihood(row: Held) -> str:
        return f"{100 * row.likelihood:.0f}%"

    return [
        read(worded("gates.count"), lambda row: NAMES[row.id], number=False),
        read(worded("gates.before"), likelihood),
        read(worded("gates.held_by"), held_by),
        *(_gain(gate, number) for number, gate in enumerate(gates)),
    ]


def _gain(gate: Gate, number: int) -> Column[Held]:
    def shown(row: Held) -> str:
        gain = row.gains[number]
        return f"{whole(100 * gain.value)}{'·' if is_tie(gain) else ''}"

    return read(gate.name, shown, 1)


Cell = tuple[Opened, int]
"""A gate, and the number of a count."""


def _values(cell: Cell) -> tuple[str | float | bool, ...]:
    count = cell[0].comparison.counts[cell[1]]
    gain = count.likelihood
    return cell[0].gate.id, count.id, count.first, *gain[:3], not gain.tie


IN_FILE: Sequence[Column[Cell]] = (
    Column(("gate", "count", "likelihood", "difference", "low", "high", "told_apart"), _values),
)
"""``gates.csv``: what each gate, opened, adds to each count's likelihood, in fractions."""


def figure(gates: Sequence[Gate], rows: Sequence[Held], basis: Basis) -> Figure:
    """Return a dot with its interval for each gate and count, gate beside gate on one scale."""
    names = [_named(row) for row in rows]
    mark = beside([gate.name for gate in gates], names, [row.gains for row in rows], "gates")
    told = [worded("gates.interval"), worded("gates.paired"), worded("gates.beside")]
    if (warning := by_chance(len(gates) * len(rows))) is not None:
        told.append(warning)
    title, subtitle = worded("gates.title"), worded("gates.subtitle")
    return basis.figure("gates", title, subtitle, mark, *told, alternative=title)


def _named(row: Held) -> Text:
    name = NAMES[row.id]
    count = Text(capital(name.en), name.zh)
    return worded("gates.row", count=count, likelihood=percent(row.likelihood))


def files(found: Found, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield ``gates.json``, what the table rests on, and the likelihoods of the scenario."""
    gates = {each.gate.id: list(each.gate.parameters) for each in found.opened}
    said = {"factor": TWICE, "gates": gates}
    yield "gates.json", document(basis.scenarios[0], basis.sample, said)
    yield found.likelihoods


STUDY = Study(
    id="gates",
    help=worded("gates.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(FILE,),
    files=files,
)
