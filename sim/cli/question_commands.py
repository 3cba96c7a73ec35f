"""The commands that ask why and which: gates, futures, deadlines and searches."""

from typing import Annotated

import typer

from sim.cli.experiment_options import (
    AS_WRITTEN,
    Base,
    Cluster,
    Count,
    Out,
    Place,
    Replicates,
    Seed,
    Workers,
    Yes,
)
from sim.cli.guard import guarded
from sim.cli.options import File, LangOption, language_chosen
from sim.language import Text


def gates(
    file: File = AS_WRITTEN,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    yes: Yes = False,
    lang: LangOption = None,
) -> None:
    """Which gate holds each count back · 各目标的瓶颈环节."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.attributing import print_gates
        from sim.cli.experiment_setting import finish, setting
        from sim.cli.progress import watching
        from sim.experiments.gates import GATES, opened
        from sim.experiments.gates import gates as open_gates
        from sim.experiments.tables import files_of_gates
        from sim.scenario import read_scenario
        from sim.views.from_gates import gates_figures

        base = read_scenario(file)
        here = setting(base, replicates, seed, workers, store, cluster)
        ask_if_large([base, *(opened(base, gate) for gate in GATES)], here, yes, language)
        with watching(language) as watch:
            found = open_gates(base, here.sample, here.store, here.where, watch)
        print_gates(found, language)
        texts = files_of_gates(found)
        figure = gates_figures(found, base, here.sample, language)
        finish(out, f"gates-{base.id}", here, texts, figure, language)


def futures(
    count: Count,
    scenario: Base = AS_WRITTEN,
    replicates: Replicates = None,
    seed: Seed = None,
    workers: Workers = None,
    store: Place = None,
    cluster: Cluster = None,
    out: Out = None,
    yes: Yes = False,
    lang: LangOption = None,
) -> None:
    """Which futures fail · 哪些未来情形会失败."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.attributing import print_futures
        from sim.cli.experiment_setting import count_id, finish, setting
        from sim.cli.progress import watching
        from sim.experiments.fill import fill, load
        from sim.experiments.futures import failing_futures
        from sim.experiments.tables import files_of_futures
        from sim.scenario import read_scenario
        from sim.views.from_gates import futures_figures

        goal, base = count_id(count), read_scenario(scenario)
        here = setting(base, replicates, seed, workers, store, cluster)
        ask_if_large([base], here, yes, language)
        with watching(language) as watch:
            fill([base], here.sample, here.store, here.where, watch)
        found = failing_futures(load(base, here.sample, here.store), here.sample, goal)
        print_futures(goal, found.rules, language)
        texts = files_of_futures(goal, found.rules)
        figure = futures_figures(found, goal, base, here.sample, language)
        finish(out, f"futures-{goal}-{base.id}", here, texts, figure, language)


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
    yes: Yes = False,
    lang: LangOption = None,
) -> None:
    """How late a plan may start · 计划最迟何时启动."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_large
        from sim.cli.attributing import print_late
        from sim.cli.experiment_setting import count_id, finish, setting
        from sim.cli.progress import watching
        from sim.experiments.deadlines import late, started, starts
        from sim.experiments.tables import files_of_late
        from sim.plan import PLAN
        from sim.scenario import read_scenario
        from sim.views.from_search import deadline_figures

        goal, base = count_id(count), read_scenario(scenario)
        chosen = PLAN.resolve("lever", lever)
        here = setting(base, replicates, seed, workers, store, cluster)
        ask_if_large([started(base, chosen, at) for at in starts()], here, yes, language)
        with watching(language) as watch:
            found = late(base, chosen, goal, level, here.sample, here.store, here.where, watch)
        print_late(found, language)
        texts = files_of_late(found)
        figure = deadline_figures(found, base, here.sample, language)
        finish(out, f"deadline-{chosen}-{goal}", here, texts, figure, language)


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
    yes: Yes = False,
    lang: LangOption = None,
) -> None:
    """The best package within a budget · 预算内的最优组合."""
    language = language_chosen(lang)
    with guarded(language, out):
        from sim.cli.asking import ask_if_many
        from sim.cli.attributing import print_search
        from sim.cli.experiment_setting import count_id, finish, price, setting
        from sim.cli.progress import watching
        from sim.experiments.search import Goal
        from sim.experiments.search import search as look
        from sim.experiments.tables import files_of_search
        from sim.scenario import read_scenario
        from sim.views.from_search import search_figures

        base = read_scenario(scenario)
        goal = Goal(count_id(count), budget or price(base), trials)
        here = setting(base, replicates, seed, workers, store, cluster)
        ask_if_many(trials * here.sample.replicates, base, here, yes, language)
        packages = Text("packages", "组合")
        with watching(language, packages) as watch:
            found = look(base, goal, here.sample, here.store, here.where, watch)
        print_search(found, language)
        texts, figure = files_of_search(found), search_figures(found, here.sample, language)
        finish(out, f"search-{goal.count_id}", here, texts, figure, language)


COMMANDS = (gates, futures, deadline, search)
