"""Which futures fail: what the parameter draws have in common in which a target is missed."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.ensemble import draw_values
from sim.estimate import Interval
from sim.estimate.discovery import Condition, Rule, held_out, rounded, rules
from sim.estimate.groups import Bools, Floats, grouped
from sim.estimate.objectives import Objective
from sim.experiments.goals import reached
from sim.experiments.likelihoods import likelihoods_file
from sim.experiments.objective_file import ALL
from sim.language import Text
from sim.parameters import PARAMETERS, find
from sim.scenario import as_known_in, read_scenario
from sim.spec import palette
from sim.spec.findings import Figure, Part, Sentence
from sim.spec.marks import Area, Dots, Layer, Panel, Panels, Pieces, Scale, numbers
from sim.spec.scales import ticked
from sim.spec.table import Column, read, table
from sim.store.fill import Ensemble, Sample, Watcher, fill, load
from sim.studies.shared.caveats import caveats
from sim.studies.shared.counts import likelihood
from sim.studies.shared.goals import COUNT, SCENARIO, one_goal
from sim.studies.shared.known import known_facts
from sim.studies.shared.objectives import OBJECTIVE, asked, in_one_sentence
from sim.studies.study import AS_OF, Basis, Design, Setting, Study, likelihoods_alone
from sim.text.catalogue import worded
from sim.text.joining import between, unquoted
from sim.text.numbers import percent, percent_range
from sim.views.parameter_names import parameter_meaning, parameter_unit, short_names

SEED = 0
"""Of the split into a half to find rules in and a half to test them on."""
MOST = 3
"""Boxes that are drawn."""
WIDE, HIGH, AROUND = 6.6, 3.9, 2.2
"""Inches: of the place for a box, and above and below all of them."""
APART = 0.13
"""Share of a scale that two of its numbers keep between them."""
DOTS = ((150, 5.0), (600, 3.4), (10**9, 1.8))
"""Up to how many draws a dot has which size in points."""
OUTSIDE = 0.45
"""Size of a dot that a further condition leaves out, over that of others."""
GOLDEN = (5**0.5 - 1) / 2


class Futures(NamedTuple):
    """Rules over parameters, and the draws that they were measured on, D of them."""

    rules: Sequence[Rule]
    """Densest first."""
    values: Mapping[str, Floats]
    """Of each parameter that a rule speaks about, shape (D,)."""
    missed: Floats
    """Share of each draw's lucks under which the target is missed, shape (D,)."""


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
    base = read_scenario(options["scenario"], foreign=True)
    if options["as_of"] is not None:
        base = as_known_in(base, options["as_of"])
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
    yield Sentence(_densest(found), "lead")
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
        yield figure(found, basis)
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


def box(rule: Rule) -> Text:
    """Return the conditions of a rule, with what parameters are called."""
    return between(worded("mark.and"), map(_condition, rule.conditions))


def _density(rule: Rule) -> Interval:
    return Interval(rule.density, rule.low, rule.high)


def _condition(condition: Condition) -> Text:
    names = short_names()[condition.name]
    return Text(*(condition._replace(name=name).text() for name in names))


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


def _unit(parameter: str) -> Text:
    unit = find(parameter).unit
    return Text(unit, parameter_unit(unit, "zh"))


MEANINGS: Sequence[Column[str]] = (
    read(worded("futures.parameter"), lambda name: name, share=1.5, number=False),
    read(worded("futures.name"), lambda name: short_names()[name], share=2.0, number=False),
    read(worded("futures.unit"), _unit, number=False),
    read(worded("futures.meaning"), parameter_meaning, share=3.0, number=False),
)


