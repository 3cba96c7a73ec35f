"""Which figures go with which experiment."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from matplotlib.figure import Figure

from sim.cli.experiment_setting import Drawn
from sim.compiled import model_hash
from sim.experiments.attribution import CountAttribution
from sim.experiments.compare import Comparison
from sim.experiments.fill import Sample
from sim.experiments.sweep import SweepResult
from sim.language import Language, Text
from sim.plan import PLAN
from sim.views import differences as chart
from sim.views.attribution import Shares
from sim.views.attribution import attribution as attribution_table
from sim.views.difference_fans import difference_fans
from sim.views.difference_map import difference_map
from sim.views.differences import Change, Package
from sim.views.district_map import QUANTITIES
from sim.views.experiment import Experiment
from sim.views.figures import METADATA, matplotlib_defaults, save
from sim.views.from_sweep import sweep_figures
from sim.views.interactions import interactions

MOST_PACKAGES = 4
"""Packages in one chart."""
ATTRIBUTION = Text("Attribution to the six plans", "六大计划的贡献归因")


def draw_sweep(result: SweepResult, language: Language) -> Iterator[Drawn]:
    """Yield the figures of a sweep, undrawn."""
    for named in sweep_figures(result, language):
        yield _drawn(named.stem, named.draw)


def draw_comparison(
    found: Sequence[Comparison], sample: Sample, language: Language
) -> Iterator[Drawn]:
    """Yield the figures of a comparison, undrawn."""
    first = found[0].first.name
    names = Text(
        f"{first.en} → {', '.join(each.second.name.en for each in found)}",
        f"{first.zh} → {'、'.join(each.second.name.zh for each in found)}",
    )
    experiment = Experiment(names, sample.replicates, sample.seed, model_hash())
    packages = [_package(each) for each in found[:MOST_PACKAGES]]
    yield _drawn("differences", partial(chart.differences, experiment, first, packages, language))
    for each in found:
        second, stem = each.second.name, each.second.id
        yield _drawn(
            f"fans_{stem}",
            partial(difference_fans, experiment, first, second, each.curves, language),
        )
        for quantity in QUANTITIES:
            districts = {area.area: area for area in each.areas if area.quantity == quantity}
            yield _drawn(
                f"map_{quantity}_{stem}",
                partial(
                    difference_map,
                    experiment,
                    (first, second),
                    quantity,
                    [districts[district.id] for district in PLAN.districts],
                    language,
                ),
            )


def draw_attribution(
    found: Sequence[CountAttribution], sample: Sample, language: Language
) -> Iterator[Drawn]:
    """Yield the figures of an attribution, undrawn."""
    experiment = Experiment(ATTRIBUTION, sample.replicates, sample.seed, model_hash())
    rows = [Shares(each.without, each.likelihood.players, each.with_all) for each in found]
    yield _drawn("attribution", partial(attribution_table, experiment, rows, language))
    for count, each in zip(PLAN.counts, found, strict=True):
        pairs = each.likelihood.pairs
        draw = partial(interactions, experiment, count, pairs, language)
        yield _drawn(f"interactions_{count.id}", draw)


def _package(found: Comparison) -> Package:
    counts = [Change(each.first, each.second, each.likelihood) for each in found.counts]
    return Package(found.second.name, counts, Change(None, None, found.joint))


def _drawn(stem: str, draw: Callable[[], Figure]) -> Drawn:
    """Return a figure with what draws it into a folder, as PNG and SVG."""

    def into(folder: Path) -> None:
        (folder / "figures").mkdir(exist_ok=True)
        with matplotlib_defaults():
            figure = draw()
            for kind in METADATA:
                save(figure, folder / "figures" / f"{stem}.{kind}")

    return stem, into
