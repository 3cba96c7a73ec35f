"""Protects the way from a sweep's result to its figures: names, values and likelihoods agree."""

from collections.abc import Callable

import pytest

from sim.digest import model_hash
from sim.estimate.paired import Difference
from sim.experiments.sweep import SweepResult
from sim.experiments.sweep_file import read_sweep
from sim.experiments.targets import Target
from sim.parameters import PARAMETERS
from sim.store.fill import Sample
from sim.text.numbers import percent
from sim.views.from_sweep import name_of_target, sweep_figures
from sim.views.source import Run
from tests.views.reading import labels, said

MakeRun = Callable[..., Run]


def result(name: str, run: Run) -> SweepResult:
    """Return a made-up result of a sweep that comes with the project."""
    sweep = read_sweep(name)
    many = len(sweep.points)
    costs = tuple(float(number) for number in range(many))
    changes = ((Difference(0.0, -0.1, 0.1),) * 14,) * many
    return SweepResult(sweep, Sample(7, 64), (run.summary,) * many, changes, costs, 0)


@pytest.mark.parametrize(
    ("name", "stems"),
    [
        ("start-dates", ["sweep_starts", "sweep_table"]),
        ("fund-and-talents", ["sweep_pairs", "sweep_table"]),
        ("one-lever-off", ["sweep_table"]),
        ("six-plans", ["sweep_scatter"]),
        ("all-instruments", ["sweep_scatter"]),
    ],
)
def test_the_sweeps_that_come_with_the_project_have_their_figures(
    fake_run: MakeRun, name: str, stems: list[str]
) -> None:
    found = sweep_figures(result(name, fake_run()), "en")
    assert [named.stem for named in found] == stems


def test_a_table_names_the_plans_and_shows_the_summaries(fake_run: MakeRun) -> None:
    run = fake_run()
    (named,) = sweep_figures(result("one-lever-off", run), "zh")
    figure = named.draw()
    expected = [percent(count.likelihood.value) for count in run.summary.counts]
    assert labels(figure.axes[0])[:13] == expected
    text = said(figure)
    assert "雨林计划 关闭" in text
    for part in ("逐一关闭各计划与保障措施", "N = 64", "种子 7", model_hash()[:12]):
        assert part in text


def test_parameters_are_called_by_their_meaning() -> None:
    name = next(iter(PARAMETERS))
    assert name_of_target(Target("parameter", name, "")) == PARAMETERS[name].meaning
    assert name_of_target(Target("instrument", "guidance_fund", "dose")).zh == "未来产业引导基金"
