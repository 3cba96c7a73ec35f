"""The commands of evidence: each a few lines on public functions."""

from typing import Annotated

import typer

from sim.cli.experiment_options import Asked, experiment
from sim.cli.options import File


@experiment(replicates=64)
def sensitivity(
    asked: Asked,
    file: File = "as-written",
    trajectories: Annotated[
        int, typer.Option("--trajectories", help="Of the screening · 筛选轨迹数", min=2, max=1000)
    ] = 8,
    important: Annotated[
        int,
        typer.Option("--important", help="Parameters with indices · 算指数的参数", min=1, max=64),
    ] = 8,
    base: Annotated[
        int,
        typer.Option("--base", help="Base sample of indices · 指数基本样本量", min=8, max=65_536),
    ] = 256,
    histories: Annotated[
        int,
        typer.Option(
            "--histories",
            help="Draws with which the observed years are run · 模拟观测年份的参数抽样数",
            min=16,
            max=4096,
        ),
    ] = 1024,
) -> None:
    """What the answer depends on · 结果取决于哪些因素."""
    from sim.cli.experiment_setting import finish, setting
    from sim.cli.notes import read_here
    from sim.cli.progress import watching
    from sim.cli.sensitivities import print_sensitivity, say_size
    from sim.evidence.sensitivity.analysis import Size, sensitivity
    from sim.evidence.sensitivity.files import files_of
    from sim.views.sensitivity import sensitivity_figures

    scenario = read_here(file, asked.language)
    here = setting(scenario, asked)
    enough(here.sample.replicates)
    size = Size(trajectories, important, power_of_two(base), here.sample.replicates, histories)
    say_size(size, scenario, here, asked)
    with watching(asked.language) as watch:
        found = sensitivity(scenario, size, here.sample.seed, here.store, here.where, watch)
    print_sensitivity(found, asked.language)
    figure = sensitivity_figures(found, scenario, asked.language)
    here = here._replace(sample=here.sample._replace(replicates=size.runs))
    finish(asked, f"sensitivity-{scenario.id}", here, files_of(found), figure)


def power_of_two(number: int) -> int:
    """Return the number, if the sequence behind the indices is balanced there.

    Raises:
        Problem: it is not a power of two.
    """
    from sim.language import Text
    from sim.problems import Problem

    if number & (number - 1):
        raise Problem("--base", "", str(number), Text("a power of two", "2 的幂"))
    return number


def enough(replicates: int) -> None:
    """Make sure that each half of the parameter draws can still vary.

    Raises:
        Problem: they are too few.
    """
    from sim.evidence.sensitivity.ranking import FEWEST
    from sim.language import Text
    from sim.problems import Problem
    from sim.sampling import LUCKS_A_DRAW

    least = FEWEST * LUCKS_A_DRAW
    if replicates < least:
        expected = Text(f"at least {least}", f"至少 {least}")
        raise Problem("--replicates", "", str(replicates), expected)


COMMANDS = (sensitivity,)
