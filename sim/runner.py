"""Run a scenario from its file to its result folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sim import ensemble
from sim.language import Language, Text
from sim.problems import Problem
from sim.run_specification import RESULTS, RunSpecification, specified
from sim.scenario import Scenario, read_scenario
from sim.scenario.place import shorten
from sim.store import Result, check_free, draft, writing
from sim.store.fill import Watcher
from sim.store.store import PLACE, Store
from sim.store.work import Where
from sim.studies.run import compute, figures


def run(  # noqa: PLR0913 - keyword-only options of the command
    scenario: Scenario | str | Path,
    *,
    replicates: int | None = None,
    precision: float | None = None,
    seed: int | None = None,
    workers: int | None = None,
    out: str | Path | None = None,
    horizon: str | None = None,
    as_of: str | None = None,
    draws: str | None = None,
    language: Language | None = None,
    figures: bool = True,
    watch: Watcher | None = None,
    store: str | None = None,
    cluster: str | None = None,
) -> Result:
    """Run a scenario and return its result.

    Args:
        scenario: a scenario, or the path or name of its file.
        replicates: how many; by default what the scenario says.
        precision: instead, the half-width that every 95 % interval must reach, as a fraction.
        seed: seed of the ensemble.
        workers: threads; any number gives the same bytes.
        out: folder of the result; by default a new one under ``results``.
        horizon: last month, a month ``YYYY-MM`` of those that the city has.
        as_of: month up to which it is known what has happened.
        draws: where parameters are drawn from, ``posterior`` or ``prior``.
        language: language of the figures, ``zh`` or ``en``.
        figures: whether to draw figures.
        watch: called after each replicate.
        store: folder or URL where replicates are kept, and read if they are there; by default
            nothing is kept, or, with a cluster, in ``results/store``.
        cluster: ``tcp://...`` of a Dask scheduler, or ``local:N``; by default threads.

    Raises:
        Problem: something given cannot be used, or the folder cannot be written.
    """
    chosen = scenario if isinstance(scenario, Scenario) else read_scenario(scenario, foreign=True)
    asked = specified(
        chosen,
        replicates=replicates,
        precision=precision,
        seed=seed,
        workers=workers,
        horizon=horizon,
        as_of=as_of,
        draws=draws,
        language=language,
        figures=figures,
    )
    target = Path(out) if out is not None else None
    if target is not None:
        check_free(target)
    kept = Store(store or PLACE) if store or cluster else None
    return carry_out(asked, target, watch or _nobody, Where(asked.workers, cluster), kept)


def _nobody(_done: int, _expected: int) -> None:
    """Watch nothing."""


def carry_out(
    asked: RunSpecification, target: Path | None, watch: Watcher, where: Where, store: Store | None
) -> Result:
    """Carry out a run as it is specified: nothing appears in ``target`` unless everything does."""
    parent = RESULTS if target is None else target.parent
    with draft(parent, asked.stem()) as unfinished, _agreeing(asked):
        result = compute(asked, unfinished.path, watch, where, store)
        if asked.figures:
            _draw(result)
        name = target.name if target is not None else f"{asked.stem()}-n{result.replicates}"
        return replace(result, folder=unfinished.settle(name))


@contextmanager
def _agreeing(asked: RunSpecification) -> Iterator[None]:
    """Say in words that the facts rule out what the model does.

    Raises:
        Problem: so it is.
    """
    try:
        yield
    except ensemble.ContradictedError as error:
        expected = Text(
            "observed counts that the model holds possible: widen their ranges, or leave one out",
            "模型认为可能的观测数量：请放宽区间或去掉某项",
        )
        where = str(asked.scenario.as_of)
        raise Problem("--as-of", where, shorten(str(error)), expected) from error


def _draw(result: Result) -> None:
    # Matplotlib takes half a second to load: not before the first replicate.
    from sim.present.figure import figures_of
    from sim.views.figures import draw_all

    with writing(result.folder):
        drawn = figures_of(figures(result), result.language)
        draw_all(drawn, result.folder / "figures")
