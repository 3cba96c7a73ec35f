"""Which futures fail: what the parameter draws have in common in which a target is missed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.ensemble import draw_values
from sim.estimate import Interval
from sim.estimate.discovery import Condition, Rule, held_out, rules
from sim.estimate.groups import Bools, grouped
from sim.estimate.objectives import Objective
from sim.experiments.goals import reached
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.objective_file import ALL
from sim.language import Text
from sim.parameters import PARAMETERS
from sim.scenario import read_scenario
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, read, table
from sim.store.fill import Ensemble, Sample, Watcher, fill, load
from sim.studies.shared.boxes import Futures, box, figure, unit_of
from sim.studies.shared.caveats import caveats
from sim.studies.shared.counts import likelihood
from sim.studies.shared.goals import COUNT, SCENARIO, one_goal
from sim.studies.shared.known import known_facts, known_until
from sim.studies.shared.objectives import OBJECTIVE, asked, in_one_sentence
from sim.studies.study import AS_OF, Basis, Design, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.text.numbers import percent, percent_range
from sim.views.parameter_names import parameter_meaning, short_names

SEED = 0
"""Of the split into a half to find rules in and a half to test them on."""


class Found(NamedTuple):
    """What the study found, of what, and the file on the likelihoods of the scenario."""

    goal: Objective
    """A count, all of them together, or an objective."""
    futures: Futures
    likelihoods: tuple[str, str]


def design(options: Mapping[str, Any]) -> Design:
    """Return the scenario, and what is missed in it.

    Raises:
        Problem: a file or the count is wrong, or there is not one of count and objective.
    """
    base, _ = known_until(read_scenario(options["scenario"], foreign=True), options["as_of"])
    goal = one_goal(options["count"], asked(options, [base]))
    told = {"goal": goal}
    name = worded("experiment.futures", base=unquoted(base.name))
    stem = f"futures-{goal.id}-{base.id}" + (f"-as-of-{base.as_of}" if options["as_of"] else "")
    return Design([base], stem, name, told)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what is missing, and look in half of the draws for rules that hold in the other."""
    (base,), (sample, where, store) = looked_at.scenarios, setting[:3]
    goal = looked_at.options["goal"]
    fill([base], sample, store, where, watch)
    ensemble = load(base, sample, store)
    told = likelihoods_file([base], sample, store)
    return Found(goal, failing(ensemble, sample, ~reached(ensemble, goal)), told)


def failing(found: Ensemble, sample: Sample, failed: Bools) -> Futures:
    """Return rules over parameters that tell the draws in which something fails.

    Args:
        found: the replicates.
        sample: their seed and number.
        failed: whether each of them fails.
    """
    names = tuple(
        name
        for name, parameter in PARAMETERS.items()
        if parameter.uncertain and name not in found.scenario.parameters
    )
    setup, numbers = found.scenario.setup(), np.unique(found.draws)
    drawn = [draw_values(setup, sample.seed, int(draw)) for draw in numbers]
    values = np.array([[each[name] for name in names] for each in drawn])
    groups = grouped(found.draws)
    told = rules(values[groups.position], names, failed, found.draws, seed=SEED)
    tested = held_out(numbers, SEED)
    spoken = dict.fromkeys(each.name for rule in told for each in rule.conditions)
    return Futures(
        told,
        {name: values[tested, names.index(name)] for name in spoken},
        groups.means(failed)[tested],
    )


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield the densest box in a sentence, all in a table, what parameters mean, and files."""
    base, rows = basis.scenarios[0], found.futures.rules
    said = _densest(found)
    yield Sentence(said, "lead")
    if found.goal.file != ALL:
        yield Sentence(in_one_sentence(found.goal))
    if base.as_of is not None:
        facts = known_facts(base.as_of, [fact.date for fact in base.facts])
        yield Sentence(worded("futures.given", as_of=base.as_of, facts=facts), "note")
    title = worded("futures.table", count=found.goal.name)
    lines = [(found.goal.id, each) for each in rows]
    shown = RULES if rows else [each._replace(shown=None) for each in RULES]
    yield table("futures", title, shown, lines)
    names = list(found.futures.values)
    if rows:
        yield table("", worded("futures.parameters"), MEANINGS, names)
    yield Sentence(worded("futures.note"), "note")
    yield from caveats(basis)
    if rows:
        yield figure(found.goal, found.futures, basis, said)
    every = [
        (found.goal.id, at, each) for at, (_, own) in enumerate(lines) for each in own.conditions
    ]
    yield table("conditions", title, CONDITIONS, every)
    draws = zip(found.futures.missed, *found.futures.values.values(), strict=True)
    each_draw: Column[tuple[Any, ...]] = Column(
        ("missed", *names), lambda row: tuple(map(float, row))
    )
    yield table("draws", title, [each_draw], draws)


def _densest(found: Found) -> Text:
    if not found.futures.rules:
        return worded("futures.lead_none", count=found.goal.name)
    first = found.futures.rules[0]
    return worded(
        "futures.lead",
        where=box(first),
        within=percent(first.density),
        ends=percent_range(first.low, first.high),
        count=found.goal.name,
        base=percent(first.base),
    )


def _density(rule: Rule) -> Interval:
    return Interval(rule.density, rule.low, rule.high)


Line = tuple[str, Rule]
"""What is missed, and a rule of it."""
RULES: Sequence[Column[Line]] = (
    Column(
        ("count", "rule"),
        lambda line: (line[0], " and ".join(each.text() for each in line[1].conditions)),
        worded("futures.rule"), lambda line: box(line[1]), share=4.0, number=False,
    ),
    Column(
        ("mass",), lambda line: line[1][1:2],
        worded("futures.mass"), lambda line: percent(line[1].mass),
    ),
    Column(
        ("density",), lambda line: line[1][2:3],
        worded("futures.density"), lambda line: likelihood(_density(line[1])), share=1.6,
    ),
    Column(
        ("coverage",), lambda line: line[1][3:4],
        worded("futures.coverage"), lambda line: percent(line[1].coverage),
    ),
    Column(
        ("base",), lambda line: line[1][4:5],
        worded("futures.base"), lambda line: percent(line[1].base),
    ),
    Column(("density_where_found", "low", "high"), lambda line: line[1][5:]),
)  # fmt: skip
"""``futures.csv``: rules measured on draws that they were not found on; shares are fractions."""
CONDITIONS: Sequence[Column[tuple[str, int, Condition]]] = (
    Column(
        ("count", "rule", "parameter", "low", "high"),
        lambda row: (row[0], row[1], row[2].name, *map(_end, row[2][1:])),
    ),
)
"""``conditions.csv``: the ends of each rule's conditions in full, nothing where one is open; rules
are numbered from nought, in the order of ``futures.csv``."""


MEANINGS: Sequence[Column[str]] = (
    read(worded("futures.parameter"), lambda name: name, share=1.5, number=False),
    read(worded("futures.name"), lambda name: short_names()[name], share=2.0, number=False),
    read(worded("futures.unit"), unit_of, number=False),
    read(worded("futures.meaning"), parameter_meaning, share=3.0, number=False),
)


def _end(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


STUDY = Study(
    id="futures",
    help=worded("futures.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        COUNT,
        SCENARIO,
        OBJECTIVE,
        AS_OF,
    ),
    files=likelihoods_alone,
    begun=1024,
)
