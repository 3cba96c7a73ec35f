"""The commands of experiments: each a few lines on public functions."""

from typing import Annotated

import typer

from sim.cli.guard import guarded
from sim.cli.options import File, Files, LangOption, language_chosen
from sim.language import Text

Replicates = Annotated[
    int | None, typer.Option("--replicates", help="Of each scenario · 每个情景的模拟次数")
]
Seed = Annotated[int | None, typer.Option("--seed", help="Seed · 随机种子")]
Workers = Annotated[int | None, typer.Option("--workers", help="Threads · 线程数")]
Place = Annotated[str | None, typer.Option("--store", help="Store, folder or URL · 结果库")]
Cluster = Annotated[
    str | None, typer.Option("--cluster", help="tcp://HOST:PORT or local:N · Dask 集群")
]
Out = Annotated[str | None, typer.Option("--out", help="Result folder · 结果文件夹")]
Count = Annotated[str, typer.Argument(metavar="COUNT", help="A count, or all · 目标或 all")]
Base = Annotated[str, typer.Option("--scenario", help="Scenario · 情景")]
AS_WRITTEN = "as-written"


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
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask · 不再询问")] = False,
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")] = True,
    lang: LangOption = None,
) -> None:
    """Run many scenarios by a design · 按设计批量运行情景."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.experiment_setting import finished, setting
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
        finished(out, chosen.id, here.sample, files_of_sweep(result), figure, language)


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
    areas: Annotated[
        bool, typer.Option("--areas", help="By cluster and district · 按集群与区")
    ] = False,
    matched: Annotated[
        int,
        typer.Option("--matched", help="Replicates to match firms in · 逐企业比对的次数", min=0),
    ] = 8,
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")] = True,
    lang: LangOption = None,
) -> None:
    """Compare packages pair by pair · 成对比较政策组合."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.comparing import print_comparison, print_explanation
        from sim.cli.experiment_setting import finished, packages, setting
        from sim.cli.progress import watching
        from sim.experiments.compare import all_against_first
        from sim.experiments.comparison_files import files_of
        from sim.experiments.existing import existing
        from sim.experiments.fill import fill, load
        from sim.views.from_comparison import comparison_figures

        chosen = packages(files, equal_cost)
        here = setting(chosen[0], replicates, seed, workers, store, cluster)
        with watching(language) as watch:
            fill(chosen, here.sample, here.store, here.where, watch)
        found = all_against_first([load(each, here.sample, here.store) for each in chosen])
        looked = min(matched, here.sample.replicates)
        only = [
            existing(chosen[0], each, here.sample.seed, looked) if looked else []
            for each in chosen[1:]
        ]
        for comparison, rows in zip(found, only, strict=True):
            print_comparison(comparison, rows, areas, language)
        print_explanation(language)
        stem = "-vs-".join(each.id for each in chosen[:3])
        figure = comparison_figures(found, here.sample, language) if figures else ()
        texts = files_of(found, only, here.sample)
        finished(out, f"compare-{stem}", here.sample, texts, figure, language)


def attribute(
    file: File = AS_WRITTEN,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask · 不再询问")] = False,
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Draw · 是否绘图")] = True,
    lang: LangOption = None,
) -> None:
    """What each plan is owed, by Shapley values · 各计划的贡献（沙普利值）."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.attributing import print_attribution
        from sim.cli.experiment_setting import finished, setting
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
        finished(out, f"attribute-{base.id}", here.sample, texts, figure, language)


def gates(
    file: File = AS_WRITTEN,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    lang: LangOption = None,
) -> None:
    """Which gate holds each count back · 各目标的瓶颈环节."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.attributing import print_gates
        from sim.cli.experiment_setting import finished, setting
        from sim.cli.progress import watching
        from sim.experiments.gates import gates as open_gates
        from sim.experiments.tables import files_of_gates
        from sim.scenario import read_scenario

        base = read_scenario(file)
        here = setting(base, replicates, seed, workers, store, cluster)
        with watching(language) as watch:
            found = open_gates(base, here.sample, here.store, here.where, watch)
        print_gates(found, language)
        texts = files_of_gates(found)
        finished(out, f"gates-{base.id}", here.sample, texts, (), language)


