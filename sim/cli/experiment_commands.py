"""The commands of experiments: each a few lines on public functions."""

from typing import Annotated

import typer

from sim.cli.experiment_options import (
    AS_WRITTEN,
    Cluster,
    Out,
    Place,
    Replicates,
    Seed,
    Workers,
    Yes,
)
from sim.cli.guard import guarded
from sim.cli.options import File, Files, LangOption, language_chosen


def sweep(
    file: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Sweep file · 扫描文件")
    ] = None,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    yes: Yes = False,
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")] = True,
    lang: LangOption = None,
) -> None:
    """Run many scenarios by a design · 按设计批量运行情景."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.experiment_setting import finish, setting
        from sim.cli.progress import watching
        from sim.cli.sweeping import list_sweeps, print_sweep
        from sim.experiments.sweep import files_of_sweep, run_sweep
        from sim.experiments.sweep_file import read_sweep
        from sim.views.from_sweep import sweep_figures

        if file is None:
            list_sweeps(language)
            return
        chosen = read_sweep(file)
        here = setting(chosen.base, replicates, seed, workers, store, cluster)
        ask_if_large(chosen.scenarios, here, yes, language)
        with watching(language) as watch:
            result = run_sweep(chosen, here.sample, here.store, here.where, watch)
        print_sweep(result, language)
        figure = sweep_figures(result, language) if figures else ()
        finish(out, chosen.id, here, files_of_sweep(result), figure, language)


def compare(
    files: Files,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
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
    yes: Yes = False,
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")] = True,
    lang: LangOption = None,
) -> None:
    """Compare packages pair by pair · 成对比较政策组合."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.comparing import print_comparison, print_explanation, print_levers
        from sim.cli.experiment_setting import finish, packages, setting
        from sim.cli.progress import watching
        from sim.experiments.compare import all_against_first
        from sim.experiments.comparison_files import files_of
        from sim.experiments.existing import existing
        from sim.experiments.fill import fill, load
        from sim.views.from_comparison import comparison_figures

        chosen = packages(files, equal_cost, each_lever)
        here = setting(chosen[0], replicates, seed, workers, store, cluster)
        ask_if_large(chosen, here, yes, language)
        with watching(language) as watch:
            fill(chosen, here.sample, here.store, here.where, watch)
        found = all_against_first([load(each, here.sample, here.store) for each in chosen])
        looked = 0 if each_lever else min(matched, here.sample.replicates)
        only = existing(chosen, here.sample.seed, looked, here.where.workers)
        if each_lever:
            print_levers(found, language)
        else:
            for comparison, rows in zip(found, only, strict=True):
                print_comparison(comparison, rows, areas, language)
            print_explanation(language)
        stem = "-vs-".join(each.id for each in chosen[:3])
        if each_lever:
            stem = f"{chosen[0].id}-each-lever{'-equal-cost' if equal_cost else ''}"
        drawn = comparison_figures(found, here.sample, language, single=not each_lever)
        figure = drawn if figures else ()
        texts = files_of(found, only, here.sample)
        finish(out, f"compare-{stem}", here, texts, figure, language)


def attribute(
    file: File = AS_WRITTEN,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    yes: Yes = False,
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")] = True,
    lang: LangOption = None,
) -> None:
    """What each plan is owed, by Shapley values · 各计划的贡献（沙普利值）."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.attributing import print_attribution
        from sim.cli.experiment_setting import finish, setting
        from sim.cli.progress import watching
        from sim.experiments.attribution import attribution, coalitions
        from sim.experiments.attribution_files import files_of_attribution
        from sim.scenario import read_scenario
        from sim.views.from_attribution import attribution_figures

        base = read_scenario(file)
        here = setting(base, replicates, seed, workers, store, cluster)
        ask_if_large(coalitions(base), here, yes, language)
        with watching(language) as watch:
            found = attribution(base, here.sample, here.store, here.where, watch)
        print_attribution(found, language)
        figure = attribution_figures(found, base, here.sample, language) if figures else ()
        texts = files_of_attribution(base, found, here.sample)
        finish(out, f"attribute-{base.id}", here, texts, figure, language)


COMMANDS = (sweep, compare, attribute)
