"""The commands of experiments: each a few lines on public functions."""

from typing import Annotated

import typer

from sim.cli.experiment_options import Asked, experiment


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


COMMANDS = (sweep,)
