"""Many packages by a design, each paired with one base under the same luck."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sim.estimate.records import Decisions
from sim.experiments.baseline import Stored, stored
from sim.experiments.costs import cost
from sim.experiments.likelihoods import likelihoods_file, summary_of
from sim.experiments.reached import controls, differences, reached
from sim.experiments.sweep_file import Changed, Sweep, read_sweep, sweep_names, sweep_title
from sim.experiments.sweep_indices import DESIGN, Explained, explained
from sim.model.world.layout import DUE
from sim.scenario import Scenario
from sim.spec.findings import Part, Sentence
from sim.spec.table import Column, read, table
from sim.store.fill import Sample, Watcher, fill, load
from sim.studies.shared import (
    swept_against,
    swept_figures,
    swept_indices,
    swept_lines,
    swept_objective,
    swept_tables,
)
from sim.studies.shared.caveats import adjusted_by, caveats
from sim.studies.shared.counts import numbered_counts
from sim.studies.shared.objectives import OBJECTIVE, asked, reached_by
from sim.studies.shared.objectives import Found as Reached
from sim.studies.shared.objectives import told as told_of_objective
from sim.studies.shared.swept import (
    Names,
    Point,
    Varied,
    intervals_of,
    marked,
    names_of,
    turned_in,
    varied,
)
from sim.studies.shared.swept_against import Other
from sim.studies.shared.swept_file import document_of
from sim.studies.shared.swept_objective import Level, Met
from sim.studies.shared.turning import before as turning_from
from sim.studies.shared.turning import due, turned, turned_by, turned_file
from sim.studies.study import AS_OF, Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.together import Estimated


class Found(NamedTuple):
    """What came of a sweep."""

    sweep: Sweep
    sample: Sample
    points: Sequence[Point]
    """Those of the design, in its order, and the base if that is none of them."""
    likelihoods: tuple[str, str]
    """The file on the likelihoods of the base."""
    known: Stored
    """The stored baseline by which likelihoods are adjusted, or why they are not."""
    indices: Sequence[Explained] = ()
    """Of a ``sobol`` design: what its factors explain."""
    reached: Reached | None = None
    """How far each point reaches the objective, if one was asked for."""
    levels: Sequence[Level] = ()
    """What each value of each factor does to that."""
    other: Other | None = None
    """What it was set against, if that was asked for."""
    turning: Sequence[Decisions] = ()
    """What turns what each point adds to each count."""

    @property
    def factors(self) -> list[Varied]:
        """Return what was varied, as a person calls it."""
        return [varied(targets) for targets in self.sweep.targets]

    @property
    def names(self) -> Names:
        """Return what the points are called."""
        return names_of(self.factors, self.sweep.points)


def design(options: Mapping[str, Any]) -> Design:
    """Return the points of a sweep, and those of another that it is set against.

    Raises:
        Problem: a file is wrong, or two sweeps have no point in common.
    """
    changed = Changed(options["base"], options["as_of"], options["more"])
    sweep = read_sweep(options["file"], changed, foreign=True)
    told = {**options, "objective": asked(options, sweep.scenarios[:1])}
    against = options["against"]
    if against is not None:
        if Path(against).is_dir():
            told["before"] = swept_against.read_folder(Path(against))
            keys = told["before"].keys
        else:
            other = read_sweep(against, Changed(as_of=options["as_of"]), foreign=True)
            told["other"], keys = other, swept_against.keys_of(other)
        swept_against.matched(sweep, keys, against)
    return of_sweep(sweep, told)


def of_sweep(sweep: Sweep, options: Mapping[str, Any]) -> Design:
    """Return a sweep as what a study looks at; replicates and seed are those of its base."""
    other = options.get("other")
    scenarios = [sweep.base, *sweep.scenarios, *(other.scenarios if other else ())]
    return Design(scenarios, f"sweep-{sweep.id}", sweep.name, {**options, "sweep": sweep})


def going_on(looked_at: Design, hashes: Collection[str]) -> Design | None:
    """Return the points that can be run; None: the base cannot, or what they are set against."""
    options = looked_at.options
    left = options["sweep"].without(hashes)
    other = options.get("other")
    if left is None or (other and any(each.hash() in hashes for each in other.scenarios)):
        return None
    return of_sweep(left, options)


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what the store does not hold and summarise every point, one at a time."""
    options, (sample, where, store) = looked_at.options, setting[:3]
    sweep, objective = options["sweep"], options.get("objective")
    fill(looked_at.scenarios, sample, store, where, watch)
    base = load(sweep.scenarios[sweep.base_point], sample, store)
    known = stored(looked_at.scenarios, sample.seed, base.draws)
    by, baseline = controls(known.baseline), known.baseline
    before, points, packages, met, targets = reached(base), [], [], list[Met](), []
    usual, turning = turning_from(base, due(base)), list[Decisions]()
    for number, scenario in enumerate(sweep.scenarios):
        is_base, values = number == sweep.base_point, sweep.points[number]
        found = base if is_base else load(scenario, sample, store)
        targets.append(reached(found))
        changes, spent = differences(before, targets[-1], by), cost(scenario, DUE + 1)
        turning.append(turned_by(usual, due(found), found.draws))
        points.append(Point(values, summary_of(found, baseline), changes, spent, is_base))
        if objective is not None:
            packages.append(reached_by(objective, base, found, baseline))
            met.append(swept_objective.met(objective, values, found, base))
    told = [each.summary for each in points[: sweep.designed]] if sweep.design == DESIGN else []
    indices = explained(told, len(sweep.factors), second=sweep.second_order) if told else ()
    likelihoods = likelihoods_file([sweep.base], sample, store)
    found_ = Found(sweep, sample, points, likelihoods, known, indices, turning=turning)
    if objective is not None:
        control = objective.control(baseline, base.scenario.tolerance)
        levels = swept_objective.levels(met, met[sweep.base_point], control)
        found_ = found_._replace(reached=Reached(objective, packages), levels=levels)
    if "before" in options:
        own = [each.likelihoods for each in points]
        other = swept_against.of_folder(sweep, options["before"], own, options["against"])
        found_ = found_._replace(other=other)
    if "other" in options:
        others = (load(each, sample, store) for each in options["other"].scenarios)
        ran = [(reached(each), summary_of(each, baseline)) for each in others]
        found_ = found_._replace(
            other=swept_against.of_sweep(sweep, options["other"], targets, ran, by)
        )
    return found_


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield the objective, what moves most, the points, what factors explain; figures; files."""
    basis = adjusted_by(basis, found.known)
    sweep, points, factors, names = found.sweep, found.points, found.factors, found.names
    said = swept_tables.largest(names, points)
    yield Sentence(said, "lead")
    if names.key is not None:
        yield Sentence(worded("sweep.key", factors=names.key), "note")
    yield from _objective(found, basis)
    if found.other is not None:
        yield from swept_against.parts(names, [each.likelihoods for each in points], found.other)
    if len(points) <= swept_tables.MOST_ROWS:
        many = {"replicates": basis.sample.replicates, "points": len(points)}
        title = worded("sweep.table", name=sweep.name, **many)
        yield swept_tables.points_table(names, points, title)
        yield Sentence(numbered_counts())
        yield Sentence(worded("sweep.note"), "note")
    yield swept_tables.spans(names, points)
    if len(points) > swept_figures.MOST_ROWS:
        yield swept_tables.fronts(names, points)
    yield from caveats(basis, found.known, intervals=intervals_of(points))
    if found.indices:
        yield from swept_indices.parts([each.told for each in factors], found.indices, basis)
    turns = turned_in(sweep, points, names, found.turning)
    yield from turned(turns) if turns else ()
    if (lines := swept_lines.courses(sweep.design, factors, points)) is not None:
        yield swept_lines.lines_figure(basis, points, lines, said)
    if len(points) <= swept_figures.MOST_ROWS:
        yield swept_figures.table_figure(basis, names, points, said)
    else:
        yield swept_figures.scatter_figure(basis, points, said)
    yield from swept_tables.file_tables(sweep, points, found.indices)
    if turns:
        yield turned_file(turns)


def _objective(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield how far points reach the objective, and what each factor does to that."""
    if found.reached is None:
        return
    objective, factors, values = found.reached.objective, found.factors, found.sweep.points
    named = [
        each._replace(package=replace(each.package, name=name))
        for each, name in zip(
            found.reached.packages, marked(found.names, found.points), strict=True
        )
    ]
    named.sort(key=lambda each: each.against is not None)  # the base, then all against it
    yield from told_of_objective(Reached(objective, named))
    yield Sentence(swept_objective.first_sentence(objective, factors, found.levels), "lead")
    fields = [factor.name for factor in found.sweep.factors]
    yield swept_objective.levels_table(factors, fields, found.levels)
    yield Sentence(worded("sweep_objective.note"), "note")
    yield swept_objective.factors_figure(objective, factors, found.levels, basis)
    if found.sweep.design == "full":
        facets = swept_objective.facets(found.reached, factors, values, basis)
        yield from () if facets is None else (facets,)


