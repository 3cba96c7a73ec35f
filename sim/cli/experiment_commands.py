"""The commands of experiments: each a few lines on public functions."""

from typing import Annotated

import typer

from sim.cli.experiment_options import AS_WRITTEN, Asked, experiment
from sim.cli.options import File


@experiment()
def sweep(
    asked: Asked,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Sweep file · 扫描文件")
    ] = None,
) -> None:
    """Run many scenarios by a design · 按设计批量运行情景."""
    from sim.cli.asking import ask_if_large
    from sim.cli.experiment_setting import finish, print_list_error, setting
    from sim.cli.notes import print_processes
    from sim.cli.progress import watching
    from sim.cli.sweeping import list_sweeps, print_sweep
    from sim.experiments.sweep import files_of_sweep, run_sweep
    from sim.experiments.sweep_file import read_sweep
    from sim.views.from_sweep import sweep_figures

    if file is None:
        list_sweeps(asked.language)
        return
    chosen = read_sweep(file, foreign=True)
    print_processes(chosen.base, asked.language)
    here = setting(chosen.base, asked)
    ask_if_large(chosen.scenarios, here, asked)
    with watching(asked.language) as watch:
        result = run_sweep(chosen, here.sample, here.store, here.where, watch)
    print_sweep(result, asked.language)
    print_list_error(chosen.base, here.sample.replicates, asked.language)
    figure = sweep_figures(result, asked.language)
    finish(asked, chosen.id, here, files_of_sweep(result), figure)


@experiment()
def attribute(asked: Asked, file: File = AS_WRITTEN) -> None:
    """What each plan is owed, by Shapley values · 各计划的贡献（沙普利值）."""
    from sim.cli.asking import ask_if_large
    from sim.cli.attributing import print_attribution
    from sim.cli.experiment_setting import finish, print_list_error, setting
    from sim.cli.notes import read_here
    from sim.cli.progress import watching
    from sim.experiments.attribution import attribution, coalitions
    from sim.experiments.attribution_files import files_of_attribution
    from sim.experiments.likelihoods import likelihoods_file
    from sim.views.from_attribution import attribution_figures

    base = read_here(file, asked.language)
    here = setting(base, asked)
    ask_if_large(coalitions(base), here, asked)
    with watching(asked.language) as watch:
        found = attribution(base, here.sample, here.store, here.where, watch)
    print_attribution(found, asked.language)
    print_list_error(base, here.sample.replicates, asked.language)
    figure = attribution_figures(found, base, here.sample, asked.language)
    ends = [coalitions(base)[at] for at in (-1, 0)]
    also = likelihoods_file(ends, here.sample, here.store)
    texts = [*files_of_attribution(base, found, here.sample), also]
    finish(asked, f"attribute-{base.id}", here, texts, figure)


COMMANDS = (sweep, attribute)