def _end(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def figure(found: Found, basis: Basis) -> Figure:
    """Return a chart for each of the densest boxes, among the draws it was measured on."""
    shown = found.futures.rules[:MOST]
    columns = min(2, len(shown))
    panels = tuple(_panel(at, rule, found.futures) for at, rule in enumerate(shown))
    rows = -(-len(shown) // 2)
    size = (columns * WIDE, AROUND + rows * HIGH)
    mark = Panels(panels, columns, size, "last" if len(shown) > 2 else "each")
    told = [worded("futures.reading"), *_further(shown)]
    if len(found.futures.rules) > MOST:
        told.append(worded("futures.more", shown=MOST, all=len(found.futures.rules)))
    return basis.figure(
        f"futures_{found.goal.id}",
        worded("futures.title", count=unquoted(found.goal.name)),
        worded("futures.subtitle"),
        mark,
        *told,
        alternative=_densest(found),
    )


def _further(shown: Sequence[Rule]) -> Iterator[Text]:
    """Yield the conditions beyond the two that a chart has room for."""
    for at, rule in enumerate(shown, start=1):
        for each in rule.conditions[2:]:
            yield worded("futures.also", box=at, condition=_condition(each))


def _panel(at: int, rule: Rule, found: Futures) -> Panel:
    """Return the chart of one box: draws by their places among all, and the box around some."""
    one, *others = rule.conditions
    across = ranks(found.values[one.name])
    if others:
        up, heights = ranks(found.values[others[0].name]), ends(others[0], found)
        upright = _scale(others[0], found)
    else:
        up, heights = np.asarray(np.arange(len(across)) * GOLDEN % 1.0), (0.0, 1.0)
        upright = Scale(0.0, 1.0, (), label=worded("futures.alone"))
    meets = np.ones(len(across), dtype=bool)
    for each in others[1:]:
        meets &= (each.low < found.values[each.name]) & (found.values[each.name] <= each.high)
    (left, right), (low, high) = ends(one, found), heights
    corners = ((left, low), (right, low), (right, high), (left, high), (left, low))
    sides = tuple((*start, *end) for start, end in pairwise(corners))
    title = worded(
        "futures.box",
        number=at + 1,
        density=percent(rule.density),
        range=percent_range(rule.low, rule.high),
        base=percent(rule.base),
    )
    layers = (
        Area((left, right), (low, low), (high, high), palette.TINTS[1]),
        Pieces(sides, palette.VERMILION, 1.4),
        *_dots(across, up, found.missed, meets),
    )
    return Panel(title, _scale(one, found), upright, layers)


def ranks(values: Floats) -> Floats:
    """Return each value's place among all, between 0 and 1; equal values share theirs."""
    return np.asarray((stats.rankdata(values) - 0.5) / len(values))


def ends(condition: Condition, found: Futures) -> tuple[float, float]:
    """Return where a condition's ends stand among the draws' values, between 0 and 1."""
    values = found.values[condition.name]
    return float((values <= condition.low).mean()), float((values <= condition.high).mean())


def _dots(across: Floats, up: Floats, missed: Floats, meets: NDArray[np.bool_]) -> Iterator[Layer]:
    """Yield the draws by what becomes of the target; those a further condition leaves out small."""
    size = next(size for most, size in DOTS if len(missed) <= most)
    for name, chosen, colour in (
        ("reached", missed == 0.0, palette.BANDS[2]),
        ("partly", (missed > 0.0) & (missed < 1.0), palette.VERMILION),
        ("missed", missed == 1.0, palette.VERMILION),
    ):
        for kept, own, label in (
            (chosen & ~meets, OUTSIDE * size, None),
            (chosen & meets, size, worded(f"futures.{name}")),
        ):
            if kept.any() or label is not None:
                yield Dots(
                    numbers(across[kept]), numbers(up[kept]), colour, size=own, name=label,
                    hollow=name == "partly",
                )  # fmt: skip


def _scale(condition: Condition, found: Futures) -> Scale:
    """Return a scale of places among all draws, on which the box's ends stand as values."""
    values = found.values[condition.name]
    at = dict(zip(ends(condition, found), condition[1:], strict=True))
    shown = {place: value for place, value in at.items() if np.isfinite(value)}
    for place, value in ((0.0, values.min()), (1.0, values.max())):
        if all(abs(place - other) > APART for other in shown):
            shown[place] = float(value)
    ticks = ticked(shown, map(rounded, shown.values()))
    return Scale(0.0, 1.0, ticks, label=_named(condition.name))


def _named(parameter: str) -> Text:
    name, unit = short_names()[parameter], _unit(parameter)
    return worded("list.bracketed", name=name, inside=unit)


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