def futures(
    count: Count,
    scenario: Base = AS_WRITTEN,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    lang: LangOption = None,
) -> None:
    """Which futures fail · 哪些未来情形会失败."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.attributing import print_futures
        from sim.cli.experiment_setting import count_id, finished, setting
        from sim.cli.progress import watching
        from sim.experiments.fill import fill, load
        from sim.experiments.futures import failing_futures
        from sim.experiments.tables import files_of_futures
        from sim.scenario import read_scenario

        goal, base = count_id(count), read_scenario(scenario)
        here = setting(base, replicates, seed, workers, store, cluster)
        with watching(language) as watch:
            fill([base], here.sample, here.store, here.where, watch)
        found = failing_futures(load(base, here.sample, here.store), here.sample, goal)
        print_futures(goal, found, language)
        texts = files_of_futures(goal, found)
        finished(out, f"futures-{goal}-{base.id}", here.sample, texts, (), language)


def deadline(
    count: Count,
    lever: Annotated[str, typer.Option("--lever", help="A plan or safeguard · 计划或措施")],
    level: Annotated[
        float, typer.Option("--level", help="Likelihood asked for · 要求的可能性", min=0.0, max=1.0)
    ] = 0.5,
    scenario: Base = AS_WRITTEN,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    lang: LangOption = None,
) -> None:
    """How late a plan may start · 计划最迟何时启动."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.attributing import print_late
        from sim.cli.experiment_setting import count_id, finished, setting
        from sim.cli.progress import watching
        from sim.experiments.deadlines import late
        from sim.experiments.tables import files_of_late
        from sim.plan import PLAN
        from sim.scenario import read_scenario
        from sim.views.from_search import deadline_figures

        goal, base = count_id(count), read_scenario(scenario)
        chosen = PLAN.resolve("lever", lever)
        here = setting(base, replicates, seed, workers, store, cluster)
        with watching(language) as watch:
            found = late(base, chosen, goal, level, here.sample, here.store, here.where, watch)
        print_late(found, language)
        texts = files_of_late(found)
        figure = deadline_figures(found, base, here.sample, language)
        finished(out, f"deadline-{chosen}-{goal}", here.sample, texts, figure, language)


def search(
    count: Count = "all",
    budget: Annotated[
        float | None, typer.Option("--budget", help="亿元 by the end of 2030 · 预算", min=1.0)
    ] = None,
    trials: Annotated[
        int, typer.Option("--trials", help="Packages to try · 试验组合数", min=2, max=10_000)
    ] = 60,
    scenario: Base = AS_WRITTEN,
    replicates: Replicates = 64,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    lang: LangOption = None,
) -> None:
    """The best package within a budget · 预算内的最优组合."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.attributing import print_search
        from sim.cli.experiment_setting import count_id, finished, setting
        from sim.cli.progress import watching
        from sim.experiments.costs import cost
        from sim.experiments.search import Goal
        from sim.experiments.search import search as look
        from sim.experiments.tables import files_of_search
        from sim.scenario import read_scenario
        from sim.views.from_search import search_figures
        from sim.world.layout import END_OF_2030

        base = read_scenario(scenario)
        goal = Goal(count_id(count), budget or cost(base, END_OF_2030 + 1), trials)
        here = setting(base, replicates, seed, workers, store, cluster)
        packages = Text("packages", "组合")
        with watching(language, packages) as watch:
            found = look(base, goal, here.sample, here.store, here.where, watch)
        print_search(found, language)
        texts, figure = files_of_search(found), search_figures(found, here.sample, language)
        finished(out, f"search-{goal.count_id}", here.sample, texts, figure, language)


COMMANDS = (sweep, compare, attribute, gates, futures, deadline, search)
