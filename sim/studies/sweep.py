"""Many packages by a design, each paired with one base under the same luck."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.experiments.costs import cost
from sim.experiments.likelihoods import likelihoods_file, summary_of
from sim.experiments.reached import differences, reached
from sim.experiments.sweep_file import Sweep, read_sweep, sweep_names
from sim.experiments.sweep_indices import DESIGN, Explained, explained
from sim.model.world.layout import DUE
from sim.spec.findings import Part, Sentence
from sim.spec.notebook import html_of
from sim.spec.table import Column, read, table
from sim.store.fill import Sample, Watcher, fill, load
from sim.store.summaries import to_document
from sim.studies.shared import swept_figures, swept_tables
from sim.studies.shared.by_list import list_errors
from sim.studies.shared.counts import numbered_counts
from sim.studies.shared.swept import Point, Varied, intervals_of, names_of, plain, varied
from sim.studies.study import Basis, Design, Option, Setting, Study
from sim.text.catalogue import worded
from sim.text.joining import unquoted
from sim.views.by_chance import by_chance


class Found(NamedTuple):
    """What came of a sweep."""

    sweep: Sweep
    sample: Sample
    points: Sequence[Point]
    """Those of the design, in its order, and the base if that is none of them."""
    likelihoods: tuple[str, str]
    """The file on the likelihoods of the base."""
    indices: Sequence[Explained] = ()
    """Of a ``sobol`` design: what its factors explain."""

    @property
    def factors(self) -> list[Varied]:
        """Return what was varied, as a person calls it."""
        return [varied(target) for target in self.sweep.targets]

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return html_of(self)


def design(options: Mapping[str, Any]) -> Design:
    """Return the points of a sweep.

    Raises:
        Problem: its file is wrong.
    """
    return of_sweep(read_sweep(options["file"], foreign=True), options)


def of_sweep(sweep: Sweep, options: Mapping[str, Any]) -> Design:
    """Return a sweep as what a study looks at; replicates and seed are those of its base."""
    return Design(
        [sweep.base, *sweep.scenarios], f"sweep-{sweep.id}", sweep.name, {**options, "sweep": sweep}
    )


def compute(looked_at: Design, setting: Setting, watch: Watcher) -> Found:
    """Run what the store does not hold and summarise every point, one at a time."""
    sweep, (sample, where, store) = looked_at.options["sweep"], setting[:3]
    fill(sweep.scenarios, sample, store, where, watch)
    base = reached(load(sweep.scenarios[sweep.base_point], sample, store))
    points = []
    for number, scenario in enumerate(sweep.scenarios):
        found = load(scenario, sample, store)
        changes = differences(base, reached(found))
        spent = cost(scenario, DUE + 1)
        values, is_base = sweep.points[number], number == sweep.base_point
        points.append(Point(values, summary_of(found), changes, spent, is_base))
    told = [each.summary for each in points[: sweep.designed]] if sweep.design == DESIGN else []
    indices = explained(told, len(sweep.factors)) if told else ()
    likelihoods = likelihoods_file([sweep.base], sample, store)
    return Found(sweep, sample, points, likelihoods, indices)


def parts(found: Found, basis: Basis) -> Iterator[Part]:
    """Yield what moves most, the points, the extremes, what factors explain; figures; files."""
    sweep, points, factors = found.sweep, found.points, found.factors
    names = names_of(factors, [point.values for point in points])
    said = swept_tables.moves_most(unquoted(sweep.name), points)
    yield Sentence(said, "lead")
    if names.key is not None:
        yield Sentence(worded("sweep.key", factors=names.key), "note")
    if len(points) <= swept_tables.MOST_ROWS:
        many = {"replicates": basis.sample.replicates, "points": len(points)}
        title = worded("sweep.table", name=sweep.name, **many)
        yield swept_tables.points_table(names, points, title)
        yield Sentence(numbered_counts())
        yield Sentence(worded("sweep.note"), "note")
    yield swept_tables.spans(names, points)
    if len(points) > swept_figures.MOST_ROWS:
        yield swept_tables.fronts(names, points)
    if (warning := by_chance(intervals_of(points))) is not None:
        yield Sentence(warning, "note")
    if found.indices:
        yield swept_tables.indices_table([each.told for each in factors], found.indices)
        yield Sentence(worded("sweep_indices.verdict"), "note")
    yield from list_errors(basis)
    if (lines := swept_figures.courses(sweep.design, factors, points)) is not None:
        yield swept_figures.lines_figure(basis, points, lines, said)
    if len(points) <= swept_figures.MOST_ROWS:
        yield swept_figures.table_figure(basis, names, points, said)
    else:
        yield swept_figures.scatter_figure(basis, points, said)
    if found.indices:
        told = [each.told for each in factors]
        yield swept_figures.indices_figure(basis, told, found.indices)
    yield from swept_tables.file_tables(sweep, points, found.indices)


def files(found: Found, basis: Basis) -> Iterator[tuple[str, str]]:
    """Yield ``sweep.json``, what the tables rest on, and the likelihoods of the base."""
    sweep = found.sweep
    said = {
        "sweep": sweep.id,
        "name": sweep.name._asdict(),
        "design": sweep.design,
        "base": sweep.base.resolved(),
        "model_hash": basis.model,
        "seed": basis.sample.seed,
        "replicates": basis.sample.replicates,
        "factors": [factor.name for factor in sweep.factors],
        "base_point": sweep.base_point,
        "points": [
            {
                "point": number,
                "scenario_hash": scenario.hash(),
                "values": [plain(value) for value in point.values],
                "public_cost": point.cost,
                "summary": to_document(point.summary),
                "differences": [change._asdict() for change in point.changes],
            }
            for number, (point, scenario) in enumerate(
                zip(found.points, sweep.scenarios, strict=True)
            )
        ],
        "indices": [
            {
                "count": each.count_id,
                "of": each.of,
                "factors": each.indices and [index._asdict() for index in each.indices],
            }
            for each in found.indices
        ],
    }
    yield "sweep.json", json.dumps(said, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    yield found.likelihoods


LIST: Sequence[Column[Sweep]] = (
    read(worded("sweep.list_id"), lambda each: each.id, number=False),
    read(worded("sweep.list_design"), lambda each: each.design, number=False),
    read(worded("sweep.list_points"), lambda each: str(len(each.points))),
    read(worded("sweep.list_name"), lambda each: each.name, number=False),
)


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
    options=(Option("file", str | None, None, worded("sweep.option_file"), argument="FILE"),),
    files=files,
    listed=listed,
)
