"""The commands of experiments: each a few lines on public functions."""

from typing import Annotated

import typer

from sim.cli.experiment_options import AS_WRITTEN, Asked, experiment
from sim.cli.options import File, Files


@experiment()
def sweep(
    asked: Asked,
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Sweep file · 扫描文件")
    ] = None,
) -> None:
    """Run many scenarios by a design · 按设计批量运行情景."""
    from sim.cli.asking import ask_if_large
    from sim.cli.experiment_setting import finish, setting
    from sim.cli.notes import print_processes
    from sim.cli.progress import watching
    from sim.cli.report import print_list_error
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
def compare(
    asked: Asked,
    files: Files,
    equal_cost: Annotated[
        bool, typer.Option("--equal-cost", help="At the first one's public cost · 按首个组合的成本")
    ] = False,
    each_lever: Annotated[
        bool,
        typer.Option("--each-lever", help="Without each plan and safeguard · 逐一去掉各计划与措施"),
    ] = False,
    areas: Annotated[
        bool, typer.Option("--areas", help="By cluster and district · 按集群与区")
    ] = False,
    matched: Annotated[
        int,
        typer.Option("--matched", help="Replicates to match firms in · 逐企业比对的次数", min=0),
    ] = 8,
) -> None:
    """Compare packages pair by pair · 成对比较政策组合."""
    from sim.cli.asking import ask_if_large
    from sim.cli.comparing import print_comparison, print_explanation, print_levers
    from sim.cli.experiment_setting import finish, packages, setting
    from sim.cli.progress import watching
    from sim.cli.report import print_list_error
    from sim.experiments.compare import all_against_first
    from sim.experiments.comparison_files import files_of
    from sim.experiments.existing import existing
    from sim.experiments.fill import fill, load
    from sim.experiments.likelihoods import likelihoods_file
    from sim.present.figure import figures_of
    from sim.studies.figures.comparison import comparison_figures, rests_on

    chosen = packages(files, equal_cost, each_lever, asked.language)
    here = setting(chosen[0], asked)
    ask_if_large(chosen, here, asked)
    with watching(asked.language) as watch:
        fill(chosen, here.sample, here.store, here.where, watch)
    found = all_against_first([load(each, here.sample, here.store) for each in chosen])
    looked = 0 if each_lever else min(matched, here.sample.replicates)
    only = existing(chosen, here.sample.seed, looked, here.where.workers)
    if each_lever:
        print_levers(found, asked.language)
    else:
        for comparison, rows in zip(found, only, strict=True):
            print_comparison(comparison, rows, areas, asked.language)
        print_explanation(asked.language)
    print_list_error(chosen[0], here.sample.replicates, asked.language)
    stem = "-vs-".join(each.id for each in chosen[:3])
    if each_lever:
        stem = f"{chosen[0].id}-each-lever{'-equal-cost' if equal_cost else ''}"
    drawn = comparison_figures(found, rests_on(found, here.sample), single=not each_lever)
    figure = figures_of(drawn, asked.language)
    also = likelihoods_file(chosen, here.sample, here.store)
    texts = [*files_of(found, only, here.sample), also]
    finish(asked, f"compare-{stem}", here, texts, figure)


@experiment()
def attribute(asked: Asked, file: File = AS_WRITTEN) -> None:
    """What each plan is owed, by Shapley values · 各计划的贡献（沙普利值）."""
    from sim.cli.asking import ask_if_large
    from sim.cli.attributing import print_attribution
    from sim.cli.experiment_setting import finish, setting
    from sim.cli.notes import read_here
    from sim.cli.progress import watching
    from sim.cli.report import print_list_error
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


COMMANDS = (sweep, compare, attribute)
