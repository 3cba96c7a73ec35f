"""The search for a package."""

from typing import Annotated

import typer

from sim.cli.experiment_options import AS_WRITTEN, Asked, Base, Count, experiment
from sim.language import Text


@experiment(replicates=64)
def search(
    asked: Asked,
    count: Count = "all",
    budget: Annotated[
        float | None, typer.Option("--budget", help="亿元 until counts are due · 预算", min=1.0)
    ] = None,
    trials: Annotated[
        int, typer.Option("--trials", help="Packages to try · 试验组合数", min=2, max=10_000)
    ] = 60,
    scenario: Base = AS_WRITTEN,
) -> None:
    """The best package within a budget · 预算内的最优组合."""
    from sim.cli.asking import ask_if_many, say_prior
    from sim.cli.attributing import print_search
    from sim.cli.experiment_setting import finish, price, print_list_error, setting
    from sim.cli.notes import read_here
    from sim.cli.progress import watching
    from sim.experiments.likelihoods import likelihoods_file
    from sim.experiments.search import Goal, again
    from sim.experiments.search import search as look
    from sim.experiments.tables import files_of_search
    from sim.studies.shared.goals import count_id
    from sim.views.from_search import search_figures

    base = read_here(scenario, asked.language)
    goal = Goal(count_id(count), budget or price(base), trials)
    here = setting(base, asked)
    say_prior([base], asked.language)
    ask_if_many(trials * here.sample.replicates, base, here, asked)
    packages = Text("packages", "组合")
    with watching(asked.language, packages) as watch:
        found = look(base, goal, here.sample, here.store, here.where, watch)
    print_search(found, asked.language)
    print_list_error(base, here.sample.replicates, asked.language)
    also = likelihoods_file([found.base.scenario], again(here.sample), here.store)
    texts = [*files_of_search(found), also]
    figure = search_figures(found, here.sample, asked.language)
    finish(asked, f"search-{goal.count_id}", here, texts, figure)


COMMANDS = (search,)