def files(found: Found, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield ``sweep.json``, what the tables rest on, and the likelihoods of the base."""
    yield document_of(found.sweep, found.points, found.indices, basis)
    yield found.likelihoods


LIST: Sequence[Column[Sweep]] = (
    read(worded("sweep.list_id"), lambda each: each.id, number=False),
    read(worded("sweep.list_design"), lambda each: each.design, number=False),
    read(worded("sweep.list_points"), lambda each: str(len(each.points))),
    read(worded("sweep.list_name"), lambda each: each.name, number=False),
)


def estimates(found: Found) -> Iterator[Estimated]:
    """Yield each point's likelihoods, and how they differ from the base's."""
    for point in found.points:
        yield from point.likelihoods
        yield from point.changes


def listed() -> Iterator[Part]:
    """Yield the sweeps that can be run."""
    every = [read_sweep(name, foreign=True) for name in sweep_names()]
    yield table("", worded("sweep.list"), LIST, every)


STUDY = Study(
    id="sweep",
    help=worded("sweep.help"),
    design=design,
    compute=compute,
    parts=parts,
    options=(
        Option(
            *("file", str | None, None, worded("sweep.option_file"), "FILE"),
            objects=dict,
            names=sweep_names,
            called=sweep_title,
        ),
        OBJECTIVE,
        Option("base", str | None, None, worded("sweep.option_base"), objects=Scenario),
        AS_OF,
        Option("more", int, 0, worded("sweep.option_more"), least=0),
        Option(
            *("against", str | None, None, worded("sweep.option_against")),
            names=sweep_names,
            called=sweep_title,
        ),
    ),
    files=files,
    estimates=estimates,
    listed=listed,
    going_on=going_on,
)
